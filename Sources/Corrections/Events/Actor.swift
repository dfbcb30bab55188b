/// Who did something, in codes that may stand in a record for ever.
public struct Actor: Hashable, Sendable {
  /// A User ID (EUI-64) or a meaningless staff code; nil when only the party is known.
  public var user: String?
  /// The party acted for; `ledger` when the program acts by itself.
  public var party: String
  /// The role that was needed and acted in, such as `DCC`; nil when none was needed.
  public var role: String?
  public var via: Via

  public init(user: String?, party: String, role: String?, via: Via) {
    self.user = user
    self.party = party
    self.role = role
    self.via = via
  }

  /// The program itself.
  public static let ledger = Actor(user: nil, party: "ledger", role: nil, via: .system)

  /// The party of an actor of whom nothing is known but how they came.
  public static let unknownParty = "unknown"

  /// Codes that no party may have.
  public static let reservedParties: Set<String> = [ledger.party, unknownParty]
}

/// How an actor was known.
public enum Via: Hashable, Sendable {
  /// Said on the command line, by the operating system account of that number.
  case asserted(account: UInt32)
  case token
  case certificate
  case `import`
  case system
}
