public import Corrections
internal import Wire

/// Why no token can be made for a party; nothing was made.
public enum CannotGrant: Error, Sendable {
  /// No such user is registered, or it may not act.
  case noSuchUser(String)
  /// The user is of another party.
  case otherParty(user: String, party: String)
  /// The user has none of the roles that such a token acts in.
  case roleMissing(user: String, AccessRole)
  /// No user of the party could act with it.
  case noUser(party: String, AccessRole)
  /// Several users of the party could act with it.
  case severalUsers(party: String, [String])
}

extension Ledger {
  /// The user that acts with a token of a party: the one that is named, else the only one that could.
  ///
  /// A token of SECAS or an auditor only reads, so it may go without.
  public func user(
    acting role: AccessRole, for party: String, named name: String?
  ) throws -> User? {
    if let name {
      guard let user = try user(name), user.status == .active else {
        throw CannotGrant.noSuchUser(name)
      }
      guard user.party == party else {
        throw CannotGrant.otherParty(user: user.id, party: user.party)
      }
      guard user.roles.contains(where: role.userRoles.contains) else {
        throw CannotGrant.roleMissing(user: user.id, role)
      }
      return user
    }
    let fitting = try activeUsers(of: party).filter {
      $0.roles.contains(where: role.userRoles.contains)
    }
    if fitting.count == 1 { return fitting[0] }
    if role == .secas || role == .auditor { return nil }
    throw fitting.isEmpty
      ? CannotGrant.noUser(party: party, role)
      : CannotGrant.severalUsers(party: party, fitting.map(\.id))
  }

  /// The users of a party that may act, in the order of their ids.
  public func activeUsers(of party: String) throws -> [User] {
    var ids: Set<String> = []
    for recorded in try standing(Tag.party(party)) {
      if case .userRegistered(let user) = recorded.event { ids.insert(user.id) }
    }
    return try ids.sorted().compactMap { try user($0) }
      .filter { $0.party == party && $0.status == .active }
  }
}
