/// Who did something, in codes that may stand in a record for ever.
public struct Actor: Hashable, Sendable {
  /// A User ID (EUI-64) or a meaningless staff code; nil when only the party is known.
  public var user: String?
  /// The party acted for; `ledger` when the program acts by itself.
  public var party: String
  /// The role that was needed and acted in, such as `DCC`; nil when none was needed.
  public var role: String?
  /// How the actor was known, and so how much the name is worth as evidence.
  public var via: Via

  /// Names an actor in codes; a person's name never stands in one.
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
  /// By an access token of the HTTP service.
  case token
  /// By the certificate that a connection was made with.
  case certificate
  /// By a file that was imported.
  case `import`
  /// The program itself: what it worked out, nobody did.
  case system
}
