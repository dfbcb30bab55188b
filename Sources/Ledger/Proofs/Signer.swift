internal import Corrections
internal import EventLog
internal import Foundation

/// A name and key of a ledger's checkpoints, and the sizes for which they count.
public struct Signer: Hashable, Sendable {
  /// The key, whose name is the origin.
  public let key: VerifierKey
  /// The most events that a checkpoint signed by it may cover; nil for the one that signs now.
  ///
  /// What it signed beyond that belongs to the history that was lost when the ledger was restored.
  public let upTo: Int?

  /// Whether its word counts for a tree of some size.
  public func counts(for size: Int) -> Bool { upTo.map { size <= $0 } ?? true }

  /// Who signs a ledger that began as `opened` and was restored so often: the newest last.
  static func all(_ opened: LedgerOpened, restored: [LedgerRestored]) -> [Signer] {
    var names = [(origin: opened.origin, publicKey: opened.publicKey)]
    var ends: [Int?] = []
    for restored in restored {
      guard let fork = restored.fork else { continue }
      names.append((fork.origin, fork.publicKey))
      ends.append(restored.size)
    }
    ends.append(nil)
    return zip(names, ends).compactMap { name, end in
      Data(base64Encoded: name.publicKey)
        .flatMap { VerifierKey(name: name.origin, publicKey: Array($0)) }
        .map { Signer(key: $0, upTo: end) }
    }
  }
}

extension Ledger {
  /// Under which name and with which public key, in base64, checkpoints are signed now: those of the
  /// newest fork, else of the first event.
  public func signing() throws -> (origin: String, publicKey: String) {
    let fork = try restores().last { $0.fork != nil }?.fork
    return (fork?.origin ?? opened.origin, fork?.publicKey ?? opened.publicKey)
  }

  /// Everybody who signed or signs checkpoints of this ledger, the newest last.
  public func signers() throws -> [Signer] {
    Signer.all(opened, restored: try restores())
  }

  /// The key by which checkpoints that are signed now are verified; nil where the ledger names none.
  public var verifierKey: VerifierKey? {
    get throws {
      let signing = try signing()
      return Data(base64Encoded: signing.publicKey).flatMap {
        VerifierKey(name: signing.origin, publicKey: Array($0))
      }
    }
  }

  private func restores() throws -> [LedgerRestored] {
    try timeline(Tag.restores).compactMap { recorded in
      if case .upkeep(.ledgerRestored(let restored)) = recorded.event { restored } else { nil }
    }
  }
}
