import Foundation
import Testing

/// Reports as people and programs ask for them.
@Suite struct `report` {
  /// A ledger in which one correction was refused, agreed to, fixed and confirmed in March 2026.
  private func desk() throws -> FilledLedger {
    let desk = try FilledLedger()
    let id = try desk.report(at: "2026-03-04T10:00:00Z")
    for (action, user, day) in [
      ("consent", Request.supB, "05"), ("propose", "DCC-017", "06"), ("approve", "DCC-021", "06"),
      ("apply", "DSP-004", "09"), ("verify", "DCC-017", "10"), ("confirm", Request.supA, "11"),
    ] {
      let run = try desk.run(
        "correction", action, id, "--actor", user, "--at", "2026-03-\(day)T10:00:00Z")
      try #require(run.exit == 0, "\(action): \(run.errors)")
    }
    return desk
  }

  private func march(_ desk: FilledLedger, _ more: String...) throws -> Run {
    try desk.run(["report", "--month", "2026-03"] + more)
  }

  @Test func `gives the same bytes later as of the same position`() throws {
    let desk = try desk()
    let position = String(try desk.events())
    let formats = ["json", "csv", "table"]
    let first = try formats.map { try march(desk, "--format", $0, "--known-at", position) }
    try desk.act("reopen", "COR-000001", by: Request.supA, "--reason", "wrong again")
    for (format, first) in zip(formats, first) {
      #expect(first.exit == 0, "\(first.errors)")
      #expect(try march(desk, "--format", format, "--known-at", position).output == first.output)
      #expect(try march(desk, "--format", format).output != first.output)
    }
  }

  @Test func `names position, root, rule, calendar and policy`() throws {
    let desk = try desk()
    let report = try JSONText.object(try march(desk, "--format", "json").output)
    #expect(report["position"] as? Int == (try desk.events()))
    let verified = try JSONText.object(try desk.run("verify", "--format", "json").output)
    #expect(report["root"] as? String == verified["root"] as? String)
    #expect(report["rule"] as? String == "resolvedInMonth")
    #expect(report["calendar"] as? String == "England and Wales")
    let text = try march(desk).output
    for words in ["resolvedInMonth", "England and Wales", "policy 1", "(nearest rank)"] {
      #expect(text.contains(words), "\(text)")
    }
    #expect(text.contains("1* "), "few are marked")
    #expect(text.contains("Recorded after the month's end"), "\(text)")
  }

  @Test func `is published once more each time, by SECAS or the DCC only`() throws {
    let desk = try desk()
    for (user, exit) in [(Request.supA, 77), ("DSP-004", 77), ("DCC-017", 0)] as [(String, Int32)] {
      let events = try desk.events()
      let run = try march(desk, "--publish", "--actor", user)
      #expect(run.exit == exit, "\(run.errors)")
      #expect(try desk.events() == events + (exit == 0 ? 1 : 0))
    }
    let before = try desk.events()
    let run = try march(desk, "--publish", "--actor", "DCC-017", "--format", "json")
    #expect(try desk.events() == before + 1)
    let record = try desk.run("timeline", "party", "DCC", "--format", "json").output
    #expect(!record.contains(run.output), "the digest stands for it")
    #expect(try march(desk, "--publish").exit == 64, "who?")
    #expect(try march(desk, "--publish", "--known-at", "5").exit == 64)
  }

  @Test func `compared with what was published shows what moved it`() throws {
    let desk = try desk()
    #expect(try march(desk, "--compare").exit == 64, "with what?")
    #expect(try march(desk, "--publish", "--actor", "DCC-017").exit == 0)
    let same = try march(desk, "--compare")
    #expect(same.exit == 0 && same.output.hasSuffix("the same.\n"), "\(same.output)")
    // Told in November, true in March.
    let run = try desk.run(
      "correction", "reopen", "COR-000001", "--reason", "wrong again", "--actor", Request.supA,
      "--at", "2026-03-20T10:00:00Z")
    try #require(run.exit == 0, "\(run.errors)")
    let answer = try JSONText.object(try march(desk, "--compare", "--format", "json").output)
    let differences = try #require(answer["differences"] as? [[String: Any]])
    let resolved = differences.first { $0["figure"] as? String == "resolved" }
    #expect(resolved?["then"] as? String == "1" && resolved?["now"] as? String == "0")
    let moved = try #require((answer["moved"] as? [[String: Any]])?.first)
    #expect(moved["correction"] as? String == "COR-000001")
    let events = try #require(moved["events"] as? [[String: Any]])
    #expect(events.first?["type"] as? String == "CorrectionReopened")
    #expect(events.first?["party"] as? String == "SUPA")
    let text = try march(desk, "--compare").output
    #expect(text.contains("opened it again") || text.contains("reopened"), "\(text)")
    #expect(try march(desk, "--compare", "--format", "csv").output.contains("figures,resolved,1,0"))
  }

  @Test func `writes each table as a file of its own, into a new folder only`() throws {
    let desk = try desk()
    let folder = desk.folder.path("march")
    #expect(try march(desk, "--tables", folder).exit == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(
      names == [
        "ages.csv", "figures.csv", "groups.csv", "holders.csv", "late.csv", "months.csv",
        "open.csv",
        "requests.csv", "resolved.csv", "times.csv",
      ])
    let resolved = try String(contentsOfFile: folder + "/resolved.csv", encoding: .utf8)
    #expect(resolved.hasPrefix("correction,openedAt,resolvedAt,workingDays,"))
    #expect(resolved.contains("COR-000001,2026-03-04T10:00:00.000Z,2026-03-10T10:00:00.000Z,4.00,"))
    let again = try march(desk, "--tables", folder)
    #expect(again.exit == 73 && again.sentence.contains("new folder"), "\(again.errors)")
  }

  @Test func `of a party, a type, a route or some days counts those`() throws {
    let desk = try desk()
    func resolved(_ more: String...) throws -> Int? {
      let run = try desk.run(["report", "--format", "json"] + more)
      try #require(run.exit == 0, "\(run.errors)")
      return try JSONText.object(run.output)["resolved"] as? Int
    }
    #expect(try resolved("--month", "2026-03", "--party", "SUPA") == 1)
    #expect(try resolved("--month", "2026-03", "--party", "SUPB") == 0)
    #expect(try resolved("--month", "2026-03", "--device-type", "ESME") == 1)
    #expect(try resolved("--month", "2026-03", "--device-type", "GSME") == 0)
    #expect(try resolved("--month", "2026-03", "--route", "twoSupplier") == 1)
    #expect(try resolved("--month", "2026-03", "--route", "selfServe") == 0)
    #expect(try resolved("--from", "2026-03-10", "--to", "2026-03-10") == 1)
    #expect(try resolved("--from", "2026-03-11", "--to", "2026-03-31") == 0)
    #expect(try resolved("--month", "2025-01") == 0, "before anything is known")
  }

  @Test(arguments: [
    (["--month", "2099-01"], Int32(64), "has not begun"), (["--month", "2026-13"], 64, "YYYY-MM"),
    ([], 64, "--month"), (["--from", "2026-03-01"], 64, "--to"),
    (["--from", "2026-03-02", "--to", "2026-03-01"], 64, "not before"),
    (["--from", "1 March", "--to", "2026-03-01"], 64, "YYYY-MM-DD"),
    (["--month", "2026-03", "--from", "2026-03-01", "--to", "2026-03-02"], 64, "--month"),
    (["--month", "2026-03", "--party", "NOBODY"], 66, "no event"),
    (["--month", "2026-03", "--party", "a b"], 66, "no event"),
    (["--month", "2026-03", "--device-type", "ESM"], 64, "did you mean ESME"),
    (["--month", "2026-03", "--route", "selfserve"], 64, "did you mean selfServe"),
    (["--month", "2026-03", "--known-at", "9999"], 66, "9999"),
    (["--divergence", "--tables", "x"], 64, "alone"),
  ])
  func `says what is wrong with what was asked`(
    _ arguments: [String], _ exit: Int32, _ words: String
  ) throws {
    let run = try FilledLedger().run(["report"] + arguments)
    #expect(run.exit == exit, "\(run.output)\(run.errors)")
    #expect(run.isOneLine && run.sentence.contains(words), "\(run.errors)")
  }

  @Test func `of an empty month has zeros and a sentence`() throws {
    let run = try FilledLedger().run("report", "--month", "2026-02")
    #expect(run.exit == 0)
    #expect(run.output.hasPrefix("2026-02: no correction was resolved in this month."))
    #expect(run.output.contains("SR 8.4 accepted 0 of 0"))
    #expect(run.output.contains("0–5: 0, 6–10: 0"))
  }
}
