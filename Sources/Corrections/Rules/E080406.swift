extension Rule {
  /// E080406 asks whether the device exists in the SMI and has a valid status.
  ///
  /// Source: DP213, whose details are support guidance and not a predicate. Inferred here: it fails
  /// when the device isn't in the SMI or has no status. A device that is Pending passes only for the
  /// supplier whose installation of it succeeded; whether anybody installed it is unknown until an
  /// answer to an installation request is recorded. Any other status holds.
  static let e080406 = Rule(.e080406) { facts in
    guard let device = facts.device else { return .fails(.deviceNotKnown, inferred: true) }
    guard let status = facts.status else {
      return device.type.isType2
        ? .fails(.statusNotKnown, facts.typeFacts, inferred: true)
        : .unknown(.statusNotKnown, missing: .status)
    }
    guard status.value == .pending else {
      return .holds(.hasStatus, facts.statusFacts, inferred: true)
    }
    let evidence = facts.statusFacts + facts.prenotifierFacts
    guard let installer = device.installer else {
      return .unknown(.installationNotHeld, evidence, missing: .installation, inferred: true)
    }
    guard let user = facts.user else {
      return .unknown(
        .senderNotKnown, evidence + facts.installerFacts, missing: .sender, inferred: true)
    }
    guard let party = facts.parties[installer.value] else {
      return installer.value == facts.originator
        ? .holds(.senderInstalled, evidence + facts.installerFacts, inferred: true)
        : .unknown(
          .installationNotHeld, evidence + facts.installerFacts, missing: .installation,
          inferred: true)
    }
    return party == user.party
      ? .holds(.senderInstalled, evidence + facts.installerFacts, inferred: true)
      : .fails(
        .anotherInstalled, evidence + facts.installerFacts + facts.senderFacts, inferred: true)
  }
}
