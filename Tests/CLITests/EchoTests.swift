import Foundation
import Testing

/// What a person typed in the wrong place may be a meter point: an error says it only in part.
@Suite struct `A meter point typed in the wrong place` {
  static let typed = ["1200012345678", "74-000-123-06"]

  /// Arguments with `?` for the value, each refused.
  static let commands: [[String]] = [
    ["timeline", "party", "?"], ["timeline", "device", "?"], ["timeline", "correction", "?"],
    ["timeline", "request", "?"], ["timeline", "?", "SUPA"], ["correction", "show", "?"],
    ["correction", "?"], ["device", "show", "?"], ["device", "history", "?"], ["?"],
    ["explain", "?"], ["report", "--month", "?"], ["correction", "list", "--state", "?"],
    ["correction", "list", "--holder", "?"],
    ["check", Package.example("refused.xml"), "--at", "?"],
    ["submit", Package.example("refused.xml"), "--actor", "?"],
    ["import", "?", Package.example("users.csv")],
    ["import", "users", Package.example("users.csv"), "--map", "?"],
    ["correction", "open", "--device", Request.device, "--field", "?", "--value", "1"],
    ["correction", "open", "--request", "?"], ["init", "--origin", "?"],
    ["correction", "assign", "COR-000001", "--owner", "?", "--actor", "DCC-017"],
    ["verify", "?"], ["rebuild", "--frobnicate", "?"],
    ["correction", "list", "--route", "?"], ["correction", "list", "--older-than", "?"],
    ["correction", "list", "--mine", "--actor", "?"], ["correction", "list", "--device", "?"],
    ["correction", "show", "COR-000001", "--known-at", "?"],
    ["report", "--month", "2026-03", "--known-at", "x?"], ["annul", "x?", "--reason", "x"],
    ["annul", "9", "--reason", "x", "--actor", "?"], ["policy", "--turns", "?"],
    ["policy", "--escalate-after", "?"], ["policy", "--cut-off-hour", "?"],
    ["correction", "list", "--limit", "-?"], ["annul", "?", "--reason", "x", "--actor", "DCC-017"],
    ["annul", "9", "--reason", "x", "--replaced-by", "?", "--actor", "DCC-017"],
    ["policy", "--turns", "dcc=?"], ["policy", "--target", "?"], ["policy", "--calendar", "?"],
    ["policy", "--after-consents", "?"], ["policy", "--turns", "dcc=1", "--from", "?"],
    ["correction", "open", "--from", "rows.csv", "--batch", "?"],
    ["correction", "open", "--device", Request.device, "--field", "status", "--value", "?"],
    [
      "correction", "open", "--device", Request.device, "--field", "details", "--value", "?",
      "--actor", Request.supA,
    ],
    [
      "correction", "open", "--device", Request.device, "--field", "details", "--value",
      "DeviceModel=?", "--actor", Request.supA,
    ],
    ["correction", "inform", "COR-000001", "--ask", "x", "--of", "?", "--actor", "DCC-017"],
    ["correction", "merge", "COR-000001", "--into", "?", "--reason", "x"],
    ["correction", "reference", "COR-000001", "--system", "?", "--number", "?"],
    ["correction", "resolve", "COR-000001", "--how", "?"],
    ["correction", "categorise", "COR-000001", "--category", "?"],
    ["correction", "advise", "COR-000001", "--xml", "--counter", "?x"],
    ["correction", "change", "COR-000001", "--value", "?9", "--actor", Request.supA],
  ]

  @Test(arguments: commands)
  func `is not repeated by`(_ command: [String]) throws {
    let ledger = try FilledLedger()
    #expect(try ledger.run("submit", "--open", Package.example("refused.xml")).exit == 1)
    for value in Self.typed {
      let run = try ledger.run(command.map { $0.replacing("?", with: value) })
      #expect(run.exit != 0, "\(command)")
      let digits = value.filter(\.isNumber)
      let shown = run.errors.filter { $0.isNumber || $0 == "…" }
      #expect(!run.errors.contains(value), "\(run.errors)")
      #expect(!shown.contains(digits), "\(run.errors)")
    }
  }

  /// Every free text of a correction, given by who may and by who may not: no error and no answer to
  /// the refusal says it.
  @Test func `in a free text is not repeated when the action is refused`() throws {
    let ledger = try FilledLedger()
    let id = try ledger.report()
    let secret = "1429876543210"
    for arguments in [
      ["refuse", "--reason"], ["assign", "--owner", "DCC-021", "--reason"],
      ["propose", "--explain"],
      ["decline", "--reason"], ["fail", "--reason"], ["reopen", "--reason"],
      ["reject", "--reason"],
      ["withdraw", "--reason"], ["note", "--text"], ["inform", "--ask"], ["inform", "--text"],
      ["change", "--value"], ["merge", "--into", "COR-000001", "--reason"],
      ["escalate", "--reason"], ["escalate", "--close"],
      ["reference", "--system", "rec", "--number"],
    ] {
      let command = ["correction", arguments[0], id] + arguments.dropFirst()
      for user in ["SECAS-002", "00-DB-12-34-56-78-00-04"] {
        for text in [secret, "at \(secret) now", String(repeating: secret, count: 400)] {
          let run = try ledger.run(command + [text, "--actor", user, "--format", "json"])
          #expect(!run.errors.contains(secret), "\(arguments): \(run.errors)")
          if run.exit != 0 { #expect(!run.output.contains(secret), "\(arguments)") }
        }
      }
    }
    let annulled = try ledger.run("annul", "1", "--reason", secret, "--actor", "DCC-017")
    #expect(annulled.exit == 1 && !annulled.errors.contains(secret))
  }
}
