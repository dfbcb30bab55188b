import Corrections
import Testing

@Suite struct `Calendars by date` {
  /// Scotland from 1 April 2026.
  let history = CalendarHistory([
    (local("2026-01-01"), .englandAndWales), (local("2026-04-01"), .scotland),
  ])

  @Test func `without any the standard calendar counts`() {
    #expect(CalendarHistory(of: []) == .standard)
    #expect(CalendarHistory.standard.calendar(at: local("2026-07-01")) == .englandAndWales)
  }

  @Test func `before the first one its own calendar counts`() {
    let scottish = CalendarHistory([
      (local("2026-01-01"), .scotland), (local("2026-04-01"), .englandAndWales),
    ])
    #expect(scottish.calendar(on: day("2020-06-01")) == .scotland)
    #expect(scottish.calendar(at: local("2020-06-01")) == .scotland)
    #expect(!scottish.isWorkingDay(day("2025-08-04")))
  }

  @Test func `the order of the list decides only between two of the same moment`() {
    let shuffled = CalendarHistory([
      (local("2026-04-01"), .scotland), (local("2026-01-01"), .englandAndWales),
    ])
    #expect(shuffled == history)
    let corrected = CalendarHistory([
      (local("2026-04-01"), .scotland), (local("2026-01-01"), .englandAndWales),
      (local("2026-04-01"), .englandAndWales),
    ])
    #expect(corrected == .standard)
    #expect(corrected.isWorkingDay(day("2026-08-03")))
  }

  @Test func `a day belongs to the calendar in force at its start`() {
    // Scotland rests on Monday 3 August 2026, which begins at 23:00 UTC of the 2nd.
    let midnight = utc("2026-08-02T23:00:00.000Z")
    func change(at moment: Instant) -> CalendarHistory {
      CalendarHistory([(local("2026-01-01"), .englandAndWales), (moment, .scotland)])
    }
    #expect(!change(at: midnight).isWorkingDay(day("2026-08-03")))
    let later = midnight.advanced(byMilliseconds: 1)
    #expect(change(at: later).isWorkingDay(day("2026-08-03")))
    #expect(change(at: later).calendar(on: day("2026-08-04")) == .scotland)
  }

  @Test func `in force from its moment, though the day still counts by the one before`() {
    let noon = local("2026-08-03", 12)
    let history = CalendarHistory([(local("2026-01-01"), .englandAndWales), (noon, .scotland)])
    #expect(history.calendar(at: noon.advanced(byMilliseconds: -1)) == .englandAndWales)
    #expect(history.calendar(at: noon) == .scotland)
    #expect(history.calendar(on: day("2026-08-03")) == .englandAndWales)
    #expect(history.workingMilliseconds(from: noon, to: local("2026-08-04")) == 12 * 3_600_000)
  }

  @Test func `of two changes within a day only the last one counts days`() {
    let history = CalendarHistory([
      (local("2026-01-01"), .englandAndWales), (local("2026-08-02", 9), .scotland),
      (local("2026-08-02", 10), .englandAndWales),
    ])
    #expect(history.isWorkingDay(day("2026-08-03")))
    #expect(history.calendar(at: local("2026-08-02", 9, 30)) == .scotland)
    #expect(history.name(from: local("2026-07-01"), to: local("2026-09-01")) == "England and Wales")
  }

  @Test func `reads what a log sets`() {
    let events = [
      CalendarSet(calendar: "englandAndWales", from: local("2026-01-01")),
      CalendarSet(calendar: "scotland", from: local("2026-04-01")),
    ]
    #expect(CalendarHistory(of: events) == history)
  }

  @Test func `a figure names the calendars of its own days, with the last day of each`() {
    let (march, may) = (local("2026-03-31", 12), local("2026-05-01"))
    let both = "England and Wales until 31 Mar 2026, then Scotland"
    #expect(history.name(from: march, to: may) == both)
    #expect(history.name(from: march, to: local("2026-04-01", milli: 1)) == both)
    #expect(history.name(from: march, to: local("2026-04-01")) == "England and Wales")
    #expect(history.name(from: local("2026-04-01"), to: may) == "Scotland")
    #expect(history.name(from: may, to: march) == "Scotland", "no time: the day it begins on")
    let back = CalendarHistory([
      (local("2026-01-01"), .scotland), (local("2026-02-01"), .englandAndWales),
      (local("2026-03-01", 8), .scotland),
    ])
    #expect(
      back.name(from: local("2026-01-05"), to: may)
        == "Scotland until 31 Jan 2026, then England and Wales until 1 Mar 2026, then Scotland")
  }

  @Test func `a time is provisional when any day of it lies beyond the official years`() {
    let newYear = local("2029-01-01")
    #expect(!history.isProvisional(day("2028-12-31")))
    #expect(history.isProvisional(day("2029-01-01")))
    #expect(!history.isProvisional(from: local("2016-01-01"), to: newYear))
    #expect(
      history.isProvisional(from: local("2028-12-01"), to: newYear.advanced(byMilliseconds: 1)))
    #expect(history.isProvisional(from: local("2015-12-31", 23), to: local("2026-05-01")))
    #expect(!history.isProvisional(from: newYear, to: newYear))
  }
}
