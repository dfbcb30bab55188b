import Corrections
import Testing

@testable import Pages

@Suite struct `The time axis of a picture` {
  private func time(_ text: String) throws -> Instant {
    try #require(Instant(stored: text + ".000Z"))
  }

  @Test func `shades a weekend and Good Friday as one stretch, within its bounds`() throws {
    let axis = TimeAxis(
      from: try time("2026-04-01T00:00:00"), to: try time("2026-04-10T00:00:00"))
    let shut = axis.shut(CalendarHistory(.englandAndWales))
    // Good Friday to Easter Monday.
    #expect(shut.count == 1)
    let width = try #require(Double(shut[0].width.dropLast()))
    #expect((43...46).contains(width), "four days of nine: \(width)")
  }

  @Test(arguments: [0, 1, 2, 3, 9, 40, 400, 4_000])
  func `names at most four days, in order, the first at its beginning`(_ days: Int) throws {
    let start = try time("2026-03-04T10:12:00")
    let axis = TimeAxis(
      from: start, to: start.advanced(byMilliseconds: Int64(days) * 86_400_000))
    let places = axis.ticks.compactMap { Double($0.x.dropLast()) }
    #expect((1...4).contains(places.count) && places.first == 0 && places == places.sorted())
    #expect(axis.ticks.allSatisfy { !$0.tickName.isEmpty })
    #expect(axis.shut(CalendarHistory(.englandAndWales)).count <= 60)
  }

  @Test func `holds what lies outside it at its edges`() throws {
    let start = try time("2026-03-04T10:00:00")
    let axis = TimeAxis(from: start, to: start)
    #expect(axis.place(start.advanced(byMilliseconds: -5)) == 0)
    #expect(axis.place(start.advanced(byMilliseconds: 86_400_000)) == 100)
  }
}
