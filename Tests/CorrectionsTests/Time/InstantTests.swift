import Testing

@testable import Corrections

@Suite struct `Instants` {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00.000Z", 0), ("1969-12-31T23:59:59.999Z", -1),
      ("2026-03-09T09:30:00.123Z", 1_773_048_600_123),
      ("2000-02-29T12:00:00.000Z", 951_825_600_000),
      ("0001-01-01T00:00:00.000Z", -62_135_596_800_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ] as [(String, Int64)])
  func `have one stored form`(_ text: String, _ milliseconds: Int64) {
    #expect(Instant(stored: text)?.milliseconds == milliseconds)
    #expect(Instant(milliseconds: milliseconds).stored == text)
  }

  @Test(arguments: [
    "", "2026-03-09T09:30:00Z", "2026-03-09T09:30:00.12Z", "2026-03-09T09:30:00.1234Z",
    "2026-03-09T09:30:00.123z", "2026-03-09t09:30:00.123Z", "2026-03-09 09:30:00.123Z",
    "2026-03-09T09:30:00,123Z", "2026-03-09T09:30:00.123+00:00", "2026-02-29T00:00:00.000Z",
    "2026-13-01T00:00:00.000Z", "2026-00-01T00:00:00.000Z", "2026-01-00T00:00:00.000Z",
    "2026-01-32T00:00:00.000Z", "2026-01-01T24:00:00.000Z", "2026-01-01T00:60:00.000Z",
    "2026-01-01T00:00:60.000Z", "0000-01-01T00:00:00.000Z", "1900-02-29T00:00:00.000Z",
    "-001-01-01T00:00:00.000Z", "2026-01-01T00:00:0１.00Z",
  ])
  func `are read in no other form`(_ text: String) { #expect(Instant(stored: text) == nil) }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `read what they write, between year 1 and 9999`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let instant = Instant(
        milliseconds: .random(in: -62_135_596_800_000...253_402_300_799_999, using: &generator))
      #expect(Instant(stored: instant.stored) == instant)
    }
  }

  @Test(arguments: [5, 6] as [UInt64])
  func `are ordered as their stored forms are`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let instants = (0..<200).map { _ in generator.instant() }
    #expect(instants.sorted().map(\.stored) == instants.map(\.stored).sorted())
  }
}

@Suite struct `Civil dates` {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-03-09", 20_521),
    ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
  ])
  func `count days since 1970`(_ text: String, _ days: Int) {
    #expect(CivilDate(text)?.daysSinceEpoch == days)
    #expect(CivilDate(daysSinceEpoch: days).description == text)
  }

  @Test(arguments: [
    "", "2026-3-09", "2026-03-9", "26-03-09", "2026/03/09", "09/03/2026", "2026-02-29",
    "2026-04-31", "2100-02-29", "2026-00-10", "2026-13-10", "2026-01-00", "0000-01-01",
    "2026-03-09 ", "+026-03-09",
  ])
  func `are read only as YYYY-MM-DD of a day that exists`(_ text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func `follow each other without a gap over four centuries`() {
    let first = day("1900-01-01").daysSinceEpoch
    var last = CivilDate(daysSinceEpoch: first - 1)
    for days in first...(first + 146_097) {
      let date = CivilDate(daysSinceEpoch: days)
      #expect(date.daysSinceEpoch == days)
      let isNext =
        date.day == last.day + 1 && date.month == last.month && date.year == last.year
        || date.day == 1
          && (date.month == last.month + 1 && date.year == last.year
            || date.month == 1 && last.month == 12 && date.year == last.year + 1)
      guard isNext else {
        Issue.record("\(date) does not follow \(last)")
        return
      }
      #expect(date.weekday == last.weekday % 7 + 1)
      last = date
    }
  }

  @Test func `know their weekday`() {
    #expect(day("1970-01-01").weekday == 4)
    #expect(day("2026-03-09").weekday == 1)
    #expect(day("1969-12-28").weekday == 7)
  }
}

@Suite struct `Months` {
  @Test func `begin and end at local midnight`() throws {
    let july = try #require(Month("2026-07"))
    #expect(july.start == utc("2026-06-30T23:00:00.000Z"))
    #expect(july.end == utc("2026-07-31T23:00:00.000Z"))
    let march = try #require(Month("2026-03"))
    #expect(march.start == utc("2026-03-01T00:00:00.000Z"))
    #expect(march.end == utc("2026-03-31T23:00:00.000Z"), "clocks went forward on the 29th")
    let october = try #require(Month("2026-10"))
    #expect(october.start == utc("2026-09-30T23:00:00.000Z"))
    #expect(october.end == utc("2026-11-01T00:00:00.000Z"), "clocks went back on the 25th")
    let december = try #require(Month("2026-12"))
    #expect(december.end == utc("2027-01-01T00:00:00.000Z"))
  }

  @Test func `hold the moments of their local days`() {
    #expect(Month(of: utc("2026-06-30T22:59:59.999Z")).description == "2026-06")
    #expect(Month(of: utc("2026-06-30T23:00:00.000Z")).description == "2026-07")
    #expect(Month(of: utc("2026-01-31T23:30:00.000Z")).description == "2026-01")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `hold each moment exactly once`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let moment = generator.instant()
      let month = Month(of: moment)
      #expect(month.start <= moment && moment < month.end)
      #expect(Month(month.description) == month)
      #expect(Month(of: month.end).start == month.end)
    }
  }

  @Test(arguments: ["", "2026", "2026-7", "2026-00", "2026-13", "2026-07-01", "2026/07", "july"])
  func `are read only as YYYY-MM`(_ text: String) { #expect(Month(text) == nil) }
}
