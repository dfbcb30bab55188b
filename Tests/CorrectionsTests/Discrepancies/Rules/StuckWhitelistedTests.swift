import Testing

@testable import Corrections

@Suite struct `stuckWhitelisted: Whitelisted for longer than an installation takes` {
  private func found(_ status: DeviceStatus = .whitelisted, since: Instant) -> [Suspicion] {
    suspect(device(.esme, status, since: since, holding: nil)).found(by: .stuckWhitelisted)
  }

  @Test func `is possible from the first millisecond after 30 days`() {
    let since = The.daysAgo(30, plus: -1)
    #expect(
      found(since: since) == [
        Suspicion(
          .stuckWhitelisted, .possible, of: The.device, field: .status,
          facts: [
            .typed(), Fact(.status, .text("Whitelisted"), from: .position(10)),
            Fact(.statusSince, .time(since), from: .position(10)),
          ], route: .selfServe)
      ])
  }

  @Test(arguments: [0, 1, 86_400_000] as [Int64])
  func `is none of 30 days and less`(_ later: Int64) {
    #expect(found(since: The.daysAgo(30, plus: later)).isEmpty)
  }

  @Test(arguments: DeviceStatus.allCases.filter { $0 != .whitelisted })
  func `is none in another status`(_ status: DeviceStatus) {
    #expect(found(status, since: The.daysAgo(500)).isEmpty)
  }

  @Test func `counts from when it was first seen where nothing more is known, and says no since`() {
    let seen = observed(
      entry(.esme, .whitelisted), effective: The.daysAgo(30, plus: -1))
    let again = observed(entry(.esme, .whitelisted), at: 11, effective: The.daysAgo(1))
    let found = suspect(device(from: seen, again)).found(by: .stuckWhitelisted)
    #expect(found.map { $0.facts.map(\.name) } == [[.deviceType, .status]])
  }

  @Test func `names who pre-notified it, whom it concerns`() {
    let added = prenotified(by: The.maker, effective: The.daysAgo(100))
    let became = recorded(Told.became(.whitelisted), at: 21, effective: The.daysAgo(99))
    let found = suspect(device(from: added, became)).with { $0.prenotifierParty = "MAPX" }
      .found(by: .stuckWhitelisted)
    #expect(found.map(\.parties) == [["MAPX"]])
    #expect(
      found.first?.facts.last
        == Fact(
          .prenotifiedBy, .text(The.id(The.maker).description), from: .position(20)))
  }
}
