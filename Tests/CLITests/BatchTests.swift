import Foundation
import Testing

/// Many corrections from a file: one a row, and never one of many devices.
@Suite struct `correction open --from` {
  private static let third = "00-DB-12-34-56-78-91-04"

  /// Five rows: one to open, another value for the same place, damaged, not held, one in words.
  private static let rows = [
    "\(Request.otherDevice),importMPxN,\(Request.registeredToAnother)",
    "\(Request.otherDevice),importMPxN,\(Request.registeredToSender)",
    "\(Request.device),importMPxN,1.2E+12",
    "00-DB-00-00-00-00-00-01,importMPxN,\(Request.registeredToSender)",
    "\(Self.third),other,what 8.4 can't say",
  ]

  private func file(
    _ rows: [String], as name: String = "wrong-meters-1.csv", _ ledger: FilledLedger
  ) throws -> String {
    try ledger.folder.write(
      name, (["device_id,field,requested"] + rows).map { $0 + "\n" }.joined())
  }

  private func open(_ file: String, _ ledger: FilledLedger, _ more: String...) throws -> Run {
    try ledger.run(
      ["correction", "open", "--from", file, "--actor", Request.supA] + more)
  }

  private func answers(_ run: Run) throws -> [[String: Any]] { try JSONText.array(run.output) }

  @Test func `says what became of each row in their order, and names the bad ones`() throws {
    let ledger = try FilledLedger()
    try ledger.report(by: Request.supB)
    let run = try open(file(Self.rows, ledger), ledger, "--format", "json")
    #expect(run.exit == 1)
    let answers = try answers(run)
    #expect(answers.compactMap { $0["line"] as? Int } == [2, 3, 4, 5, 6])
    #expect(
      answers.compactMap { $0["outcome"] as? String } == [
        "joined", "refused", "refused", "refused", "opened",
      ])
    #expect(
      answers.map { $0["correction"] as? String } == [
        "COR-000001", nil, nil, nil, "COR-000002",
      ])
    #expect(answers.map { $0["problem"] is NSNull } == [true, false, false, false, true])
    let damaged = try #require(answers[2]["problem"] as? String)
    #expect(damaged.hasPrefix("requested: ") && damaged.contains("1.2E+12"), "\(damaged)")
    #expect(!run.output.contains("Nothing of this file"), "the other rows were taken")
    #expect(try #require(answers[1]["problem"] as? String).contains("correction change COR-000001"))
    #expect(try #require(answers[3]["problem"] as? String).contains("isn't in this ledger"))
    for line in [3, 4, 5] { #expect(run.errors.contains("line \(line)"), "\(run.errors)") }
    #expect(run.errors.contains("batch wrong-meters-1"), "\(run.errors)")
  }

  @Test func `writes a table that a spreadsheet reads, of the same rows`() throws {
    let ledger = try FilledLedger()
    let run = try open(file([Self.rows[0], Self.rows[4]], ledger), ledger)
    #expect(run.exit == 0)
    let lines = run.output.split(whereSeparator: \.isNewline)
    #expect(lines.count == 3)
    #expect(
      lines[0].hasSuffix(
        "line,device_id,field,outcome,correction,state,route,holder,dueAt,next,problem"))
    #expect(
      lines[1].hasPrefix("2,\(Request.otherDevice),importMPxN,opened,COR-000001,awaitingConsent"))
  }

  @Test func `run again opens nothing twice, also after the corrections have ended`() throws {
    let ledger = try FilledLedger()
    let path = try file([Self.rows[0], Self.rows[4]], ledger)
    #expect(try open(path, ledger).exit == 0)
    let events = try ledger.events()
    func again() throws -> [String] {
      let run = try open(path, ledger, "--format", "json")
      #expect(run.exit == 0)
      return try answers(run).compactMap { $0["outcome"] as? String }
    }
    #expect(try again() == ["known", "known"])
    #expect(try ledger.events() == events)
    try ledger.act("withdraw", "COR-000001", by: Request.supA, "--reason", "no")
    try ledger.act("reject", "COR-000002", by: "DCC-017", "--reason", "no")
    #expect(try again() == ["known", "known"])
    #expect(try ledger.events() == events + 2)
  }

  @Test func `with another value in a row of the batch says how to change it`() throws {
    let ledger = try FilledLedger()
    #expect(try open(file([Self.rows[0]], ledger), ledger).exit == 0)
    let run = try open(file([Self.rows[1]], ledger), ledger)
    #expect(run.exit == 1)
    #expect(run.errors.contains("correction change COR-000001"), "\(run.errors)")
    #expect(!run.errors.contains(Request.registeredToSender))
  }

  @Test func `labels them by the file's name or as it is told, and they are listed by it`() throws {
    let ledger = try FilledLedger()
    let path = try file([Self.rows[0]], ledger)
    #expect(try open(path, ledger).exit == 0)
    #expect(try open(file([Self.rows[4]], ledger), ledger, "--batch", "march.2").exit == 0)
    try ledger.report(Request.device, wants: Request.registeredToAnother)
    #expect(try ledger.listed("--batch", "wrong-meters-1") == ["COR-000001"])
    #expect(try ledger.listed("--batch", "march.2") == ["COR-000002"])
    #expect(try ledger.listed("--batch", "april").isEmpty)
    let shown = try ledger.object("correction", "show", "COR-000001")
    #expect(shown["batch"] as? String == "wrong-meters-1")
  }

  @Test(arguments: ["1200005432101", "a b", "", "1-2-3-4-5-6", String(repeating: "x", count: 41)])
  func `takes no label that may hold a meter point`(_ label: String) throws {
    let ledger = try FilledLedger()
    let run = try open(file([Self.rows[0]], ledger), ledger, "--batch", label)
    #expect(run.exit == 64)
    #expect(!run.errors.contains("1200005432101"), "\(run.errors)")
    let named = try open(file([Self.rows[0]], as: "1200005432101.csv", ledger), ledger)
    #expect(named.exit == 64)
    #expect(named.errors.contains("--batch LABEL"), "\(named.errors)")
    #expect(try ledger.listed().isEmpty)
  }

  @Test(arguments: [
    "1.20E+12", "1200005432101.0", "120000543210", "12000054321011", "#REF!", "1200 0054321O1",
    "031234567120000543210",
  ])
  func `names what a spreadsheet did to a meter point, and does not repeat it`(_ value: String)
    throws
  {
    let ledger = try FilledLedger()
    let run = try open(
      file(["\(Request.otherDevice),exportMPAN,\(value)", Self.rows[4]], ledger), ledger,
      "--format", "json")
    #expect(run.exit == 1)
    let answers = try answers(run)
    #expect(answers.compactMap { $0["outcome"] as? String } == ["refused", "opened"])
    let problem = try #require(answers[0]["problem"] as? String)
    #expect(problem.contains("13"), "\(problem)")
    #expect(!problem.contains("120000543210"), "\(problem)")
  }

  @Test(arguments: [
    "device_id,field\nx,y\n", "device,field,requested\nx,y,z\n", "",
    "device_id,field,requested\n00-DB-12-34-56-78-92-00,importMPxN\n",
    "device_id,field,requested\n\"00-DB,importMPxN,1\n",
    "device_id,field,requested,device_id\n1,2,3,4\n",
  ])
  func `of another shape is refused whole, with what is wrong where`(_ text: String) throws {
    let ledger = try FilledLedger()
    let path = try ledger.folder.write("rows-1.csv", text)
    let run = try open(path, ledger)
    #expect(run.exit == 65, "\(run.output)\(run.errors)")
    #expect(run.errors.contains("rows-1.csv"), "\(run.errors)")
    #expect(try ledger.listed().isEmpty)
  }

  @Test func `only tried records nothing and says the same outcomes`() throws {
    let ledger = try FilledLedger()
    let path = try file([Self.rows[0], Self.rows[4]], ledger)
    let events = try ledger.events()
    let tried = try answers(open(path, ledger, "--dry-run", "--format", "json"))
    #expect(try ledger.events() == events)
    let done = try answers(open(path, ledger, "--format", "json"))
    #expect(tried.map { $0["outcome"] as? String } == ["would open", "would open"])
    #expect(done.map { $0["outcome"] as? String } == ["opened", "opened"])
    #expect(try open(ledger.folder.path("none-1.csv"), ledger).exit == 66)
  }
}
