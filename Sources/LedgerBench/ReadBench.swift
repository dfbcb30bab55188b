import CanonicalJSON
import EventLog

/// Reads a log: all of it, timelines, from a cold start, and to verify it.
enum ReadBench {
  /// All records in order, once as bytes and once as values.
  static func catchUp(folder: String) throws -> [(String, Answer)] {
    let log = try open(folder)
    var seen: UInt8 = 0
    let raw = try everyRecord(of: log) { seen ^= $0.last ?? 0 }
    var members = 0
    let decoded = try everyRecord(of: log) { record in
      members += try Value(reading: record).object?.members.count ?? 0
    }
    return [
      ("events", .count(raw.count)), ("seconds", .number(raw.seconds)),
      ("rate", .number(Double(raw.count) / raw.seconds)), ("seen", .count(Int(seen))),
      ("decoded_events", .count(decoded.count)), ("decoded_seconds", .number(decoded.seconds)),
      ("decoded_rate", .number(Double(decoded.count) / decoded.seconds)),
      ("members", .count(members)),
    ]
  }

  private static func everyRecord(
    of log: EventLog, _ look: ([UInt8]) throws -> Void
  ) throws -> (count: Int, seconds: Double) {
    let clock = ContinuousClock()
    let before = clock.now
    var count = 0
    try log.forEachEvent(from: 1) { event in
      try look(event.record)
      count += 1
    }
    return (count, (clock.now - before).seconds)
  }

  /// Timelines of corrections that have all their five events, in random order.
  static func timelines(
    events path: String, folder: String, count: Int
  ) throws -> [(String, Answer)] {
    let log = try open(folder)
    let file = try EventFile(path: path, upTo: log.head().position - 1)
    let whole = file.entries.filter { $0.number == 5 && $0.isWhole }.map(\.correction)
    precondition(!whole.isEmpty, "no correction is complete")
    var random: UInt64 = 42
    var latencies = Latencies()
    var wrong = 0
    var first: Duration?
    let clock = ContinuousClock()
    for _ in 0..<count {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let tag = EventFile.correctionTag(whole[Int(random >> 33) % whole.count])
      let before = clock.now
      let timeline = try log.timeline(tag)
      let took = clock.now - before
      first = first ?? took
      latencies.add(took)
      wrong += timeline.count == 5 ? 0 : 1
    }
    let firstTook = (first?.seconds ?? 0) * 1e3
    return [("wrong", .count(wrong)), ("first_ms", .number(firstTook))] + latencies.answer
  }

  /// From nothing to a log that answers.
  static func open(folder: String) throws -> [(String, Answer)] {
    let clock = ContinuousClock()
    let before = clock.now
    let log = try BenchLog.openOrCreate(folder)
    let head = try log.head().position
    let took = clock.now - before
    return [("open_ms", .number(took.seconds * 1e3)), ("head", .count(head))]
  }

  /// Re-hashes and re-reads everything.
  static func verify(folder: String) throws -> [(String, Answer)] {
    let log = try open(folder)
    let events = try log.head().position
    let clock = ContinuousClock()
    let before = clock.now
    let problems = try log.verifyContent()
    let took = (clock.now - before).seconds
    precondition(problems.isEmpty, "verification found: \(problems.map(\.description).prefix(3))")
    return [
      ("events", .count(events)), ("seconds", .number(took)),
      ("rate", .number(Double(events) / took)), ("peak_bytes", .count(Machine.peakMemory)),
    ]
  }

  /// Writes the part of the tag index that lags behind the records.
  static func settle(folder: String) throws -> [(String, Answer)] {
    let log = try BenchLog.openOrCreate(folder)
    try log.indexAll()
    return [("head", .count(try log.head().position))]
  }

  private static func open(_ folder: String) throws -> EventLog {
    try EventLog.open(at: folder, access: .readOnly, configuration: BenchLog.configuration)
  }
}
