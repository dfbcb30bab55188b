internal import Corrections
internal import EventLog
internal import Foundation

/// What a restore comes to, once the backup was held against what was kept apart.
struct RestorePlan {
  let actor: Corrections.Actor
  /// How many events were signed for: by the checkpoint that was kept apart, or by a later one in the backup.
  let checkpoint: Int
  /// How many of them are lost.
  let missing: Int
  let fork: LedgerRestored.Fork?
  /// The last correction number that is left out.
  let numbersAfter: Int
  /// The last number of a discrepancy that is left out.
  let discrepanciesAfter: Int
  /// How many erasures were told of that stand after the backup's last event, which is therefore not the
  /// last that there was.
  let erasuresAfter: Int
  let key: SigningKey?
  /// The erasures that have to be made again.
  let erasures: [Upkeep]

  /// Refuses what can't be restored; makes nothing.
  init(_ request: RestoreRequest, of backup: CheckedBackup) throws {
    actor = request.actor
    let given = request.checkpoint
    guard given.size > 0 else { throw CannotRestore.emptyCheckpoint }
    guard backup.signers.covers(given) else {
      throw CannotRestore.otherCheckpoint(
        origin: given.origin, expected: backup.signers.last?.key.text ?? backup.opened.origin)
    }
    checkpoint = try max(given.size, backup.signed())
    missing = max(0, checkpoint - backup.size)
    if let root = try backup.root(at: given.size), root != given.root {
      throw CannotRestore.otherHistory(
        size: given.size, expected: Data(given.root).base64EncodedString(),
        found: Data(root).base64EncodedString())
    }
    guard missing == 0 || request.fork != nil else {
      throw CannotRestore.shorter(size: backup.size, signed: checkpoint)
    }
    if let kept = request.erasures { try backup.mustBeTold(in: kept) }
    let kept = request.erasures ?? []
    erasures = try backup.unknown(of: kept)
    erasuresAfter = kept.count { $0.position > backup.size }
    // What was lost after the last checkpoint left no trace but these; an event gives one number at most.
    let last = max(checkpoint, kept.last?.position ?? 0, backup.size)
    func nextThousand(after number: Int) -> Int {
      ((number + last - backup.size) / 1000 + 1) * 1000
    }
    numbersAfter = nextThousand(after: backup.lastNumber)
    discrepanciesAfter = nextThousand(after: backup.lastDiscrepancy)
    guard let origin = request.fork else {
      fork = nil
      key = try request.key.map { try Self.key($0, of: backup) }
      return
    }
    guard !backup.signers.contains(where: { $0.key.name == origin }) else {
      throw CannotRestore.sameName(origin)
    }
    let fresh = SigningKey()
    key = fresh
    fork = LedgerRestored.Fork(
      origin: origin, publicKey: Data(fresh.publicKey).base64EncodedString())
  }

  /// The key in a file, which must be the one that the ledger names.
  private static func key(_ path: String, of backup: CheckedBackup) throws -> SigningKey {
    let key = try SigningKey(reading: path, isPrivate: false)
    guard let named = backup.signers.last?.key, named.publicKey == key.publicKey else {
      throw CannotRestore.otherKey(path, expected: backup.signers.last?.key.text ?? "none")
    }
    return key
  }
}
