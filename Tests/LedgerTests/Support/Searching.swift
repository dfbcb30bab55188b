import EventLog
import Foundation
import GRDB
import Testing

@testable import Ledger

extension TestLedger {
  /// Every table but the erasable ones, row by row, and every view.
  private func searched() throws -> [(String, [UInt8])] {
    var found: [(String, [UInt8])] = []
    let log = try DatabaseQueue(path: folder + "/ledger.sqlite")
    try log.read { db in
      let tables = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
      for table in tables where !["subject", "document"].contains(table) {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM \(table)") {
          for value in row.databaseValues {
            if let data = Data.fromDatabaseValue(value) { found.append((table, Array(data))) }
          }
        }
      }
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasPrefix("views") && !name.hasSuffix(".lock") {
      let bytes = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
      found.append((name, Array(bytes)))
    }
    return found
  }

  /// Checks that none of some words stands anywhere but in the erasable tables.
  func expectNowhere(_ words: [String]) throws {
    try ledger.catchUpViews()
    let haystack = try searched()
    #expect(haystack.count > 10)
    for (place, bytes) in haystack {
      let data = Data(bytes)
      for word in words {
        #expect(data.range(of: Data(word.utf8)) == nil, "\(word) in \(place)")
      }
    }
  }
}
