import Foundation
import Testing

@Suite struct `smi-ledger annul` {
  /// A ledger with a correction that SUPB has refused.
  private func refused() throws -> (FilledLedger, Int) {
    let ledger = try FilledLedger()
    let id = try ledger.report()
    try ledger.act("refuse", id, by: Request.supB, "--reason", "not ours")
    return (ledger, try ledger.position(of: "ConsentRefused", id))
  }

  private func annul(
    _ position: Int, _ ledger: FilledLedger, by user: String = "DCC-017", _ more: String...
  ) throws -> Run {
    try ledger.run(
      ["annul", String(position), "--reason", "the wrong one", "--actor", user] + more)
  }

  @Test func `takes back what was recorded in error, and strikes it through`() throws {
    let (ledger, position) = try refused()
    let run = try annul(position, ledger)
    #expect(run.exit == 0, "\(run.errors)")
    #expect(run.output.contains("Annulled at position \(position + 1)"), "\(run.output)")
    let shown = try ledger.object("correction", "show", "COR-000001")
    #expect(shown["state"] as? String == "awaitingConsent")
    let timeline = try #require(shown["timeline"] as? [[String: Any]])
    let struck = try #require(timeline.first { $0["position"] as? Int == position })
    #expect(struck["annulledAt"] as? Int == position + 1)
    #expect(timeline.filter { $0["annulledAt"] is Int }.count == 1)
    #expect(timeline.last?["type"] as? String == "EventAnnulled")
    let text = try ledger.run("correction", "show", "COR-000001")
    #expect(text.output.contains("ANNULLED (\(position + 1))"), "\(text.output)")
    let csv = try ledger.run("timeline", "correction", "COR-000001", "--format", "csv")
    #expect(
      csv.output.contains(",\(position + 1)\r\n") || csv.output.contains(",\(position + 1)\n"))
    let then = try ledger.object(
      "correction", "show", "COR-000001", "--known-at", String(position))
    #expect(then["state"] as? String == "open")
    let events = try #require(then["timeline"] as? [[String: Any]])
    #expect(events.allSatisfy { $0["annulledAt"] is NSNull })
    #expect(try ledger.run("verify").exit == 0)
  }

  @Test func `lists what the event caused, which stands`() throws {
    let ledger = try FilledLedger()
    let id = try ledger.report(Request.device, wants: Request.registeredToSender)
    let file = try ledger.folder.write("update.xml", Request.update(7))
    #expect(try ledger.run("submit", file).exit == 0)
    let resolved = try ledger.position(of: "CorrectionResolved", id)
    let run = try annul(resolved - 1, ledger, "--format", "json")
    let answer = try JSONText.object(run.output)
    let caused = try #require(answer["caused"] as? [[String: Any]])
    #expect(caused.compactMap { $0["position"] as? Int } == [resolved])
    #expect(answer["position"] as? Int == resolved + 1)
    let again = try annul(resolved, ledger)
    #expect(again.exit == 0, "\(again.errors)")
    #expect(try ledger.object("correction", "show", id)["state"] as? String == "awaitingRequest")
  }

  @Test func `refuses twice, what nothing annuls, and what is not there, each in one line`() throws
  {
    let (ledger, position) = try refused()
    #expect(try annul(position, ledger).exit == 0)
    let head = try ledger.events()
    for (asked, exit, words) in [
      (position, 1, "annulled at position \(position + 1) already"),
      (position + 1, 1, "EventAnnulled, which nothing annuls"),
      (1, 1, "LedgerOpened, which nothing annuls"), (head + 1, 66, "the log ends at \(head)"),
      (0, 66, "no position 0"),
    ] as [(Int, Int32, String)] {
      let run = try annul(asked, ledger)
      #expect(run.exit == exit)
      #expect(run.isOneLine && run.sentence.contains(words), "\(run.errors)")
    }
    #expect(try annul(position - 1, ledger, by: Request.supA).exit == 77)
    #expect(try ledger.run("annul", "26", "--actor", "DCC-017").exit == 64)
    #expect(try ledger.run("annul", "26", "--reason", "x").exit != 0)
    #expect(try ledger.events() == head)
  }

  @Test func `opens nothing beside a correction of the same field`() throws {
    let ledger = try FilledLedger()
    let id = try ledger.report()
    try ledger.act("withdraw", id, by: Request.supA, "--reason", "no")
    let other = try ledger.report()
    let run = try annul(try ledger.position(of: "CorrectionWithdrawn", id), ledger)
    #expect(run.exit == 1)
    #expect(run.isOneLine && run.sentence.contains(other), "\(run.errors)")
  }

  @Test func `only tried records nothing`() throws {
    let (ledger, position) = try refused()
    let events = try ledger.events()
    let run = try annul(position, ledger, "--dry-run")
    #expect(run.exit == 0 && run.output.contains("Nothing was recorded"))
    #expect(try ledger.events() == events)
  }
}
