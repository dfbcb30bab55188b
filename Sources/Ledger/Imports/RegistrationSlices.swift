internal import Corrections
internal import EventLog
internal import Wire

/// Writes rows to a set in slices, or checks them against what an interrupted import has written.
///
/// While one slice is on its way to the disk, the next is compared with what is held.
final class RegistrationSlices {
  /// The set that was to be continued holds rows of something else.
  struct OtherRows: Error {}

  private let ledger: Ledger
  private let set: Int
  private let written: Int
  private var seen = 0
  private var page: [ReferenceRow] = []
  private var pageStart = 1
  private var tally = ReferenceTally()
  private let lane = Lane<Void>()
  private var isOnItsWay = false

  init(_ ledger: Ledger, continuing unfinished: (set: Int, rows: Int)?) throws {
    self.ledger = ledger
    set = try unfinished?.set ?? ledger.log.beginSet()
    written = unfinished?.rows ?? 0
  }

  deinit { lane.drain() }

  /// Adds rows with the subjects that they name, none of them too: what was added before is on the disk
  /// then.
  func add(_ rows: [Registration], naming subjects: [Subject]) throws {
    var fresh: [(key: [UInt8], content: [UInt8])] = []
    for row in rows {
      let (key, content) = (row.mpxn.bytes, RegistrationRowForm.bytes(row))
      tally.add(key: key, content: content)
      seen += 1
      if seen > written {
        fresh.append((key, content))
      } else if try stored(seen) != content {
        throw OtherRows()
      }
    }
    try settle()
    guard !fresh.isEmpty else { return }
    isOnItsWay = true
    let (log, set, first) = (ledger.log, set, seen - fresh.count + 1)
    lane.start { [fresh] in
      try log.appendRows(toSet: set, startingAt: first, fresh, subjects: subjects)
    }
  }

  /// Waits for what is on its way.
  private func settle() throws {
    guard isOnItsWay else { return }
    isOnItsWay = false
    try lane.wait()
  }

  /// The content of a row that an interrupted import has written.
  private func stored(_ row: Int) throws -> [UInt8]? {
    if row >= pageStart + page.count {
      pageStart = row
      page = try ledger.log.rows(ofSet: set, after: row - 1, limit: 1000)
    }
    return row - pageStart < page.count ? page[row - pageStart].content : nil
  }

  /// The whole set, once all its rows are on the disk.
  func finished() throws -> ReferenceSet {
    try settle()
    guard seen >= written else { throw OtherRows() }
    return tally.finished(set: set)
  }
}
