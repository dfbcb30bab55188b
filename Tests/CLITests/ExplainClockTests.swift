import Foundation
import Testing

@Suite struct `correction show --explain-clock` {
  /// Asked on a Wednesday after the cut-off, over Easter; resolved, reopened and resolved again.
  ///
  /// SUPB: Wed 25 Mar 6.5 h, Thu and Fri 48 h, Mon to Thu 96 h, Easter, Tue 7 Apr 10 h: 160.5 h.
  /// DCC: Tue 14 h, Wed 12 h. SUPA: 24 h until it is reopened. SUPB: Thu 12 h, Fri 10 Apr 18 h.
  private func resolved() throws -> FilledLedger {
    let desk = try FilledLedger()
    for (arguments, at) in [
      (["submit", "--open", Package.example("refused.xml")], "2026-03-25T17:30:00Z"),
      (["correction", "consent", "COR-000001", "--actor", Request.supB], "2026-04-07T09:00:00Z"),
      (
        ["correction", "resolve", "COR-000001", "--how", "noFault", "--actor", "DCC-017"],
        "2026-04-08T11:00:00Z"
      ),
      (
        ["correction", "reopen", "COR-000001", "--reason", "r", "--actor", Request.supA],
        "2026-04-09T11:00:00Z"
      ),
      (
        ["correction", "resolve", "COR-000001", "--how", "noFault", "--actor", "DCC-017"],
        "2026-04-10T17:00:00Z"
      ),
    ] {
      let run = try desk.run(arguments + ["--at", at])
      try #require(run.exit == (arguments[0] == "submit" ? 1 : 0), "\(arguments): \(run.errors)")
    }
    return desk
  }

  @Test func `says for each turn which days counted, and why, and for the age from which day`()
    throws
  {
    let desk = try resolved()
    let plain = try desk.run("correction", "show", "COR-000001")
    let run = try desk.run("correction", "show", "COR-000001", "--explain-clock")
    #expect(run.exit == 0)
    #expect(run.output.hasPrefix(plain.output), "what it says else, it says first")
    let lines = run.output.dropFirst(plain.output.count).split(separator: "\n")
      .map { $0.split(separator: " ").joined(separator: " ") }
    let days = "working days (England and Wales, official)"
    #expect(
      lines == [
        "How the time was counted",
        "HOLDER PARTY FROM TO WORKING DAYS HOURS",
        "counterparty SUPB 25 Mar 2026 17:30 GMT 7 Apr 2026 10:00 BST 6.69 303.50",
        "25 Mar 2026 17:30 GMT 28 Mar 2026 00:00 GMT 2.27 54.50 \(days)",
        "28 Mar 2026 00:00 GMT 30 Mar 2026 00:00 BST 0.00 47.00 weekend",
        "30 Mar 2026 00:00 BST 3 Apr 2026 00:00 BST 4.00 96.00 \(days)",
        "3 Apr 2026 00:00 BST 4 Apr 2026 00:00 BST 0.00 24.00 "
          + "bank holiday on 3 Apr 2026 (England and Wales, official)",
        "4 Apr 2026 00:00 BST 6 Apr 2026 00:00 BST 0.00 48.00 weekend",
        "6 Apr 2026 00:00 BST 7 Apr 2026 00:00 BST 0.00 24.00 "
          + "bank holiday on 6 Apr 2026 (England and Wales, official)",
        "7 Apr 2026 00:00 BST 7 Apr 2026 10:00 BST 0.42 10.00 \(days)",
        "dcc 7 Apr 2026 10:00 BST 8 Apr 2026 12:00 BST 1.08 26.00",
        "7 Apr 2026 10:00 BST 8 Apr 2026 12:00 BST 1.08 26.00 \(days)",
        "requester SUPA 8 Apr 2026 12:00 BST 9 Apr 2026 12:00 BST 1.00 24.00",
        "8 Apr 2026 12:00 BST 9 Apr 2026 12:00 BST 1.00 24.00 \(days)",
        "counterparty SUPB 9 Apr 2026 12:00 BST 10 Apr 2026 18:00 BST 1.25 30.00",
        "9 Apr 2026 12:00 BST 10 Apr 2026 18:00 BST 1.25 30.00 \(days)",
        "Calendar England and Wales. A day counts by the calendar in force at its start, from "
          + "local midnight to midnight; 24 hours of working days are 1 working day.",
        "Opened 25 Mar 2026 17:30 GMT, after the cut-off at 17:00, so the next working day, "
          + "26 Mar 2026, is the day of opening.",
        // 27, 30, 31 March, 1, 2, 7, 8 and 9 April.
        "Age 8 working days: those after the day of opening that had ended by 10 Apr 2026 18:00 "
          + "BST. Policy 1.",
      ])
  }

  @Test func `is for programs two keys more, whose stretches join without a gap`() throws {
    let desk = try resolved()
    func shown(_ more: String...) throws -> [String: Any] {
      let run = try desk.run(
        ["correction", "show", "COR-000001", "--format", "json"] + more)
      #expect(run.exit == 0)
      return try JSONText.object(run.output)
    }
    let (plain, explained) = (try shown(), try shown("--explain-clock"))
    #expect(Set(explained.keys).subtracting(plain.keys) == ["explainedClock", "explainedAge"])
    let shape = Shape.list(
      of: .object([
        "holder": .text, "party": .either(.text), "from": .text, "to": .text, "running": .flag,
        "workingDays": .number, "elapsedHours": .number,
        "stretches": .list(
          of: .object(["from": .text, "to": .text, "working": .flag, "reason": .text])),
      ]))
    #expect(shape.problems(explained["explainedClock"], at: "explainedClock") == [])
    let intervals = try #require(explained["explainedClock"] as? [[String: Any]])
    #expect(intervals.map { $0["workingDays"] as? Double } == [6.69, 1.08, 1, 1.25])
    #expect(intervals.map { $0["elapsedHours"] as? Double } == [303.5, 26, 24, 30])
    #expect(intervals.map { $0["party"] as? String } == ["SUPB", nil, "SUPA", "SUPB"])
    #expect(intervals.allSatisfy { $0["running"] as? Bool == false })
    for interval in intervals {
      let stretches = try #require(interval["stretches"] as? [[String: Any]])
      #expect(stretches.first?["from"] as? String == interval["from"] as? String)
      #expect(stretches.last?["to"] as? String == interval["to"] as? String)
      for (stretch, next) in zip(stretches, stretches.dropFirst()) {
        #expect(stretch["to"] as? String == next["from"] as? String)
      }
      for stretch in stretches {
        let reason = try #require(stretch["reason"] as? String)
        #expect(stretch["working"] as? Bool == (reason == "workingDays"), "\(stretch)")
        #expect((stretch["date"] != nil) == (reason == "bankHoliday"), "\(stretch)")
        #expect((stretch["calendar"] as? String == "England and Wales") == (reason != "weekend"))
        #expect((stretch["provisional"] as? Bool == false) == (reason != "weekend"))
      }
    }
    let first = try #require(intervals.first?["stretches"] as? [[String: Any]])
    #expect(first.compactMap { $0["date"] as? String } == ["2026-04-03", "2026-04-06"])
    let age = try #require(explained["explainedAge"] as? [String: Any])
    #expect(age["dayOfOpening"] as? String == "2026-03-26")
    #expect(age["because"] as? String == "openedAfterCutOff")
    #expect(age["cutOffHour"] as? Int == 17)
    #expect(age["ageWorkingDays"] as? Int == 8)
    #expect(age["calendar"] as? String == "England and Wales")
    #expect(age["policy"] as? Int == 1)
  }

  @Test func `says what is still running`() throws {
    let desk = try FilledLedger()
    try desk.run("submit", "--open", Package.example("refused.xml"), "--at", "2026-03-25T12:00:00Z")
    let run = try desk.run("correction", "show", "COR-000001", "--explain-clock")
    let running = run.output.split(separator: "\n").filter { $0.hasSuffix("  still running") }
    #expect(running.count == 1 && running[0].contains("counterparty  SUPB   25 Mar 2026 12:00 GMT"))
    #expect(
      run.output.contains(
        "Opened 25 Mar 2026 12:00 GMT, a working day and not after the cut-off at 17:00, so that "
          + "day is the day of opening."))
    let json = try JSONText.object(
      try desk.run("correction", "show", "COR-000001", "--explain-clock", "--format", "json")
        .output)
    let intervals = try #require(json["explainedClock"] as? [[String: Any]])
    #expect(intervals.map { $0["running"] as? Bool } == [true])
  }

  @Test func `has no rows for a spreadsheet`() throws {
    let desk = try FilledLedger()
    let run = try desk.run(
      "correction", "show", "COR-000001", "--explain-clock", "--format", "csv")
    #expect(run.exit == 64)
    #expect(
      run.errors
        == "correction show --explain-clock has no csv form; use --format table or json\n")
    #expect(run.output.isEmpty)
  }
}
