import Answers
import ArgumentParser
import Corrections
import Wire

/// The answers to one file or more, said as they come; what is wrong with one stops no other.
struct RequestAnswers {
  /// What became of one file.
  struct One {
    /// A word for the sum at the end, such as `accepted`.
    let outcome: String
    /// Whether that is what the exit code calls success.
    let isGood: Bool
    let json: [(key: String, value: JSON)]
    let text: String
    /// What went wrong after the request itself was recorded and answered.
    var afterwards: Problem?
  }

  private let globals: Globals
  private let count: Int
  private var json: [JSON] = []
  private var worst: Int32 = 0
  private var outcomes: [(word: String, count: Int)] = []

  init(_ globals: Globals, _ count: Int) {
    self.globals = globals
    self.count = count
  }

  /// Answers one file; what is wrong with it is said, and the others go on.
  mutating func take(_ file: String, _ body: () throws -> One) {
    do {
      let one = try body()
      if !one.isGood { worst = max(worst, 1) }
      if globals.format != .json { say(one.text, of: file) }
      json.append(.object((count > 1 ? [("file", .string(file))] : []) + one.json))
      add(one.outcome)
      if let problem = one.afterwards {
        worst = max(worst, problem.exit)
        (count > 1 ? problem.naming(file) : problem).say(asJSON: globals.format == .json)
      }
    } catch {
      let problem = Problem(error)
      guard count > 1, [1, 65, 66].contains(problem.exit) else {
        if count > 1, !json.isEmpty { sumUp() }
        problem.report(asJSON: globals.format == .json)
      }
      worst = max(worst, problem.exit)
      problem.naming(file).say(asJSON: globals.format == .json)
      json.append(
        .pairs([
          "file": .string(file), "error": .string(problem.kind),
          "detail": .string(problem.sentence),
        ]))
      add("not taken")
    }
  }

  private func say(_ text: String, of file: String) {
    if count > 1 {
      if !outcomes.isEmpty { Output.say("") }
      Output.say(Shown.visible(file))
    }
    Output.say(text)
  }

  private mutating func add(_ word: String) {
    if let index = outcomes.firstIndex(where: { $0.word == word }) {
      outcomes[index].count += 1
    } else {
      outcomes.append((word, 1))
    }
  }

  func finish() throws {
    sumUp()
    if worst != 0 { throw ExitCode(worst) }
  }

  private func sumUp() {
    if globals.format == .json {
      Output.put(count == 1 ? json[0].text : JSON.array(json).text)
    } else if count > 1 {
      Output.footer(
        "\(Wording.count(outcomes.map(\.count).reduce(0, +), "file")): "
          + outcomes.map { "\(Wording.grouped($0.count)) \($0.word)" }.joined(separator: ", "))
    }
  }
}

extension RequestAnswers.One {
  /// What became of a request.
  init(
    _ judgement: Judgement?, json: [(key: String, value: JSON)], text: String,
    afterwards: Problem? = nil
  ) {
    let accepted = judgement.map(\.accepted) ?? true
    let word =
      switch accepted {
      case true?: judgement == nil ? "not judged" : "accepted"
      case false?: "refused"
      case nil: "unknown"
      }
    self.init(
      outcome: word, isGood: accepted == true, json: json, text: text, afterwards: afterwards)
  }
}
