import Testing

@testable import Corrections

@Suite struct `How a clock explains itself` {
  private func stretch(
    _ from: Instant, _ to: Instant, _ reason: CountedStretch.Reason
  ) -> CountedStretch { CountedStretch(from: from, to: to, reason: reason) }

  private let worked = CountedStretch.Reason.workingDays(of: .englandAndWales, isProvisional: false)

  @Test func `over Christmas: working days, each holiday by itself, the weekend, working days`() {
    let turn = Turn(holder: .dcc, from: local("2025-12-23", 15), to: local("2025-12-29", 12))
    let clock = HolderClock([turn], at: local("2026-01-01"), calendars: .standard)
    let (christmas, boxing) = (day("2025-12-25"), day("2025-12-26"))
    #expect(
      clock.stretches(of: clock.counted[0]) == [
        stretch(local("2025-12-23", 15), local("2025-12-25"), worked),
        stretch(
          local("2025-12-25"), local("2025-12-26"),
          .bankHoliday(christmas, of: .englandAndWales, isProvisional: false)),
        stretch(
          local("2025-12-26"), local("2025-12-27"),
          .bankHoliday(boxing, of: .englandAndWales, isProvisional: false)),
        stretch(local("2025-12-27"), local("2025-12-29"), .weekend),
        stretch(local("2025-12-29"), local("2025-12-29", 12), worked),
      ])
  }

  @Test func `whole weeks: five days that count and two that don't, the clocks changing or not`() {
    let stretches = CalendarHistory.standard
      .stretches(from: local("2026-03-16"), to: local("2026-04-01"))
    #expect(stretches.map(\.isWorking) == [true, false, true, false, true])
    #expect(stretches.map(\.reason) == [worked, .weekend, worked, .weekend, worked])
    // The weekend of 28 and 29 March has 47 hours.
    #expect(
      stretches.map(\.time.elapsedHoursInHundredths) == [12_000, 4_800, 12_000, 4_700, 4_800])
    #expect(stretches.map(\.time.workingDaysInHundredths) == [500, 0, 500, 0, 200])
  }

  @Test func `a change of calendar divides working days that would else be one stretch`() {
    let history = CalendarHistory([
      (local("2026-01-01"), .englandAndWales), (local("2026-04-01", 9), .scotland),
    ])
    let scottish = CountedStretch.Reason.workingDays(of: .scotland, isProvisional: false)
    #expect(
      history.stretches(from: local("2026-03-31", 12), to: local("2026-04-07", 12)) == [
        // The change within 1 April counts from the 2nd.
        stretch(local("2026-03-31", 12), local("2026-04-02"), worked),
        stretch(local("2026-04-02"), local("2026-04-03"), scottish),
        stretch(
          local("2026-04-03"), local("2026-04-04"),
          .bankHoliday(day("2026-04-03"), of: .scotland, isProvisional: false)),
        stretch(local("2026-04-04"), local("2026-04-06"), .weekend),
        stretch(local("2026-04-06"), local("2026-04-07", 12), scottish),
      ])
  }

  @Test func `what the rule gives is provisional, what the list gives is official`() {
    let reasons = CalendarHistory(.scotland)
      .stretches(from: local("2028-12-29"), to: local("2029-01-04")).map(\.reason)
    #expect(
      reasons == [
        .workingDays(of: .scotland, isProvisional: false), .weekend,
        .bankHoliday(day("2029-01-01"), of: .scotland, isProvisional: true),
        .bankHoliday(day("2029-01-02"), of: .scotland, isProvisional: true),
        .workingDays(of: .scotland, isProvisional: true),
      ])
  }

  @Test func `no time has no stretches, and an hour has one`() {
    let noon = local("2026-07-14", 12)
    #expect(CalendarHistory.standard.stretches(from: noon, to: noon).isEmpty)
    #expect(CalendarHistory.standard.stretches(from: noon, to: local("2026-07-14", 11)).isEmpty)
    let one = CalendarHistory.standard.stretches(from: noon, to: local("2026-07-14", 13))
    #expect(one == [stretch(noon, local("2026-07-14", 13), worked)])
  }

  @Test(arguments: [121, 122, 123, 124, 125, 126] as [UInt64])
  func `the stretches cover each interval exactly and add up to its time`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let history = generator.history()
      let moments = generator.moments(.random(in: 2..<8, using: &generator))
      let turns = zip(moments, moments.dropFirst()).map { Turn(holder: .dcc, from: $0, to: $1) }
      let clock = HolderClock(turns, at: moments[moments.count - 1], calendars: history)
      for interval in clock.counted where interval.from < interval.to {
        let stretches = clock.stretches(of: interval)
        #expect(stretches.first?.from == interval.from)
        #expect(stretches.last?.to == interval.to)
        for (stretch, next) in zip(stretches, stretches.dropFirst()) {
          #expect(stretch.to == next.from, "a gap: \(stretch) \(next)")
          #expect(stretch.reason != next.reason, "they are one: \(stretch) \(next)")
        }
        #expect(stretches.map(\.time).reduce(.zero, +) == interval.time, "\(interval)")
        for stretch in stretches { try agrees(stretch, history) }
      }
    }
  }

  /// Every day of a stretch is what its reason says.
  private func agrees(_ stretch: CountedStretch, _ history: CalendarHistory) throws {
    try #require(stretch.from < stretch.to)
    var date = GBTime.civil(at: stretch.from).date
    while GBTime.startOfDay(date) < stretch.to {
      let calendar = history.calendar(at: GBTime.startOfDay(date))
      #expect(calendar.isWorkingDay(date) == stretch.isWorking, "\(date) in \(stretch)")
      switch stretch.reason {
      case .weekend: #expect(date.weekday > 5, "\(stretch)")
      case .workingDays(let named, let isProvisional):
        #expect(named == calendar, "\(date) in \(stretch)")
        #expect(isProvisional != WorkingCalendar.officialYears.contains(date.year), "\(stretch)")
      case .bankHoliday(let holiday, let named, let isProvisional):
        #expect(holiday == date && named == calendar, "\(date) in \(stretch)")
        #expect(calendar.bankHolidays(in: date.year).contains(date), "\(stretch)")
        #expect(isProvisional != WorkingCalendar.officialYears.contains(date.year), "\(stretch)")
      }
      date = date.adding(days: 1)
    }
  }
}
