internal import Corrections
internal import Crypto
internal import EventLog
internal import Foundation
internal import Glibc

/// Why a checkpoint can't be signed here.
public enum CannotSign: Error, Sendable {
  /// There is no key, or it can't be read: its file and why.
  case noKey(String, reason: String)
  /// Others than its owner may read the key.
  case exposed(String, mode: Int)
  /// The key is not the one that the ledger names.
  case otherKey(String)
}

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
  /// The key by which this ledger's checkpoints are verified, as its first event names it.
  public var verifierKey: VerifierKey? {
    Data(base64Encoded: opened.publicKey).flatMap {
      VerifierKey(name: opened.origin, publicKey: Array($0))
    }
  }

  /// Signs how many events there are, or were at a position, and their root.
  ///
  /// Nothing is recorded. Two checkpoints of one size hold the same root.
  ///
  /// - Throws: ``CannotSign``, ``NotKnownYet`` for a position that isn't there, or ``LogError``.
  public func checkpoint(at position: Int? = nil) throws -> Checkpoint {
    let head = try head()
    let size = position ?? head
    guard (1...head).contains(size) else { throw NotKnownYet.beyondTheLog(size, head: head) }
    let (key, verifier) = try signingKey()
    let root = try log.root(at: size).bytes
    let text = Checkpoint.text(opened.origin, size, root)
    return Checkpoint(
      origin: opened.origin, size: size, root: root, key: verifier,
      signature: Array(try key.signature(for: Array(text.utf8))))
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
  private func signingKey() throws -> (Curve25519.Signing.PrivateKey, VerifierKey) {
    let path = folder + "/ledger.key"
    // One descriptor is looked at and read, so that nothing can be exchanged between; no link is followed.
    let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw CannotSign.noKey(path, reason: errno == ENOENT ? "is not there" : "can't be opened")
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw CannotSign.noKey(path, reason: "is no plain file")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw CannotSign.exposed(path, mode: Int(status.st_mode & 0o777))
    }
    let text = String(decoding: try file.read(upToCount: 256) ?? Data(), as: UTF8.self)
    guard let bytes = Data(base64Encoded: text.trimmingCharacters(in: .newlines)),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    else { throw CannotSign.noKey(path, reason: "is no Ed25519 key in base64") }
    guard let verifier = verifierKey, verifier.publicKey == Array(key.publicKey.rawRepresentation)
    else { throw CannotSign.otherKey(path) }
    return (key, verifier)
  }
}
