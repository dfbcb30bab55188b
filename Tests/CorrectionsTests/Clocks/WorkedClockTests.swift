import Corrections
import Testing

/// Turns whose working days were worked out by hand, from a calendar on the wall.
@Suite struct `Working days worked out by hand` {
  struct Worked: CustomTestStringConvertible {
    let name: String
    let from: Instant
    let to: Instant
    let hours: String
    let days: String
    let daysInScotland: String
    var testDescription: String { name }
  }

  static let worked = [
    // Tue 23 Dec 9 h, Wed 24 h, Thu 25 and Fri 26 holidays, Mon 29 to Wed 31 Dec 72 h, Thu 1 Jan
    // holiday, Fri 2 Jan 24 h but not in Scotland, Mon 5 Jan 9 h: 138 h or 114 h of 306 h.
    Worked(
      name: "Christmas and New Year 2025", from: local("2025-12-23", 15),
      to: local("2026-01-05", 9), hours: "306.00", days: "5.75", daysInScotland: "4.75"),
    // Christmas is a Saturday: Mon 27 and Tue 28 Dec rest. New Year is a Saturday: Mon 3 Jan rests,
    // in Scotland Tue 4 Jan, too. Fri 24 Dec 12 h, Wed 29 to Fri 31 Dec 72 h, Tue 4 Jan 24 h but
    // not in Scotland, Wed 5 Jan 12 h: 120 h or 96 h of 288 h.
    Worked(
      name: "substitute days 2027", from: local("2027-12-24", 12), to: local("2028-01-05", 12),
      hours: "288.00", days: "5.00", daysInScotland: "4.00"),
    // Thu 2 Apr 8 h, Good Friday, weekend, Easter Monday 24 h in Scotland only, Tue 10 h: 18 h or
    // 42 h of 8 + 4 × 24 + 10 = 114 h.
    Worked(
      name: "Easter 2026", from: local("2026-04-02", 16), to: local("2026-04-07", 10),
      hours: "114.00", days: "0.75", daysInScotland: "1.75"),
    // Easter Sunday is the day on which the clocks go forward. Thu 25 Mar 12 h, Good Friday 24 h,
    // Sat 24 h, Sun 23 h, Easter Monday 24 h, Tue 12 h: 24 h or 48 h of 119 h.
    Worked(
      name: "Easter and summer time 2027", from: utc("2027-03-25T12:00:00.000Z"),
      to: utc("2027-03-30T11:00:00.000Z"), hours: "119.00", days: "1.00", daysInScotland: "2.00"),
    // Friday from 16:00 GMT 8 h, Sat 24 h, Sun 23 h, Monday to 09:00 BST 9 h: 17 h of 64 h.
    Worked(
      name: "clocks forward 2026", from: utc("2026-03-27T16:00:00.000Z"),
      to: utc("2026-03-30T08:00:00.000Z"), hours: "64.00", days: "0.71", daysInScotland: "0.71"),
    // Friday from 16:00 BST 8 h, Sat 24 h, Sun 25 h, Monday to 09:00 GMT 9 h: 17 h of 66 h.
    Worked(
      name: "clocks back 2026", from: utc("2026-10-23T15:00:00.000Z"),
      to: utc("2026-10-26T09:00:00.000Z"), hours: "66.00", days: "0.71", daysInScotland: "0.71"),
    // From 00:30 GMT to 02:30 BST on the Sunday itself: one hour, none of it on a working day.
    Worked(
      name: "the night of the change", from: utc("2026-03-29T00:30:00.000Z"),
      to: utc("2026-03-29T01:30:00.000Z"), hours: "1.00", days: "0.00", daysInScotland: "0.00"),
    // Fri 27 May 12 h, Mon 30 May to Wed 1 June 72 h, for the spring holiday moved to Thu 2 June
    // and the jubilee is Fri 3 June, Mon 6 June 12 h: 96 h of 240 h.
    Worked(
      name: "spring holiday 2022", from: local("2022-05-27", 12), to: local("2022-06-06", 12),
      hours: "240.00", days: "4.00", daysInScotland: "4.00"),
    // Fri 12 h, Mon 3 Aug 24 h but not in Scotland, Tue 12 h: 48 h or 24 h of 96 h.
    Worked(
      name: "Scottish August holiday 2026", from: local("2026-07-31", 12),
      to: local("2026-08-04", 12), hours: "96.00", days: "2.00", daysInScotland: "1.00"),
    // Fri 12 h, Mon 31 Aug 24 h in Scotland only, Tue 12 h: 24 h or 48 h of 96 h.
    Worked(
      name: "English August holiday 2026", from: local("2026-08-28", 12),
      to: local("2026-09-01", 12), hours: "96.00", days: "1.00", daysInScotland: "2.00"),
    // Fri 12 h, Mon 30 Nov 24 h but not in Scotland, Tue 12 h.
    Worked(
      name: "Saint Andrew 2026", from: local("2026-11-27", 12), to: local("2026-12-01", 12),
      hours: "96.00", days: "2.00", daysInScotland: "1.00"),
    // 30 November is a Saturday, so Mon 2 Dec rests in Scotland: Fri 12 h, Mon 24 h, Tue 12 h.
    Worked(
      name: "Saint Andrew 2024", from: local("2024-11-29", 12), to: local("2024-12-03", 12),
      hours: "96.00", days: "2.00", daysInScotland: "1.00"),
  ]

  private func text(_ clock: HolderClock) -> String {
    ClockTime.text(hundredths: clock.total.workingDaysInHundredths)
  }

  @Test(arguments: worked)
  func `a turn counts the hours on working days`(_ worked: Worked) {
    let turn = [Turn(holder: .dcc, from: worked.from, to: worked.to)]
    let here = HolderClock(turn, at: worked.to, calendars: .standard)
    #expect(ClockTime.text(hundredths: here.total.elapsedHoursInHundredths) == worked.hours)
    #expect(text(here) == worked.days)
    let scotland = HolderClock(turn, at: worked.to, calendars: CalendarHistory(.scotland))
    #expect(text(scotland) == worked.daysInScotland)
  }

  /// A list of calendars, a turn, and its working days.
  struct Changed: CustomTestStringConvertible {
    let name: String
    let calendars: [(from: Instant, calendar: WorkingCalendar)]
    let from: Instant
    let to: Instant
    let days: String
    var testDescription: String { name }
  }

  private static func england(
    _ changes: (Instant, WorkingCalendar)...
  ) -> [(from: Instant, calendar: WorkingCalendar)] {
    [(from: local("2025-01-01"), calendar: .englandAndWales)]
      + changes.map { (from: $0.0, calendar: $0.1) }
  }

  private static func scotland(
    _ changes: (Instant, WorkingCalendar)...
  ) -> [(from: Instant, calendar: WorkingCalendar)] {
    [(from: local("2025-01-01"), calendar: .scotland)]
      + changes.map { (from: $0.0, calendar: $0.1) }
  }

  static let changed = [
    // Tue 31 Mar 12 h, Wed and Thu 48 h, Good Friday, Easter Monday 24 h by then Scottish, Tue
    // 12 h: 96 h. England and Wales alone would give 72 h, 3 days.
    Changed(
      name: "Scotland from 1 April, in the middle of a turn over Easter",
      calendars: england((local("2026-04-01"), .scotland)), from: local("2026-03-31", 12),
      to: local("2026-04-07", 12), days: "4.00"),
    // Wed 31 Dec 12 h, Thu 1 Jan holiday, Fri 2 Jan is still Scottish: a holiday; Mon 12 h: 24 h.
    Changed(
      name: "England and Wales from noon on 2 January",
      calendars: scotland((local("2026-01-02", 12), .englandAndWales)),
      from: local("2025-12-31", 12), to: local("2026-01-05", 12), days: "1.00"),
    // The same from midnight: Fri 2 Jan has 24 h more.
    Changed(
      name: "England and Wales from the first moment of 2 January",
      calendars: scotland((local("2026-01-02"), .englandAndWales)),
      from: local("2025-12-31", 12), to: local("2026-01-05", 12), days: "2.00"),
    // Fri 31 July 12 h; 3 to 31 August has 21 weekdays, less Mon 3 (then Scottish) and Mon 31 (then
    // English), 19 × 24 h; Tue 1 Sep 12 h: 20 days. Either calendar alone would give 21.
    Changed(
      name: "there and back, with both August holidays",
      calendars: england(
        (local("2026-08-01"), .scotland), (local("2026-08-15"), .englandAndWales)),
      from: local("2026-07-31", 12), to: local("2026-09-01", 12), days: "20.00"),
    // The other way round neither is a holiday: 12 h + 21 × 24 h + 12 h.
    Changed(
      name: "there and back, with neither August holiday",
      calendars: scotland(
        (local("2026-08-01"), .englandAndWales), (local("2026-08-15"), .scotland)),
      from: local("2026-07-31", 12), to: local("2026-09-01", 12), days: "22.00"),
  ]

  @Test(arguments: changed)
  func `a turn across a change counts each day by its own calendar`(_ changed: Changed) {
    let clock = HolderClock(
      [Turn(holder: .dcc, from: changed.from, to: changed.to)], at: changed.to,
      calendars: CalendarHistory(changed.calendars))
    #expect(text(clock) == changed.days)
  }

  /// Twice resolved and twice reopened around New Year; the DCC has it for the third time.
  ///
  /// DCC 1: Tue 23 Dec 9 h, Wed 24 h, Mon 29 Dec 12 h: 45 h of 141 h.
  /// Requester 1: Mon 12 h, Tue 24 h, Wed 9 h: 45 h of 45 h.
  /// DCC 2: Wed 15 h, Fri 2 Jan 18 h but not in Scotland: 33 h or 15 h of 57 h.
  /// Requester 2: Fri 6 h but not in Scotland, Mon 5 Jan 10 h: 16 h or 10 h of 64 h.
  /// DCC 3: Mon 2 h.
  static let reopened = [
    Turn(holder: .dcc, from: local("2025-12-23", 15), to: local("2025-12-29", 12)),
    Turn(
      holder: .requester, party: "SUPA", from: local("2025-12-29", 12), to: local("2025-12-31", 9)),
    Turn(holder: .dcc, from: local("2025-12-31", 9), to: local("2026-01-02", 18)),
    Turn(
      holder: .requester, party: "SUPA", from: local("2026-01-02", 18), to: local("2026-01-05", 10)),
    Turn(holder: .dcc, from: local("2026-01-05", 10), to: nil),
  ]

  @Test func `each turn of a correction that was reopened again and again counts for its holder`() {
    let hour: Int64 = 3_600_000
    let now = local("2026-01-05", 12)
    let here = HolderClock(Self.reopened, at: now, calendars: .standard)
    #expect(here.counted.map(\.time.workingMilliseconds) == [45, 45, 33, 16, 2].map { $0 * hour })
    #expect(here.counted.map(\.time.elapsedMilliseconds) == [141, 45, 57, 64, 2].map { $0 * hour })
    #expect(here.counted.map(\.isRunning) == [false, false, false, false, true])
    #expect(here.byHolder[.dcc]?.workingMilliseconds == 80 * hour)  // 45 + 33 + 2
    #expect(here.byParty["SUPA"]?.workingMilliseconds == 61 * hour)  // 45 + 16
    #expect(here.total.workingMilliseconds == 141 * hour)
    let scotland = HolderClock(Self.reopened, at: now, calendars: CalendarHistory(.scotland))
    #expect(
      scotland.counted.map(\.time.workingMilliseconds) == [45, 45, 15, 10, 2].map { $0 * hour })
    // Scotland only from the moment at which the DCC got it for the second time: the 2nd is Scottish.
    let changed = CalendarHistory([
      (local("2025-01-01"), .englandAndWales), (local("2025-12-31", 9), .scotland),
    ])
    #expect(HolderClock(Self.reopened, at: now, calendars: changed).total == scotland.total)
  }
}
