/// Whose turn a correction is: derived from its events, never set by hand.
public enum Holder: String, CaseIterable, Hashable, Sendable {
  case requester
  /// The other supplier whose consent is needed.
  case counterparty
  /// The pre-notifier or the installing supplier of a Pending device.
  case otherUser
  case dcc
  case dsp
  /// Nothing is to be done: resolved, or ended.
  case nobody
}
