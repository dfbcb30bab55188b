internal import Foundation

/// A C2SP `tlog-checkpoint`: how many events a log holds and their root, as a signed note.
public struct Checkpoint: Hashable, Sendable {
  /// Which log: the ledger's origin.
  public let origin: String
  /// How many events the tree holds; the position of the last one.
  public let size: Int
  /// The RFC 6962 root of their records, 32 bytes.
  public let root: [UInt8]
  /// Every signature line that is read: the name of the key, its four bytes and the signature.
  let signatures: [Signature]
  /// The note, as it was read or written, with its signatures.
  public let note: String

  struct Signature: Hashable, Sendable {
    let name: String
    let keyID: [UInt8]
    let bytes: [UInt8]
  }

  /// What is no checkpoint: where it is not one, as a sentence.
  public struct Malformed: Error, Hashable, Sendable {
    /// What was expected, and in which line.
    public let expected: String
  }

  /// The largest note that is read, in bytes.
  public static let longest = 64 * 1024

  /// The text that is signed, with lines after the root, which say nothing here.
  let text: String

  static func text(_ origin: String, _ size: Int, _ root: [UInt8]) -> String {
    "\(origin)\n\(size)\n\(Data(root).base64EncodedString())\n"
  }

  /// Reads a note strictly; lines after the root are others' extensions, kept as they are.
  public init(reading note: String) throws(Malformed) {
    guard note.utf8.count <= Checkpoint.longest else {
      throw Malformed(expected: "a checkpoint of at most \(Checkpoint.longest) bytes")
    }
    guard !note.utf8.contains(13) else {
      throw Malformed(expected: "lines that end with a line feed alone; these end as on Windows")
    }
    guard let end = note.range(of: "\n\n", options: .backwards) else {
      throw Malformed(expected: "an empty line between the checkpoint and its signatures")
    }
    let lines = note[..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 3, !lines.dropFirst(3).contains("") else {
      throw Malformed(expected: "three lines before the signatures: origin, size, root")
    }
    guard let size = Int(lines[1]), size >= 0, String(size) == lines[1] else {
      throw Malformed(expected: "a number of events in line 2")
    }
    guard let root = Data(base64Encoded: String(lines[2])), root.count == 32,
      root.base64EncodedString() == lines[2]
    else { throw Malformed(expected: "a root of 32 bytes in base64 in line 3") }
    guard !lines[0].isEmpty, note.hasSuffix("\n") else {
      throw Malformed(expected: "an origin in line 1, and a line feed at the end")
    }
    var signatures: [Signature] = []
    for (index, line) in note[end.upperBound...].dropLast().split(
      separator: "\n", omittingEmptySubsequences: false
    ).enumerated() {
      guard let signature = Signature(line: line) else {
        throw Malformed(expected: "a signature in line \(index + 5): — name base64")
      }
      signatures.append(signature)
    }
    (origin, self.size, self.root) = (String(lines[0]), size, Array(root))
    (self.signatures, self.note) = (signatures, note)
    text = note[..<end.lowerBound] + "\n"
  }

  /// Makes one of its parts and the signature of its text.
  init(origin: String, size: Int, root: [UInt8], key: VerifierKey, signature: [UInt8]) {
    (self.origin, self.size, self.root) = (origin, size, root)
    signatures = [Signature(name: key.name, keyID: key.id, bytes: signature)]
    let encoded = Data(key.id + signature).base64EncodedString()
    text = Checkpoint.text(origin, size, root)
    note = text + "\n— \(key.name) \(encoded)\n"
  }

  /// Whether a key signed it: true, false where it says so and did not, nil where it does not say so.
  public func isSigned(by key: VerifierKey) -> Bool? {
    let own = signatures.filter { $0.name == key.name && $0.keyID == key.id }
    return own.isEmpty ? nil : own.allSatisfy { key.verifies($0.bytes, of: Array(text.utf8)) }
  }
}

extension Checkpoint.Signature {
  /// Reads `— name base64`.
  fileprivate init?(line: Substring) {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "—", !parts[1].isEmpty,
      let bytes = Data(base64Encoded: String(parts[2])), bytes.count > 4
    else { return nil }
    name = String(parts[1])
    keyID = Array(bytes.prefix(4))
    self.bytes = Array(bytes.dropFirst(4))
  }
}
