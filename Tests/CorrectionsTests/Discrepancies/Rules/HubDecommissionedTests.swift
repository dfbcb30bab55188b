import Testing

@testable import Corrections

@Suite struct `hubDecommissioned: a device whose every hub is gone` {
  private func hub(_ id: EUI64, _ status: DeviceStatus?, isGone: Bool) -> DiscrepancyFacts.Hub {
    DiscrepancyFacts.Hub(
      id: id,
      status: status.map {
        Known(value: $0, from: local("2026-01-01"), isExact: true, position: 50)
      }, isGone: isGone)
  }

  private func found(
    _ hubs: [DiscrepancyFacts.Hub], of type: DeviceType = .esme
  ) -> [Suspicion] {
    suspect(device(type, type.isType2 ? nil : .commissioned)).with { $0.hubs = hubs }
      .found(by: .hubDecommissioned)
  }

  @Test func `is likely, and names each hub with its status`() {
    #expect(
      found([
        hub(The.hub, .decommissioned, isGone: true), hub(The.gasProxy, nil, isGone: true),
      ]) == [
        Suspicion(
          .hubDecommissioned, .likely, of: The.device, others: [The.hub, The.gasProxy],
          field: .status,
          facts: [
            .typed(), Fact(.status, .text("Commissioned"), from: .position(10)),
            Fact(.hub, .text(The.hub.description)),
            Fact(.hubStatus, .text("Decommissioned"), from: .position(50)),
            Fact(.hub, .text(The.gasProxy.description)),
          ])
      ])
  }

  @Test func `is none while one hub is in use, or none is known`() {
    #expect(
      found([
        hub(The.hub, .decommissioned, isGone: true),
        hub(The.gasProxy, .commissioned, isGone: false),
      ]).isEmpty)
    #expect(found([]).isEmpty)
  }

  @Test(arguments: DeviceType.allCases)
  func `is not asked of hubs themselves`(_ type: DeviceType) {
    let found = found([hub(The.hub, .withdrawn, isGone: true)], of: type)
    #expect(found.count == (type == .chf || type == .gpf ? 0 : 1))
  }

  @Test(arguments: [DeviceStatus.decommissioned, .withdrawn])
  func `takes a hub of that status, or that was removed, for gone`(_ status: DeviceStatus) {
    #expect(!device(.chf, status).isLive(at: The.now))
    #expect(device(.chf, .suspended).isLive(at: The.now))
    let removed = device(
      from: observed(entry(.chf)), recorded(Told.deleted, at: 11, effective: The.daysAgo(1)))
    #expect(!removed.isLive(at: The.now))
    #expect(removed.isLive(at: The.daysAgo(2)))
  }
}
