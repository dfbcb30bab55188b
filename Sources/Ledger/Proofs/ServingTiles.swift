internal import EventLog

extension Ledger {
  /// A tile of the log as C2SP `tlog-tiles` has it, or its first hashes; nil where the log is not so long.
  package func tile(level: Int, _ index: Int, width: Int) throws -> [UInt8]? {
    guard (0..<8).contains(level), (1...256).contains(width), index < 1 << 40,
      try head() >> (8 * level) >= index * 256 + width
    else { return nil }
    return try log.hashes(level: level, index * 256..<index * 256 + width).flatMap(\.bytes)
  }

  /// A bundle of records, each after its length in two bytes; nil where the log is not so long.
  package func entryBundle(_ index: Int, width: Int) throws -> [UInt8]? {
    guard (1...256).contains(width), index < 1 << 40, try head() >= index * 256 + width else {
      return nil
    }
    let first = index * 256 + 1
    let events = try log.events(from: first, through: index * 256 + width)
    guard events.count == width else {
      throw LogError.damaged(
        position: first, what: "of \(width) events some are not there; see verify")
    }
    var bundle: [UInt8] = []
    for event in events {
      guard event.isAsHashed else {
        throw LogError.damaged(
          position: event.position, what: "its record is not what was hashed; see verify")
      }
      bundle += [UInt8(event.record.count >> 8), UInt8(event.record.count & 255)] + event.record
    }
    return bundle
  }
}
