import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

/// What somebody does to the bytes of the files, as `dd` does, and which verification finds it.
@Suite struct `Bytes changed by hand` {
  struct Row: Sendable {
    let change: String
    let file: String
    /// What the file becomes.
    let edit: @Sendable (Data) -> Data
    let content: Verification.Answer
    let contentSince: Verification.Answer
    let treeSince: Verification.Answer
  }

  private static let page = 8192

  static let table = [
    Row(
      change: "nothing", file: "ledger.sqlite", edit: { $0 }, content: .proven,
      contentSince: .proven, treeSince: .proven),
    Row(
      change: "a bit of a record", file: "ledger.sqlite",
      edit: { data in
        guard let at = data.firstRange(of: Data(":130\"".utf8)) else { return data }
        var data = data
        data[at.lowerBound + 1] ^= 1
        return data
      }, content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "the pages of many records, overwritten", file: "ledger.sqlite",
      edit: { data in
        // In the middle of a full tile, so that none of them is of the open one.
        guard let at = data.firstRange(of: Data(":130\"".utf8)) else { return data }
        let start = at.lowerBound / page * page
        return data.replacing(start..<start + page, with: Data(repeating: 0x5A, count: page))
      }, content: .broken, contentSince: .broken, treeSince: .proven),
    Row(
      change: "the file, cut in the middle", file: "ledger.sqlite",
      edit: { $0.prefix($0.count / 2 / page * page) }, content: .broken, contentSince: .broken,
      treeSince: .broken),
    Row(
      change: "the file, torn within a page", file: "ledger.sqlite",
      edit: { $0.prefix($0.count - 100) }, content: .broken, contentSince: .broken,
      treeSince: .proven),
    // Commits that were only in it are gone without a trace: only who kept a checkpoint can tell.
    Row(
      change: "the write-ahead log, cut to nothing", file: "ledger.sqlite-wal",
      edit: { _ in Data() }, content: .proven, contentSince: .broken, treeSince: .broken),
    Row(
      change: "the write-ahead log, torn", file: "ledger.sqlite-wal",
      edit: { $0.prefix($0.count / 3) }, content: .proven, contentSince: .broken,
      treeSince: .broken),
  ]

  @Test(arguments: table.indices)
  func `are found at the depth that the table says`(_ index: Int) throws {
    let row = Self.table[index]
    let (test, since) = try made(isInWAL: row.file.hasSuffix("-wal"))
    let path = test.folder + "/" + row.file
    let url = URL(fileURLWithPath: path)
    let before = try Data(contentsOf: url)
    try #require(!before.isEmpty, "\(row.change)")
    try row.edit(before).write(to: url)
    func answer(_ depth: Verification.Depth, _ since: Checkpoint?) throws -> Verification {
      try Verification.run(at: test.folder, depth: depth, since: since) { _, _ in }
    }
    let content = try answer(.content, nil)
    #expect(content.answer == row.content, "\(row.change): \(content.problems.prefix(3))")
    #expect(try answer(.content, since).answer == row.contentSince, "\(row.change), since")
    #expect(try answer(.consistency, since).answer == row.treeSince, "\(row.change), tree since")
    #expect(try answer(.consistency, nil).answer != .proven, "\(row.change), tree alone")
  }

  /// Some three hundred events, all in the database or the last of them in its write-ahead log only.
  private func made(isInWAL: Bool) throws -> (test: TestLedger, since: Checkpoint) {
    let test = try TestLedger()
    let actor = Corrections.Actor(user: nil, party: "DCC", role: nil, via: .system)
    func append(_ numbers: Range<Int>) throws {
      let events = try numbers.map { number in
        Event.serviceResponseIssued(
          ServiceResponseIssued(
            requestID: RequestID(
              originator: try eui(Fixture.supA), target: try eui(Fixture.broker),
              counter: UInt64(number)), party: "SUPA", serviceReference: "8.4",
            deviceID: try eui(Fixture.device), code: "E080415"))
      }
      _ = try test.ledger.append(events, [], by: actor, at: test.now())
    }
    try append(0..<280)
    // As in a log that has grown: else opening reads the marks of every row.
    try test.ledger.log.indexAll()
    #expect(try test.ledger.log.emptyWAL(waiting: 1000))
    if isInWAL { try append(280..<300) }
    let since = try test.ledger.checkpoint()
    test.ledger.log.close()
    return (test, since)
  }
}

extension Data {
  fileprivate func replacing(_ range: Range<Int>, with other: Data) -> Data {
    var data = self
    data.replaceSubrange(range, with: other)
    return data
  }
}
