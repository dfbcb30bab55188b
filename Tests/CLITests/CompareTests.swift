import Foundation
import Testing

/// `compare`: what was said then, what is said now, and what made the difference.
@Suite struct `What is said otherwise now` {
  private func compared(_ ledger: FilledLedger, _ arguments: String...) throws -> [String: Any] {
    let run = try ledger.run(["compare"] + arguments + ["--format", "json"])
    try #require(run.exit == 0, "\(arguments): \(run.errors)")
    return try JSONText.object(run.output)
  }

  private func differences(_ compared: [String: Any]) -> [String: String] {
    let all = compared["differences"] as? [[String: Any]] ?? []
    return Dictionary(
      all.map { ("\($0["field"] ?? "")", "\($0["then"] ?? "") → \($0["now"] ?? "")") },
      uniquingKeysWith: { first, _ in first })
  }

  private func events(_ compared: [String: Any]) -> [[String: Any]] {
    compared["events"] as? [[String: Any]] ?? []
  }

  @Test func `of a correction is each field that differs, and what was recorded between`() throws {
    let ledger = try FilledLedger.fixed()
    let compared = try compared(
      ledger, "correction", "COR-000001", "--known-at", "29", "--with", "30")
    #expect(compared["correction"] as? String == "COR-000001")
    #expect((compared["then"] as? [String: Any])?["position"] as? Int == 29)
    #expect((compared["now"] as? [String: Any])?["position"] as? Int == 30)
    #expect((compared["then"] as? [String: Any])?["at"] is String)
    let fields = differences(compared)
    #expect(fields["state"] == "awaitingConsent → awaitingFix")
    #expect(fields["consents.SUPB.answer"] == "asked → given")
    #expect(fields["openedAt"] == nil && fields["next"] == nil)
    #expect(!fields.keys.contains { $0.hasPrefix("clocks.") }, "times only ran on")
    let events = events(compared)
    #expect(events.compactMap { $0["position"] as? Int } == [30])
    #expect(events.first?["late"] as? Bool == true, "it was true before, and recorded later")
    for key in ["type", "effectiveAt", "recordedAt", "actor", "summary"] {
      #expect(events.first?[key] != nil, "\(key)")
    }
    let resolved = differences(
      try self.compared(ledger, "correction", "COR-000001", "--known-at", "33"))
    #expect(resolved["state"] == "awaitingVerification → resolved")
    #expect(resolved["clocks.elapsedHours"] != nil, "it stopped")
  }

  @Test func `of a device is what it held then and holds now`() throws {
    let ledger = try FilledLedger.fixed()
    let compared = try compared(ledger, "device", Request.otherDevice, "--known-at", "30")
    let fields = differences(compared)
    #expect(fields["importMPxN"] == "1655500011126 → \(Request.registeredToAnother)")
    #expect(fields["registeredSuppliers.importMPxN.party"] == "SUPA → SUPB")
    #expect(fields["status"] == nil)
    #expect(events(compared).compactMap { $0["position"] as? Int } == [34, 36], "no mere steps")
    let text = try ledger.text("compare", "device", Request.otherDevice, "--known-at", "30")
    #expect(text.hasPrefix("\(Request.otherDevice), as known at 30 ("), "\(text)")
    #expect(text.contains("  FIELD ") && text.contains("(late: true before"), "\(text)")
    let csv = try ledger.text(
      "compare", "device", Request.otherDevice, "--known-at", "30", "--format", "csv")
    #expect(csv.hasPrefix("field,then,now\r\nimportMPxN,1655500011126,"), "\(csv)")
  }

  @Test func `names what was found to be in error`() throws {
    let ledger = try FilledLedger.opened()
    try ledger.act("consent", "COR-000001", by: Request.supB)
    let annulled = try ledger.run("annul", "30", "--reason", "x", "--actor", "DCC-017")
    #expect(annulled.exit == 0, "\(annulled.errors)")
    let text = try ledger.text("compare", "correction", "COR-000001", "--known-at", "30")
    #expect(text.contains("awaitingFix") && text.contains("annuls 30"), "\(text)")
    let opening = try ledger.run("annul", "26", "--reason", "x", "--actor", "DCC-017")
    #expect(opening.exit == 0, "\(opening.errors)")
    let gone = try ledger.text("compare", "correction", "COR-000001", "--known-at", "30")
    #expect(gone.contains("It was not there now"), "\(gone)")
    #expect(gone.contains("annuls 26"), "\(gone)")
  }

  @Test func `is said in a sentence where nothing differs, and is no failure`() throws {
    let ledger = try FilledLedger.fixed()
    for (what, id) in [("correction", "COR-000001"), ("device", Request.otherDevice)] {
      for position in ["29", "31", "36"] {
        let run = try ledger.run("compare", what, id, "--known-at", position, "--with", position)
        #expect(run.exit == 0 && run.errors.isEmpty, "\(run.errors)")
        #expect(run.output.contains(": nothing differs.\nNothing was recorded of it between."))
        let compared = try compared(ledger, what, id, "--known-at", position, "--with", position)
        #expect(differences(compared).isEmpty && events(compared).isEmpty)
      }
    }
    // A note says nothing of the fields; it is shown all the same.
    let head = String(try ledger.events())
    try ledger.act("note", "COR-000001", by: "DCC-017", "--text", "words")
    let noted = try ledger.text("compare", "correction", "COR-000001", "--known-at", head)
    #expect(noted.contains("nothing differs.") && noted.contains("words"), "\(noted)")
  }

  @Test func `of what was true by a time leaves out what came later`() throws {
    let ledger = try FilledLedger.fixed()
    let fourth = "2026-03-04T12:00:00Z"
    let compared = try compared(
      ledger, "correction", "COR-000001", "--known-at", "29", "--effective-at", fourth)
    #expect(differences(compared)["state"] == "awaitingConsent → awaitingFix")
    #expect(events(compared).compactMap { $0["position"] as? Int } == [30])
    #expect(compared["effectiveAt"] as? String == "2026-03-04T12:00:00.000Z")
    let held = try self.compared(
      ledger, "device", Request.otherDevice, "--known-at", "29", "--effective-at", fourth)
    #expect(differences(held).isEmpty && events(held).isEmpty)
  }

  @Test func `names a later look that tells since when a status holds`() throws {
    let ledger = try FilledLedger.opened()
    let csv = try ledger.folder.write(
      "later.csv",
      "DeviceID,DeviceType,DeviceStatus,StatusSince\n"
        + "\(Request.otherDevice),ESME,Suspended,2026-02-20\n")
    let run = try ledger.run("import", "inventory", csv, "--at", "2026-03-10T00:00:00Z")
    try #require(run.exit == 0, "\(run.errors)")
    let compared = try compared(
      ledger, "device", Request.otherDevice, "--known-at", "29", "--effective-at",
      "2026-02-25T00:00:00Z")
    #expect(differences(compared)["status"] == "Commissioned → Suspended")
    #expect(events(compared).compactMap { $0["type"] as? String } == ["InventoryObserved"])
  }

  @Test func `of a calendar that was set since is what was set`() throws {
    let ledger = try FilledLedger.opened()
    let head = String(try ledger.events())
    let policy = try ledger.run(
      "policy", "--turns", "counterparty=20", "--from", "2026-01-01T00:00:00Z", "--actor", "DCC-017"
    )
    #expect(policy.exit == 0, "\(policy.errors)")
    let compared = try compared(ledger, "correction", "COR-000001", "--known-at", head)
    #expect(differences(compared)["dueAt"] != nil && differences(compared)["state"] == nil)
    #expect(events(compared).compactMap { $0["type"] as? String } == ["PolicySet"])
  }

  @Test func `says of what was not there then that it was not`() throws {
    let ledger = try FilledLedger.opened()
    let text = try ledger.text("compare", "correction", "COR-000001", "--known-at", "25")
    #expect(text.contains("It was not there then, at 25."), "\(text)")
    #expect(text.contains("awaitingConsent"), "\(text)")
    let device = try ledger.text("compare", "device", Request.otherDevice, "--known-at", "3")
    #expect(device.contains("It was not there then, at 3."), "\(device)")
  }

  @Test(
    arguments: [
      (["device", Request.otherDevice], 64, "--known-at: expected a position or a time"),
      (["device", "nope", "--known-at", "3"], 64, "expected"),
      (["correction", "COR-000009", "--known-at", "26"], 66, "COR-000009 isn't in this ledger"),
      (["device", "00-00-00-00-00-00-00-01", "--known-at", "26"], 66, "isn't in this ledger"),
      (["device", Request.otherDevice, "--known-at", "9999"], 66, "the log ends at"),
      (
        ["device", Request.otherDevice, "--known-at", "26", "--with", "25"], 64,
        "--with: expected a moment that is not before --known-at (position 26"
      ),
      (
        ["device", Request.otherDevice, "--known-at", "26", "--with", "2020-01-01T00:00:00Z"], 64,
        "--with: expected a moment that is not before --known-at (position 26"
      ),
      (
        ["device", Request.otherDevice, "--known-at", "26", "--with", "soon"], 64,
        "--with: expected a position or"
      ),
      (
        ["device", Request.otherDevice, "--known-at", "26", "--with", "9999"], 66, "the log ends at"
      ),
      (
        ["device", Request.otherDevice, "--known-at", "26", "--effective-at", "soon"], 64,
        "--effective-at: expected a time such as"
      ),
      (
        ["correction", "COR-000001", "--known-at", "26", "--effective-at", "2026-01-01T00:00:00Z"],
        66,
        "which is after --effective-at"
      ),
      (["corection", "COR-000001"], 64, "there is no command corection; did you mean correction?"),
    ] as [([String], Int32, String)])
  func `is refused in one line that says what was expected`(
    _ arguments: [String], _ exit: Int32, _ words: String
  ) throws {
    let ledger = try FilledLedger.opened()
    let run = try ledger.run(["compare"] + arguments)
    #expect(run.exit == exit && run.isOneLine && run.output.isEmpty, "\(run.errors)")
    #expect(run.errors.contains(words), "\(run.errors)")
  }
}

/// What holds of the differences between any two positions of a history drawn at random.
@Suite struct `Whatever is compared` {
  @Test(arguments: [3, 4])
  func `nothing differs from itself, and two positions differ as their answers do`(seed: Int) throws
  {
    let folder = try TemporaryFolder()
    let ledger = folder.path("ledger")
    try SMILedger.madeUp(ledger, corrections: 12, days: 30, seed: seed)
    func object(_ arguments: String...) throws -> [String: Any] {
      let run = try SMILedger.run(arguments + ["--format", "json", "--ledger", ledger])
      try #require(run.exit == 0, "\(arguments): \(run.errors)")
      return try JSONText.object(run.output)
    }
    for id in ["COR-000001", "COR-000005", "COR-000009"] {
      let shown = try object("correction", "show", id)
      let positions = (shown["timeline"] as? [[String: Any]] ?? []).compactMap {
        $0["position"] as? Int
      }
      let (first, last) = (try #require(positions.first), try #require(positions.last))
      let middle = positions[positions.count / 2]
      let same = try object(
        "compare", "correction", id, "--known-at", "\(middle)", "--with", "\(middle)")
      #expect((same["differences"] as? [Any])?.isEmpty == true, "\(id)")
      let compared = try object(
        "compare", "correction", id, "--known-at", "\(first)", "--with", "\(last)")
      let before = try object("correction", "show", id, "--known-at", "\(first)")
      let after = try object("correction", "show", id, "--known-at", "\(last)")
      let fields = Set(
        (compared["differences"] as? [[String: Any]] ?? []).compactMap { $0["field"] as? String })
      for key in ["state", "holder", "holderSince", "owner", "route", "resolvedAt", "handovers"] {
        let differs = (before[key] as? NSObject) != (after[key] as? NSObject)
        #expect(fields.contains(key) == differs, "\(id) \(key)")
      }
      let events = (compared["events"] as? [[String: Any]] ?? []).compactMap {
        $0["position"] as? Int
      }
      #expect(Set(positions.filter { $0 > first }).isSubset(of: events), "\(id)")
    }
  }
}
