import Corrections
import EventLog
import Foundation
import GRDB

/// Devices of which a rule may find something, kept on disk in the order of their ids.
///
/// The sieve reads the views and lets through too many rather than too few: what it lets through is
/// judged on timelines. `SieveLawTests` holds it to what all devices, judged, give.
final class Sieve {
  let queue: DatabaseQueue
  /// Live devices at one place, where they are more than an answer holds, by the lowest id.
  private(set) var crowds: [EUI64: [EUI64]] = [:]

  /// Makes an empty sieve in a file without a name, which goes with it.
  init() throws {
    var configuration = Configuration()
    configuration.label = "sieve"
    // All of it is one transaction, which ends with the file.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = -32768; PRAGMA synchronous = OFF")
      try db.execute(sql: "PRAGMA journal_mode = OFF")
    }
    queue = try DatabaseQueue(path: "", configuration: configuration)
    try queue.inDatabase { db in
      try db.execute(
        sql: """
          CREATE TABLE candidate (device INTEGER PRIMARY KEY) STRICT;
          CREATE TABLE held (
            token TEXT NOT NULL, device INTEGER NOT NULL, field INTEGER NOT NULL,
            type INTEGER NOT NULL, acting TEXT, acting_since TEXT
          ) STRICT;
          BEGIN;
          """)
    }
  }

  /// Lets a device through.
  func add(_ db: Database, _ device: EUI64) throws {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO candidate VALUES (?)")
      .execute(arguments: [Int64(bitPattern: device.bits)])
  }

  /// Remembers too many devices at one place.
  func add(_ db: Database, crowd: [EUI64]) throws {
    guard let first = crowd.min() else { return }
    crowds[first] = Set(crowds[first] ?? []).union(crowd).sorted()
    try add(db, first)
  }

  /// How many devices were let through.
  func count() throws -> Int {
    try queue.inDatabase { try Int.fetchOne($0, sql: "SELECT count(*) FROM candidate") ?? 0 }
  }

  /// Some devices that were let through, those after one, in the order of their ids.
  func devices(after last: EUI64?, limit: Int) throws -> [EUI64] {
    try queue.inDatabase { db in
      // Ids are unsigned, and SQLite's numbers are not: two stretches, the upper half last.
      let bits = last.map { Int64(bitPattern: $0.bits) }
      let upper = "SELECT device FROM candidate WHERE device < 0 AND device > ? ORDER BY device"
      if let bits, bits < 0 {
        return try EUI64.fetch(db, upper + " LIMIT ?", [bits, limit])
      }
      let lower = try EUI64.fetch(
        db, "SELECT device FROM candidate WHERE device >= 0 AND device > ? ORDER BY device LIMIT ?",
        [bits ?? -1, limit])
      guard lower.count < limit else { return lower }
      return try lower + EUI64.fetch(db, upper + " LIMIT ?", [Int64.min, limit - lower.count])
    }
  }
}

extension EUI64 {
  fileprivate static func fetch(
    _ db: Database, _ sql: String, _ arguments: StatementArguments
  ) throws -> [EUI64] {
    try Int64.fetchAll(db, sql: sql, arguments: arguments).map {
      EUI64(bits: UInt64(bitPattern: $0))
    }
  }
}
