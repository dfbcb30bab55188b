import Foundation
import Testing

/// `--effective-at`: only what was true in the world by then, alone and beside `--known-at`.
@Suite struct `What was true by a time` {
  private static let fifth = "2026-03-05T12:00:00Z"

  @Test func `of a correction is its state, its turn, its clocks and its timeline of then`() throws
  {
    let ledger = try FilledLedger.fixed()
    let then = try ledger.object(
      "correction", "show", "COR-000001", "--effective-at", Self.fifth)
    #expect(then["state"] as? String == "awaitingFix" && then["resolvedAt"] is NSNull)
    #expect(then["effectiveAt"] as? String == "2026-03-05T12:00:00.000Z")
    let events = try #require(then["timeline"] as? [[String: Any]])
    #expect(events.compactMap { $0["position"] as? Int } == Array(26...31))
    let clocks = try #require(then["clocks"] as? [String: Any])
    #expect(clocks["elapsedHours"] as? Double == 51, "clocks stop then")
    let fix = try #require(then["fix"] as? [String: Any])
    #expect(fix["proposedBy"] as? String == "DCC-017" && fix["approvedBy"] is NSNull)
    let text = try ledger.text("correction", "show", "COR-000001", "--effective-at", Self.fifth)
    #expect(text.contains("As it was 5 Mar 2026 12:00 GMT. Position 36"), "\(text)")
  }

  @Test func `beside what was known is what both allow`() throws {
    let ledger = try FilledLedger.fixed()
    func state(_ arguments: String...) throws -> String? {
      let run = try ledger.run(
        ["correction", "show", "COR-000001", "--format", "json"] + arguments)
      return try JSONText.object(run.output)["state"] as? String
    }
    #expect(try state("--effective-at", Self.fifth, "--known-at", "29") == "awaitingConsent")
    #expect(try state("--effective-at", Self.fifth, "--known-at", "30") == "awaitingFix")
    #expect(try state("--effective-at", "2026-03-03T10:00:00Z") == "awaitingConsent")
    #expect(try state("--effective-at", "2026-03-07T09:00:00Z") == "resolved")
    #expect(try state("--effective-at", "2099-01-01T00:00:00Z") == "resolved")
    #expect(
      try state("--effective-at", "2099-01-01T00:00:00Z", "--known-at", "33")
        == "awaitingVerification")
  }

  @Test func `far ahead is what is shown without it`() throws {
    let ledger = try FilledLedger.fixed()
    let head = String(try ledger.events())
    for command in [
      ["correction", "show", "COR-000001"], ["correction", "list", "--all", "--format", "csv"],
      ["timeline", "device", Request.otherDevice],
      ["timeline", "party", "SUPB", "--format", "csv"],
      ["device", "history", Request.otherDevice, "--format", "csv"],
      ["report", "--month", "2026-03", "--format", "csv"],
    ] {
      let without = try ledger.run(command + ["--known-at", head])
      let ahead = try ledger.run(
        command + ["--known-at", head, "--effective-at", "2099-01-01T00:00:00Z"])
      #expect(ahead.exit == 0, "\(ahead.errors)")
      let said = ahead.output.split(whereSeparator: \.isNewline).filter {
        !$0.contains(",effectiveAt,,") && !$0.hasPrefix("As it was")
      }
      let all = without.output.split(whereSeparator: \.isNewline).filter {
        !$0.hasPrefix("As known")
      }
      #expect(said == all, "\(command)")
    }
  }

  @Test func `of a list is each column as of then, and what was opened by then`() throws {
    let ledger = try FilledLedger.fixed()
    try ledger.report(Request.device, wants: Request.registeredToSender, at: "2026-03-06T09:00:00Z")
    try ledger.act("withdraw", "COR-000002", by: Request.supA, "--reason", "no")
    func listed(_ arguments: String...) throws -> [String] {
      let run = try ledger.run(["correction", "list", "--format", "json"] + arguments)
      #expect(run.exit == 0, "\(arguments): \(run.errors)")
      return try JSONText.array(run.output).map {
        "\($0["id"] ?? "") \($0["state"] ?? "") \($0["holder"] ?? "")"
      }
    }
    func at(_ day: String) -> String { "--effective-at=2026-03-\(day):00:00Z" }
    #expect(try listed() == ["COR-000001 resolved requester"])
    #expect(try listed(at("02T12")) == [])
    #expect(try listed(at("03T12")) == ["COR-000001 awaitingConsent counterparty"])
    #expect(try listed(at("05T12")) == ["COR-000001 awaitingFix dcc"])
    let sixth = [
      "COR-000001 awaitingVerification dcc", "COR-000002 awaitingRequest requester",
    ]
    #expect(Set(try listed(at("06T12"))) == Set(sixth), "the second was withdrawn later")
    #expect(try listed(at("06T12"), "--holder", "requester") == [sixth[1]])
    #expect(try listed(at("06T12"), "--state", "resolved") == [])
    #expect(try listed(at("06T12"), "--party", "SUPB") == [sixth[0]])
    #expect(try listed(at("06T12"), "--route", "selfServe") == [sixth[1]])
    #expect(try listed(at("06T12"), "--device", Request.device) == [sixth[1]])
    #expect(try listed(at("06T12"), "--mine", "--actor", Request.supA) == [sixth[1]])
    #expect(try listed(at("06T12"), "--older-than", "1wd") == [sixth[0]])
    #expect(try listed(at("05T12"), "--due") == [])
    #expect(try listed(at("06T12"), "--known-at", "36") == [sixth[0]])
    #expect(
      try listed(at("06T12"), "--known-at", "29") == ["COR-000001 awaitingConsent counterparty"])
    #expect(try listed("--known-at", "33", "--due") == ["COR-000001 awaitingVerification dcc"])
    #expect(try listed("--known-at", "25") == [])
    let table = try ledger.run("correction", "list", at("05T12"))
    #expect(table.output.contains("6 Mar 2026  COR-000001  DCC"), "\(table.output)")
    #expect(table.errors.contains("As it was 5 Mar 2026 12:00 GMT."), "\(table.errors)")
  }

  @Test func `leaves out what was recorded in error, whenever that was found`() throws {
    let ledger = try FilledLedger.opened()
    try ledger.act("consent", "COR-000001", by: Request.supB, "--at", "2026-03-04T09:00:00Z")
    let annulled = try ledger.run("annul", "30", "--reason", "x", "--actor", "DCC-017")
    #expect(annulled.exit == 0, "\(annulled.errors)")
    let then = try ledger.object("correction", "show", "COR-000001", "--effective-at", Self.fifth)
    #expect(then["state"] as? String == "awaitingConsent")
    let events = try #require(then["timeline"] as? [[String: Any]])
    #expect(events.last?["type"] as? String == "EventAnnulled", "it goes with what it is about")
    #expect(events.last(where: { $0["position"] as? Int == 30 })?["annulledAt"] is Int)
    let before = try ledger.object(
      "correction", "show", "COR-000001", "--effective-at", Self.fifth, "--known-at", "30")
    #expect(before["state"] as? String == "awaitingFix", "nobody knew yet")
    let early = try ledger.text(
      "timeline", "correction", "COR-000001", "--effective-at", "2026-03-03T10:00:00Z")
    #expect(!early.contains("ANNULLED") && early.contains("  29  ") || early.hasPrefix("26"))
  }

  @Test func `of a device is what it held, what was open and what was flagged`() throws {
    let ledger = try FilledLedger.fixed()
    func device(_ day: String) throws -> [String: Any] {
      try ledger.object(
        "device", "history", Request.otherDevice, "--effective-at", "2026-03-\(day):00:00Z")
    }
    let fifth = try device("05T12")
    #expect(fifth["importMPxN"] as? String == "1655500011126")
    #expect(fifth["openCorrections"] as? [String] == ["COR-000001"])
    let spans = try #require(fifth["mpxnHistory"] as? [[String: Any]])
    #expect(spans.count == 1 && spans[0]["to"] is NSNull, "it lasted then")
    let eighth = try device("08T12")
    #expect(eighth["importMPxN"] as? String == Request.registeredToAnother)
    #expect(eighth["openCorrections"] as? [String] == [])
    #expect((eighth["mpxnHistory"] as? [Any])?.count == 2)
    #expect((try device("02T12"))["openCorrections"] as? [String] == [])
    let early = try ledger.text(
      "device", "history", Request.otherDevice, "--effective-at", "2020-01-01T00:00:00Z")
    #expect(early.contains("nothing is known of it by then"), "\(early)")
  }

  @Test(arguments: [
    ["device", Request.otherDevice], ["correction", "COR-000001"], ["party", "SUPA"],
    ["mpxn", Request.registeredToAnother],
  ])
  func `of a timeline is its events up to then`(_ id: [String]) throws {
    let ledger = try FilledLedger.fixed()
    func times(_ more: String...) throws -> [String] {
      let run = try ledger.run(["timeline"] + id + ["--format", "json"] + more)
      #expect(run.exit == 0, "\(run.errors)")
      return try JSONText.array(run.output).compactMap { $0["effectiveAt"] as? String }
    }
    let cut = try times("--effective-at", Self.fifth)
    #expect(cut == (try times()).filter { $0 < "2026-03-05T12:00:00.000Z" })
    #expect(!cut.isEmpty)
    #expect(try times("--effective-at", Self.fifth, "--known-at", "29").count <= cut.count)
  }

  @Test func `of a month is the report so far, and after its end the report`() throws {
    let ledger = try FilledLedger.fixed()
    func report(_ time: String) throws -> [String: Any] {
      try ledger.object("report", "--month", "2026-03", "--effective-at", time)
    }
    let fifth = try report(Self.fifth)
    #expect(fifth["opened"] as? Int == 1 && fifth["resolved"] as? Int == 0)
    #expect(fifth["stillOpen"] as? Int == 1)
    #expect(fifth["effectiveAt"] as? String == "2026-03-05T12:00:00.000Z")
    let eighth = try report("2026-03-08T00:00:00Z")
    #expect(eighth["resolved"] as? Int == 1 && eighth["stillOpen"] as? Int == 0)
    let text = try ledger.text("report", "--month", "2026-03", "--effective-at", Self.fifth)
    #expect(text.contains("so far"), "\(text)")
    #expect(
      text.contains("As it was 5 Mar 2026 12:00 GMT: the month is counted up to then."), "\(text)")
    var later = try report("2026-05-01T00:00:00Z")
    var whole = try ledger.object("report", "--month", "2026-03")
    for key in ["effectiveAt", "knownAt"] { (later[key], whole[key]) = (nil, nil) }
    #expect(NSDictionary(dictionary: later) == NSDictionary(dictionary: whole))
    let known = try ledger.object(
      "report", "--month", "2026-03", "--effective-at", "2026-03-08T00:00:00Z", "--known-at", "33")
    #expect(known["resolved"] as? Int == 0 && known["stillOpen"] as? Int == 1)
    let compared = try ledger.object(
      "report", "--month", "2026-03", "--compare", "--known-at", "33", "--effective-at", Self.fifth)
    #expect((compared["differences"] as? [Any])?.isEmpty == true, "later steps are after then")
  }

  @Test(
    arguments: [
      (
        ["correction", "show", "COR-000001", "--effective-at", "2026-03-01T00:00:00Z"], 66,
        "COR-000001 was opened at 2026-03-03T09:00:00.000Z (position 26), which is after "
          + "--effective-at 2026-03-01"
      ),
      (
        ["correction", "show", "COR-000009", "--effective-at", "2026-03-01T00:00:00Z"], 66,
        "COR-000009 isn't in this ledger at position"
      ),
      (
        ["timeline", "correction", "COR-000001", "--effective-at", "2026-03-01T00:00:00Z"], 66,
        "no event of correction COR-000001 was true by --effective-at 2026-03-01T00:00:00.000Z; the first "
          + "is of 2026-03-03T09"
      ),
      (
        ["correction", "list", "--effective-at", "yesterday"], 64,
        "--effective-at: expected a time such as"
      ),
      (["correction", "list", "--effective-at", "2001234501019"], 64, "found "),
      (["correction", "list", "--known-at", "tomorrow"], 64, "--known-at: expected a position or"),
      (
        ["device", "history", Request.otherDevice, "--effective-at", "5"], 64,
        "--effective-at: expected"
      ),
      (
        ["report", "--month", "2026-03", "--effective-at", "2026-02-01T00:00:00Z"], 64,
        "--effective-at: expected a time in 2026-03 or after it"
      ),
      (
        ["report", "--divergence", "--effective-at", "2026-03-05T00:00:00Z"], 64,
        "--divergence goes with --month alone"
      ),
      (
        ["report", "--month", "2026-03", "--publish", "--effective-at", "2026-03-05T00:00:00Z"], 64,
        "--publish goes without"
      ),
    ] as [([String], Int32, String)])
  func `is refused in one line that says what was expected`(
    _ arguments: [String], _ exit: Int32, _ words: String
  ) throws {
    let ledger = try FilledLedger.opened()
    let run = try ledger.run(arguments)
    #expect(run.exit == exit && run.isOneLine && run.output.isEmpty, "\(run.errors)")
    #expect(run.errors.contains(words), "\(run.errors)")
    #expect(!run.errors.contains("2001234501019"))
  }
}
