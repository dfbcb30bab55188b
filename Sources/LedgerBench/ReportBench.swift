import Corrections
import EventLog
import Foundation
import Ledger
import Synchronization
import Wire

/// A month's report of a ledger that holds many corrections.
enum ReportBench {
  /// Makes a ledger of made-up corrections in an absent folder, with its views.
  static func fill(
    folder: String, corrections: Int, days: Int, seed: UInt64
  ) throws -> [(String, Answer)] {
    let now = Moment()
    let ledger = try Ledger.create(
      at: folder, mode: .observer, origin: "bench.invalid/ledger", clock: { now.value })
    var months = RandomMonths(seed: seed, corrections: corrections, days: days) { event in
      let stored = StoredForm.encode(event)
      return try EventShape.tags(
        type: stored.type, version: stored.version, body: stored.body)
    }
    let began = ContinuousClock.now
    var position = try ledger.log.lastPosition()
    var drafts: [Draft] = []
    func flush(through position: Int) throws {
      guard !drafts.isEmpty else { return }
      let ready = drafts
      let appended = try ledger.log.append(AppendRequest { _ in ready })
      precondition(appended.positions.upperBound == position)
      drafts.removeAll(keepingCapacity: true)
    }
    for day in 0..<days {
      try months.day(day, position) { act in
        // An append takes a thousand events at most.
        if drafts.count + act.events.count > 1000 { try flush(through: position) }
        now.value = max(now.value, act.recordedAt)
        for event in act.events {
          let stored = StoredForm.encode(event)
          drafts.append(
            Draft(
              type: stored.type, version: stored.version, effectiveAt: act.effectiveAt.milliseconds,
              actor: BenchLog.actor(of: act.actor.party, via: act.actor.via.stored),
              body: stored.body))
        }
        position += act.events.count
        return position
      }
      try flush(through: position)
    }
    try ledger.log.indexAll()
    let filled = (ContinuousClock.now - began).seconds
    _ = try ledger.catchUpViews()
    return [
      ("events", .count(position)), ("seconds", .number(filled)),
      ("rate", .number(Double(position) / filled)),
      ("view_seconds", .number((ContinuousClock.now - began).seconds - filled)),
    ]
  }

  /// Counts a month's report, the views being there; what memory it took at most stands beside it.
  static func run(folder: String, _ month: Month) throws -> [(String, Answer)] {
    let ledger = try Ledger.open(at: folder, access: .readOnly)
    _ = try ledger.catchUpViews()
    let before = Machine.peakMemory
    let clock = ContinuousClock()
    let began = clock.now
    let reported = try ledger.report(ReportPeriod(month), months: 12)
    let took = (clock.now - began).seconds
    return [
      ("seconds", .number(took)), ("cases", .count(reported.report.cases.count)),
      ("resolved", .count(reported.report.resolved.count)),
      ("open", .count(reported.report.running.count)), ("position", .count(reported.position)),
      ("peak_bytes", .count(Machine.peakMemory)), ("peak_bytes_before", .count(before)),
    ]
  }

  private final class Moment: Sendable {
    private let moment = Mutex(Instant(milliseconds: 1_609_459_200_000))
    var value: Instant {
      get { moment.withLock { $0 } }
      set { moment.withLock { $0 = newValue } }
    }
  }
}
