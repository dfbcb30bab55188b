import Corrections
import Testing

@Suite struct `Local time in Great Britain` {
  private func instant(_ text: String) throws -> Instant { try #require(Instant(stored: text)) }

  /// The last Sundays of March and October, from the published dates.
  @Test(arguments: [
    ("1996-03-31", "1996-10-27"), ("2000-03-26", "2000-10-29"), ("2024-03-31", "2024-10-27"),
    ("2025-03-30", "2025-10-26"), ("2026-03-29", "2026-10-25"), ("2027-03-28", "2027-10-31"),
  ]) func `summer time runs from the last Sunday of March to the last of October`(
    _ first: String, _ last: String
  ) throws {
    let start = try instant("\(first)T01:00:00.000Z")
    let end = try instant("\(last)T01:00:00.000Z")
    #expect(GBTime.offsetMinutes(at: start.advanced(byMilliseconds: -1)) == 0)
    #expect(GBTime.offsetMinutes(at: start) == 60)
    #expect(GBTime.offsetMinutes(at: end.advanced(byMilliseconds: -1)) == 60)
    #expect(GBTime.offsetMinutes(at: end) == 0)
    #expect(GBTime.abbreviation(at: start) == "BST")
    #expect(GBTime.abbreviation(at: end) == "GMT")
  }

  @Test func `a day begins at local midnight`() throws {
    let starts = [
      ("2026-01-15", "2026-01-15T00:00:00.000Z"), ("2026-03-29", "2026-03-29T00:00:00.000Z"),
      ("2026-03-30", "2026-03-29T23:00:00.000Z"), ("2026-10-25", "2026-10-24T23:00:00.000Z"),
      ("2026-10-26", "2026-10-26T00:00:00.000Z"),
    ]
    for (day, start) in starts {
      #expect(GBTime.startOfDay(try #require(CivilDate(day))) == (try instant(start)))
    }
  }

  @Test func `every day of sixty years begins at midnight on its own date`() throws {
    var day = try #require(CivilDate("1996-01-01"))
    while day.year < 2056 {
      let local = GBTime.civil(at: GBTime.startOfDay(day))
      #expect(local.date == day && local.hour == 0 && local.minute == 0 && local.second == 0)
      day = day.adding(days: 1)
    }
  }

  @Test func `the clock on the wall is an hour ahead in summer`() throws {
    let local = GBTime.civil(at: try instant("2026-07-31T23:30:59.999Z"))
    #expect(local.date == CivilDate("2026-08-01"))
    #expect((local.hour, local.minute, local.second) == (0, 30, 59))
  }
}
