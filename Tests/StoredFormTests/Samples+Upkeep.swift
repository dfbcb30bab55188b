import Corrections

extension EventKind {
  /// One event about the ledger itself, by chance.
  func upkeepSample(_ dice: inout Dice) -> Upkeep {
    switch self {
    case .subjectErased:
      .subjectErased(
        SubjectErased(kind: dice.one(), token: dice.token(), reason: dice.name43()))
    case .documentsErased:
      .documentsErased(
        DocumentsErased(
          deviceID: dice.maybe { $0.eui() }, documents: dice.some { $0.name43() },
          commitments: dice.some { $0.position() }, reason: dice.name43()))
    case .timelinesSealed:
      .timelinesSealed(
        TimelinesSealed(upTo: dice.position(), tags: dice.below(9), root: dice.name43() + "="))
    case .evidenceExported:
      .evidenceExported(
        EvidenceExported(
          tag: "correction:\(dice.correction())", upTo: dice.position(), size: dice.position(),
          discloses: dice.flip()))
    case .ledgerRestored:
      .ledgerRestored(
        LedgerRestored(
          size: dice.position(), root: dice.name43() + "=", erasures: dice.below(9),
          checkpoint: dice.maybe { $0.position() },
          fork: dice.maybe {
            LedgerRestored.Fork(
              origin: "ledger.example/smi-2", publicKey: $0.name43() + "=")
          }))
    default: preconditionFailure("\(rawValue) is not about the ledger itself")
    }
  }
}
