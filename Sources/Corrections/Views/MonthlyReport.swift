/// Resolution times of one calendar month, as SECAS reports them: a pure fold over corrections.
///
/// Rule `resolvedInMonth`: times are those of the corrections resolved in the month, from opening
/// to resolution; open ones are counted as still running, never dropped. Months are Europe/London
/// months by effective time.
public struct MonthlyReport: Sendable {
  /// The month that is counted.
  public let month: Month
  /// The name of the calendar by which working days are counted, or of each with its last day.
  ///
  /// It covers all days that were counted: the month, and the days before it on which a correction
  /// of its figures was open.
  public let calendar: String
  /// The version of the policy by which ages are counted.
  public let policy: Int
  /// Corrections opened in the month.
  public let opened: Int
  /// Corrections resolved in the month and not reopened within it.
  public let resolved: Int
  /// Corrections with a resolution that was confirmed in the month.
  public let confirmed: Int
  /// Corrections that the DCC rejected in the month.
  public let rejected: Int
  /// Corrections that were withdrawn in the month.
  public let withdrawn: Int
  /// Open at the month's end, or at the moment of the report while the month runs.
  public let stillOpen: Int
  /// Wall time from opening to resolution; nil when nothing was resolved.
  public let elapsed: Spread?
  /// The part of it on working days.
  public let working: Spread?
  /// The part of that which was not the requester's turn.
  public let workingExcludingRequester: Spread?
  /// Changes of owner up to the resolution, over the corrections resolved in the month.
  public let handovers: (total: Int, max: Int)
  /// Resolved corrections by the code first refused with; `none` where no request was.
  public let byCode: [String: Int]
  /// Resolved corrections by the route that led there; `none` where none was advised.
  public let byRoute: [String: Int]
  /// Resolved corrections by the party that asked.
  public let byParty: [String: Int]
  /// Resolved corrections by device type.
  public let byDeviceType: [String: Int]
  /// Resolved corrections by fuel; `neither` where the device type names none.
  public let byFuel: [String: Int]
  /// Time of each holder over the corrections resolved in the month.
  public let byHolder: [Holder: ClockTime]
  /// Open corrections by age in working days.
  public let ageBands: [(band: String, count: Int)]

  /// The rule by which a correction counts for a month, as it is printed.
  public static let rule = "resolvedInMonth"

  /// The middle, the 90th percentile (nearest rank) and the largest, in milliseconds.
  public struct Spread: Hashable, Sendable {
    /// How many values there are; never 0.
    public let n: Int
    /// The middle value.
    public let median: Int64
    /// The 90th percentile: always one of the values.
    public let p90: Int64
    /// The largest value.
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
    /// The type that the device had when it was opened.
    public let deviceType: DeviceType?
    /// The party that asked first.
    public let requester: String
    /// The code first refused with.
    public let firstCode: String?
    /// Where it stands now.
    public let state: Correction.State
    /// When it was opened, by effective time.
    public let openedAt: Instant
    /// Every time that it was resolved, in order.
    public let resolutions: [Correction.Resolution]
    /// When it ended without a fix.
    public let closedAt: Instant?
    /// Every turn, in order.
    public let turns: [Turn]

    /// Makes a case from a correction, or from the rows of a view.
    public init(
      deviceType: DeviceType?, requester: String, firstCode: String?,
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
      HolderClock(item.turns, at: resolution.at, calendars: clock.calendars)
    }
    let open = cases.filter { $0.isOpen(at: moment) }
    let openings = resolvedCases.map(\.0.openedAt) + open.map(\.openedAt)
    calendar = clock.calendars.name(
      from: min(month.start, openings.min() ?? month.start), to: moment)
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
    byDeviceType = count { $0.deviceType?.rawValue ?? "none" }
    byFuel = count { $0.deviceType?.fuel?.rawValue ?? "neither" }
    byHolder = clocks.reduce(into: [:]) { sums, clock in
      for (holder, time) in clock.byHolder where time != .zero {
        sums[holder, default: .zero] += time
      }
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
