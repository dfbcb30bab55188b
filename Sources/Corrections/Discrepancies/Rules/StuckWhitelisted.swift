extension DiscrepancyCheck {
  /// Asks whether a device has been Whitelisted for longer than it takes to join.
  ///
  /// No source gives a time: 30 days are our choice, so it is a possible error.
  static let stuckWhitelisted = DiscrepancyCheck(.stuckWhitelisted) { facts in
    facts.stuck(.stuckWhitelisted, in: .whitelisted, days: daysWhitelisted, route: .selfServe)
  }

  /// For so many days a device may be Whitelisted.
  public static let daysWhitelisted = 30
}
