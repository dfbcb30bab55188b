/// Resolution times of a period, as SECAS reports them: a pure fold over corrections.
///
/// Rule `resolvedInMonth`: times are those of the corrections resolved in the period, from opening
/// to resolution; open ones are counted as still running, never dropped. Months are Europe/London
/// months by effective time.
public struct ResolutionReport: Sendable {
  /// What is counted.
  public let period: ReportPeriod
  /// Which corrections are counted.
  public let filter: ReportFilter
  /// Every correction that was looked at: opened, ended or open in the period.
  public let cases: [ReportCase]
  /// The name of the calendar by which working days are counted, or of each with its last day.
  ///
  /// It covers all days that were counted: the period, and the days before it on which a correction
  /// of its figures was open.
  public let calendar: String
  /// The version of the policy by which ages are counted.
  public let policy: Int
  /// Corrections opened in the period.
  public let opened: Int
  /// Corrections resolved in the period and not reopened within it, in the order of their numbers.
  public let resolved: [Resolved]
  /// Corrections with a resolution that was confirmed in the period.
  public let confirmed: Int
  /// Corrections that the DCC rejected in the period.
  public let rejected: Int
  /// Corrections that were withdrawn in the period.
  public let withdrawn: Int
  /// How often each thing happened that is counted by itself.
  public let steps: [ReportCase.Step.What: Int]
  /// Open at the period's end, or at the moment of the report while it runs; the oldest first.
  public let running: [Running]
  /// Wall time from opening to resolution; nil when nothing was resolved.
  public let elapsed: Spread?
  /// The part of it on working days.
  public let working: Spread?
  /// The part of that which was not the requester's turn.
  public let workingExcludingRequester: Spread?
  /// Changes of owner up to the resolution, over the corrections resolved in the period.
  public let handovers: (total: Int, max: Int)
  /// Of the resolved corrections that have a target, how many met it; whether each of those targets is
  /// verified.
  public let withinTarget: (n: Int, of: Int, isVerified: Bool)
  /// Time of each holder over the corrections resolved in the period.
  public let byHolder: [Holder: ClockTime]
  /// Open corrections by age in working days.
  public let ageBands: [(band: String, count: Int)]

  /// The rule by which a correction counts for a month, as it is printed.
  public static let rule = "resolvedInMonth"

  /// How few cases are marked as few: below it a percentile is not told.
  public static let few = 10

  /// A correction that was resolved in the period.
  public struct Resolved: Sendable {
    /// The correction.
    public let item: ReportCase
    /// How it was resolved, and when.
    public let resolution: Correction.Resolution
    /// How long each holder had it.
    public let clock: HolderClock
  }

  /// A correction that was still open.
  public struct Running: Sendable {
    /// The correction.
    public let item: ReportCase
    /// Who had it.
    public let holder: Holder
    /// Whole working days since it was opened.
    public let age: Int
  }

  /// Counts the corrections that were opened, ended or open in the period, as of a moment.
  public init(
    _ period: ReportPeriod, cases all: [ReportCase], clock: ClockPolicy, asOf now: Instant,
    filter: ReportFilter = ReportFilter()
  ) {
    self.period = period
    self.filter = filter
    let cases = filter.isEmpty ? all : all.filter { filter.takes($0, in: period) }
    self.cases = cases
    policy = clock.version
    let moment = min(period.end.advanced(byMilliseconds: -1), now)
    // What was reopened within the period is not resolved in it; what was reopened later is, so that
    // an earlier month's figures stay.
    let resolved = cases.compactMap { item in
      item.resolutions.last { period.contains($0.at) && $0.stands(at: moment) }.map {
        Resolved(
          item: item, resolution: $0,
          clock: HolderClock(item.turns, at: $0.at, calendars: clock.calendars))
      }
    }
    self.resolved = resolved
    let open = cases.filter { $0.isOpen(at: moment) }
    running = open.map {
      Running(
        item: $0, holder: $0.holder(at: moment),
        age: clock.ageInWorkingDays(openedAt: $0.openedAt, at: moment))
    }.sorted { ($0.item.openedAt, $0.item.id) < ($1.item.openedAt, $1.item.id) }
    let openings = resolved.map(\.item.openedAt) + open.map(\.openedAt)
    calendar = clock.calendars.name(
      from: min(period.start, openings.min() ?? period.start), to: moment)
    opened = cases.count { period.contains($0.openedAt) }
    confirmed = cases.count { $0.resolutions.contains { period.contains($0.confirmedAt) } }
    rejected = cases.count { $0.state == .rejected && period.contains($0.closedAt) }
    withdrawn = cases.count { $0.state == .withdrawn && period.contains($0.closedAt) }
    steps = cases.reduce(into: [:]) { counts, item in
      for step in item.steps where period.contains(step.at) { counts[step.what, default: 0] += 1 }
    }
    let totals = resolved.map(\.clock.total)
    elapsed = Spread(totals.map(\.elapsedMilliseconds))
    working = Spread(totals.map(\.workingMilliseconds))
    workingExcludingRequester = Spread(
      resolved.map(\.clock.totalExcludingRequester.workingMilliseconds))
    handovers = (
      resolved.reduce(0) { $0 + $1.resolution.handovers },
      resolved.map(\.resolution.handovers).max() ?? 0
    )
    let targeted = resolved.compactMap { one in one.item.target.map { (one.resolution.at, $0) } }
    withinTarget = (
      targeted.count { at, target in at <= target.dueAt }, targeted.count,
      targeted.allSatisfy { $0.1.isVerified }
    )
    byHolder = resolved.reduce(into: [:]) { sums, one in
      for (holder, time) in one.clock.byHolder where time != .zero {
        sums[holder, default: .zero] += time
      }
    }
    let ages = running.map(\.age)
    ageBands = ResolutionReport.bands.map { band in
      (band.name, ages.count { band.days.contains($0) })
    }
  }

  private static let bands: [(name: String, days: ClosedRange<Int>)] = [
    ("0–5", 0...5), ("6–10", 6...10), ("11–20", 11...20), ("21–60", 21...60),
    ("over 60", 61...Int.max),
  ]
}
