extension Rule {
  /// E080414 asks whether the device has a status that allows an MPxN update.
  ///
  /// Whitelisted, InstalledNotCommissioned or Commissioned. Source: DP213. A device that is not in
  /// the SMI fails here too (inferred: the branch has no other code for it).
  static let e080414 = Rule(
    .e080414,
    mpxn: { facts in
      guard let device = facts.device else { return .fails(.deviceNotKnown, inferred: true) }
      guard let status = facts.status else {
        return device.type.isType2
          ? .fails(.statusNotKnown, inferred: true) : .unknown(.statusNotKnown, missing: .status)
      }
      let evidence = Fact.facts(about: status)
      switch status.value {
      case .whitelisted, .installedNotCommissioned, .commissioned:
        return .holds(.statusAllows, evidence)
      case .pending, .decommissioned, .withdrawn, .suspended, .recovery, .recovered:
        return .fails(.statusForbids, evidence)
      }
    })
}
