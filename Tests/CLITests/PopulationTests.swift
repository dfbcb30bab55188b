import Foundation
import Testing

/// A made-up inventory with planted faults, and what holds a search for discrepancies against them.
@Suite struct `A made-up population` {
  @Test func `has the faults that it lists and no others, by a recount of its files`() throws {
    let run = try Self.tool("generate-population", "--self-test", limit: 240)
    #expect(run.exit == 0, "\(run.output) \(run.errors)")
    #expect(run.output.hasSuffix(" populations: as planted\n"), "\(run.output)")
  }

  @Test func `is taken whole by the imports, by submit and by record, and its faults are found`()
    throws
  {
    let folder = try TemporaryFolder()
    let made = folder.path("made")
    let run = try Self.tool(
      "generate-population", "--devices", "2000", "--seed", "3", "--out", made, "--faults",
      folder.path("faults.csv"))
    try #require(run.exit == 0, "\(run.errors)")
    let script = try folder.text("made/load.sh")
    #expect(run.output.hasSuffix(script), "what is printed is what is written")
    let loading = Self.commands(of: script)
    #expect(loading.count == 10, "\(script)")
    for arguments in loading {
      let run = try SMILedger.shell(
        "cd \"$2\" && shift 2 && exec \"$PROGRAM\" \"$@\" --ledger ledger", [made] + arguments,
        environment: ["PROGRAM": SMILedger.binary], limit: 240)
      #expect(run.exit == 0, "\(arguments): \(run.output) \(run.errors)")
      guard arguments[0] == "record" else { continue }
      #expect(run.errors.hasSuffix(" recorded\n"), "\(run.errors)")
      for word in ["DIVERGED", "not taken", "command failed"] {
        #expect(!run.output.contains(word), "\(run.output)")
      }
    }
    let reconcile = try #require(Self.all(of: script).last { $0[0] == "reconcile" })
    let found = try SMILedger.run(
      reconcile.prefix { $0 != ">" } + ["--ledger", made + "/ledger"], limit: 240)
    try #require(found.exit == 0, "\(found.errors)")
    let compared = try Self.tool(
      "reconcile-check", folder.path("faults.csv"), try folder.write("found.csv", found.output))
    #expect(compared.exit == 0, "\(compared.output) \(compared.errors)")
    let verified = try SMILedger.run(["verify", "--ledger", made + "/ledger"], limit: 120)
    #expect(verified.exit == 0, "\(verified.output) \(verified.errors)")
  }

  @Test(arguments: [
    ["--devices", "5"], ["--devices", "2000"], ["--faults", "f.csv"],
    ["--devices", "2000", "--faults", "f.csv", "--fault-rate", "1"],
  ])
  func `is not made of arguments that make no sense`(_ arguments: [String]) throws {
    let run = try Self.tool(arguments: ["generate-population"] + arguments)
    #expect(run.exit == 2 && run.output.isEmpty && !run.errors.isEmpty, "\(run.output)")
  }

  private static let faults = """
    rule,device_id,others,field,planted,because,certain
    mpxnTwice,5E-ED-00-00-00-00-00-01,5E-ED-00-00-00-00-00-02,,one on two,F1,yes
    registrationKind,5E-ED-00-00-00-00-00-02,,exportMPAN,one on two,F1,also

    """

  @Test(arguments: [
    ("D1,mpxnTwice,5E-ED-00-00-00-00-00-01,5E-ED-00-00-00-00-00-02,", 0, ""),
    ("D1,mpxnTwice,5E-ED-00-00-00-00-00-01,5E-ED-00-00-00-00-00-03,", 1, "false   D1"),
    ("D1,mpxnFuel,5E-ED-00-00-00-00-00-01,5E-ED-00-00-00-00-00-02,", 1, "missed  F1"),
    ("D1,registrationKind,5E-ED-00-00-00-00-00-02,,importMPxN", 1, "false   D1"),
  ])
  func `is compared by rule, devices and field`(
    _ row: String, _ exit: Int32, _ said: String
  ) throws {
    let folder = try TemporaryFolder()
    let found = try folder.write("found.csv", "id,rule,device,others,field\n\(row)\n")
    let run = try Self.tool(
      "reconcile-check", try folder.write("faults.csv", Self.faults), found)
    #expect(run.exit == exit, "\(run.output) \(run.errors)")
    #expect(said.isEmpty || run.output.contains("\n\(said)  "), "\(run.output)")
  }

  @Test func `is not compared with a file of other columns`() throws {
    let folder = try TemporaryFolder()
    let faults = try folder.write("faults.csv", Self.faults)
    let run = try Self.tool(
      "reconcile-check", faults, try folder.write("found.csv", "id,rule,device\n"))
    #expect(run.exit == 2 && run.errors.contains("there is no others"), "\(run.errors)")
  }

  /// The commands of `load.sh` that fill a ledger from what is read by it.
  private static func commands(of script: String) -> [[String]] {
    all(of: script).filter { $0[0] != "reconcile" }
  }

  private static func all(of script: String) -> [[String]] {
    script.split(separator: "\n").filter { $0.hasPrefix("\"$program\" ") }
      .map { $0.split(separator: " ").dropFirst().map(String.init) }
  }

  private static func tool(_ arguments: String..., limit: Double = 60) throws -> Run {
    try tool(arguments: arguments, limit: limit)
  }

  private static func tool(arguments: [String], limit: Double = 60) throws -> Run {
    try SMILedger.shell(
      "shift; exec python3 \"$@\"",
      ["\(Package.root)/tools/\(arguments[0])"] + arguments.dropFirst(), limit: limit)
  }
}
