import Foundation
import Testing

@Suite struct `import incidents` {
  private static let heading =
    "reference,raised_at,category,device_id,mpxn,error_code,raised_by,resolved_at,handovers,field,"
    + "requested,closed_at,outcome,route"

  private func file(_ rows: [String], _ ledger: FilledLedger) throws -> String {
    try ledger.folder.write(
      "tickets.csv", ([Self.heading] + rows).map { $0 + "\n" }.joined())
  }

  private func load(_ rows: [String], _ ledger: FilledLedger, _ more: String...) throws -> Run {
    try ledger.run(["import", "incidents", file(rows, ledger)] + more)
  }

  private static let rows = [
    "INC7,2026-01-05T09:00:00Z,3,\(Request.device),,E080415,SUPA,2026-02-02T16:30:00Z,7,importMPxN,"
      + "\(Request.registeredToSender),,,manual",
    "INC8,2026-01-20,4,\(Request.otherDevice),,,SUPB,,2,importMPxN,\(Request.registeredToAnother),,,",
    "INC8,2026-01-20,4,,1200005432101,,SUPB,,2,,,,,",
  ]

  @Test func `shows old tickets as corrections, in lists and in the months of their own`() throws {
    let ledger = try FilledLedger()
    let run = try load(Self.rows, ledger)
    #expect(run.exit == 0, "\(run.errors)")
    let first = try ledger.object("correction", "show", "COR-000001")
    #expect(first["openedAt"] as? String == "2026-01-05T09:00:00.000Z")
    #expect(first["resolvedAt"] as? String == "2026-02-02T16:30:00.000Z")
    #expect(first["ticket"] as? String == "INC7" && first["bundled"] as? Bool == false)
    #expect(first["handovers"] as? Int == 7 && first["category"] as? Int == 3)
    let third = try ledger.object("correction", "show", "COR-000003")
    #expect(third["device"] is NSNull && third["bundled"] as? Bool == true)
    #expect(third["requested"] is NSNull && third["field"] is NSNull)
    #expect(try Set(ledger.listed()) == ["COR-000002", "COR-000003"])
    let january = try ledger.object("report", "--month", "2026-01")
    let february = try ledger.object("report", "--month", "2026-02")
    #expect(january["opened"] as? Int == 3 && january["resolved"] as? Int == 0)
    #expect(february["opened"] as? Int == 0 && february["resolved"] as? Int == 1)
    #expect(february["stillOpen"] as? Int == 2)
    for arguments in [
      ["correction", "show", "COR-000003"], ["correction", "list"],
      ["correction", "list", "--format", "csv"],
      ["correction", "show", "COR-000001", "--explain-clock"],
      ["timeline", "correction", "COR-000003"], ["device", "show", Request.otherDevice],
    ] {
      let run = try ledger.run(arguments)
      #expect(run.exit == 0, "\(arguments): \(run.errors)")
      #expect(!run.output.contains("00-00-00-00-00-00-00-00"), "\(run.output)")
    }
  }

  @Test func `read again records nothing, and says so`() throws {
    let ledger = try FilledLedger()
    #expect(try load(Self.rows, ledger).exit == 0)
    let events = try ledger.events()
    let again = try load(Self.rows, ledger, "--format", "json")
    #expect(again.exit == 0)
    let answer = try JSONText.object(again.output)
    #expect(answer["unchanged"] as? Int == 3 && answer["added"] as? Int == 0)
    #expect(try ledger.events() == events)
  }

  @Test func `is refused whole for one bad row, which is named and not repeated`() throws {
    let ledger = try FilledLedger()
    for (row, words) in [
      ("INC9,2099-01-01,,,,,SUPA,,0,,,,,", "raised_at"),
      ("INC9,2026-01-01,,,,,1200005432101,,0,,,,,", "raised_by"),
      ("INC9,2026-01-01,,\(Request.device),,,SUPA,,0,importMPxN,1200-005432101x,,,", "requested"),
      ("INC9,2026-01-01,,\(Request.device),1.2E+12,,SUPA,,0,,,,,", "mpxn"),
    ] {
      let run = try load([Self.rows[0], row], ledger)
      #expect(run.exit == 65, "\(row): \(run.output)\(run.errors)")
      #expect(run.errors.contains("tickets.csv") && run.errors.contains("line 3"), "\(run.errors)")
      #expect(run.errors.contains(words), "\(run.errors)")
      #expect(
        !run.errors.contains("1200005432101") && !run.errors.contains("005432101"), "\(run.errors)")
    }
    #expect(try ledger.events() == FilledLedger.imported)
  }

  @Test func `only tried records nothing`() throws {
    let ledger = try FilledLedger()
    let run = try load(Self.rows, ledger, "--dry-run", "--format", "json")
    #expect(run.exit == 0, "\(run.errors)")
    #expect(try JSONText.object(run.output)["added"] as? Int == 3)
    #expect(try ledger.events() == FilledLedger.imported)
  }
}
