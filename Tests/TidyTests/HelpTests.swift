import Foundation
import Testing

/// The commands as the program describes them.
struct HelpTree: Sendable {
  struct Command: Sendable {
    let path: [String]
    let discussion: String
    /// Names with their hyphens; `isRequired` when the command does not run without.
    let options: [(name: String, isRequired: Bool)]
    let isLeaf: Bool
  }

  let all: [Command]

  static func load() throws -> HelpTree {
    let run = try Program.smiLedger(["--experimental-dump-help"])
    try #require(run.exit == 0)
    let document = try JSONDecoder().decode(Document.self, from: Data(run.output.utf8))
    var all: [Command] = []
    func walk(_ node: Document.Node, _ path: [String]) {
      let here = path + [node.commandName]
      guard here.count == 1 || node.commandName != "help" else { return }
      let options = (node.arguments ?? []).compactMap { argument in
        argument.preferredName.map { (name: "--" + $0.name, isRequired: !argument.isOptional) }
      }
      all.append(
        Command(
          path: here, discussion: node.discussion ?? "", options: options,
          isLeaf: node.subcommands?.isEmpty ?? true))
      for child in node.subcommands ?? [] { walk(child, here) }
    }
    walk(document.command, [])
    return HelpTree(all: all)
  }

  private struct Document: Decodable {
    let command: Node

    struct Node: Decodable {
      let commandName: String
      let discussion: String?
      let subcommands: [Node]?
      let arguments: [Argument]?
    }

    struct Argument: Decodable {
      struct Name: Decodable { let name: String }
      let isOptional: Bool
      let preferredName: Name?
    }
  }
}

@Suite struct `The help of every command` {
  let tree: HelpTree

  init() throws { tree = try HelpTree.load() }

  /// The lines that show how a command is typed.
  private func examples(_ command: HelpTree.Command) -> [String] {
    command.discussion.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { $0.firstMatch(of: /^(?:[A-Z_]+=\S+ )?smi-ledger( |$)/) != nil }
  }

  @Test func `is printed with exit 0, and opens no ledger`() throws {
    let nowhere = ["SMI_LEDGER": "/nonexistent/ledger"]
    for command in tree.all {
      let words = Array(command.path.dropFirst()) + ["--help"]
      let run = try Program.smiLedger(words, environment: nowhere)
      #expect(run.exit == 0, "\(command.path): \(run.errors)")
      #expect(run.output.contains("USAGE: " + command.path.joined(separator: " ")))
      #expect(run.errors.isEmpty)
    }
  }

  @Test func `has three examples of that very command, and says its exit codes`() throws {
    for command in tree.all {
      let name = command.path.joined(separator: " ")
      let examples = examples(command)
      #expect(examples.count >= 3, "\(name) has \(examples.count) examples")
      if command.isLeaf {
        for example in examples { #expect(example.contains(name), "\(name): \(example)") }
        #expect(command.discussion.contains("Exit codes: 0"), "\(name)")
      }
    }
  }

  @Test func `has examples whose options exist, with all that the command needs`() throws {
    for command in tree.all where command.isLeaf {
      let known = Set(command.options.map(\.name))
      for example in examples(command) {
        let used = example.matches(of: /--[a-z-]+/).map { String($0.0) }
        for option in used { #expect(known.contains(option), "\(option) in: \(example)") }
        for option in command.options where option.isRequired {
          #expect(used.contains(option.name), "\(option.name) is missing from: \(example)")
        }
      }
    }
  }

  @Test func `is offered where a command is cut short`() throws {
    let run = try Program.smiLedger(["correction", "show"])
    #expect(run.exit == 64)
    #expect(run.errors.contains("smi-ledger correction show --help"))
  }
}

@Suite struct `Completion of the shells` {
  @Test(arguments: ["bash", "zsh", "fish"])
  func `is written without a ledger, and never asks the program`(_ shell: String) throws {
    let folder = try Program.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let ledger = folder.appendingPathComponent("ledger").path
    let run = try Program.smiLedger(
      ["--generate-completion-script", shell], environment: ["SMI_LEDGER": ledger])
    #expect(run.exit == 0)
    #expect(run.errors.isEmpty)
    for word in ["correction", "history", "awaitingConsent", "E080415", "importMPxN", "json"] {
      #expect(run.output.contains(word), "\(word) is not completed")
    }
    #expect(!run.output.contains("---completion"), "it runs the program to complete a word")
    #expect(!FileManager.default.fileExists(atPath: ledger))
    // The shell itself reads it, where it is there.
    if Program.has(shell) {
      let read = try Program.run("/usr/bin/env", [shell, "-n"], input: run.output)
      #expect(read.exit == 0, "\(shell): \(read.errors)")
    }
  }
}
