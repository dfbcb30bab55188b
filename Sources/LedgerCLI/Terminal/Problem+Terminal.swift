import Answers
import ArgumentParser
import Foundation
import Wire

extension ValidationError: WithProblem {
  package var problem: Problem { Problem("usage", 64, message) }
}

extension Problem {
  /// Prints the sentence, or one JSON line with the keys of an API problem, and ends the program.
  package func report(asJSON: Bool) -> Never {
    say(asJSON: asJSON)
    Foundation.exit(exit)
  }

  /// Prints the sentence, or one JSON line with the keys of an API problem.
  package func say(asJSON: Bool) {
    if asJSON {
      let found = errors.prefix(1000).map { error in
        JSON.pairs([
          "line": .of(error.line), "column": .of(error.column), "place": .of(error.place),
          "expected": .string(error.expected), "found": .string(error.found),
          "message": .string(error.message),
        ])
      }
      var members: [(key: String, value: JSON)] = [
        ("type", .string(kind)), ("exit", .integer(Int(exit))), ("detail", .string(sentence)),
      ]
      if !errors.isEmpty {
        members += [("total", .integer(total)), ("errors", .array(Array(found)))]
      }
      Output.error(JSON.object(members).line)
    } else {
      Output.error(sentence)
    }
  }
}
