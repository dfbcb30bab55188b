internal import EventLog
internal import Foundation

/// That an event is in a tree, as C2SP `tlog-proof` writes it.
public struct InclusionProof: Sendable {
  /// The position of the event; its index in the tree is one less.
  public let position: Int
  /// The hash of its record as a leaf, 32 bytes.
  public let leaf: [UInt8]
  /// From the sibling of the leaf up to the child of the root.
  public let path: [[UInt8]]
  /// The tree.
  public let checkpoint: Checkpoint

  /// The proof as C2SP `tlog-proof` writes it.
  public var text: String {
    (["c2sp.org/tlog-proof@v1", "index \(position - 1)"] + path.map(ConsistencyProof.line) + [""])
      .joined(separator: "\n") + "\n" + checkpoint.note
  }
}

/// That one tree begins another, in the form in which C2SP `tlog-witness` takes it.
public struct ConsistencyProof: Sendable {
  /// How many events the first tree holds.
  public let old: Int
  /// The hashes of RFC 6962 section 2.1.2.
  public let path: [[UInt8]]
  /// The second tree.
  public let checkpoint: Checkpoint

  /// `old N`, the hashes a line each, an empty line, the checkpoint.
  public var text: String {
    (["old \(old)"] + path.map(ConsistencyProof.line) + [""]).joined(separator: "\n") + "\n"
      + checkpoint.note
  }

  static func line(_ hash: [UInt8]) -> String { Data(hash).base64EncodedString() }
}

extension Ledger {
  /// Signs how many events there are, or were at a position, and their root.
  ///
  /// Nothing is recorded. Two checkpoints of one size hold the same root. Where the folder can be written,
  /// the largest that was signed is kept in `last-checkpoint`, and a log that no longer begins with it is
  /// not signed for.
  ///
  /// - Throws: ``CannotSign``, ``NotKnownYet`` for a position that isn't there, or ``LogError``.
  public func checkpoint(at position: Int? = nil) throws -> Checkpoint {
    try checkpoint(at: position, after: LastCheckpoint(folder: folder).read())
  }

  /// Signs, where the log begins with what had been signed last.
  ///
  /// Who passes that must have read it before the head can be read, and before a moment begins: another
  /// process may append and sign at any time, and what it signs then may go beyond that head.
  func checkpoint(at position: Int? = nil, after last: Checkpoint?) throws -> Checkpoint {
    let head = try head()
    let size = position ?? head
    guard (1...head).contains(size) else { throw NotKnownYet.beyondTheLog(size, head: head) }
    let (key, verifier) = try signingKey()
    let kept = LastCheckpoint(folder: folder)
    try kept.mustBegin(self, with: last, head: head)
    let checkpoint = try key.checkpoint(verifier, size: size, root: try log.root(at: size).bytes)
    try kept.keep(checkpoint)
    return checkpoint
  }

  /// Whether the first events are those that a checkpoint covers; its signature is not looked at.
  public func holds(_ checkpoint: Checkpoint) throws -> Bool {
    try checkpoint.size <= head() && log.root(at: checkpoint.size).bytes == checkpoint.root
  }

  /// Proves that an event is in the tree of a checkpoint of this ledger, else in the newest one.
  ///
  /// - Throws: what ``checkpoint(at:)`` throws, and ``NotKnownYet`` for an event that is not in it.
  public func proveInclusion(
    of position: Int, in checkpoint: Checkpoint? = nil
  ) throws -> InclusionProof {
    let checkpoint = try checkpoint ?? self.checkpoint()
    guard position >= 1, position <= checkpoint.size, let event = try log.event(at: position)
    else { throw NotKnownYet.beyondTheLog(position, head: checkpoint.size) }
    return InclusionProof(
      position: position, leaf: event.leaf.bytes,
      path: try log.inclusionProof(of: position, in: checkpoint.size).map(\.bytes),
      checkpoint: checkpoint)
  }

  /// Proves that the first `old` events begin the tree of a later position, else the newest one.
  ///
  /// - Throws: what ``checkpoint(at:)`` throws, and ``NotKnownYet`` where the first is the larger one.
  public func proveConsistency(from old: Int, to new: Int? = nil) throws -> ConsistencyProof {
    let checkpoint = try checkpoint(at: new)
    guard (1...checkpoint.size).contains(old) else {
      throw NotKnownYet.beyondTheLog(old, head: checkpoint.size)
    }
    return ConsistencyProof(
      old: old, path: try log.consistencyProof(from: old, to: checkpoint.size).map(\.bytes),
      checkpoint: checkpoint)
  }

  /// The private key beside the log; only its owner may be able to read it.
  private func signingKey() throws -> (SigningKey, VerifierKey) {
    let path = folder + "/ledger.key"
    let key = try SigningKey(reading: path)
    guard let verifier = try verifierKey, verifier.publicKey == key.publicKey else {
      throw CannotSign.otherKey(path)
    }
    return (key, verifier)
  }
}
