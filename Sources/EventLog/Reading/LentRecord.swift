#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A record in memory that somebody else owns, looked at without being read: where millions are
/// compared, reading each would cost more than all else.
package struct LentRecord {
  /// Its place in the log.
  package let position: Int
  /// Its bytes.
  package let bytes: UnsafeRawBufferPointer

  /// Whether it is of one of some types, in any version.
  package func isOfType(in types: Set<String>) -> Bool { RecordScan.hasType(bytes, in: types) }

  /// What ends a record of a type, in a version: both stand at the very end.
  package static func end(ofType type: String, version: Int) -> [UInt8] {
    Array("],\"type\":\"\(type)\",\"version\":\(version)}".utf8)
  }

  /// Whether it ends in some bytes, such as those of ``end(ofType:version:)``.
  package func hasSuffix(_ suffix: [UInt8]) -> Bool {
    bytes.count >= suffix.count
      && UnsafeRawBufferPointer(rebasing: bytes[(bytes.count - suffix.count)...]).isSame(suffix)
  }

  /// The body, and the 24 characters of the time when it is true; nil where it has a cause, or a field
  /// does not stand where every record has it.
  package var parts: (body: UnsafeRawBufferPointer, effectiveAt: UnsafeRawBufferPointer)? {
    // Behind the body all fields before the tags have one length, as long as there is no cause.
    guard let tags = RecordScan.tagsStart(bytes) else { return nil }
    let recordedAt = tags - Self.tagsKey.utf8CodeUnitCount - Self.recordedAtLength
    let id = recordedAt - Self.idLength
    let effectiveAt = id - Self.effectiveAtLength
    guard effectiveAt > 2, has(Self.recordedAtKey, at: recordedAt), has(Self.idKey, at: id),
      has(Self.effectiveAtKey, at: effectiveAt), bytes[effectiveAt - 2] == UInt8(ascii: "}"),
      let start = bodyStart, start < effectiveAt - 1
    else { return nil }
    let time = effectiveAt + Self.effectiveAtKey.utf8CodeUnitCount
    return (
      UnsafeRawBufferPointer(rebasing: bytes[start..<effectiveAt - 1]),
      UnsafeRawBufferPointer(rebasing: bytes[time..<time + Self.timeLength])
    )
  }

  /// Behind the key: no string before it can hold a quotation mark that is not escaped.
  private var bodyStart: Int? {
    var index = 0
    let last = bytes.count - Self.bodyKey.utf8CodeUnitCount
    while index <= last {
      if bytes[index] == UInt8(ascii: ","), has(Self.bodyKey, at: index) {
        return index + Self.bodyKey.utf8CodeUnitCount
      }
      index += 1
    }
    return nil
  }

  private func has(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= bytes.count else { return false }
    return bytes.baseAddress.map {
      memcmp($0 + index, text.utf8Start, text.utf8CodeUnitCount) == 0
    } ?? false
  }

  private static let timeLength = 24
  private static let tagsKey: StaticString = "\"tags\":["
  private static let bodyKey: StaticString = ",\"body\":"
  private static let recordedAtKey: StaticString = "\"recordedAt\":\""
  private static let recordedAtLength = recordedAtKey.utf8CodeUnitCount + timeLength + 2
  private static let idKey: StaticString = "\"id\":\""
  private static let idLength = idKey.utf8CodeUnitCount + 36 + 2
  private static let effectiveAtKey: StaticString = "\"effectiveAt\":\""
  private static let effectiveAtLength = effectiveAtKey.utf8CodeUnitCount + timeLength + 2
}

extension UnsafeRawBufferPointer {
  /// Whether it holds these bytes; the standard library's comparison of sequences takes far longer.
  package func isSame(_ other: [UInt8]) -> Bool {
    other.withUnsafeBytes(isSame)
  }

  /// Whether both hold the same bytes.
  package func isSame(_ other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let mine = baseAddress, let its = other.baseAddress else { return count == 0 }
    return memcmp(mine, its, count) == 0
  }
}
