import Testing

@testable import Corrections

@Suite struct `Working calendar` {
  @Test func `2022 holds its moved spring holiday, the jubilee and the funeral`() {
    for calendar in WorkingCalendar.allCases {
      #expect(calendar.isWorkingDay(day("2022-05-30")))
      #expect(!calendar.isWorkingDay(day("2022-06-02")))
      #expect(!calendar.isWorkingDay(day("2022-06-03")))
      #expect(!calendar.isWorkingDay(day("2022-09-19")))
      #expect(!calendar.isWorkingDay(day("2023-05-08")))
    }
  }

  @Test func `Scotland rests on 2 January, in early August and for Saint Andrew`() {
    for date in ["2026-01-02", "2026-08-03", "2026-11-30", "2026-06-15", "2027-01-04"] {
      #expect(!WorkingCalendar.scotland.isWorkingDay(day(date)), "\(date)")
      #expect(WorkingCalendar.englandAndWales.isWorkingDay(day(date)), "\(date)")
    }
  }

  @Test func `Scotland works on Easter Monday and on the last Monday of August`() {
    for date in ["2026-04-06", "2026-08-31"] {
      #expect(WorkingCalendar.scotland.isWorkingDay(day(date)), "\(date)")
      #expect(!WorkingCalendar.englandAndWales.isWorkingDay(day(date)), "\(date)")
    }
  }

  @Test func `a holiday at a weekend moves to a weekday, two of them to two`() {
    // Boxing Day 2026 is a Saturday; Christmas 2027 is a Saturday, Boxing Day a Sunday.
    for date in ["2026-12-28", "2027-12-27", "2027-12-28"] {
      #expect(!WorkingCalendar.englandAndWales.isWorkingDay(day(date)), "\(date)")
    }
    // 1 and 2 January 2022 are a Saturday and a Sunday; 1 January 2023 is a Sunday.
    for date in ["2022-01-03", "2022-01-04", "2023-01-02", "2023-01-03"] {
      #expect(!WorkingCalendar.scotland.isWorkingDay(day(date)), "\(date)")
    }
    #expect(WorkingCalendar.englandAndWales.isWorkingDay(day("2022-01-04")))
    #expect(WorkingCalendar.englandAndWales.isWorkingDay(day("2023-01-03")))
  }

  @Test func `only the years with an official list are not provisional`() {
    let provisional = (2014...2032).filter(WorkingCalendar.englandAndWales.isProvisional)
    #expect(provisional == [2014, 2015, 2029, 2030, 2031, 2032])
  }

  @Test func `beyond the official years the rule gives the days`() {
    let written = WorkingCalendar.englandAndWales.bankHolidays(in: 2032).map(\.description)
    #expect(
      written == [
        "2032-01-01", "2032-03-26", "2032-03-29", "2032-05-03", "2032-05-31", "2032-08-30",
        "2032-12-27", "2032-12-28",
      ])
    let scottish = WorkingCalendar.scotland.bankHolidays(in: 2030).map(\.description)
    #expect(
      scottish == [
        "2030-01-01", "2030-01-02", "2030-04-19", "2030-05-06", "2030-05-27", "2030-08-05",
        "2030-12-02", "2030-12-25", "2030-12-26",
      ])
    // The latest Easter there is falls on 25 April 2038.
    #expect(!WorkingCalendar.scotland.isWorkingDay(day("2038-04-23")))
  }

  @Test func `the rule differs from the official lists only where nobody could foresee it`() {
    var unforeseen: Set<String> = []
    for calendar in WorkingCalendar.allCases {
      for year in WorkingCalendar.officialYears {
        let official = Set(BankHolidays.days(in: year, of: calendar))
        let computed = Set(BankHolidayRule.days(in: year, of: calendar))
        for difference in official.symmetricDifference(computed) {
          unforeseen.insert("\(calendar) \(CivilDate(daysSinceEpoch: difference))")
        }
      }
    }
    let everywhere = [
      "2020-05-04", "2020-05-08", "2022-05-30", "2022-06-02", "2022-06-03", "2022-09-19",
      "2023-05-08",
    ]
    let expected = everywhere.flatMap { ["englandAndWales \($0)", "scotland \($0)"] }
    #expect(unforeseen == Set(expected + ["scotland 2026-06-15"]))
  }

  @Test(arguments: WorkingCalendar.allCases)
  func `holidays are weekdays in order, without repeats`(_ calendar: WorkingCalendar) {
    for year in 1996...2100 {
      let holidays = calendar.bankHolidays(in: year)
      #expect(holidays == Set(holidays).sorted(), "\(year)")
      #expect(holidays.allSatisfy { $0.weekday <= 5 && $0.year == year }, "\(year)")
    }
  }

  @Test(arguments: WorkingCalendar.allCases)
  func `every working day has 24 hours`(_ calendar: WorkingCalendar) {
    for number in day("1996-01-01").daysSinceEpoch..<day("2100-01-01").daysSinceEpoch {
      let date = CivilDate(daysSinceEpoch: number)
      guard calendar.isWorkingDay(date) else { continue }
      let end = GBTime.startOfDay(date.adding(days: 1)).milliseconds
      #expect(end - GBTime.startOfDay(date).milliseconds == 86_400_000, "\(date)")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `counting working days agrees with asking each day`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let calendar = WorkingCalendar.allCases.randomElement(using: &generator) ?? .standard
      let first = CivilDate(daysSinceEpoch: .random(in: -3000..<60_000, using: &generator))
      let length = Int.random(in: -5..<900, using: &generator)
      let naive = (0..<max(0, length)).count { calendar.isWorkingDay(first.adding(days: $0)) }
      let counted = calendar.workingDayCount(from: first, upTo: first.adding(days: length))
      #expect(counted == naive, "\(first) + \(length)")
    }
  }
}
