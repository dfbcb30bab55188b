import Corrections
import EventLog
import Foundation
import Ledger
import Wire

/// Rebuilds all views of a ledger from its events.
enum RebuildBench {
  /// Makes a ledger of that many events in an absent folder.
  static func fill(folder: String, count: Int) throws -> [(String, Answer)] {
    let ledger = try Ledger.create(at: folder, mode: .authority, origin: "bench.invalid/ledger")
    let first = try ledger.log.head().position + 1
    var history = LedgerHistory(seed: 7, firstPosition: first, count: count)
    var took = Duration.zero
    var bytes = 0
    let clock = ContinuousClock()
    for start in stride(from: 0, to: count, by: 1000) {
      let drafts = (start..<min(start + 1000, count)).map { _ in
        let next = history.next()
        let stored = StoredForm.encode(next.event)
        return Draft(
          type: stored.type, version: stored.version, effectiveAt: next.effectiveAt,
          actor: BenchLog.actor, body: stored.body)
      }
      let before = clock.now
      let appended = try ledger.log.append(AppendRequest { _ in drafts })
      took += clock.now - before
      bytes += try ledger.log.event(at: appended.positions.upperBound)?.record.count ?? 0
    }
    let head = try ledger.log.head().position
    precondition(head == first + count - 1, "expected \(first + count - 1) events, found \(head)")
    return [
      ("events", .count(count)), ("seconds", .number(took.seconds)),
      ("rate", .number(Double(count) / took.seconds)),
      ("record_bytes_sampled", .number(Double(bytes) / Double((count + 999) / 1000))),
    ]
  }

  /// Throws the views away and makes them anew.
  ///
  /// With none in place the rebuild has nothing to compare, so that its time is that of building.
  static func run(folder: String) throws -> [(String, Answer)] {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasPrefix("views") {
      try FileManager.default.removeItem(atPath: folder + "/" + name)
    }
    let ledger = try Ledger.open(at: folder)
    let clock = ContinuousClock()
    let before = clock.now
    let rebuilt = try ledger.rebuildViews()
    let took = (clock.now - before).seconds
    let size = try FileManager.default.attributesOfItem(
      atPath: folder + "/views-\(rebuilt.generation).sqlite")
    return [
      ("events", .count(rebuilt.events)), ("seconds", .number(took)),
      ("rate", .number(Double(rebuilt.events) / took)),
      ("view_bytes", .count((size[.size] as? Int) ?? 0)),
    ]
  }
}
