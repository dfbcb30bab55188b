/// The variant of an ESME, such as `BDE`. Source: DUIS 5.4 schema.
public enum ESMEVariant: String, CaseIterable, Hashable, Sendable {
  case A, B, C, AD, BD, CD, ADE, BDE, CDE, ADF, BDF, CDF, ADEF, BDEF, CDEF, ADG, ADEG
  case AF, BF, CF, AEF, BEF, CEF, AG, AEG

  /// A twin-element meter has a variant that begins with B. Source: MIF 145.
  public var isTwinElement: Bool { rawValue.hasPrefix("B") }
}
