import EventLog

/// Proofs over a log: how large they are, and how long each takes.
enum ProofBench {
  /// Of events and of earlier sizes in random order, the tree being that of the whole log.
  static func run(folder: String, count: Int) throws -> [(String, Answer)] {
    let log = try EventLog.open(
      at: folder, access: .readOnly, configuration: BenchLog.configuration)
    let size = try log.head().position
    let inclusion = try measure(count, upTo: size) { try log.inclusionProof(of: $0, in: size) }
    let consistency = try measure(count, upTo: size) {
      try log.consistencyProof(from: $0, to: size)
    }
    func named(_ kind: String, _ answer: [(String, Answer)]) -> [(String, Answer)] {
      answer.map { ("\(kind)_\($0.0)", $0.1) }
    }
    return [("events", .count(size))] + named("inclusion", inclusion)
      + named("consistency", consistency)
  }

  private static func measure<Hash>(
    _ count: Int, upTo size: Int, _ prove: (Int) throws -> [Hash]
  ) throws -> [(String, Answer)] {
    var random: UInt64 = 42
    var latencies = Latencies()
    var longest = 0
    let clock = ContinuousClock()
    for _ in 0..<count {
      random = mix(random)
      let before = clock.now
      let path = try prove(1 + Int(random % UInt64(size)))
      latencies.add(clock.now - before)
      longest = max(longest, path.count)
    }
    return latencies.answer + [("bytes", .count(longest * 32))]
  }
}
