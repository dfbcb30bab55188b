import Testing

@testable import Corrections

@Suite struct `The monthly report` {
  private func item(
    opened: Instant, resolved: Instant? = nil, confirmed: Instant? = nil, closed: Instant? = nil,
    state: Correction.State, type: DeviceType = .esme, by requester: String = "SUPA",
    code: String? = "E080410", route: Route? = .twoSupplier, handovers: Int = 0,
    reopened: Instant? = nil, turns: [Turn]? = nil
  ) -> ReportCase {
    ReportCase(
      id: CorrectionID(number: 1), deviceType: type, requester: requester, firstCode: code,
      route: route, state: state, holder: .dcc,
      openedAt: opened,
      resolutions: resolved.map {
        [
          Correction.Resolution(
            at: $0, route: route, handovers: handovers, confirmedAt: confirmed,
            reopenedAt: reopened)
        ]
      } ?? [], closedAt: closed,
      turns: turns
        ?? [
          Turn(holder: .dcc, from: opened, to: resolved ?? closed),
          (resolved ?? closed).map {
            Turn(
              holder: resolved == nil ? .nobody : .requester, party: requester, from: $0, to: nil)
          },
        ].compactMap { $0 })
  }

  private func report(
    _ month: String, _ cases: [ReportCase], clock: ClockPolicy = .standard,
    asOf now: Instant = local("2026-12-01")
  ) throws -> ResolutionReport {
    ResolutionReport(
      ReportPeriod(try #require(Month(month))), cases: cases, clock: clock, asOf: now)
  }

  private func counts(
    _ report: ResolutionReport, _ grouping: ResolutionReport.Grouping
  ) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: report.groups(grouping).map { ($0.name, $0.working.n) })
  }

  private func bands(_ report: ResolutionReport) -> [Int] { report.ageBands.map(\.count) }

  /// July 2026, in summer time.
  ///
  /// Three were resolved in it:
  /// A, Wednesday 1 to Friday 3 at noon: 48 h, 2 working days, all of them with the DCC.
  /// B, Friday 3 to Monday 6 at noon: 72 h, 1 working day, half of it with the requester.
  /// C, Monday 29 June 00:00 to Wednesday 1 July 00:00: 48 h, 2 working days.
  @Test func `agrees with a month worked out by hand`() throws {
    let a = item(
      opened: local("2026-07-01", 12), resolved: local("2026-07-03", 12),
      confirmed: local("2026-07-10"), state: .confirmed, handovers: 2)
    let b = item(
      opened: local("2026-07-03", 12), resolved: local("2026-07-06", 12), state: .resolved,
      type: .gsme, by: "SUPB", code: "E080415", route: .selfServe,
      turns: [
        Turn(
          holder: .requester, party: "SUPB", from: local("2026-07-03", 12),
          to: local("2026-07-04")),
        Turn(holder: .dcc, from: local("2026-07-04"), to: local("2026-07-06", 12)),
        Turn(holder: .requester, party: "SUPB", from: local("2026-07-06", 12), to: nil),
      ])
    let c = item(
      opened: local("2026-06-29"), resolved: local("2026-07-01"), state: .resolved, type: .chf,
      code: nil, route: nil, handovers: 1)
    let running = item(opened: local("2026-07-30", 9), state: .awaitingConsent)
    let old = item(opened: local("2026-03-02", 9), state: .awaitingFix)
    let rejected = item(
      opened: local("2026-07-02"), closed: local("2026-07-08"), state: .rejected)
    let withdrawn = item(
      opened: local("2026-06-02"), closed: local("2026-07-08"), state: .withdrawn)
    let before = item(
      opened: local("2026-06-01"), resolved: local("2026-06-30", 23, 59, 59), state: .resolved)
    let after = item(
      opened: local("2026-07-31", 9), resolved: local("2026-08-01"), state: .resolved)
    let july = try report("2026-07", [a, b, c, running, old, rejected, withdrawn, before, after])

    #expect(july.opened == 5, "A, B, the running one, the rejected one and the one resolved later")
    #expect(july.resolved.count == 3)
    #expect(july.confirmed == 1)
    #expect(july.rejected == 1)
    #expect(july.withdrawn == 1)
    #expect(july.running.count == 3, "the running, the old and the one resolved at the month's end")
    let hour: Int64 = 3_600_000
    #expect(july.elapsed?.n == 3)
    #expect(july.elapsed?.median == 48 * hour)
    #expect(july.elapsed?.p90 == 72 * hour)
    #expect(july.elapsed?.max == 72 * hour)
    #expect(july.working?.median == 48 * hour)
    #expect(july.working?.max == 48 * hour)
    #expect(july.workingExcludingRequester?.median == 48 * hour)
    #expect(july.handovers == (3, 2))
    #expect(counts(july, .byCode) == ["E080410": 1, "E080415": 1, "none": 1])
    #expect(counts(july, .byRoute) == ["twoSupplier": 1, "selfServe": 1, "none": 1])
    #expect(counts(july, .byParty) == ["SUPA": 2, "SUPB": 1])
    #expect(counts(july, .byDeviceType) == ["ESME": 1, "GSME": 1, "CHF": 1])
    #expect(counts(july, .byFuel) == ["electricity": 1, "gas": 1, "neither": 1])
    #expect(july.byHolder[.requester]?.workingMilliseconds == 12 * hour)
    #expect(july.byHolder[.dcc]?.workingMilliseconds == (48 + 12 + 48) * hour)
    #expect(july.byHolder[.dcc]?.elapsedMilliseconds == (48 + 60 + 48) * hour)
    // At the end of July: 1 working day (Friday), more than 60, and none for that of the 31st.
    #expect(bands(july) == [2, 0, 0, 0, 1])
    #expect(july.calendar == "England and Wales")
  }

  @Test func `of an empty month has no figures and doesn't fail`() throws {
    let empty = try report("2026-07", [])
    #expect(empty.opened == 0)
    #expect(empty.resolved.count == 0)
    #expect(empty.elapsed == nil)
    #expect(empty.working == nil)
    #expect(empty.handovers == (0, 0))
    #expect(empty.groups(.byCode).isEmpty)
    #expect(empty.byHolder.isEmpty)
    #expect(bands(empty) == [0, 0, 0, 0, 0])
  }

  @Test func `has its edges at local midnight, in summer too`() throws {
    let lastOfJune = utc("2026-06-30T22:59:59.999Z")
    let firstOfJuly = utc("2026-06-30T23:00:00.000Z")
    let lastOfJuly = utc("2026-07-31T22:59:59.999Z")
    let firstOfAugust = utc("2026-07-31T23:00:00.000Z")
    let cases = [lastOfJune, firstOfJuly, lastOfJuly, firstOfAugust].map {
      item(opened: local("2026-06-01"), resolved: $0, state: .resolved)
    }
    #expect(try report("2026-06", cases).resolved.count == 1)
    #expect(try report("2026-07", cases).resolved.count == 2)
    #expect(try report("2026-08", cases).resolved.count == 1)
    let opened = [lastOfJune, firstOfJuly, lastOfJuly, firstOfAugust].map {
      item(opened: $0, state: .open)
    }
    #expect(try report("2026-07", opened).opened == 2)
    #expect(try report("2026-07", opened).running.count == 3)
  }

  @Test func `spans the change of clocks without losing or gaining an hour`() throws {
    let march = try report(
      "2026-03",
      [
        item(
          opened: local("2026-03-27", 18), resolved: local("2026-03-30", 9), state: .resolved)
      ])
    let hour: Int64 = 3_600_000
    #expect(march.elapsed?.max == 62 * hour)
    #expect(march.working?.max == 15 * hour)
  }

  @Test func `counts each day by its own calendar and names all that counted`() throws {
    let history = CalendarHistory([
      (local("2026-01-01"), .englandAndWales), (local("2026-04-06"), .scotland),
    ])
    let clock = try #require(ClockPolicy(version: 1, calendars: history))
    // Thursday 12 h, Good Friday none, Easter Monday 24 h since Scotland works, Tuesday 12 h.
    let resolved = item(
      opened: local("2026-04-02", 12), resolved: local("2026-04-07", 12), state: .resolved)
    let running = item(opened: local("2026-04-30", 9), state: .awaitingFix)
    let april = try report("2026-04", [resolved, running], clock: clock)
    let hour: Int64 = 3_600_000
    #expect(april.working?.max == 48 * hour)
    #expect(april.calendar == "England and Wales until 5 Apr 2026, then Scotland")
    // All that May counts lies after the change, but for one that has waited since before it.
    #expect(try report("2026-05", [running], clock: clock).calendar == "Scotland")
    let old = item(opened: local("2026-04-02", 12), state: .awaitingFix)
    #expect(try report("2026-05", [running, old], clock: clock).calendar == april.calendar)
  }

  @Test func `counts what is open as of now while the month runs`() throws {
    let now = local("2026-07-10", 12)
    let cases = [
      item(opened: local("2026-07-01"), state: .awaitingFix),
      item(opened: local("2026-07-01"), resolved: local("2026-07-09"), state: .resolved),
    ]
    let july = try report("2026-07", cases, asOf: now)
    #expect(july.running.count == 1)
    // 1 July opened at 00:00; 2, 3, 6, 7, 8 and 9 July have ended.
    #expect(bands(july) == [0, 1, 0, 0, 0])
  }

  @Test func `keeps an earlier month's figures when a correction is reopened later`() throws {
    let opened = local("2026-07-01")
    let resolved = local("2026-07-09")
    let before = try report("2026-07", [item(opened: opened, resolved: resolved, state: .resolved)])
    let reopened = item(
      opened: opened, resolved: resolved, state: .open, reopened: local("2026-08-02"))
    let after = try report("2026-07", [reopened])
    #expect(after.resolved.count == before.resolved.count && after.resolved.count == 1)
    #expect(after.elapsed == before.elapsed)
    #expect(after.running.count == 0)
    #expect(try report("2026-08", [reopened]).running.count == 1)
    #expect(try report("2026-08", [reopened]).resolved.count == 0)
  }

  @Test func `counts what was reopened within the month as open`() throws {
    let item = item(
      opened: local("2026-07-01"), resolved: local("2026-07-09"), state: .open,
      reopened: local("2026-07-20"))
    let july = try report("2026-07", [item])
    #expect(july.resolved.count == 0)
    #expect(july.running.count == 1)
  }

  @Test func `puts each open one into exactly one age band`() throws {
    let cases = (0..<120).map {
      item(
        opened: GBTime.startOfDay(day("2026-07-31").adding(days: -$0)), state: .awaitingConsent)
    }
    let july = try report("2026-07", cases)
    #expect(bands(july).reduce(0, +) == july.running.count)
    #expect(july.running.count == 120)
    #expect(bands(july).allSatisfy { $0 > 0 })
  }

  @Test func `figures per holder add up to those of the corrections`() throws {
    for seed in 301...310 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let cases = (0..<10).map { _ in
        let moments = (0..<5).map { _ in
          local("2026-07-01").advanced(
            byMilliseconds: .random(in: 0..<2_600_000_000, using: &generator))
        }.sorted()
        let turns = zip(moments, moments.dropFirst()).map {
          Turn(
            holder: Holder.allCases.randomElement(using: &generator) ?? .dcc, from: $0, to: $1)
        }
        return item(
          opened: moments[0], resolved: moments[4], state: .resolved,
          turns: turns + [Turn(holder: .requester, from: moments[4], to: nil)])
      }
      let july = try report("2026-07", cases)
      let total = july.byHolder.values.reduce(.zero, +)
      let elapsed = cases.reduce(0 as Int64) {
        $0 + ($1.resolutions.last?.at.milliseconds ?? 0) - $1.openedAt.milliseconds
      }
      #expect(total.elapsedMilliseconds == elapsed)
    }
  }
}
