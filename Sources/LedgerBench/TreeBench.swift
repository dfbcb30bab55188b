import CanonicalJSON
import EventLog
import Foundation

/// Logs of made-up events: what the tree costs an append, and what sealing costs.
enum TreeBench {
  /// Appends so many events, in batches, with the tree or without it.
  static func grow(
    folder: String, count: Int, batch: Int, hasTree: Bool
  ) throws -> [(String, Answer)] {
    var configuration = BenchLog.configuration
    configuration.unsafeWithoutTree = !hasTree
    let first = Draft(
      type: "LedgerOpened", actor: BenchLog.actor, body: .object(["format": 1]))
    let log = try EventLog.create(at: folder, configuration: configuration, first: first)
    let clock = ContinuousClock()
    var took = Duration.zero
    var done = 0
    while done < count {
      // Made outside the time that counts, some at once.
      let drafts = (0..<min(20_000, count - done)).map { draft(done + $0) }
      let began = clock.now
      for start in stride(from: 0, to: drafts.count, by: batch) {
        let some = Array(drafts[start..<min(start + batch, drafts.count)])
        _ = try log.append(AppendRequest { _ in some })
      }
      took += clock.now - began
      done += drafts.count
    }
    return [
      ("events", .count(count)), ("seconds", .number(took.seconds)),
      ("rate", .number(Double(count) / took.seconds)),
    ]
  }

  /// Five events of each correction, spread among five thousand that are open at a time.
  private static func draft(_ index: Int) -> Draft {
    let round = index / 25_000
    let correction = round * 5_000 + index % 5_000
    let device = mix(UInt64(correction)) % 1_000_000
    let words = String(repeating: "held and wanted ", count: 4 + Int(mix(UInt64(index)) % 24))
    return Draft(
      type: "CorrectionNoted", actor: BenchLog.actor, cause: index >= 1 ? index : nil,
      body: .object([
        "correction": .string("COR-\(1_000_000 + correction)"), "device": .string("D\(device)"),
        "mpxn": .string("T\(mix(device) % 2_000_000)"), "party": .string("P\(correction % 40)"),
        "words": .string(words),
      ]))
  }

  /// Seals a whole log, then what came last, and proves timelines of corrections, in random order.
  static func seal(folder: String, count: Int) throws -> [(String, Answer)] {
    let log = try EventLog.open(
      at: folder, access: .readOnly, configuration: BenchLog.configuration)
    let head = try log.head().position
    let late = max(1, head - 1_000)
    let clock = ContinuousClock()
    return try log.withSeal(anew: true) { seal in
      var began = clock.now
      _ = try seal.advance(to: late)
      let first = (clock.now - began).seconds
      began = clock.now
      let root = try seal.advance(to: head)
      let next = (clock.now - began).seconds
      var random: UInt64 = 42
      var latencies = Latencies()
      var longest = 0
      for _ in 0..<count {
        random = mix(random)
        let tag = "correction:COR-\(1_000_000 + Int(random % UInt64(max(1, head / 5))))"
        let before = clock.now
        let proof = try seal.proof(of: tag)
        latencies.add(clock.now - before)
        longest = max(longest, proof?.siblings.count ?? 0)
      }
      let size = try FileManager.default.attributesOfItem(atPath: folder + "/seal.sqlite")[.size]
      return [
        ("events", .count(late)), ("seconds", .number(first)),
        ("rate", .number(Double(late) / first)), ("tags", .count(root.tags)),
        ("next_events", .count(head - late)), ("next_ms", .number(next * 1e3)),
        ("bytes", .count(longest * 32)), ("file_bytes", .count(size as? Int ?? 0)),
        ("peak_bytes", .count(Machine.peakMemory)),
      ] + latencies.answer
    }
  }
}

enum Machine {
  /// The most memory that this process has held so far, in bytes.
  static var peakMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
  }
}
