extension DiscrepancyCheck {
  /// Asks whether a device that is in use has a hub that is.
  ///
  /// Source: a device talks to the DCC through the hub that it is joined with. Every hub of it must be
  /// gone; hubs themselves are not asked about.
  static let hubDecommissioned = DiscrepancyCheck(.hubDecommissioned) { facts in
    guard facts.device.type != .chf, facts.device.type != .gpf, !facts.hubs.isEmpty,
      facts.hubs.allSatisfy(\.isGone)
    else { return [] }
    return [
      facts.suspicion(
        .hubDecommissioned, .likely, others: facts.hubs.map(\.id), field: .status,
        facts: facts.statusFacts
          + facts.hubs.flatMap { hub in
            [Fact(.hub, .text(hub.id.description))]
              + (hub.status.map {
                [Fact(.hubStatus, .text($0.value.rawValue), from: .position($0.position))]
              } ?? [])
          })
    ]
  }
}
