public import Corrections
internal import Crypto
internal import EventLog
internal import Foundation

/// A report then and now, and what moved it.
public struct ComparedReport: Sendable {
  /// As it was known at an earlier position.
  public let then: Reported
  /// As it is known now.
  public let now: Reported
  /// The corrections that are counted otherwise now, in the order of their numbers.
  public let moved: [Moved]

  /// A correction that is counted otherwise, with what was recorded of it between.
  public struct Moved: Sendable {
    /// The correction.
    public let correction: CorrectionID
    /// What was recorded of it, or of one of its events, after the earlier position, in order.
    public let events: [Recorded]
  }
}

extension Ledger {
  /// Records that a report was published: its position, the root there, and a digest of its JSON.
  ///
  /// The same report again is published again. Durable on return; gives back the position.
  ///
  /// - Throws: ``LogError`` when the log can't be read or written.
  public func publish(
    _ reported: Reported, json: [UInt8], form: Int, by user: User, via: Via
  ) throws -> Int {
    let period = reported.report.period
    let event = ReportPublished(
      from: period.first, to: period.last, filter: reported.report.filter,
      rule: ResolutionReport.rule, position: reported.position, root: reported.root, form: form,
      digest: Data(SHA256.hash(data: json)).base64EncodedString())
    let actor = Corrections.Actor(user: user.id, party: user.party, role: nil, via: via)
    return try append([.reportPublished(event)], [], by: actor, at: now())
  }

  /// The publications of a period's report that stand, in order.
  public func publications(
    of period: ReportPeriod, _ filter: ReportFilter = ReportFilter()
  ) throws -> [(recorded: Recorded, report: ReportPublished)] {
    try standing(Tag.reports).compactMap { recorded in
      guard case .reportPublished(let event) = recorded.event, event.period == period,
        event.filter == filter
      else { return nil }
      return (recorded, event)
    }
  }

  /// Counts a period as it was known at a position and as it is known now, and finds what moved it; with a
  /// moment, each of what was true by it.
  ///
  /// - Throws: ``NotKnownYet`` for a position that isn't there, or ``LogError``.
  public func compare(
    _ period: ReportPeriod, of filter: ReportFilter = ReportFilter(), with position: Int,
    effectiveAt moment: Instant? = nil
  ) throws -> ComparedReport {
    let then = try report(
      period, of: filter, knownAt: position, effectiveAt: moment, months: 12)
    let now = try report(period, of: filter, effectiveAt: moment, months: 12)
    let before = Dictionary(uniqueKeysWithValues: then.report.cases.map { ($0.id, $0) })
    let after = Dictionary(uniqueKeysWithValues: now.report.cases.map { ($0.id, $0) })
    let ids = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    return ComparedReport(
      then: then, now: now,
      moved: try ids.sorted().map { id in
        ComparedReport.Moved(
          correction: id,
          events: try timeline(Tag.correction(id)).effective(at: moment)
            .filter { $0.position > position })
      })
  }
}
