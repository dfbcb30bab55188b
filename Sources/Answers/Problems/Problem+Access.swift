import Corrections
import Ledger
import Wire

/// Tokens that can't be made.
extension Problem {
  static func of(_ error: CannotGrant) -> Problem {
    switch error {
    case .noSuchUser(let name):
      Problem(
        "notFound", 66,
        "there is no user \(Shown.typed(name)) here that may act; smi-ledger import users adds users"
      )
    case .otherParty(let user, let party):
      Problem(
        "notAllowed", 77, "user \(user) is of \(party), so no token of another party acts as it")
    case .roleMissing(let user, let role):
      Problem(
        "notAllowed", 77,
        "user \(user) has none of the roles \(names(role)), in which a token of \(role.rawValue) acts"
      )
    case .noUser(let party, let role):
      Problem(
        "notFound", 66,
        "no active user of \(Shown.typed(party)) has one of the roles \(names(role)); smi-ledger import "
          + "users adds users")
    case .severalUsers(let party, let users):
      Problem(
        "usage", 64,
        "several users of \(Shown.typed(party)) could act with it; name one with --user: "
          + users.joined(separator: ", "))
    }
  }

  private static func names(_ role: AccessRole) -> String {
    role.userRoles.map(\.rawValue).sorted().joined(separator: ", ")
  }
}
