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
  ]

  @Test(arguments: commands)
  func `is not repeated by`(_ command: [String]) throws {
    let ledger = try FilledLedger()
    #expect(try ledger.run("submit", "--open", Package.example("refused.xml")).exit == 1)
    for value in Self.typed {
      let run = try ledger.run(command.map { $0 == "?" ? value : $0 })
      #expect(run.exit != 0, "\(command)")
      let digits = value.filter(\.isNumber)
      let shown = run.errors.filter { $0.isNumber || $0 == "…" }
      #expect(!run.errors.contains(value), "\(run.errors)")
      #expect(!shown.contains(digits), "\(run.errors)")
    }
  }
}
