/// The three places of an SMI entry that hold a meter point.
public enum MPxNField: String, CaseIterable, Hashable, Sendable {
  case importMPxN
  case secondaryImportMPAN
  case exportMPAN
}
