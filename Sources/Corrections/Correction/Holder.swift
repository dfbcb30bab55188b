/// Whose turn it is: derived from the events, never set by hand.
public enum Holder: String, CaseIterable, Hashable, Sendable {
  /// The party that asked first.
  case requester
  /// A Registered Supplier that is asked to agree.
  case counterparty
  /// The pre-notifier, the installing supplier or another supplier that can send the request.
  case otherUser
  /// The DCC's service centre.
  case dcc
  /// The Data Service Provider.
  case dsp
  /// It has ended, or only a date is awaited.
  case nobody
  /// An old ticket does not say who had it.
  case notKnown
}

/// One stretch of time in which one holder had the correction.
public struct Turn: Hashable, Sendable {
  /// Who had it.
  public let holder: Holder
  /// The party, where it is not the DCC or the DSP.
  public let party: String?
  /// When the turn began, by effective time.
  public let from: Instant
  /// Nil while it lasts.
  public internal(set) var to: Instant?

  /// Makes a turn; nil as its end says that it lasts.
  public init(holder: Holder, party: String? = nil, from: Instant, to: Instant?) {
    self.holder = holder
    self.party = party
    self.from = from
    self.to = to
  }
}
