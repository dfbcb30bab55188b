/// Whose turn it is: derived from the events, never set by hand.
public enum Holder: String, CaseIterable, Hashable, Sendable {
  case requester
  /// A Registered Supplier that is asked to agree.
  case counterparty
  /// The pre-notifier, the installing supplier or another supplier that can send the request.
  case otherUser
  case dcc
  case dsp
  case nobody
}

/// One stretch of time in which one holder had the correction.
public struct Turn: Hashable, Sendable {
  public let holder: Holder
  /// The party, where it is not the DCC or the DSP.
  public let party: String?
  public let from: Instant
  /// Nil while it lasts.
  public internal(set) var to: Instant?

  public init(holder: Holder, party: String? = nil, from: Instant, to: Instant?) {
    self.holder = holder
    self.party = party
    self.from = from
    self.to = to
  }
}
