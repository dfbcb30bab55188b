extension DiscrepancyCheck {
  /// Asks whether no more devices are at one place than the SMI answers for.
  ///
  /// Source: an 8.2 response holds at most 17 devices (DUIS schema). All of a place make one
  /// discrepancy, of the device with the lowest id.
  static let tooManyDevices = DiscrepancyCheck(.tooManyDevices) { facts in
    guard facts.crowd.count > QueryAnswer.most, facts.crowd.min() == facts.device.id else {
      return []
    }
    let others = facts.crowd.filter { $0 != facts.device.id }.sorted()
    return [
      facts.suspicion(
        .tooManyDevices, .likely, others: others, field: .other,
        facts: [Fact(.found, .text(String(facts.crowd.count)))], route: .incident)
    ]
  }
}
