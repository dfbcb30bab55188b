import Corrections
import Testing

@Suite struct `Holder clock` {

  /// DCC Thursday noon to Tuesday noon over Easter 2026, the other supplier to Wednesday noon, then
  /// the requester.
  let turns = [
    Turn(holder: .dcc, from: local("2026-04-02", 12), to: local("2026-04-07", 12)),
    Turn(
      holder: .counterparty, party: "PARTYB", from: local("2026-04-07", 12),
      to: local("2026-04-08", 12)),
    Turn(holder: .requester, party: "PARTYA", from: local("2026-04-08", 12), to: nil),
  ]
  let hour: Int64 = 3_600_000

  @Test func `each holder gets its own time and the total is their sum`() {
    let clock = HolderClock(turns, at: local("2026-04-08", 18), calendars: .standard)
    #expect(clock.byHolder[.dcc]?.elapsedMilliseconds == 120 * hour)
    #expect(clock.byHolder[.dcc]?.workingMilliseconds == 24 * hour)
    #expect(clock.byHolder[.counterparty]?.workingMilliseconds == 24 * hour)
    #expect(clock.byHolder[.requester]?.workingMilliseconds == 6 * hour)
    #expect(clock.byHolder[.dsp] == nil)
    #expect(clock.byParty["PARTYB"]?.elapsedMilliseconds == 24 * hour)
    #expect(clock.total.elapsedMilliseconds == 150 * hour)
    #expect(clock.total.workingMilliseconds == 54 * hour)
    #expect(clock.totalExcludingRequester.workingMilliseconds == 48 * hour)
  }

  @Test func `nothing after the moment is counted`() {
    let clock = HolderClock(turns, at: local("2026-04-07", 18), calendars: .standard)
    #expect(clock.counted.map(\.holder) == [.dcc, .counterparty])
    #expect(clock.counted.map(\.isRunning) == [false, true])
    #expect(clock.counted.last?.to == local("2026-04-07", 18))
    #expect(clock.total.elapsedMilliseconds == 126 * hour)
    #expect(HolderClock(turns, at: local("2026-04-01"), calendars: .standard).total == .zero)
  }

  @Test func `a turn that has ended at the moment is not running`() {
    let clock = HolderClock(turns, at: local("2026-04-07", 12), calendars: .standard)
    #expect(clock.counted.map(\.isRunning) == [false, true])
    #expect(clock.counted.last?.time == .zero)
  }

  @Test(arguments: [41, 42, 43, 44] as [UInt64])
  func `the times of the holders add up to the time from first to last`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let moments = generator.moments(.random(in: 2..<12, using: &generator))
      let turns = zip(moments, moments.dropFirst())
        .map { from, to in
          Turn(holder: Holder.allCases.randomElement(using: &generator) ?? .dcc, from: from, to: to)
        }
      let last = moments[moments.count - 1]
      let clock = HolderClock(turns, at: last, calendars: CalendarHistory(.scotland))
      #expect(clock.byHolder.values.reduce(.zero, +) == clock.total)
      #expect(
        clock.total == ClockTime(from: moments[0], to: last, calendars: CalendarHistory(.scotland)))
      let requester = clock.byHolder[.requester] ?? .zero
      #expect(clock.totalExcludingRequester + requester == clock.total)
    }
  }
}
