import Testing

@testable import Corrections

/// April 2026, worked out with a calendar and a pencil.
///
/// Good Friday is the 3rd, Easter Monday the 6th, and the clocks went forward on 29 March. Its working
/// days are 1, 2, 7 to 10, 13 to 17, 20 to 24 and 27 to 30.
@Suite struct `A month worked out by hand` {
  private static func at(_ day: String, _ hour: Int = 0) -> Instant { local("2026-\(day)", hour) }

  private static func turn(_ holder: Holder, _ from: String, _ to: String) -> Turn {
    Turn(holder: holder, from: at(from), to: at(to))
  }

  private static func target(_ day: String, verified: Bool = true) -> (Instant, Bool) {
    (at(day), verified)
  }

  /// A resolved one, all the time the DCC's unless its turns are given.
  private static func resolved(
    _ number: Int, _ opened: Instant, _ at: Instant, _ code: String? = nil, _ route: Route? = nil,
    by party: String = "SUPB", type: DeviceType? = .esme, two: Bool = false,
    origin: ReportCase.Origin = .ledger, bundled: Bool = false, handovers: Int = 0,
    confirmed: Instant? = nil, reopened: Instant? = nil, target: (Instant, Bool)? = nil,
    turns: [Turn]? = nil, earlier: [Correction.Resolution] = [], steps: [ReportCase.Step] = []
  ) -> ReportCase {
    ReportCase(
      id: CorrectionID(number: number), deviceType: type, requester: party, firstCode: code,
      route: route, target: target.map { ReportCase.Target(dueAt: $0.0, isVerified: $0.1) },
      isTwoSupplier: two,
      origin: origin, isBundled: bundled, state: reopened == nil ? .resolved : .open,
      holder: .requester, openedAt: opened,
      resolutions: earlier + [
        Correction.Resolution(
          at: at, route: route, handovers: handovers, confirmedAt: confirmed, reopenedAt: reopened)
      ], closedAt: nil,
      turns: (turns ?? [Turn(holder: .dcc, from: opened, to: at)]) + [
        Turn(holder: .requester, party: party, from: at, to: nil)
      ], steps: steps)
  }

  private static func other(
    _ number: Int, _ state: Correction.State, _ opened: Instant, closed: Instant? = nil,
    resolutions: [Correction.Resolution] = [], origin: ReportCase.Origin = .ledger,
    steps: [ReportCase.Step] = []
  ) -> ReportCase {
    ReportCase(
      id: CorrectionID(number: number), deviceType: .esme, requester: "SUPA", firstCode: nil,
      route: nil, origin: origin, state: state, holder: closed == nil ? .dcc : .nobody,
      openedAt: opened, resolutions: resolutions, closedAt: closed,
      turns: [Turn(holder: .dcc, from: opened, to: closed)]
        + (closed.map { [Turn(holder: .nobody, from: $0, to: nil)] } ?? []), steps: steps)
  }

  private static func ended(_ at: String, reopened: String? = nil, confirmed: String? = nil)
    -> Correction.Resolution
  {
    Correction.Resolution(
      at: self.at(at), route: nil, handovers: 0, confirmedAt: confirmed.map { self.at($0) },
      reopenedAt: reopened.map { self.at($0) })
  }

  /// Fourteen that April counts as resolved: hours, and working days.
  private static let resolvedInApril: [ReportCase] = [
    // 24 h, 1
    resolved(
      1, at("04-01"), at("04-02"), "E080410", .selfServe, by: "SUPA", confirmed: at("04-08"),
      target: target("04-08")),
    // 48 h, 2: Wednesday the requester's
    resolved(
      2, at("04-01"), at("04-03"), "E080410", .selfServe, by: "SUPA",
      turns: [turn(.requester, "04-01", "04-02"), turn(.dcc, "04-02", "04-03")]),
    // 120 h, 1: Thursday, and Easter
    resolved(3, at("04-02"), at("04-07"), "E080410", .selfServe, by: "SUPA"),
    // 120 h, 1: half of Thursday and half of Tuesday
    resolved(4, at("04-02", 12), at("04-07", 12), "E080410", .selfServe, by: "SUPA"),
    // 96 h, 0: nothing but Easter
    resolved(5, at("04-03"), at("04-07"), "E080410", .selfServe, by: "SUPA"),
    // 96 h, 4: late by a day
    resolved(
      6, at("04-07"), at("04-11"), "E080415", .twoSupplier, by: "SUPA", two: true,
      target: target("04-10")),
    // 168 h, 5: three days the counterparty's
    resolved(
      7, at("04-07"), at("04-14"), "E080415", .twoSupplier, by: "SUPA", two: true, handovers: 1,
      turns: [turn(.counterparty, "04-07", "04-10"), turn(.dcc, "04-10", "04-14")],
      steps: [.init(.joined, at: at("04-08")), .init(.joined, at: at("04-09"))]),
    // 168 h, 5
    resolved(8, at("04-13"), at("04-20"), "E080415", .twoSupplier, by: "SUPA", two: true),
    // 336 h, 10: the second week the DSP's; on the day of its target
    resolved(
      9, at("04-13"), at("04-27"), nil, .manual, type: .gsme,
      target: target("04-27", verified: false),
      turns: [turn(.dcc, "04-13", "04-20"), turn(.dsp, "04-20", "04-27")]),
    // 30 days but an hour: 719 h, 22
    resolved(
      10, at("03-02"), at("04-01"), nil, .manual, origin: .oldTicket, handovers: 3),
    // 119 h, 3: two halves and two days
    resolved(
      11, at("03-27", 12), at("04-01", 12), type: nil, origin: .oldTicket, bundled: true),
    // 12 h, half a day
    resolved(12, at("04-30"), at("04-30", 12)),
    // 144 h, 4: resolved on the 9th, opened again on the 10th; a day the requester's
    resolved(
      13, at("04-08"), at("04-14"),
      turns: [
        turn(.dcc, "04-08", "04-09"), turn(.requester, "04-09", "04-10"),
        turn(.dcc, "04-10", "04-14"),
      ], earlier: [ended("04-09", reopened: "04-10")],
      steps: [.init(.reopened, at: at("04-10"))]),
    // 24 h, 1: opened again in May, which changes nothing of April
    resolved(
      14, at("04-14"), at("04-15"), type: .chf, reopened: at("05-04"),
      steps: [.init(.reopened, at: at("05-04")), .init(.joined, at: at("05-05"))]),
  ]

  /// What April counts otherwise, or not at all.
  private static let others: [ReportCase] = [
    // Resolved in April and opened again in it: open.
    other(
      15, .open, at("04-14"), resolutions: [ended("04-16", reopened: "04-20")],
      steps: [.init(.reopened, at: at("04-20"))]),
    // Resolved in March, confirmed in April.
    other(16, .confirmed, at("03-20"), resolutions: [ended("03-31", confirmed: "04-02")]),
    // Resolved in March, opened again in April: open.
    other(
      17, .open, at("03-25"), resolutions: [ended("03-30", reopened: "04-07")],
      steps: [.init(.reopened, at: at("04-07"))]),
    other(18, .open, at("04-30", 16)), other(19, .awaitingFix, at("04-01", 9)),
    other(20, .escalated, at("01-05"), steps: [.init(.escalated, at: at("04-02"))]),
    other(21, .open, at("04-20"), origin: .oldTicket),
    other(22, .rejected, at("04-08"), closed: at("04-09")),
    other(23, .withdrawn, at("04-09"), closed: at("04-10")),
    other(
      24, .merged, at("04-10"), closed: at("04-13"), steps: [.init(.merged, at: at("04-13"))]),
    other(25, .rejected, at("03-08"), closed: at("03-09")), other(26, .open, at("05-01", 9)),
    other(27, .withdrawn, at("03-02"), closed: local("2026-03-31", 23, 59, 59)),
    other(28, .rejected, at("03-02"), closed: at("05-01")),
  ]

  private let april: ResolutionReport

  init() throws {
    april = ResolutionReport(
      ReportPeriod(try #require(Month("2026-04"))), cases: Self.resolvedInApril + Self.others,
      clock: .standard, asOf: local("2026-06-01"))
  }

  private let hour: Int64 = 3_600_000
  private let day: Int64 = 86_400_000

  @Test func `counts what happened`() {
    #expect(april.resolved.map(\.item.id.number) == Array(1...14))
    #expect(april.opened == 19, "1 to 9, 12 to 15, 18, 19, 21 to 24")
    #expect(april.confirmed == 2, "1 and 16")
    #expect(april.rejected == 1 && april.withdrawn == 1)
    #expect(april.steps == [.joined: 2, .reopened: 3, .merged: 1, .escalated: 1])
    #expect(april.running.map(\.item.id.number) == [20, 28, 17, 19, 15, 21, 18], "oldest first")
    #expect(april.handovers == (4, 3))
    #expect(april.bundled == 1)
  }

  @Test func `measures how long it took`() {
    #expect(april.elapsed?.n == 14)
    // The 7th and 8th of 14 are 119 and 120 h; the 13th is the 90th percentile.
    #expect(april.elapsed?.median == 119 * hour + hour / 2)
    #expect(april.elapsed?.p90 == 336 * hour)
    #expect(april.elapsed?.max == 719 * hour)
    #expect(april.working?.median == 2 * day + day / 2)
    #expect(april.working?.p90 == 10 * day)
    #expect(april.working?.max == 22 * day)
    #expect(april.workingExcludingRequester?.median == 2 * day)
    #expect(april.workingExcludingRequester?.p90 == 10 * day)
    #expect(april.withinTarget == (2, 3, false), "1 and 9 of 1, 6 and 9")
  }

  @Test func `says where the time went, to the whole`() {
    let days = april.byHolder.mapValues { Double($0.workingMilliseconds) / Double(day) }
    #expect(days == [.requester: 2, .counterparty: 3, .dsp: 5, .dcc: 49.5])
    let elapsed = april.byHolder.values.reduce(0) { $0 + $1.elapsedMilliseconds }
    #expect(elapsed == 2_194 * hour, "the sum of the fourteen")
  }

  @Test func `tells groups apart`() {
    func counts(_ grouping: ResolutionReport.Grouping) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: april.groups(grouping).map { ($0.name, $0.working.n) })
    }
    #expect(counts(.byCode) == ["E080410": 5, "E080415": 3, "none": 6])
    #expect(counts(.byRoute) == ["selfServe": 5, "twoSupplier": 3, "manual": 2, "none": 4])
    #expect(counts(.byParty) == ["SUPA": 8, "SUPB": 6])
    #expect(counts(.byDeviceType) == ["ESME": 11, "GSME": 1, "CHF": 1, "none": 1])
    #expect(counts(.byFuel) == ["electricity": 11, "gas": 1, "neither": 2])
    #expect(counts(.byTwoSupplier) == ["yes": 3, "no": 11])
    #expect(counts(.byOrigin) == ["ledger": 12, "oldTicket": 2])
    let codes = april.groups(.byCode)
    #expect(codes[0].working.median == day && codes[0].working.max == 2 * day, "0, 1, 1, 1, 2")
    #expect(codes[1].working.median == 5 * day && codes[1].working.isFew, "4, 5, 5")
  }

  @Test func `shows what is open as running, by age`() {
    // 18; 21; 15 and 19; 17 and 28; 20. Number 28 is rejected in May and was open in April.
    #expect(april.ageBands.map(\.count) == [1, 1, 2, 2, 1])
    #expect(april.running.first?.holder == .dcc)
  }

  @Test func `counts a party, a type or a route alone`() throws {
    func report(_ filter: ReportFilter) throws -> ResolutionReport {
      ResolutionReport(
        ReportPeriod(try #require(Month("2026-04"))), cases: Self.resolvedInApril + Self.others,
        clock: .standard, asOf: local("2026-06-01"), filter: filter)
    }
    #expect(try report(ReportFilter(party: "SUPB")).resolved.count == 6)
    #expect(try report(ReportFilter(deviceType: .gsme)).resolved.map(\.item.id.number) == [9])
    #expect(try report(ReportFilter(route: .manual)).resolved.map(\.item.id.number) == [9, 10])
    let none = try report(ReportFilter(party: "SUPB", route: .twoSupplier))
    #expect(none.resolved.isEmpty && none.working == nil && none.withinTarget.of == 0)
  }

  @Test func `from one day to another counts those days`() throws {
    func report(_ first: String, _ last: String) throws -> ResolutionReport {
      let days = try (
        #require(CivilDate("2026-\(first)")), #require(CivilDate("2026-\(last)"))
      )
      return ResolutionReport(
        try #require(ReportPeriod(from: days.0, to: days.1)),
        cases: Self.resolvedInApril + Self.others, clock: .standard, asOf: local("2026-06-01"))
    }
    #expect(try report("04-07", "04-14").resolved.map(\.item.id.number) == [3, 4, 5, 6, 7, 13])
    #expect(try report("04-07", "04-14").period.month == nil)
    let whole = try report("04-01", "04-30")
    #expect(whole.period == april.period && whole.period.month?.description == "2026-04")
    #expect(whole.working == april.working && whole.opened == april.opened)
    #expect(try report("03-01", "04-30").resolved.count == 15, "and 16, resolved on 31 March")
  }
}
