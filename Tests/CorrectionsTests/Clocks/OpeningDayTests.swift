import Corrections
import Testing

@Suite struct `The day of opening` {
  let standard = ClockPolicy.standard
  /// Scotland from 1 April 2026; it works on Easter Monday.
  let changing =
    ClockPolicy(
      version: 2,
      calendars: CalendarHistory([
        (local("2026-01-01"), .englandAndWales), (local("2026-04-01"), .scotland),
      ])) ?? .standard

  @Test
  func `is the day itself up to the cut-off hour exactly, and one millisecond later the next`() {
    // The Thursday before Easter, in summer time.
    let cutOff = utc("2026-04-02T16:00:00.000Z")
    let late = cutOff.advanced(byMilliseconds: 1)
    #expect(standard.openingDay(cutOff) == .itself(day("2026-04-02")))
    #expect(standard.openingDay(late) == .afterCutOff(day("2026-04-07")))
    #expect(changing.openingDay(late) == .afterCutOff(day("2026-04-06")))
  }

  @Test func `on a day of rest is the next working day, for that reason at any hour`() {
    for hour in [0, 9, 17, 23] {
      let goodFriday = local("2026-04-03", hour, 30)
      #expect(standard.openingDay(goodFriday) == .notWorkingDay(day("2026-04-07")))
      #expect(changing.openingDay(goodFriday) == .notWorkingDay(day("2026-04-06")))
    }
    #expect(standard.openingDay(local("2026-03-29", 12)) == .notWorkingDay(day("2026-03-30")))
  }

  @Test func `is one that people work on by the calendar of that very day`() {
    // Opened on the last English day, after the cut-off; the next day is Scottish and worked.
    #expect(changing.openingDay(local("2026-03-31", 18)) == .afterCutOff(day("2026-04-01")))
    // Monday 3 August rests in Scotland; the change at noon of that day comes too late for it.
    let noon = CalendarHistory([
      (local("2026-01-01"), .scotland), (local("2026-08-03", 12), .englandAndWales),
    ])
    let policy = ClockPolicy(version: 1, calendars: noon)
    #expect(policy?.openingDay(local("2026-08-03", 13)) == .notWorkingDay(day("2026-08-04")))
  }

  @Test func `starts a term that counts each day by its own calendar`() {
    let opened = local("2026-04-02", 10)
    // 7, 8, 9, 10 and 13 April; by then Scottish 6, 7, 8, 9 and 10 April.
    #expect(standard.dueAt(openedAt: opened, workingDays: 5) == local("2026-04-14"))
    #expect(changing.dueAt(openedAt: opened, workingDays: 5) == local("2026-04-11"))
    #expect(standard.ageInWorkingDays(openedAt: opened, at: local("2026-04-11")) == 4)
    #expect(changing.ageInWorkingDays(openedAt: opened, at: local("2026-04-11")) == 5)
    // 29, 30, 31 December, then 2 and 5 January, or by then Scottish 5 and 6 January.
    let newYear = ClockPolicy(
      version: 1,
      calendars: CalendarHistory([
        (local("2025-01-01"), .englandAndWales), (local("2026-01-01"), .scotland),
      ]))
    let christmas = local("2025-12-24", 10)
    #expect(standard.dueAt(openedAt: christmas, workingDays: 5) == local("2026-01-06"))
    #expect(newYear?.dueAt(openedAt: christmas, workingDays: 5) == local("2026-01-07"))
  }
}
