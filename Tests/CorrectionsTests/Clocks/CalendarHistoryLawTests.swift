import Corrections
import Testing

@Suite struct `Laws of calendars by date` {
  @Test(arguments: [51, 52, 53, 54] as [UInt64])
  func `counting working days agrees with asking each day`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let history = generator.history()
      let first = GBTime.civil(at: generator.instant()).date
      let length = Int.random(in: -5..<2500, using: &generator)
      let naive = (0..<max(0, length)).count { history.isWorkingDay(first.adding(days: $0)) }
      let counted = history.workingDayCount(from: first, upTo: first.adding(days: length))
      #expect(counted == naive, "\(first) + \(length): \(history)")
    }
  }

  @Test(arguments: [61, 62, 63, 64] as [UInt64])
  func `the nth working day agrees with walking to it`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<80 {
      let history = generator.history()
      let start = GBTime.civil(at: generator.instant()).date
      let count = Int.random(in: 0..<(round.isMultiple(of: 2) ? 12 : 900), using: &generator)
      var day = start
      while !history.isWorkingDay(day) { day = day.adding(days: 1) }
      for _ in 0..<count {
        repeat { day = day.adding(days: 1) } while !history.isWorkingDay(day)
      }
      #expect(history.workingDay(count, after: start) == day, "\(count) after \(start): \(history)")
    }
  }

  @Test(arguments: [71, 72, 73, 74] as [UInt64])
  func `each day counts by the calendar in force at its midnight`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let calendars = generator.calendars()
      let history = CalendarHistory(calendars)
      for moment in calendars.map(\.from) + [generator.instant()] {
        for shift in -1...1 {
          let date = GBTime.civil(at: moment).date.adding(days: shift)
          let calendar = history.calendar(at: GBTime.startOfDay(date))
          #expect(history.calendar(on: date) == calendar, "\(date): \(history)")
          #expect(history.isWorkingDay(date) == calendar.isWorkingDay(date), "\(date)")
        }
      }
    }
  }

  @Test(arguments: [75, 76, 77] as [UInt64])
  func `in force at a moment is the calendar listed last of those that began last`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      var calendars = generator.calendars()
      // Some begin at the same moment, among them at times the first of all.
      calendars += calendars.filter { _ in Bool.random(using: &generator) }
        .map { ($0.from, $0.calendar == .scotland ? .englandAndWales : .scotland) }
      let history = CalendarHistory(calendars)
      for moment in calendars.map(\.from) + [generator.instant()] {
        for moment in [moment.advanced(byMilliseconds: -1), moment] {
          let began = calendars.map(\.from).filter { $0 <= moment }.max()
          let first = calendars.map(\.from).min()
          let listed = calendars.last { $0.from == began ?? first }?.calendar ?? .standard
          #expect(history.calendar(at: moment) == listed, "\(moment): \(calendars)")
        }
      }
    }
  }

  @Test(arguments: [81, 82, 83, 84] as [UInt64])
  func `parts add up to the whole across any changes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let history = generator.history()
      let moments = generator.moments(.random(in: 2..<12, using: &generator))
      let whole = ClockTime(from: moments[0], to: moments[moments.count - 1], calendars: history)
      let parts = zip(moments, moments.dropFirst())
        .map { ClockTime(from: $0, to: $1, calendars: history) }
      #expect(parts.reduce(.zero, +) == whole, "\(moments): \(history)")
    }
  }

  @Test(arguments: [91, 92, 93] as [UInt64])
  func `working time agrees with walking from midnight to midnight`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let history = generator.history()
      let moments = generator.moments(4)
      var (naive, moment) = (0 as Int64, moments[0])
      while moment < moments[3] {
        let date = GBTime.civil(at: moment).date
        let next = min(GBTime.startOfDay(date.adding(days: 1)), moments[3])
        if history.calendar(at: GBTime.startOfDay(date)).isWorkingDay(date) {
          naive += next.milliseconds - moment.milliseconds
        }
        moment = next
      }
      let counted = history.workingMilliseconds(from: moments[0], to: moments[3])
      #expect(counted == naive, "\(moments): \(history)")
    }
  }

  @Test(arguments: [101, 102] as [UInt64])
  func `the order of the list changes nothing while the moments differ`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let list = generator.moments(.random(in: 1..<8, using: &generator)).map {
        (from: $0, calendar: WorkingCalendar.allCases.randomElement(using: &generator) ?? .standard)
      }
      #expect(CalendarHistory(list.shuffled(using: &generator)) == CalendarHistory(list))
    }
  }

  @Test(arguments: [111, 112, 113] as [UInt64])
  func `the age reaches n at the moment due for n, whatever changes in between`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      let policy =
        ClockPolicy(
          version: 1, calendars: generator.history(),
          cutOffHour: .random(in: 0...24, using: &generator)) ?? .standard
      let opened = generator.instant()
      let count = Int.random(in: 1..<90, using: &generator)
      let due = policy.dueAt(openedAt: opened, workingDays: count)
      #expect(policy.ageInWorkingDays(openedAt: opened, at: due) == count, "\(opened): \(policy)")
      let before = due.advanced(byMilliseconds: -1)
      #expect(policy.ageInWorkingDays(openedAt: opened, at: before) == count - 1, "\(opened)")
    }
  }
}
