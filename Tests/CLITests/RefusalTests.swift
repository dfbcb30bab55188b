import Foundation
import Testing

/// What makes no sense now, or is not one's to do, is said in one line with what can be done instead.
@Suite struct `An action that is refused` {
  /// Each action with what it needs to be read.
  private static let actions: KeyValuePairs = [
    "advise": [], "consent": [], "refuse": ["--reason", "x"], "assign": ["--owner", "DCC-021"],
    "propose": [], "approve": [], "decline": ["--reason", "x"], "apply": [],
    "fail": ["--reason", "x"], "verify": [], "resolve": ["--how", "noFault"], "confirm": [],
    "reopen": ["--reason", "x"], "reject": ["--reason", "x"], "withdraw": ["--reason", "x"],
    "inform": ["--text", "x"], "plan": [], "change": ["--value", "1200005432101"],
    "merge": ["--into", "COR-000002", "--reason", "x"], "escalate": ["--reason", "x"],
    "categorise": ["--category", "4"], "reference": ["--system", "rec", "--number", "1"],
  ]

  @Test func `in a state where it makes no sense names what makes sense`() throws {
    let ledger = try FilledLedger()
    let id = try ledger.report()
    try ledger.act("withdraw", id, by: Request.supA, "--reason", "no")
    let events = try ledger.events()
    for (action, arguments) in Self.actions {
      if action == "merge" { continue }
      let run = try ledger.run(["correction", action, id, "--actor", "DCC-017"] + arguments)
      #expect(run.exit == 1, "\(action): \(run.errors)")
      #expect(run.isOneLine, "\(run.errors)")
      #expect(
        run.sentence == "\(id) is withdrawn; \(action) makes no sense now. Possible: note",
        "\(run.errors)")
    }
    #expect(try ledger.events() == events)
  }

  @Test func `by somebody whose it is not names whose it is`() throws {
    let ledger = try FilledLedger()
    let id = try ledger.report()
    try ledger.report(Request.device)
    let mapX = "00-DB-12-34-56-78-00-04"
    let events = try ledger.events()
    for (action, words) in [
      "advise": "SUPA can", "consent": "SUPB is", "refuse": "SUPB is", "assign": "role DCC",
      "resolve": "role DCC", "reject": "role DCC", "withdraw": "SUPA can", "plan": "SUPA can",
      "change": "SUPA can", "merge": "role DCC", "escalate": "SUPA, SUPB can",
      "categorise": "role DCC", "reference": "SUPA, SUPB can",
    ] {
      let arguments = try #require(Self.actions.first { $0.key == action }).value
      let run = try ledger.run(["correction", action, id, "--actor", mapX] + arguments)
      #expect(run.exit == 77, "\(action): \(run.errors)")
      #expect(run.isOneLine && run.sentence.contains(words), "\(action): \(run.errors)")
    }
    #expect(try ledger.events() == events)
  }

  @Test func `while the fix is on its way names who does what`() throws {
    let ledger = try FilledLedger()
    let id = try ledger.report()
    try ledger.act("consent", id, by: Request.supB)
    func refused(_ action: String, by user: String, _ exit: Int32, _ words: String) throws {
      let arguments = try #require(Self.actions.first { $0.key == action }).value
      let run = try ledger.run(["correction", action, id, "--actor", user] + arguments)
      #expect(run.exit == exit, "\(action): \(run.errors)")
      #expect(run.isOneLine && run.sentence.contains(words), "\(action): \(run.errors)")
    }
    try refused("approve", by: "DCC-017", 1, "Possible: propose")
    try refused("propose", by: Request.supA, 77, "role DCC")
    try refused("inform", by: Request.supB, 1, "nothing was asked")
    try ledger.act("propose", id, by: "DCC-017")
    try refused("approve", by: "DCC-017", 77, "another person at the DCC approves it")
    try refused("apply", by: "DSP-004", 1, "Possible: approve")
    try refused("decline", by: Request.supA, 77, "role")
    try ledger.act("approve", id, by: "DCC-021")
    try refused("apply", by: "DCC-017", 77, "role DSP")
    try refused("fail", by: "DCC-017", 77, "role DSP")
    try refused("withdraw", by: Request.supA, 1, "Possible: apply")
    try ledger.act("apply", id, by: "DSP-004")
    try refused("verify", by: Request.supA, 77, "role DCC")
    try ledger.act("verify", id, by: "DCC-017")
    try refused("confirm", by: Request.supB, 77, "SUPA can")
  }

  @Test func `of questions, Incidents, owners and merges says what stands in the way`() throws {
    let ledger = try FilledLedger()
    let id = try ledger.report()
    func refused(_ arguments: [String], by user: String, _ exit: Int32, _ words: String) throws {
      let run = try ledger.run(["correction"] + arguments + ["--actor", user])
      #expect(run.exit == exit, "\(arguments): \(run.errors)")
      #expect(run.isOneLine && run.sentence.contains(words), "\(arguments): \(run.errors)")
    }
    try refused(["inform", id, "--ask", "x", "--of", "SUPC"], by: "DCC-017", 1, "SUPA, SUPB have")
    try ledger.act("inform", id, by: "DCC-017", "--ask", "which meter?")
    try refused(["inform", id, "--ask", "x"], by: "DCC-017", 1, "has been asked something")
    try refused(["inform", id, "--text", "x"], by: Request.supB, 77, "SUPA, DCC can")
    try ledger.act("inform", id, by: Request.supA, "--text", "the left one")
    try refused(["escalate", id, "--close", "x"], by: "DCC-017", 1, "no Incident is open")
    try ledger.act("escalate", id, by: Request.supA, "--reason", "stuck")
    try refused(["escalate", id, "--reason", "x"], by: Request.supA, 1, "--close")
    try ledger.act("escalate", id, by: "DCC-017", "--close", "nothing came of it")
    try refused(["assign", id, "--owner", "SUPA"], by: "DCC-017", 1, "import users")
    try ledger.act("assign", id, by: "DCC-017", "--owner", "DCC-017")
    try refused(["assign", id, "--owner", "DCC-021"], by: "DCC-017", 64, "--reason")
    try refused(
      ["merge", id, "--into", id, "--reason", "x"], by: "DCC-017", 64, "another correction")
    try refused(
      ["merge", id, "--into", "COR-000009", "--reason", "x"], by: "DCC-017", 66, "COR-000009")
    try refused(["reopen", id, "--reason", "x"], by: "DCC-017", 1, "Possible: consent")
  }
}
