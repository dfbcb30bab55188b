public import Corrections
internal import EventLog
internal import Wire

/// The names of the timelines.
public enum Tag {
  /// All events of a device.
  public static func device(_ id: EUI64) -> String { "device:\(id)" }
  /// All events of a Service Request.
  public static func request(_ id: RequestID) -> String {
    "request:" + id.text(separatedBy: UInt8(ascii: "."))
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
  /// All corrections of a ticket of another system.
  public static func ticket(_ token: Token) -> String { "ticket:\(token)" }
  /// What was recorded about an event, such as that it was recorded in error.
  public static func event(_ position: Int) -> String { "event:\(position)" }
  /// All events of a discrepancy.
  public static func discrepancy(_ id: DiscrepancyID) -> String { "discrepancy:\(id)" }
  /// All imports of meter technical details.
  public static let technicalDetails = "import:technical-details"
  /// All imports of registrations.
  public static let registrations = "import:registrations"
  /// All imports of the products list.
  public static let products = "import:products"
  /// All lines about a product.
  static func product(_ product: Product) -> String {
    EventShape.productTag(product)
  }
  /// Every policy, calendar and set of targets, but for those that an early ledger began with.
  public static let terms = "terms:set"
  /// Every report that was published.
  public static let reports = "report:published"
  /// Everything that was erased.
  static let erasures = "erasure:all"
  /// All seals of the timelines.
  static let seals = "seal:timelines"
  /// Every time that the ledger was made anew from a backup.
  static let restores = "restore:ledger"
  /// All imports of an extract of the inventory.
  public static let inventory = "import:inventory"
}

extension Ledger {
  /// All events with a tag, in position order, as of the head when called or up to a position.
  ///
  /// Complete: none is left out, whatever the views have read.
  ///
  /// - Throws: ``StoredFormError`` when a newer program wrote one of them, or ``LogError``.
  public func timeline(_ tag: String, upTo position: Int? = nil) throws -> [Recorded] {
    try log.timeline(tag, upTo: position).map { try $0.recorded() }
  }

  /// The events of a device's timeline that may change what is shown of its entry, and the annulments of
  /// such, in position order up to a position.
  public func timeline(telling id: EUI64, upTo position: Int? = nil) throws -> [Recorded] {
    let passed = Event.typesBesideDevices
    return try log.timeline(Tag.device(id), upTo: position, passingOver: passed)
      .map { try $0.recorded() }
      .filter { recorded in
        if case .eventAnnulled(let event) = recorded.event {
          !passed.contains(event.type)
        } else {
          true
        }
      }
  }

  /// The events with a tag that were not recorded in error as far as was known at a position, but for
  /// those of types that are known to say nothing of the matter; with a moment those effective by it.
  ///
  /// A type that this program does not know is not passed over: it throws as it does elsewhere.
  public func standing(
    _ tag: String, passingOver passed: Set<String> = [], upTo position: Int? = nil,
    effectiveAt moment: Instant? = nil
  ) throws -> [Recorded] {
    try log.timeline(tag, upTo: position, passingOver: passed).map { try $0.recorded() }
      .effective(at: moment).standing
  }

  /// The token that stands for a meter point; nil when no event names it, or it was erased.
  public func token(of mpxn: MPxN) throws -> Token? {
    try log.token(kind: Ledger.mpxnKind, value: mpxn.digits).flatMap(Token.init)
  }

  /// Whether any event names a party.
  public func knows(party: String) throws -> Bool {
    try !log.timeline(Tag.party(party), limit: 1).isEmpty
  }

  /// The last position of the log.
  public func head() throws -> Int { try log.lastPosition() }

  /// A device as the events up to a position show it, and of them those effective by a moment; nil when
  /// the ledger does not know it.
  public func device(
    _ id: EUI64, upTo position: Int? = nil, effectiveAt moment: Instant? = nil
  ) throws -> Device? {
    let tag = Tag.device(id)
    func fold() throws -> Device? {
      Device.fold(
        id,
        try standing(
          tag, passingOver: Event.typesBesideDevices, upTo: position, effectiveAt: moment))
    }
    // Rights, rules and answers ask for the same one.
    guard moment == nil, let end = log.momentEnd, position ?? end >= end else { return try fold() }
    return try log.onceInMoment(tag, fold)
  }

  /// A correction as the events up to a position show it, and of them those effective by a moment; nil
  /// when none of them opens it.
  public func correction(
    _ id: CorrectionID, upTo position: Int? = nil, effectiveAt moment: Instant? = nil
  ) throws -> Correction? {
    Correction.fold(id, try timeline(Tag.correction(id), upTo: position), effectiveAt: moment)
  }

  /// A discrepancy as the events up to a position show it, and of them those effective by a moment; nil
  /// when none of them finds it.
  public func discrepancy(
    _ id: DiscrepancyID, upTo position: Int? = nil, effectiveAt moment: Instant? = nil
  ) throws -> Discrepancy? {
    Discrepancy.fold(
      id, try standing(Tag.discrepancy(id), upTo: position, effectiveAt: moment))
  }

  /// A user as last registered, or as registered at a moment.
  ///
  /// A moment before the first registration is answered by the first: that somebody was a user no
  /// earlier than we learned it is not known.
  public func user(
    _ id: String, at moment: Instant? = nil, upTo position: Int? = nil
  ) throws -> User? {
    try userWithPosition(id, at: moment, upTo: position)?.user
  }

  func userWithPosition(
    _ id: String, at moment: Instant?, upTo position: Int?
  ) throws -> (user: User, position: Int)? {
    var known: (user: User, position: Int)?
    for recorded in try keptTimeline(Tag.user(id), upTo: position) {
      if let moment, known != nil, recorded.effectiveAt > moment { continue }
      switch recorded.event {
      case .userRegistered(let registered): known = (registered, recorded.position)
      case .userStatusChanged(let change):
        if let user = known?.user {
          known = (user.with(change.status), recorded.position)
        }
      default: break
      }
    }
    return known
  }

  /// The party that a market participant id belongs to: of the users that have it now and may act,
  /// the party of the one registered last.
  public func party(ofParticipant id: String, upTo position: Int? = nil) throws -> String? {
    for recorded in try keptTimeline(Tag.participant(id), upTo: position).reversed() {
      guard case .userRegistered(let registered) = recorded.event,
        let user = try user(registered.id, upTo: position)
      else { continue }
      if user.status == .active, user.marketParticipantIDs.contains(id) { return user.party }
    }
    return nil
  }
}

extension User {
  fileprivate func with(_ status: UserStatus) -> User {
    User(
      id: id, party: party, marketParticipantIDs: marketParticipantIDs, roles: roles,
      status: status, name: name)
  }
}
