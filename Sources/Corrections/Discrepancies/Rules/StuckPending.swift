extension DiscrepancyCheck {
  /// Asks whether a device has been Pending for longer than it takes to install one.
  ///
  /// No source gives a time: 60 days are our choice, so it is a possible error.
  static let stuckPending = DiscrepancyCheck(.stuckPending) { facts in
    facts.stuck(.stuckPending, in: .pending, days: daysPending, route: .preNotifier)
  }

  /// For so many days a device may be Pending.
  public static let daysPending = 60
}

extension DiscrepancyFacts {
  /// The suspicion that a device has a status for more than so many days.
  func stuck(
    _ rule: DiscrepancyRule, in status: DeviceStatus, days: Int, route: Route?
  ) -> [Suspicion] {
    guard let known = device.currentStatus, known.value == status,
      at.milliseconds - known.from.milliseconds > Int64(days) * 86_400_000
    else { return [] }
    let user = device.prenotifier.map {
      [Fact(.prenotifiedBy, .text($0.value.description), from: .position($0.position))]
    }
    return [
      suspicion(rule, .possible, field: .status, facts: statusFacts + (user ?? []), route: route)
    ]
  }
}
