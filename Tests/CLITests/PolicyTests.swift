import Foundation
import Testing

@Suite struct `smi-ledger policy` {
  private func set(_ ledger: FilledLedger, _ arguments: String...) throws -> Run {
    try ledger.run(["policy"] + arguments + ["--actor", "DCC-017"])
  }

  @Test func `shows what is in force, with keys that stay`() throws {
    let ledger = try FilledLedger()
    let shape: Shape = .object([
      "policy": .number, "from": .text, "calendar": .text, "cutOffHour": .number, "turns": .map,
      "afterConsents": .text, "escalateAfter": .number, "confirmWithin": .number,
      "reopenWithin": .number, "planWithin": .number, "targetsVerified": .flag,
      "targets": .list(of: .object(["category": .number, "minutes": .number, "counting": .text])),
    ])
    let answer = try ledger.object("policy")
    #expect(shape.problems(answer, at: "policy") == [])
    #expect(answer["policy"] as? Int == 1)
    #expect(
      answer["turns"] as? [String: Int] == [
        "requester": 5, "counterparty": 5, "otherUser": 5, "dcc": 2, "dsp": 2,
      ])
    #expect(try ledger.run("policy").output.contains("NOT verified"))
  }

  @Test func `sets what is named and leaves the rest`() throws {
    let ledger = try FilledLedger()
    let run = try set(
      ledger, "--turns", "dcc=3,dsp=4", "--after-consents", "ledger", "--target", "1=2h",
      "--target",
      "4=9wd", "--calendar", "scotland", "--format", "json")
    #expect(run.exit == 0, "\(run.errors)")
    let answer = try JSONText.object(run.output)
    #expect(answer["policy"] as? Int == 2)
    #expect(answer["calendar"] as? String == "scotland")
    #expect(answer["afterConsents"] as? String == "ledger")
    let turns = try #require(answer["turns"] as? [String: Int])
    #expect(turns["dcc"] == 3 && turns["dsp"] == 4 && turns["requester"] == 5)
    let targets = try #require(answer["targets"] as? [[String: Any]])
    #expect(targets.compactMap { $0["minutes"] as? Int } == [120, 1440, 4320, 9 * 1440, 14400])
    #expect(answer["targetsVerified"] as? Bool == false)
    let again = try set(ledger, "--turns", "dcc=3")
    #expect(again.exit == 0 && again.output.contains("nothing was recorded"))
  }

  @Test func `set from a later moment is not in force yet`() throws {
    let ledger = try FilledLedger()
    let run = try set(ledger, "--confirm-within", "3", "--from", "2099-01-01T00:00:00Z")
    #expect(run.exit == 0, "\(run.errors)")
    #expect(run.output.contains("from 1 Jan 2099"), "\(run.output)")
    #expect(try ledger.object("policy")["confirmWithin"] as? Int == 10)
  }

  @Test(arguments: [
    ["--turns", "dcc"], ["--turns", "nobody=1"], ["--turns", "dcc=-1"], ["--turns", "me=1"],
    ["--escalate-after", "251"], ["--confirm-within", "-1"], ["--cut-off-hour", "25"],
    ["--calendar", "wales"], ["--target", "6=1h"], ["--target", "4=5d"], ["--target", "4"],
    ["--after-consents", "dcc"], ["--turns", "dcc=1", "--from", "tomorrow"],
  ])
  func `takes nothing that it can't read`(_ arguments: [String]) throws {
    let ledger = try FilledLedger()
    let events = try ledger.events()
    let run = try ledger.run(["policy"] + arguments + ["--actor", "DCC-017"])
    #expect(run.exit == 64)
    #expect(run.output.isEmpty && run.errors.contains(arguments.last { $0.hasPrefix("--") } ?? ""))
    #expect(try ledger.events() == events)
  }

  @Test func `is set by the DCC alone, and an observer makes no changes`() throws {
    let ledger = try FilledLedger()
    let run = try ledger.run("policy", "--turns", "dcc=3", "--actor", Request.supA)
    #expect(run.exit == 77 && run.isOneLine, "\(run.errors)")
    let observer = try FilledLedger(mode: "observer")
    let refused = try set(observer, "--after-consents", "ledger")
    #expect(refused.exit == 64 && refused.errors.contains("authority"), "\(refused.errors)")
    #expect(try observer.events() == FilledLedger.imported)
  }

  @Test func `only tried records nothing`() throws {
    let ledger = try FilledLedger()
    let run = try set(ledger, "--turns", "dcc=3", "--dry-run")
    #expect(run.exit == 0 && run.output.contains("Nothing was recorded"))
    #expect(try ledger.events() == FilledLedger.imported)
  }
}
