import Foundation
import Testing

@Suite struct `Wrong use` {
  /// Arguments that make no sense, and what the one line says.
  static let cases: [(arguments: [String], exit: Int32, says: String)] = [
    (["corection", "list"], 64, "there is no command corection; did you mean correction?"),
    (["correction", "shw"], 64, "there is no command shw; did you mean show?"),
    (["frobnicate"], 64, "there is no command frobnicate. Commands: init, import"),
    (["report", "--month", "2026-13"], 64, "--month: expected YYYY-MM; found 2026-13"),
    (["report", "--month", "9998-12"], 64, "has not begun"),
    (["submit", Package.example("refused.xml"), "--format", "csv"], 64, "has no csv form"),
    (
      ["submit", Package.example("refused.xml"), "--at", "2999-01-01T00:00:00Z"], 64,
      "a time that has come"
    ),
    (
      ["check", Package.example("refused.xml"), "--at", "tomorrow"], 64,
      "--at: expected a time such as"
    ),
    (
      ["submit", Package.example("refused.xml"), "--actor", "nobody"], 77, "there is no user nobody"
    ),
    (
      [
        "correction", "open", "--device", Request.otherDevice, "--field", "import_mpan", "--value",
        "1",
        "--actor", "DCC-017",
      ], 64, "there is no field import_mpan; did you mean importMPxN?"
    ),
    (
      [
        "correction", "open", "--device", Request.otherDevice, "--field", "exportMPAN", "--value",
        "3938424403", "--actor", "DCC-017",
      ], 64, "expected an MPAN of 13 digits; found 10 digits"
    ),
    (["correction", "consent", "COR-000001"], 64, "who acts?"),
    (
      ["correction", "advise", "COR-000099", "--actor", "DCC-017"], 66,
      "COR-000099 isn't in this ledger"
    ),
    (["correction", "show", "COR-000099"], 66, "COR-000099 isn't in this ledger at position"),
    (["device", "show", "00-00-00-00-00-00-00-01"], 66, "isn't in this ledger at position"),
    (["timeline", "mpxn", "1999999999999"], 66, "no event of mpxn …999"),
    (["submit", "nowhere.xml"], 66, "there is no file nowhere.xml"),
    (["import", "users", "nowhere.csv"], 66, "there is no file nowhere.csv"),
    (
      ["correction", "open", "--device", "nope", "--field", "other", "--value", "x"], 64,
      "--device: expected an EUI-64 such as 00-DB-12-34-56-78-90-A0; found nope"
    ),
    (["correction", "list", "--limit", "-1"], 64, "--limit: expected 0 (all) or more; found -1"),
    (["timeline", "correction", "COR-000099"], 66, "no event of correction COR-000099"),
    (
      [
        "correction", "merge", "COR-000001", "--into", "COR-000001", "--reason", "r", "--actor",
        "DCC-017",
      ], 64, "--into: expected another correction than COR-000001"
    ),
    (["policy", "--from", "2027-01-01T00:00:00Z"], 64, "--from goes with what is to count"),
    (["policy", "--turns", "requester=0"], 64, "with 1 to 250 working days"),
    (
      [
        "correction", "open", "--device", Request.otherDevice, "--field", "details", "--value",
        "DeviceModel=1;DeviceModel=2", "--actor", "DCC-017",
      ], 64, "expected DeviceModel once; found it twice"
    ),
    (["init"], 73, "can't make a ledger in"),
  ]

  @Test(arguments: cases.indices)
  func `is told in one line with the exit code of the table`(_ index: Int) throws {
    let (arguments, exit, says) = Self.cases[index]
    let desk = try FilledLedger()
    let before = try everything(under: desk.path)
    let run = try desk.run(arguments)
    #expect(run.exit == exit, "\(run.errors)")
    #expect(run.errors.contains(says), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    #expect(run.output.isEmpty)
    let json = try desk.run(
      arguments + (arguments.contains("--format") ? [] : ["--format", "json"]))
    #expect(json.exit == exit)
    if !arguments.contains("--format") {
      let problem = try JSONText.object(json.errors)
      #expect(problem["exit"] as? Int == Int(exit))
      #expect(problem["type"] is String)
      #expect((problem["detail"] as? String)?.contains(says) == true)
      #expect(json.errors.split(separator: "\n").count == 1)
      #expect(json.output.isEmpty)
    }
    #expect(try everything(under: desk.path) == before)
  }

  @Test func `that the parser finds is JSON, too, when JSON is asked for`() throws {
    for arguments in [
      ["check", "--format", "json"], ["submit", "--nonsense", "--format=json"],
      ["explain", "E9999", "--format", "json"], ["correction", "show", "99", "--format", "json"],
    ] {
      let run = try SMILedger.run(arguments)
      #expect(run.exit == 64)
      #expect(try JSONText.object(run.errors)["exit"] as? Int == 64)
      #expect(run.output.isEmpty)
    }
  }

  @Test func `a person acts only in the role that the step needs`() throws {
    let desk = try FilledLedger()
    try desk.run("submit", "--open", Package.example("refused.xml"))
    for (arguments, exit) in [
      (["consent", "COR-000001", "--actor", Request.supA], 77),
      (["reject", "COR-000001", "--reason", "r", "--actor", Request.supA], 77),
      (["withdraw", "COR-000001", "--reason", "r", "--actor", Request.supB], 77),
      (["propose", "COR-000001", "--actor", "DCC-017"], 1),
      (["confirm", "COR-000001", "--actor", Request.supA], 1),
    ] as [([String], Int32)] {
      let run = try desk.run(["correction"] + arguments)
      #expect(run.exit == exit, "\(arguments): \(run.errors)")
      #expect(run.output.isEmpty)
      #expect(run.errors.split(separator: "\n").count == 1)
    }
  }

  @Test func `a policy for another time says from when it counts`() throws {
    let desk = try FilledLedger()
    for (from, says) in [
      ("2089-01-01T00:00:00Z", "which lies ahead; until then this is in force:\nPolicy       1,"),
      ("2026-01-01T00:00:00Z", "which has passed"),
    ] {
      let run = try desk.run(
        "policy", "--turns", "dcc=3", "--from", from, "--actor", "DCC-017")
      #expect(run.exit == 0 && run.output.contains(says), "\(run.output)\(run.errors)")
    }
    let report = try desk.run("report", "--month", "2026-01")
    #expect(report.output.contains("no correction was resolved"), "\(report.output)")
  }

  @Test func `a suspended user can't act`() throws {
    let desk = try FilledLedger()
    let users = try desk.folder.write(
      "users.csv",
      "user_id,party,market_participant_ids,roles,status,name\nDCC-017,DCC,,DCC,suspended,\n")
    try desk.run("import", "users", users)
    let run = try desk.run("submit", Package.example("refused.xml"), "--actor", "DCC-017")
    #expect(run.exit == 77)
    #expect(run.errors == "user DCC-017 is suspended, so they can't act\n")
  }
}
