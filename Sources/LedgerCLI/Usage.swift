import Answers
import ArgumentParser
import Foundation
import Wire

/// A command typed otherwise than it is, as one sentence with where its help stands.
struct Usage {
  private let error: any Error
  private let arguments: [String]

  init(_ error: any Error, _ arguments: [String]) {
    self.error = error
    self.arguments = arguments
  }

  /// Whether the answer was to be JSON, as far as the arguments say.
  var wantsJSON: Bool {
    arguments.contains("--format=json")
      || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
  }

  var sentence: String {
    let (path, unknown) = command
    let said = unknown ?? found
    return said + (said.hasSuffix("?") ? "" : ".") + " See \(path) --help"
  }

  /// The command that was meant, and a sentence about the word after it when there is no such one.
  private var command: (path: String, unknown: String?) {
    var command: any ParsableCommand.Type = SMILedger.self
    var path = command._commandName
    for argument in arguments {
      let names = command.configuration.subcommands.map { $0._commandName }
      guard !names.isEmpty, !argument.hasPrefix("-"), argument != "help" else { break }
      guard let index = names.firstIndex(of: argument) else {
        let near = Nearest.of(argument, among: names).map { "; did you mean \($0)?" } ?? "."
        return (
          path,
          "there is no command \(Shown.typed(argument))\(near) Commands: "
            + names.joined(separator: ", ")
        )
      }
      command = command.configuration.subcommands[index]
      path += " " + command._commandName
    }
    return (path, nil)
  }

  /// What the parser says, with what was expected taken from the option's own help.
  private var found: String {
    let message = SMILedger.message(for: error)
    if let match = message.firstMatch(
      of:
        /^The value '(.*)' is invalid for '([^' ]+)[^']*'(?:: (.*))?(?:\. Please provide one of(.*))?$/
        .dotMatchesNewlines())
    {
      let name = String(match.2)
      let all = match.4.map { Usage.list(String($0)) }
      let expected =
        all.map { "one of " + $0 } ?? Usage.forms[name] ?? help(of: name) ?? "another value"
      let near = all.flatMap {
        Nearest.of(String(match.1), among: $0.components(separatedBy: ", "))
      }
      return "\(name): expected \(expected); found \(Shown.typed(match.1))"
        + (near.map { "; did you mean \($0)?" } ?? "")
    }
    if let match = message.firstMatch(of: /^Missing expected argument '([^' ]+)[^']*'$/) {
      let name = String(match.1)
      return "\(name): expected \(help(of: name) ?? "a value"); found none"
    }
    // Whatever else the parser says, it quotes what was typed.
    let line = arguments.reduce(message) { $0.replacing("'\($1)'", with: "'\(Shown.typed($1))'") }
      .split(separator: "\n").joined(separator: " ")
    return line.hasSuffix(".") ? String(line.dropLast()) : line
  }

  /// What some options take, where their help says what it is for.
  private static let forms = [
    "--device": "an EUI-64 such as 00-DB-12-34-56-78-90-A0",
    "--request": "a RequestID: originator:target:counter",
    "--into": "a correction such as COR-000118",
  ]

  /// `A, B, C` from the parser's own way to list values.
  private static func list(_ text: String) -> String {
    text.replacing("the following:", with: "").replacing("' and '", with: "', '")
      .replacing("'", with: "").replacing(" or ", with: ", ")
      .replacing(",", with: " ").split(whereSeparator: { " \n".contains($0) })
      .filter { $0 != "-" }.joined(separator: ", ")
      .trimmingCharacters(in: CharacterSet(charactersIn: "."))
  }

  /// What an option's help says that it takes.
  private func help(of name: String) -> String? {
    let start = "Help:  \(name)"
    guard
      let line = SMILedger.fullMessage(for: error).split(separator: "\n")
        .first(where: { $0.hasPrefix(start) }),
      let gap = line.dropFirst(start.count).range(of: "  ")
    else { return nil }
    let text = line[gap.upperBound...].trimmingCharacters(in: CharacterSet(charactersIn: " ."))
    let isWord = !(text.dropFirst().first?.isUppercase ?? true)
    return text.isEmpty ? nil : isWord ? text.prefix(1).lowercased() + text.dropFirst() : text
  }
}
