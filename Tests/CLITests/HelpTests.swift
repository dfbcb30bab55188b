import Foundation
import Testing

/// Every command by its words.
let allCommands: [[String]] =
  [
    [], ["init"], ["import"], ["submit"], ["check"], ["record"], ["explain"], ["correction"],
    ["device"], ["compare"],
  ]
  + [["timeline"], ["report"], ["verify"], ["rebuild"], ["doctor"], ["backup"], ["restore"]]
  + [["serve"], ["token"], ["token", "create"], ["token", "list"], ["token", "revoke"]]
  + ["show", "history"].map { ["device", $0] }
  + ["device", "correction"].map { ["compare", $0] }
  + [
    "open", "show", "list", "advise", "consent", "refuse", "assign", "propose", "approve",
    "decline", "apply", "verify", "resolve", "confirm", "reopen", "reject", "withdraw", "note",
  ].map { ["correction", $0] }

@Suite struct `--help` {
  @Test(arguments: allCommands)
  func `fits eighty columns, with three examples that are not broken`(_ command: [String]) throws {
    let run = try SMILedger.run(command + ["--help"])
    #expect(run.exit == 0 && run.errors.isEmpty)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    for line in lines { #expect(line.count <= 80, "\(line)") }
    let start = try #require(lines.firstIndex { $0.hasPrefix("Examples") })
    let examples = lines[(start + 1)...].prefix { $0.hasPrefix("  smi-ledger ") }
    #expect(examples.count == 3, "\(examples)")
    let name = (["  smi-ledger"] + command).joined(separator: " ")
    for example in examples { #expect(example.hasPrefix(name), "\(example)") }
    #expect(!lines[start..<(start + 5)].contains { $0.hasPrefix("--") })
    let isLeaf = !["", "correction", "device", "compare", "token"].contains(
      command.joined(separator: " "))
    #expect(!isLeaf || run.output.contains("\nExit codes: 0"), "\(run.output)")
    #expect(!isLeaf || run.output.contains("\nSee also: smi-ledger "), "\(run.output)")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `has its completion for each shell, which that shell reads`(_ shell: String) throws {
    let folder = try TemporaryFolder()
    let run = try SMILedger.run(["--generate-completion-script", shell])
    #expect(run.exit == 0 && run.errors.isEmpty)
    for word in ["correction", "awaitingConsent", "E080415", "importMPxN", "json"] {
      #expect(run.output.contains(word), "\(word)")
    }
    let script = try folder.write("completion", run.output)
    let read = try SMILedger.shell(
      "if command -v \(shell) >/dev/null; then \(shell) -n \"$2\"; else echo none; fi", [script])
    if read.output == "none\n" { print("skipped: reading completions, since there is no \(shell)") }
    #expect(read.exit == 0 && read.errors.isEmpty, "\(read.errors)")
  }
}
