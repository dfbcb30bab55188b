import Answers
import Corrections
import Foundation
package import HTTPTypes
package import Ledger
import Wire

/// One request, as its handler sees it: on a thread that may block, with who asks and what they may.
package struct Call: Sendable {
  package let head: HTTPRequest
  package let route: Route
  /// What the path names, by the names of the route.
  package let names: [String: String]
  package let query: Query
  package let body: [UInt8]
  /// Who asks; nil where no token is needed.
  package let principal: Principal?
  package let server: Shared

  package var ledger: Ledger { server.ledger }
  var pairs: [(name: String, value: String)] { query.pairs }

  /// Who asks; routes that need no token never ask.
  package var who: Principal {
    get throws {
      guard let principal else { throw WebProblem.unauthorised }
      return principal
    }
  }

  /// What they may here.
  package var right: Right {
    principal.map { Rights.of($0.role, to: route.operation) } ?? .all
  }

  /// A header.
  package func header(_ name: HTTPField.Name) -> String? { head.headerFields[name] }

  /// What a segment of the path names.
  package func name<Value>(_ name: String, _ read: (String) -> Value?) throws -> Value {
    guard let text = names[name], let value = read(text) else { throw WebProblem.notFound }
    return value
  }
}

/// The parameters after the question mark.
package struct Query: Sendable {
  private var values: [String: String] = [:]
  /// All of them in the order in which they came.
  private(set) var pairs: [(name: String, value: String)] = []

  /// Reads them; one that a route does not have, or that is there twice, is said.
  init(_ text: Substring, allowed: [String]) throws {
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Query.decoded(parts[0]),
        let value = Query.decoded(parts.count > 1 ? parts[1] : "")
      else {
        throw WebProblem(.usage, "the query: expected percent-encoded UTF-8; found something else")
      }
      guard allowed.contains(name) else {
        let near = Nearest.of(name, among: allowed).map { "; did you mean \($0)?" } ?? "."
        throw WebProblem(
          .usage,
          "there is no parameter \(Shown.typed(name))\(near) Parameters: "
            + (allowed.isEmpty ? "none" : allowed.joined(separator: ", ")))
      }
      guard values.updateValue(value, forKey: name) == nil else {
        throw WebProblem(.usage, "\(name): expected once; found it twice")
      }
      pairs.append((name, value))
    }
  }

  static func decoded(_ text: Substring) -> String? {
    text.replacing("+", with: " ").removingPercentEncoding
  }

  package subscript(_ name: String) -> String? { values[name] }

  /// A value in a form.
  package func value<Value>(
    _ name: String, _ expected: String, _ read: (String) -> Value?
  ) throws -> Value? {
    guard let text = values[name] else { return nil }
    guard let value = read(text) else {
      throw WebProblem(.usage, "\(name): expected \(expected); found \(Shown.typed(text))")
    }
    return value
  }

  /// The same where a form sends what was left open as an empty text.
  package func filled<Value>(
    _ name: String, _ expected: String, _ read: (String) -> Value?
  ) throws -> Value? {
    values[name] == "" ? nil : try value(name, expected, read)
  }

  /// One of the names that a type has; nil where none was chosen.
  package func one<Value: RawRepresentable & CaseIterable>(
    _ name: String, of type: Value.Type, or more: String...
  ) throws -> Value? where Value.RawValue == String {
    guard let text = values[name], !more.contains(text) else { return nil }
    let all = (Value.allCases.map(\.rawValue) + more).joined(separator: ", ")
    return try filled(name, "one of \(all)") { Value(rawValue: $0) }
  }

  /// A whole number in bounds.
  package func number(_ name: String, in bounds: ClosedRange<Int>) throws -> Int? {
    try value(name, "\(bounds.lowerBound) to \(bounds.upperBound)") { text in
      Int(text).flatMap { bounds.contains($0) ? $0 : nil }
    }
  }

  /// Yes or no.
  package func flag(_ name: String) throws -> Bool {
    try value(name, "true or false") { ["true": true, "false": false][$0] } ?? false
  }
}
