import EventLog
import Foundation

/// Appends events of the file, alone in batches or by many callers at once.
enum AppendBench {
  static func run(
    events path: String, folder: String, batch: Int, seconds: Double, limit: Int, callers: Int
  ) throws -> [(String, Answer)] {
    let log = try BenchLog.openOrCreate(folder)
    let before = try log.head().position
    // Position 1 is the opening of the log, so event 0 of the file has position 2.
    let first = before - 1
    let end = limit > 0 ? first + limit : Int.max
    let file = try EventFile(path: path, first: first, upTo: end)
    let allowed = seconds > 0 ? seconds : .infinity
    let outcomes =
      callers == 1
      ? [try alone(log, file, batch: batch, seconds: allowed, head: before)]
      : try together(log, file, seconds: allowed, callers: callers, head: before)
    return try answer(outcomes, stored: log.head().position - before)
  }

  /// What one caller did.
  struct Outcome: Sendable {
    var events = 0
    var errors = 0
    var firstError: String?
    var latencies = Latencies()
    var took = Duration.zero
  }

  /// One caller; requests are made ready a few thousand events ahead, outside the time that counts.
  private static func alone(
    _ log: EventLog, _ file: EventFile, batch: Int, seconds: Double, head: Int
  ) throws -> Outcome {
    var outcome = Outcome()
    var head = head
    let clock = ContinuousClock()
    var rest = file.entries[...]
    var isBegun = false
    while rest.count >= batch, outcome.took.seconds < seconds {
      var ready: [BenchLog.Ready] = []
      while rest.count >= batch, ready.count < max(1, 5_000 / batch) {
        ready.append(try BenchLog.ready(rest.prefix(batch), of: file))
        rest = rest.dropFirst(batch)
      }
      if !isBegun { sayAppending() }
      isBegun = true
      for one in ready where outcome.took.seconds < seconds {
        let request = one.request(after: head)
        let started = clock.now
        let appended = try log.append(request)
        let took = clock.now - started
        head = appended.positions.upperBound
        outcome.latencies.add(took)
        outcome.took += took
        outcome.events += batch
      }
    }
    return outcome
  }

  private static func together(
    _ log: EventLog, _ file: EventFile, seconds: Double, callers: Int, head: Int
  ) throws -> [Outcome] {
    var shares = [[BenchLog.Ready]](repeating: [], count: callers)
    for (index, entry) in file.entries.enumerated() {
      let ready = try BenchLog.ready(file.entries[index...index], of: file)
      shares[Int(entry.correction) % callers].append(ready)
    }
    sayAppending()
    return Callers.run(shares, on: log, seconds: seconds, head: head)
  }

  /// Whoever wants to kill this process in the middle of appending waits for this.
  private static func sayAppending() {
    FileHandle.standardError.write(Data("appending\n".utf8))
  }

  private static func answer(_ outcomes: [Outcome], stored: Int) -> [(String, Answer)] {
    let total = outcomes.reduce(0) { $0 + $1.events }
    precondition(stored == total, "acknowledged \(total) events, found \(stored)")
    let took = outcomes.map(\.took.seconds).max() ?? 0
    var all = Latencies()
    for outcome in outcomes { all.add(outcome.latencies) }
    let error = outcomes.compactMap(\.firstError).first.map { [("error", Answer.text($0))] } ?? []
    return [
      ("events", .count(total)), ("seconds", .number(took)),
      ("rate", .number(took > 0 ? Double(total) / took : 0)),
      ("errors", .count(outcomes.reduce(0) { $0 + $1.errors })),
      ("fewest", .count(outcomes.map(\.events).min() ?? 0)),
      ("most", .count(outcomes.map(\.events).max() ?? 0)),
    ] + error + all.answer
  }
}
