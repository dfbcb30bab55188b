import Corrections
import Testing

@Suite struct `Clock time` {
  /// One interval with its figures worked out by hand.
  struct Worked: CustomTestStringConvertible {
    let name: String
    let from: Instant
    let to: Instant
    let elapsedHours: Int64
    let workingHours: Int64
    let workingHoursInScotland: Int64
    var testDescription: String { name }
  }

  static let worked = [
    // Wednesday 12 h; Thursday and Friday are holidays; Monday 12 h.
    Worked(
      name: "Christmas 2025", from: local("2025-12-24", 12), to: local("2025-12-29", 12),
      elapsedHours: 120, workingHours: 24, workingHoursInScotland: 24),
    // 24 December 12 h, 29 to 31 December 72 h, 2 January 12 h, but not in Scotland.
    Worked(
      name: "Christmas and New Year 2025", from: local("2025-12-24", 12),
      to: local("2026-01-02", 12), elapsedHours: 216, workingHours: 96,
      workingHoursInScotland: 84),
    // Thursday from 09:00 15 h, Tuesday to 17:00 17 h; Scotland works on Monday.
    Worked(
      name: "Easter 2026", from: local("2026-04-02", 9), to: local("2026-04-07", 17),
      elapsedHours: 128, workingHours: 32, workingHoursInScotland: 56),
    // Friday 6 h, Saturday 24 h, Sunday 23 h, Monday 9 h.
    Worked(
      name: "clocks forward 2026", from: local("2026-03-27", 18), to: local("2026-03-30", 9),
      elapsedHours: 62, workingHours: 15, workingHoursInScotland: 15),
    // Friday 6 h, Saturday 24 h, Sunday 25 h, Monday 9 h.
    Worked(
      name: "clocks back 2026", from: local("2026-10-23", 18), to: local("2026-10-26", 9),
      elapsedHours: 64, workingHours: 15, workingHoursInScotland: 15),
    // Wednesday 12 h, Friday the 2nd 24 h but not in Scotland, Monday 12 h.
    Worked(
      name: "New Year 2026", from: local("2025-12-31", 12), to: local("2026-01-05", 12),
      elapsedHours: 120, workingHours: 48, workingHoursInScotland: 24),
    // 31 December, 4 January but not in Scotland, 5 January.
    Worked(
      name: "New Year 2022", from: local("2021-12-31"), to: local("2022-01-06"),
      elapsedHours: 144, workingHours: 72, workingHoursInScotland: 48),
    // Wednesday 1 June and Monday 6 June.
    Worked(
      name: "jubilee 2022", from: local("2022-06-01"), to: local("2022-06-07"),
      elapsedHours: 144, workingHours: 48, workingHoursInScotland: 48),
    // Friday and Tuesday 12 h each.
    Worked(
      name: "funeral 2022", from: local("2022-09-16", 12), to: local("2022-09-20", 12),
      elapsedHours: 96, workingHours: 24, workingHoursInScotland: 24),
    // Tuesday from 09:15 to 10:15.
    Worked(
      name: "one hour", from: local("2026-07-14", 9, 15), to: local("2026-07-14", 10, 15),
      elapsedHours: 1, workingHours: 1, workingHoursInScotland: 1),
  ]

  @Test(arguments: worked)
  func `agrees with figures worked out by hand`(_ worked: Worked) {
    let hour: Int64 = 3_600_000
    let here = ClockTime(from: worked.from, to: worked.to, calendars: .standard)
    #expect(here.elapsedMilliseconds == worked.elapsedHours * hour)
    #expect(here.workingMilliseconds == worked.workingHours * hour)
    let scotland = ClockTime(
      from: worked.from, to: worked.to, calendars: CalendarHistory(.scotland))
    #expect(scotland.elapsedMilliseconds == worked.elapsedHours * hour)
    #expect(scotland.workingMilliseconds == worked.workingHoursInScotland * hour)
  }

  @Test func `summer time is what local means`() {
    // In July the local day begins at 23:00 UTC: from Thursday 23:30 to Saturday 00:30 local.
    let time = ClockTime(
      from: utc("2026-07-02T22:30:00.000Z"), to: utc("2026-07-03T23:30:00.000Z"),
      calendars: .standard)
    #expect(time.elapsedMilliseconds == 25 * 3_600_000)
    // Thursday 23:30 to 24:00 and the whole of Friday; Saturday's half hour doesn't count.
    #expect(time.workingMilliseconds == 24 * 3_600_000 + 1_800_000)
  }

  @Test func `shows two decimals, half a hundredth up`() {
    let time = ClockTime(
      from: local("2026-03-27", 18), to: local("2026-03-30", 9), calendars: .standard)
    #expect(time.elapsedHoursInHundredths == 6200)
    #expect(time.workingDaysInHundredths == 63)  // 0.625
    #expect(ClockTime.text(hundredths: 63) == "0.63")
    #expect(ClockTime.text(hundredths: 6200) == "62.00")
    #expect(ClockTime.text(hundredths: 105) == "1.05")
    #expect(ClockTime.text(hundredths: -5) == "-0.05")
  }

  @Test(arguments: [11, 12, 13, 14, 15, 16, 17, 18] as [UInt64])
  func `parts add up to the whole and nothing is negative`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let moments = generator.moments(.random(in: 2..<9, using: &generator))
      for calendar in WorkingCalendar.allCases {
        let whole = ClockTime(
          from: moments[0], to: moments[moments.count - 1], calendars: CalendarHistory(calendar))
        let parts = zip(moments, moments.dropFirst())
          .map { ClockTime(from: $0, to: $1, calendars: CalendarHistory(calendar)) }
        #expect(parts.reduce(.zero, +) == whole, "\(moments)")
        for part in parts {
          #expect(part.workingMilliseconds >= 0, "\(moments)")
          #expect(part.workingMilliseconds <= part.elapsedMilliseconds, "\(moments)")
        }
      }
    }
  }

  @Test(arguments: [21, 22, 23] as [UInt64])
  func `agrees with walking from midnight to midnight`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let moments = generator.moments(2)
      var naive: Int64 = 0
      var moment = moments[0]
      while moment < moments[1] {
        let date = GBTime.civil(at: moment).date
        let next = min(GBTime.startOfDay(date.adding(days: 1)), moments[1])
        if WorkingCalendar.scotland.isWorkingDay(date) {
          naive += next.milliseconds - moment.milliseconds
        }
        moment = next
      }
      let counted = CalendarHistory(.scotland)
        .workingMilliseconds(from: moments[0], to: moments[1])
      #expect(counted == naive, "\(moments)")
    }
  }

  @Test func `an interval that ends before it starts is no time`() {
    let (early, late) = (local("2026-07-14", 9), local("2026-07-14", 10))
    #expect(ClockTime(from: late, to: early, calendars: .standard) == .zero)
    #expect(ClockTime(from: early, to: early, calendars: .standard) == .zero)
  }
}
