internal import Crypto
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
  /// The note that was signed last, in this file, is none: what was expected of it.
  case lastUnreadable(String, expected: String)
  /// The note that was signed last, in this file, is of no log that this ledger is.
  case lastOfOther(String, origin: String)
  /// The log is shorter than what was signed last.
  case shorter(String, signed: Int, found: Int)
  /// The first events are not those that were signed last.
  case rewritten(String, signed: Int, expected: String, found: String)
}

/// The private half of a ledger's key, as it lies in a file.
struct SigningKey {
  let key: Curve25519.Signing.PrivateKey

  /// Makes a fresh one.
  init() { key = Curve25519.Signing.PrivateKey() }

  /// Reads one; of a ledger's own file only its owner may be able to read it.
  init(reading path: String, isPrivate: Bool = true) throws {
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
    guard !isPrivate || status.st_mode & 0o077 == 0 else {
      throw CannotSign.exposed(path, mode: Int(status.st_mode & 0o777))
    }
    let text = String(decoding: try file.read(upToCount: 256) ?? Data(), as: UTF8.self)
    guard let bytes = Data(base64Encoded: text.trimmingCharacters(in: .newlines)),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    else { throw CannotSign.noKey(path, reason: "is no Ed25519 key in base64") }
    self.key = key
  }

  /// The public half, 32 bytes.
  var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// What stands in the file.
  var text: String { key.rawRepresentation.base64EncodedString() + "\n" }

  /// A checkpoint that it signs.
  func checkpoint(_ verifier: VerifierKey, size: Int, root: [UInt8]) throws -> Checkpoint {
    let text = Checkpoint.text(verifier.name, size, root)
    return Checkpoint(
      origin: verifier.name, size: size, root: root, key: verifier,
      signature: Array(try key.signature(for: Array(text.utf8))))
  }
}
