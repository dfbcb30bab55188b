/// The three places of an SMI entry that hold a meter point.
public enum MPxNField: String, CaseIterable, Hashable, Sendable {
  /// On an ESME (MPAN) or a GSME (MPRN).
  case importMPxN
  /// On a twin-element ESME.
  case secondaryImportMPAN
  /// On an ESME.
  case exportMPAN
}
