/// The variant of an ESME, such as `BDE`.
///
/// Source: DUIS 5.4 schema for the names; MIF 145 for the first letter: A is a single element, B a
/// twin element, C polyphase. The letters after it (D an ALCS, E boost, F an APC, G a SAPC) are
/// remembered, not confirmed.
public enum ESMEVariant: String, CaseIterable, Hashable, Sendable {
  case A, B, C, AD, BD, CD, ADE, BDE, CDE, ADF, BDF, CDF, ADEF, BDEF, CDEF, ADG, ADEG
  case AF, BF, CF, AEF, BEF, CEF, AG, AEG

  /// Whether the meter has two elements: its variant begins with B.
  public var isTwinElement: Bool { rawValue.hasPrefix("B") }
}
