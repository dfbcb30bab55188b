import Corrections
import Testing

@testable import Wire

@Suite struct `Reading times and days` {
  private func stored(_ text: String) throws -> String { try Times.instant(text).stored }

  private func problem(_ text: String, dates: DateOrder = .iso) -> TimeProblem? {
    do throws(TimeProblem) {
      _ = try Times.instant(text, orDayAs: .start, dates: dates)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("2026-03-04T10:12:00Z", "2026-03-04T10:12:00.000Z"),
    ("2026-03-04t10:12:00z", "2026-03-04T10:12:00.000Z"),
    ("2026-03-04T10:12:00.5Z", "2026-03-04T10:12:00.500Z"),
    ("2026-03-04T10:12:00.1239999999Z", "2026-03-04T10:12:00.123Z"),
    ("2026-03-04T10:12:00+01:00", "2026-03-04T09:12:00.000Z"),
    ("2026-03-04T00:12:00+14:00", "2026-03-03T10:12:00.000Z"),
    ("2025-12-31T23:00:00-02:30", "2026-01-01T01:30:00.000Z"),
    ("2024-02-29T00:00:00-00:00", "2024-02-29T00:00:00.000Z"),
    ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
    ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
  ]) func `an RFC 3339 time is read with any offset and cut to milliseconds`(
    _ text: String, _ expected: String
  ) throws {
    #expect(try stored(text) == expected)
  }

  @Test(arguments: [
    "", "2026", "2026-03-04T10:12:00", "2026-03-04 10:12:00Z", "2026-03-04T10:12Z",
    "2026-03-04T24:00:00Z", "2026-03-04T10:60:00Z", "2016-12-31T23:59:60Z", "2026-02-29T10:12:00Z",
    "2026-03-04T10:12:00.Z", "2026-03-04T10:12:00+0100", "2026-03-04T10:12:00+25:00",
    "2026-03-04T10:12:00Zx", "2026-03-04T10:12:00+01:00 ", "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01", "２０２６-03-04T10:12:00Z",
  ]) func `anything else is refused`(_ text: String) {
    #expect(throws: TimeProblem.self) { try Times.instant(text) }
  }

  @Test func `a day is a day in Great Britain, as a start or as the last day`() throws {
    let cases = [
      ("2026-01-15", "2026-01-15T00:00:00.000Z", "2026-01-16T00:00:00.000Z"),
      ("2026-03-29", "2026-03-29T00:00:00.000Z", "2026-03-29T23:00:00.000Z"),
      ("2026-07-01", "2026-06-30T23:00:00.000Z", "2026-07-01T23:00:00.000Z"),
      ("2026-10-25", "2026-10-24T23:00:00.000Z", "2026-10-26T00:00:00.000Z"),
    ]
    for (day, start, end) in cases {
      #expect(try Times.instant(day, orDayAs: .start).stored == start)
      #expect(try Times.instant(day, orDayAs: .end).stored == end)
    }
    #expect(try Times.instant("9999-12-31", orDayAs: .end).stored == "9999-12-31T23:59:59.999Z")
  }

  @Test(arguments: [
    "04/03/2026", "4/3/26", "01-Dec", "04-Mar-26", "46085", "46085.5", "20260304", "2026-3-4",
    "2026-02-30", "2026-03-04 10:12:00", "03.04.2026", "today",
  ]) func `a day of another form is refused`(_ text: String) {
    #expect(problem(text) != nil)
  }

  @Test func `what a spreadsheet did is named`() {
    #expect(problem("04/03/2026")?.isRewritten == true)
    #expect(problem("04/03/2026")?.next?.contains("--dates dmy") == true)
    #expect(problem("46085")?.next?.contains("day number") == true)
    #expect(problem("01-Dec")?.isRewritten == true)
    #expect(problem("2026-02-30")?.expected == "a day that exists")
  }

  @Test func `day first is read only when asked for`() throws {
    #expect(
      try Times.instant("04/03/2026", orDayAs: .start, dates: .dmy).stored
        == "2026-03-04T00:00:00.000Z")
    #expect(
      try Times.instant("2026-03-04", orDayAs: .start, dates: .dmy).stored
        == "2026-03-04T00:00:00.000Z")
    #expect(problem("31/02/2026", dates: .dmy)?.expected == "a day that exists")
    #expect(problem("04/03/26", dates: .dmy) != nil)
    #expect(problem("04/03/2026 10:00", dates: .dmy) != nil)
  }
}
