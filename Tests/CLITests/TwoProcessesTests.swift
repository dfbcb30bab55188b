import Foundation
import Testing

/// Two processes on one folder.
@Suite struct `Two people at once` {
  /// Starts commands together and waits for all of them.
  private func atOnce(_ commands: [[String]], _ ledger: FilledLedger) throws -> [Run] {
    try commands.map { try SMILedger.started($0 + ["--ledger", ledger.path]) }
      .map { try $0.finished(within: 60) }
  }

  @Test(arguments: 0..<3)
  func `who end one correction: one does, the other is told where it stands`(_ round: Int) throws {
    let ledger = try FilledLedger()
    let id = try ledger.report()
    let events = try ledger.events()
    let runs = try atOnce(
      [
        ["correction", "withdraw", id, "--reason", "x", "--actor", Request.supA],
        ["correction", "reject", id, "--reason", "x", "--actor", "DCC-017"],
        ["correction", "reject", id, "--reason", "x", "--actor", "DCC-021"],
      ], ledger)
    #expect(runs.map(\.exit).sorted() == [0, 1, 1], "\(runs.map(\.errors))")
    for run in runs where run.exit == 1 {
      #expect(run.isOneLine && run.sentence.contains("makes no sense now"), "\(run.errors)")
    }
    #expect(try ledger.events() == events + 1)
  }

  @Test(arguments: 0..<3)
  func `who report one fault have one correction, which one of them joins`(_ round: Int) throws {
    let ledger = try FilledLedger()
    let runs = try atOnce(
      [Request.supA, "90-B3-D5-1F-30-05-00-00"].map {
        [
          "correction", "open", "--device", Request.otherDevice, "--field", "importMPxN", "--value",
          Request.registeredToAnother, "--actor", $0, "--format", "json",
        ]
      }, ledger)
    #expect(runs.map(\.exit) == [0, 0], "\(runs.map(\.errors))")
    let answers = try runs.map { try JSONText.object($0.output) }
    #expect(Set(answers.compactMap { $0["id"] as? String }) == ["COR-000001"])
    #expect(answers.compactMap { $0["joined"] as? Bool }.sorted { !$0 && $1 } == [false, true])
    #expect(try ledger.listed() == ["COR-000001"])
  }

  @Test func `who read the same file of wrong entries open each once`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write(
      "rows-1.csv",
      """
      device_id,field,requested
      \(Request.otherDevice),importMPxN,\(Request.registeredToAnother)
      \(Request.device),importMPxN,\(Request.registeredToAnother)
      \(Request.device),other,words

      """)
    let command = [
      "correction", "open", "--from", file, "--actor", Request.supA, "--format", "json",
    ]
    let runs = try atOnce([command, command], ledger)
    #expect(runs.map(\.exit) == [0, 0], "\(runs.map(\.errors))")
    let outcomes = try runs.map { try JSONText.array($0.output) }
    for row in 0..<3 {
      let both = outcomes.compactMap { $0[row]["outcome"] as? String }.sorted()
      #expect(both == ["known", "opened"], "\(row): \(both)")
    }
    #expect(try ledger.listed().count == 3)
  }
}
