import Corrections
import Testing

@Suite struct `Clock policy` {
  let standard = ClockPolicy.standard
  let scotland = ClockPolicy(version: 2, calendars: CalendarHistory(.scotland)) ?? .standard

  @Test func `due across Christmas 2025 skips its holidays`() {
    let opened = local("2025-12-24", 10)
    // 29, 30, 31 December, 2 and 5 January; Scotland rests on the 2nd.
    #expect(standard.dueAt(openedAt: opened, workingDays: 5) == local("2026-01-06"))
    #expect(scotland.dueAt(openedAt: opened, workingDays: 5) == local("2026-01-07"))
  }

  @Test func `up to the cut-off the day counts, a millisecond later the next one does`() {
    let atCutOff = local("2025-12-24", 17)
    #expect(standard.dayOfOpening(atCutOff) == day("2025-12-24"))
    #expect(standard.dueAt(openedAt: atCutOff, workingDays: 5) == local("2026-01-06"))
    let late = atCutOff.advanced(byMilliseconds: 1)
    #expect(standard.dayOfOpening(late) == day("2025-12-29"))
    #expect(standard.dueAt(openedAt: late, workingDays: 5) == local("2026-01-07"))
  }

  @Test func `the cut-off is local time`() {
    // 16:30 UTC is 17:30 in July and 16:30 in January.
    #expect(standard.dayOfOpening(utc("2026-07-14T16:30:00.000Z")) == day("2026-07-15"))
    #expect(standard.dayOfOpening(utc("2026-01-14T16:30:00.000Z")) == day("2026-01-14"))
  }

  @Test func `opened on a day of rest counts from the next working day`() {
    #expect(standard.dayOfOpening(local("2026-04-04", 9)) == day("2026-04-07"))
    #expect(scotland.dayOfOpening(local("2026-04-04", 9)) == day("2026-04-06"))
    // After the cut-off of a Saturday it is still the next working day, not the one after it.
    #expect(standard.dayOfOpening(local("2026-04-04", 20)) == day("2026-04-07"))
  }

  @Test func `due is a local midnight on both sides of a clock change`() {
    let spring = standard.dueAt(openedAt: local("2026-03-27", 17, 30), workingDays: 1)
    #expect(spring == utc("2026-03-31T23:00:00.000Z"))
    let autumn = standard.dueAt(openedAt: local("2026-10-23", 9), workingDays: 1)
    #expect(autumn == utc("2026-10-27T00:00:00.000Z"))
  }

  @Test func `age counts whole working days after the day of opening`() {
    let opened = local("2026-04-02", 16, 30)  // the Thursday before Easter
    #expect(standard.ageInWorkingDays(openedAt: opened, at: opened) == 0)
    #expect(standard.ageInWorkingDays(openedAt: opened, at: local("2026-04-07", 23, 59)) == 0)
    #expect(standard.ageInWorkingDays(openedAt: opened, at: local("2026-04-08")) == 1)
    #expect(scotland.ageInWorkingDays(openedAt: opened, at: local("2026-04-07")) == 1)
    #expect(standard.ageInWorkingDays(openedAt: opened, at: local("2026-03-01")) == 0)
  }

  @Test func `no cut-off counts a working day to its end`() {
    let policy = ClockPolicy(version: 3, calendars: .standard, cutOffHour: 24)
    #expect(policy?.dayOfOpening(local("2026-07-14", 23, 59)) == day("2026-07-14"))
    #expect(ClockPolicy(version: 3, calendars: .standard, cutOffHour: 25) == nil)
    #expect(ClockPolicy(version: 0, calendars: .standard) == nil)
  }

  @Test(arguments: [31, 32, 33, 34] as [UInt64])
  func `the age reaches n at the moment due for n`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let opened = generator.instant()
      let count = Int.random(in: 1..<70, using: &generator)
      for policy in [standard, scotland] {
        let due = policy.dueAt(openedAt: opened, workingDays: count)
        #expect(policy.ageInWorkingDays(openedAt: opened, at: due) == count, "\(opened)")
        let before = due.advanced(byMilliseconds: -1)
        #expect(policy.ageInWorkingDays(openedAt: opened, at: before) == count - 1, "\(opened)")
        #expect(due > opened)
      }
    }
  }
}
