public import Corrections
internal import EventLog
internal import Wire

/// The names of the timelines.
public enum Tag {
  /// All events of a device.
  public static func device(_ id: EUI64) -> String { "device:\(id)" }
  /// All events of a Service Request.
  public static func request(_ id: RequestID) -> String {
    "request:" + String(id.description.map { $0 == ":" ? "." : $0 })
  }
  /// All events of a correction.
  public static func correction(_ id: CorrectionID) -> String { "correction:\(id)" }
  /// All events that name a meter point.
  public static func mpxn(_ token: Token) -> String { "mpxn:\(token)" }
  /// All events of a party.
  public static func party(_ code: String) -> String { "party:\(code)" }
  /// All events of a user.
  public static func user(_ id: String) -> String { "user:" + id.uppercased() }
  /// All users of a market participant id.
  public static func participant(_ id: String) -> String { "participant:\(id)" }
}

extension Ledger {
  /// All events with a tag, in position order, as of the head when called or up to a position.
  public func timeline(_ tag: String, upTo position: Int? = nil) throws -> [Recorded] {
    try log.timeline(tag, upTo: position).map { try $0.recorded() }
  }

  /// The token that stands for a meter point; nil when no event names it.
  public func token(of mpxn: MPxN) throws -> Token? {
    try log.token(kind: Ledger.mpxnKind, value: mpxn.digits).flatMap(Token.init)
  }

  /// The last position of the log.
  public func head() throws -> Int { try log.head().position }

  /// A device as the events up to a position show it; nil when the ledger does not know it.
  public func device(_ id: EUI64, upTo position: Int? = nil) throws -> Device? {
    Device.fold(id, try timeline(Tag.device(id), upTo: position))
  }

  /// A correction as the events up to a position show it.
  public func correction(_ id: CorrectionID, upTo position: Int? = nil) throws -> Correction? {
    Correction.fold(id, try timeline(Tag.correction(id), upTo: position))
  }

  /// A user as last registered.
  public func user(_ id: String) throws -> User? {
    var user: User?
    for recorded in try timeline(Tag.user(id)) {
      switch recorded.event {
      case .userRegistered(let registered): user = registered
      case .userStatusChanged(let change):
        user = user.map {
          User(
            id: $0.id, party: $0.party, marketParticipantIDs: $0.marketParticipantIDs,
            roles: $0.roles, status: change.status, name: $0.name)
        }
      default: break
      }
    }
    return user
  }

  /// The party that a market participant id belongs to.
  public func party(ofParticipant id: String) throws -> String? {
    for recorded in try timeline(Tag.participant(id)).reversed() {
      if case .userRegistered(let user) = recorded.event { return user.party }
    }
    return nil
  }
}
