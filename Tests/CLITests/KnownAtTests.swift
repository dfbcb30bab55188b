import Foundation
import Testing

/// `--known-at`: what was shown then is shown again, byte for byte.
@Suite struct `What was known at a position` {
  private static let month = "2026-03"

  /// Commands that show something of a correction or its device; `?` is the position.
  private static let commands = [
    ["report", "--month", month, "--format", "json"], ["report", "--month", month],
    ["report", "--month", month, "--format", "csv"],
    ["correction", "show", "COR-000001", "--format", "json"], ["correction", "show", "COR-000001"],
    ["device", "show", Request.otherDevice, "--format", "json"],
    ["device", "history", Request.otherDevice, "--format", "json"],
    ["timeline", "correction", "COR-000001", "--format", "json"],
    ["timeline", "party", "SUPA", "--format", "csv"],
    ["correction", "list", "--all", "--format", "json"], ["correction", "list", "--all"],
    ["correction", "list", "--party", "SUPB", "--format", "csv"],
    ["correction", "show", "COR-000001", "--effective-at", "2026-03-03T12:00:00Z"],
    ["report", "--month", month, "--effective-at", "2026-03-03T12:00:00Z"],
  ]

  @Test func `is the same whatever was recorded since`() throws {
    let ledger = try FilledLedger.opened()
    let head = try ledger.events()
    func shown() throws -> [String] {
      try Self.commands.map {
        let run = try ledger.run($0 + ["--known-at", String(head)])
        #expect(run.exit == 0, "\($0): \(run.errors)")
        return run.output
      }
    }
    let then = try shown()
    try ledger.act("consent", "COR-000001", by: Request.supB)
    try ledger.act("note", "COR-000001", by: "DCC-017", "--text", "words")
    try ledger.act("resolve", "COR-000001", by: "DCC-017", "--how", "noFault")
    let policy = try ledger.run(
      "policy", "--turns", "counterparty=20", "--calendar", "scotland", "--from",
      "2026-01-01T00:00:00Z", "--actor", "DCC-017")
    #expect(policy.exit == 0, "\(policy.errors)")
    let annulled = try ledger.run("annul", String(head), "--reason", "x", "--actor", "DCC-017")
    #expect(annulled.exit == 0, "\(annulled.errors)")
    for (command, (before, after)) in zip(Self.commands, zip(then, try shown())) {
      #expect(before == after, "\(command)")
    }
  }

  @Test func `shows the state, the turn and the device as they were`() throws {
    let ledger = try FilledLedger.opened()
    let head = try ledger.events()
    try ledger.act("withdraw", "COR-000001", by: Request.supA, "--reason", "no")
    let then = try ledger.object("correction", "show", "COR-000001", "--known-at", String(head))
    #expect(then["state"] as? String == "awaitingConsent")
    #expect(then["knownPosition"] as? Int == head)
    #expect((then["timeline"] as? [Any])?.count == 4)
    let now = try ledger.object("correction", "show", "COR-000001")
    #expect(now["state"] as? String == "withdrawn")
    let device = try ledger.object("device", "show", Request.otherDevice, "--known-at", "24")
    #expect(device["openCorrections"] as? [String] == [])
    #expect(device["position"] as? Int == 24)
    let before = try ledger.run("correction", "show", "COR-000001", "--known-at", "25")
    #expect(before.exit == 66 && before.isOneLine, "\(before.errors)")
    #expect(before.sentence.contains("position 25"), "\(before.errors)")
  }

  @Test func `of a time is resolved to a position, which is said`() throws {
    let ledger = try FilledLedger.opened()
    let shown = try ledger.object("correction", "show", "COR-000001")
    let events = try #require(shown["timeline"] as? [[String: Any]])
    let recorded = try #require(events.first?["recordedAt"] as? String)
    let position = try #require(events.last?["position"] as? Int)
    let then = try ledger.object("correction", "show", "COR-000001", "--known-at", recorded)
    #expect(then["knownPosition"] as? Int == position, "all of one append")
    #expect(then["knownAt"] as? String == recorded)
    let text = try ledger.run("correction", "show", "COR-000001", "--known-at", recorded)
    #expect(text.output.contains("As known at position \(position)"), "\(text.output)")
  }

  @Test(arguments: [
    ("2020-01-01T00:00:00Z", 66, "was opened at"), ("9999", 66, "the log ends at"),
    ("0", 66, "no position 0"), ("-1", 66, "no position -1"),
    ("2099-01-01T00:00:00Z", 64, "a time that has come"), ("yesterday", 64, "expected a position"),
  ])
  func `is refused for a moment that the ledger can't answer for`(
    _ moment: String, _ exit: Int32, _ words: String
  ) throws {
    let ledger = try FilledLedger.opened()
    for command in Self.commands {
      let run = try ledger.run(
        command.filter { !["--format", "json", "csv"].contains($0) }
          + ["--known-at=\(moment)"])
      #expect(run.exit == exit, "\(command): \(run.errors)")
      #expect(run.errors.contains(words), "\(command): \(run.errors)")
      #expect(run.output.isEmpty)
    }
  }
}
