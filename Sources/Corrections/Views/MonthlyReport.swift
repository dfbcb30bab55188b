/// Resolution times of one calendar month, as SECAS reports them: a pure fold over corrections.
///
/// Rule `resolvedInMonth`: times are those of the corrections resolved in the month, from opening to
/// resolution; open ones are counted as still running, never dropped. Months are Europe/London
/// months by effective time.
public struct MonthlyReport: Sendable {
  public let month: Month
  public let calendar: WorkingCalendar
  public let policy: Int
  public let opened: Int
  public let resolved: Int
  public let confirmed: Int
  public let rejected: Int
  public let withdrawn: Int
  /// Open at the month's end, or at the moment of the report while the month runs.
  public let stillOpen: Int
  public let elapsed: Spread?
  public let working: Spread?
  public let workingExcludingRequester: Spread?
  public let handovers: (total: Int, max: Int)
  public let byCode: [String: Int]
  public let byRoute: [String: Int]
  public let byParty: [String: Int]
  public let byDeviceType: [String: Int]
  public let byFuel: [String: Int]
  /// Time of each holder over the corrections resolved in the month.
  public let byHolder: [Holder: ClockTime]
  /// Open corrections by age in working days.
  public let ageBands: [(band: String, count: Int)]

  /// The rule by which a correction counts for a month, as it is printed.
  public static let rule = "resolvedInMonth"

  /// The middle, the 90th percentile (nearest rank) and the largest, in milliseconds.
  public struct Spread: Hashable, Sendable {
    public let n: Int
    public let median: Int64
    public let p90: Int64
    public let max: Int64

    init?(_ values: [Int64]) {
      guard let median = Percentile.median(of: values),
        let p90 = Percentile.nearestRank(90, of: values), let max = values.max()
      else { return nil }
      n = values.count
      self.median = median
      self.p90 = p90
      self.max = max
    }
  }

  /// One correction, as far as a month's figures need it.
  public struct Case: Hashable, Sendable {
    public let deviceType: DeviceType
    public let requester: String
    public let firstCode: String?
    public let state: Correction.State
    public let openedAt: Instant
    public let resolutions: [Correction.Resolution]
    public let closedAt: Instant?
    public let turns: [Turn]

    public init(
      deviceType: DeviceType, requester: String, firstCode: String?,
      state: Correction.State, openedAt: Instant, resolutions: [Correction.Resolution],
      closedAt: Instant?, turns: [Turn]
    ) {
      self.deviceType = deviceType
      self.requester = requester
      self.firstCode = firstCode
      self.state = state
      self.openedAt = openedAt
      self.resolutions = resolutions
      self.closedAt = closedAt
      self.turns = turns
    }

    /// Whether it was waiting for its fix at a moment.
    func isOpen(at moment: Instant) -> Bool {
      openedAt <= moment && !resolutions.contains { $0.stands(at: moment) }
        && closedAt.map { $0 > moment } ?? true
    }
  }

  /// Counts the corrections that were opened, ended or open in the month, as of a moment.
  public init(_ month: Month, cases: [Case], clock: ClockPolicy, asOf now: Instant) {
    self.month = month
    calendar = clock.calendar
    policy = clock.version
    func inMonth(_ moment: Instant?) -> Bool {
      moment.map { month.start <= $0 && $0 < month.end } ?? false
    }
    let moment = min(month.end.advanced(byMilliseconds: -1), now)
    // What was reopened within the month is not resolved in it; what was reopened later is, so that
    // an earlier month's figures stay.
    let resolvedCases = cases.compactMap { item in
      item.resolutions.last { inMonth($0.at) && $0.stands(at: moment) }.map { (item, $0) }
    }
    let clocks = resolvedCases.map { item, resolution in
      HolderClock(item.turns, at: resolution.at, calendar: clock.calendar)
    }
    let open = cases.filter { $0.isOpen(at: moment) }
    opened = cases.count { inMonth($0.openedAt) }
    resolved = resolvedCases.count
    confirmed = cases.count { $0.resolutions.contains { inMonth($0.confirmedAt) } }
    rejected = cases.count { $0.state == .rejected && inMonth($0.closedAt) }
    withdrawn = cases.count { $0.state == .withdrawn && inMonth($0.closedAt) }
    stillOpen = open.count
    elapsed = Spread(clocks.map(\.total.elapsedMilliseconds))
    working = Spread(clocks.map(\.total.workingMilliseconds))
    workingExcludingRequester = Spread(
      clocks.map(\.totalExcludingRequester.workingMilliseconds))
    handovers = (
      resolvedCases.reduce(0) { $0 + $1.1.handovers },
      resolvedCases.map(\.1.handovers).max() ?? 0
    )
    func count(_ key: (Case) -> String) -> [String: Int] {
      resolvedCases.reduce(into: [:]) { $0[key($1.0), default: 0] += 1 }
    }
    byCode = count { $0.firstCode ?? "none" }
    byRoute = resolvedCases.reduce(into: [:]) {
      $0[$1.1.route?.rawValue ?? "none", default: 0] += 1
    }
    byParty = count(\.requester)
    byDeviceType = count(\.deviceType.rawValue)
    byFuel = count { $0.deviceType.fuel?.rawValue ?? "neither" }
    byHolder = clocks.reduce(into: [:]) { sums, clock in
      for (holder, time) in clock.byHolder where time != .zero { sums[holder, default: .zero] += time }
    }
    let ages = open.map { clock.ageInWorkingDays(openedAt: $0.openedAt, at: moment) }
    ageBands = MonthlyReport.bands.map { band in
      (band.name, ages.count { band.days.contains($0) })
    }
  }

  private static let bands: [(name: String, days: ClosedRange<Int>)] = [
    ("0–5", 0...5), ("6–10", 6...10), ("11–20", 11...20), ("21–60", 21...60),
    ("over 60", 61...Int.max),
  ]
}
