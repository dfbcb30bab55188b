import Corrections

extension EventKind {
  /// One event of a second source, or of a look for errors, by chance.
  func discoverySample(_ dice: inout Dice) -> Event {
    switch self {
    case .technicalDetailsObserved:
      .technicalDetailsObserved(
        TechnicalDetailsObserved(deviceID: dice.eui(), kind: dice.one(), mpxn: dice.token()))
    case .technicalDetailsImported:
      .technicalDetailsImported(
        TechnicalDetailsImported(rows: dice.position(), observed: dice.below(9)))
    case .discrepancyFound:
      .discovery(
        .found(
          DiscrepancyFound(
            discrepancy: dice.discrepancy(), suspicion: dice.suspicion(), rules: 1)))
    case .discrepancyCleared: .discovery(.cleared(dice.ending()))
    case .discrepancyDismissed:
      .discovery(
        .dismissed(DiscrepancyDismissed(about: dice.ending(), reason: dice.name43())))
    default: preconditionFailure("\(rawValue) is of no discovery")
    }
  }
}

extension Dice {
  fileprivate mutating func discrepancy() -> DiscrepancyID {
    DiscrepancyID(number: 1 + below(1_000_000))
  }

  fileprivate mutating func ending() -> DiscrepancyEnded {
    DiscrepancyEnded(
      discrepancy: discrepancy(), rule: one(), device: eui(), others: some { $0.eui() },
      parties: some { $0.one(of: ["SUPA", "SUPB", "SUPC"]) })
  }

  fileprivate mutating func suspicion() -> Suspicion {
    Suspicion(
      one(), one(), of: eui(), others: some { $0.eui() }, field: maybe { $0.one() },
      mpxns: some { $0.token() }, parties: some { $0.one(of: ["SUPA", "SUPB", "SUPC"]) },
      facts: some { $0.fact() }, wanted: maybe { $0.entryValue() }, route: maybe { $0.one() })
  }
}
