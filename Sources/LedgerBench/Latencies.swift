/// How long operations took, in order of length.
struct Latencies {
  private var milliseconds: [Double] = []

  mutating func add(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    milliseconds.append(Double(seconds) * 1e3 + Double(attoseconds) / 1e15)
  }

  mutating func add(_ others: Latencies) { milliseconds += others.milliseconds }

  /// Count, median, 99th percentile (nearest rank) and longest.
  var answer: [(String, Answer)] {
    let sorted = milliseconds.sorted()
    func rank(_ thousandths: Int) -> Answer {
      guard !sorted.isEmpty else { return .number(0) }
      return .number(sorted[max(1, (sorted.count * thousandths + 999) / 1000) - 1])
    }
    return [
      ("operations", .count(sorted.count)), ("p50_ms", rank(500)), ("p99_ms", rank(990)),
      ("max_ms", rank(1000)),
    ]
  }
}

/// One value of the line of JSON that a measurement prints.
enum Answer {
  case count(Int)
  case number(Double)
  case text(String)

  static func line(_ members: [(String, Answer)]) -> String {
    let written = members.map { name, answer in
      switch answer {
      case .count(let count): "\"\(name)\":\(count)"
      case .number(let number): "\"\(name)\":\(number)"
      case .text(let text):
        "\"\(name)\":\"\(String(text.map { "\"\\\n".contains($0) ? " " : $0 }))\""
      }
    }
    return "{" + written.joined(separator: ",") + "}"
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
