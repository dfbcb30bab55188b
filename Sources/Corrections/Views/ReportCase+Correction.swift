extension Correction {
  /// Whether two suppliers have to do with it: it was or is a matter of somebody else's agreement.
  public var isTwoSupplier: Bool {
    advice?.route == .twoSupplier || resolutions.contains { $0.route == .twoSupplier }
      || consents.contains { $0.party != requester }
  }

  /// The months of Europe/London that may count it, as `YYYY-MM`, each once: those in which it was
  /// open, resolved, confirmed, opened again or closed.
  ///
  /// One that is open counts in every later month, too.
  public var months: [String] {
    var months: Set<Month> = []
    var openedAt: Instant? = self.openedAt
    func open(until end: Instant) {
      guard let start = openedAt else { return }
      var month = Month(of: start)
      let last = Month(of: max(start, end))
      months.insert(month)
      while month != last {
        month = month.next
        months.insert(month)
      }
    }
    for resolution in resolutions {
      open(until: resolution.at)
      openedAt = resolution.reopenedAt
      if let confirmed = resolution.confirmedAt { months.insert(Month(of: confirmed)) }
    }
    open(until: closedAt ?? lastStepAt)
    if let closedAt { months.insert(Month(of: closedAt)) }
    return months.map(\.description).sorted()
  }
}
