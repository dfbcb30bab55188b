import Corrections
import Synchronization

/// The parties of users and market participant ids at a position, each looked up once.
final class PartyCache: Sendable {
  private let ledger: Ledger
  private let position: Int
  private let known = Mutex<[String: String?]>([:])

  init(_ ledger: Ledger, upTo position: Int) {
    self.ledger = ledger
    self.position = position
  }

  /// The party of a user; nil when it is not known.
  func party(of user: EUI64) throws -> String? {
    try kept("user \(user)") { try ledger.user(user.description, upTo: position)?.party }
  }

  /// The party of a market participant id; nil when no user acts for it.
  func party(ofParticipant id: String) throws -> String? {
    try kept("participant \(id)") { try ledger.party(ofParticipant: id, upTo: position) }
  }

  private func kept(_ key: String, _ look: () throws -> String?) throws -> String? {
    if let party = known.withLock({ $0[key] }) { return party }
    let party = try look()
    known.withLock { $0[key] = party }
    return party
  }
}
