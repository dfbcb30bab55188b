import Foundation
import Testing

/// `export events`: every event as a row that other tools read as it is.
@Suite struct `Exported events` {
  private func objects(_ output: String) throws -> [[String: Any]] {
    try output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func `are all there, in order, with their bodies`() throws {
    let ledger = try FilledLedger.opened()
    let rows = try objects(try ledger.run("export", "events").output)
    #expect(rows.compactMap { $0["position"] as? Int } == Array(1...(try ledger.events())))
    let opening = try #require(rows.first { $0["type"] as? String == "CorrectionRequested" })
    #expect(opening["effectiveAt"] as? String == "2026-03-03T09:00:00.000Z")
    #expect(opening["party"] as? String == "SUPA")
    #expect((opening["body"] as? [String: Any])?["field"] as? String == "importMPxN")
  }

  @Test func `are the same at a position whatever was recorded since`() throws {
    let ledger = try FilledLedger.opened()
    let head = try ledger.events()
    let then = try ledger.run("export", "events").output
    try ledger.act("note", "COR-000001", by: "DCC-017", "--text", "words")
    #expect(try ledger.run("export", "events", "--known-at", String(head)).output == then)
    let rest = try ledger.run("export", "events", "--from", String(head + 1)).output
    #expect(try ledger.run("export", "events").output == then + rest)
  }

  @Test(arguments: [
    (["events", "--format", "table"], "expected one of jsonl, csv; found table"),
    (["events", "--from", "0"], "--from: expected a position from 1; found 0"),
    (["events", "--from", "9999"], "there is no event at position 9999; the last one is at"),
    (["event"], "there is no command event; did you mean events?"),
  ])
  func `asked for wrongly are refused in one line`(arguments: [String], says: String) throws {
    let run = try FilledLedger().run(["export"] + arguments)
    #expect([64, 66].contains(run.exit) && run.isOneLine && run.output.isEmpty)
    #expect(run.errors.contains(says), "\(run.errors)")
  }

  @Test(arguments: ["devices", "corrections"])
  func `of a table have the documented columns, in both forms`(table: String) throws {
    let ledger = try FilledLedger.opened()
    let csv = try ledger.run("export", table).output.components(separatedBy: "\r\n")
    let names = try #require(csv.first).components(separatedBy: ",")
    let documented = try String(
      contentsOfFile: Package.root + "/schemas/README.md", encoding: .utf8
    )
    .split(separator: "\n").first { $0.hasPrefix("| `\(table)` |") }
    let columns = try #require(documented).matches(of: /`([A-Za-z]+)`/).map { String($0.1) }
    #expect(Array(columns.dropFirst()) == names)
    let rows = try objects(try ledger.run("export", table, "--format", "jsonl").output)
    #expect(rows.count == csv.count - 2 && !rows.isEmpty)
    for row in rows { #expect(Set(row.keys) == Set(names)) }
    let tokens = try ledger.run("export", table).output
    #expect(!tokens.contains(Request.registeredToAnother))
    let values = try ledger.run("export", table, "--values").output
    #expect(values.contains(Request.registeredToAnother) == (table == "corrections"))
    #expect(!tokens.contains("COR-000000"), "what is not there is empty")
  }

  @Test func `of corrections at a position are as they were`() throws {
    let ledger = try FilledLedger.opened()
    let head = try ledger.events()
    let then = try ledger.run("export", "corrections").output
    try ledger.act("withdraw", "COR-000001", by: Request.supA, "--reason", "no")
    #expect(try ledger.run("export", "corrections", "--known-at", String(head)).output == then)
    #expect(try ledger.run("export", "corrections").output.contains(",withdrawn,"))
  }

  @Test func `are whole rows whatever somebody else wrote, and no formula`() throws {
    let ledger = try FilledLedger()
    let folder = try TemporaryFolder()
    let odd = ["=1+1", "@SUM(A1)", "a,\u{301}b", "a\"\u{301},b", "plain"]
    let rows = odd.enumerated().map { index, text in
      let cell = "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
      return "00-DB-12-34-56-79-00-0\(index),ESME,\(cell),\(cell)\n"
    }
    try folder.write(
      "odd.csv", "DeviceID,DeviceType,DeviceManufacturer,DeviceModel\n" + rows.joined())
    let imported = try ledger.run(
      "import", "inventory", folder.path("odd.csv"), "--at", "2026-03-02T00:00:00Z")
    try #require(imported.exit == 0, "\(imported.errors)")
    try folder.write("devices.csv", try ledger.run("export", "devices").output)
    let script = """
      import csv, sys
      rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
      assert all(None not in row and None not in row.values() for row in rows), "cells moved"
      found = [row["manufacturer"] for row in rows if row["device"].startswith("00-DB-12-34-56-79-")]
      assert found == ["'=1+1", "'@SUM(A1)", "a,\\u0301b", "a\\"\\u0301,b", "plain"], found
      """
    let run = try SMILedger.shell(
      "exec python3 -c \"$2\" \"$3\"", [script, folder.path("devices.csv")])
    #expect(run.exit == 0, "\(run.errors)")
  }

  @Test func `hold no meter point`() throws {
    let ledger = try FilledLedger.opened()
    for format in ["jsonl", "csv"] {
      let output = try ledger.run("export", "events", "--format", format).output
      #expect(!output.contains(Request.registeredToAnother))
      #expect(!output.contains(Request.registeredToSender))
    }
  }

  @Test func `say the same in CSV, as Python reads it`() throws {
    let ledger = try FilledLedger.opened()
    let folder = try TemporaryFolder()
    for format in ["jsonl", "csv"] {
      let output = try ledger.run("export", "events", "--format", format).output
      try Data(output.utf8).write(to: URL(fileURLWithPath: folder.path + "/events.\(format)"))
    }
    let script = """
      import csv, json, sys
      lines = [json.loads(line) for line in open(sys.argv[1] + "/events.jsonl")]
      rows = list(csv.DictReader(open(sys.argv[1] + "/events.csv", newline="")))
      assert len(lines) == len(rows) > 10
      for line, row in zip(lines, rows):
          assert list(line) == list(row)
          for name, value in line.items():
              cell = json.loads(row[name]) if name == "body" else row[name]
              assert cell == (value if name == "body" else "" if value is None else str(value)), name
      """
    let run = try SMILedger.shell("exec python3 -c \"$2\" \"$3\"", [script, folder.path])
    #expect(run.exit == 0, "\(run.errors)")
  }
}
