/// Something that a verification found: what was expected, what was found, and what it means.
public struct VerificationProblem: Hashable, Sendable {
  /// The event it concerns; `nil` when it concerns none in particular.
  public let position: Int?
  /// The finding, as a sentence.
  public let what: String
}

extension VerificationProblem: CustomStringConvertible {
  /// The finding with its position.
  public var description: String { position.map { "position \($0): \(what)" } ?? what }
}

/// Collects problems; of a ledger that is broken all over, only the first thousand.
struct Problems {
  private(set) var list: [VerificationProblem] = []
  private(set) var dropped = 0

  mutating func add(_ position: Int?, _ what: String) {
    if list.count < 1000 {
      list.append(VerificationProblem(position: position, what: what))
    } else {
      dropped += 1
    }
  }

  mutating func add(_ others: Problems) {
    for problem in others.list { add(problem.position, problem.what) }
    dropped += others.dropped
  }

  /// Puts them in the order of their positions, those of one position as they were found.
  mutating func sort() {
    let sorted = list.enumerated().sorted {
      ($0.element.position ?? 0, $0.offset) < ($1.element.position ?? 0, $1.offset)
    }
    list = sorted.map(\.element)
  }

  var all: [VerificationProblem] {
    dropped == 0
      ? list
      : list + [VerificationProblem(position: nil, what: "and \(dropped) more like these")]
  }
}
