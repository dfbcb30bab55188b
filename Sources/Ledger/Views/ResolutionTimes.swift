import Corrections
import GRDB

/// The stored times of resolutions, counted anew when days of the past count otherwise.
struct ResolutionTimes {
  private let db: Database

  init(_ db: Database) { self.db = db }

  /// Counts every resolution by other calendars.
  func countAnew(_ calendars: CalendarHistory, _ rows: ViewRows) throws {
    try db.execute(sql: "DELETE FROM resolution_time")
    let corrections = try Int.fetchCursor(
      db, sql: "SELECT DISTINCT correction FROM correction_resolution ORDER BY correction")
    func pass(_ columns: String, _ table: String) throws -> RowCursor {
      try Row.fetchCursor(db, sql: "SELECT \(columns) FROM \(table) ORDER BY correction, seq")
    }
    var turns = try OwnedRows(pass(Turn.columns, "correction_turn")) { Turn(row: $0) }
    var resolutions = try OwnedRows(
      pass(Correction.Resolution.columns, "correction_resolution")
    ) { Correction.Resolution(row: $0) }
    while let number = try corrections.next() {
      let turns = try turns.take(number)
      for (seq, resolution) in try resolutions.take(number).enumerated() {
        let clock = HolderClock(turns, at: resolution.at, calendars: calendars)
        try rows.write(clock, number, seq)
        try db.execute(
          sql: "UPDATE correction_resolution SET working_ms = ? WHERE correction = ? AND seq = ?",
          arguments: [clock.total.workingMilliseconds, number, seq])
      }
    }
  }
}
