import Foundation
import Testing

@Suite struct `correction list` {
  private static let pending = "00-DB-12-34-56-78-91-04"

  /// Four corrections: one that SUPB is asked about, one that SUPA can send, one with the DCC and owned,
  /// one that has ended.
  private func filled() throws -> FilledLedger {
    let ledger = try FilledLedger()
    try ledger.report()
    try ledger.report(Request.device, wants: Request.registeredToSender)
    let run = try ledger.run(
      "correction", "open", "--device", Request.otherDevice, "--field", "other", "--value", "words",
      "--actor", "90-B3-D5-1F-30-05-00-00", "--at", "2026-03-02T09:00:00Z")
    try #require(run.exit == 0, "\(run.errors)")
    try ledger.act("assign", "COR-000003", by: "DCC-017", "--owner", "DCC-021")
    try ledger.report(Self.pending, wants: Request.registeredToSender, by: Request.supB)
    try ledger.act("reject", "COR-000004", by: "DCC-017", "--reason", "no")
    return ledger
  }

  @Test func `is narrowed by what it is asked for`() throws {
    let ledger = try filled()
    func expect(_ numbers: [Int], _ arguments: String...) throws {
      let run = try ledger.run(["correction", "list"] + arguments + ["--format", "json"])
      #expect(run.exit == 0, "\(run.errors)")
      let ids = try JSONText.array(run.output).compactMap { $0["id"] as? String }
      #expect(Set(ids) == Set(numbers.map { "COR-00000\($0)" }), "\(arguments): \(ids)")
    }
    try expect([1, 2, 3])
    try expect([1, 2, 3, 4], "--all")
    try expect([4], "--state", "rejected")
    try expect([1], "--state", "awaitingConsent")
    try expect([1], "--route", "twoSupplier")
    try expect([2], "--route", "selfServe")
    try expect([1], "--holder", "counterparty")
    try expect([1, 3], "--device", Request.otherDevice)
    try expect([1], "--party", "SUPB")
    try expect([1, 4], "--party", "SUPB", "--all")
    try expect([3], "--party", "SUPC")
    try expect([1, 2], "--party", "SUPA")
    try expect([], "--party", "SUPZ")
    // Only the third was opened, and is due, long ago.
    try expect([3], "--due")
    try expect([3], "--older-than", "5wd")
  }

  @Test func `of mine is what one owns, or has the turn of`() throws {
    let ledger = try filled()
    #expect(try ledger.listed("--mine", "--actor", "DCC-021") == ["COR-000003"])
    #expect(try ledger.listed("--mine", "--actor", "DCC-017").isEmpty, "it has another owner")
    #expect(try ledger.listed("--mine", "--actor", Request.supB) == ["COR-000001"])
    #expect(try ledger.listed("--mine", "--actor", Request.supA) == ["COR-000002"])
    #expect(try ledger.listed("--mine", "--actor", "DSP-004").isEmpty)
  }

  @Test func `puts first what is due first`() throws {
    let ledger = try filled()
    let all = try ledger.listed()
    #expect(all.first == "COR-000003")
    let run = try ledger.run("correction", "list", "--format", "json")
    let due = try JSONText.array(run.output).compactMap { $0["dueAt"] as? String }
    #expect(due == due.sorted())
    let table = try ledger.run("correction", "list")
    #expect(table.output.contains("LATE"), "\(table.output)")
    #expect(table.errors.contains("3 corrections, 1 late"), "\(table.errors)")
  }

  @Test(arguments: [
    ["--state", "closed"], ["--route", "shortest"], ["--holder", "me"], ["--older-than", "5"],
    ["--older-than", "xwd"], ["--device", "123"], ["--limit", "-1"],
    ["--mine", "--actor", "NOBODY"],
  ])
  func `says what it expected instead of what it can't read`(_ arguments: [String]) throws {
    let ledger = try FilledLedger()
    let run = try ledger.run(["correction", "list"] + arguments)
    #expect([64, 77].contains(run.exit))
    #expect(!run.errors.isEmpty && run.output.isEmpty)
  }
}
