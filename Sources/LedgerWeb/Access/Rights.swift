package import Ledger

/// What a request to the server is for.
package enum Operation: String, CaseIterable, Sendable {
  case health, ready, metrics, openapi, problem
  case asset, signIn, signOut
  case submitRequest, recordMessage
  case showDevice, deviceHistory
  case listCorrections, openCorrection, showCorrection, correctionTimeline, correctionRequest
  case act
  case listDiscrepancies, showDiscrepancy, settleDiscrepancy
  case report, evidence, checkpoint, tile, entries
  case find, audit, auditLists
}

/// How much of what an operation is about somebody may see or touch.
package enum Right: Hashable, Sendable {
  /// Everything.
  case all
  /// What concerns the party: see ``Ledger/concerns(_:_:)``.
  case own
  /// What is or was the DSP's turn.
  case queue
  /// Everything, with masked meter points and without what people wrote.
  case masked
  /// Nothing: for them it does not exist.
  case none
}

/// Who may what: the whole table.
package enum Rights {
  /// What needs no token.
  package static let open: Set<Operation> = [
    .health, .ready, .openapi, .problem, .asset, .signIn,
  ]

  /// What somebody with a token may.
  package static func of(_ role: AccessRole, to operation: Operation) -> Right {
    let row: (supplier: Right, servicecentre: Right, dsp: Right, secas: Right, auditor: Right)
    switch operation {
    case .health, .ready, .openapi, .problem, .asset, .signIn, .signOut:
      row = (.all, .all, .all, .all, .all)
    case .metrics: row = (.none, .all, .none, .none, .all)
    case .submitRequest, .recordMessage: row = (.own, .all, .none, .none, .none)
    case .showDevice, .deviceHistory: row = (.own, .all, .queue, .none, .all)
    case .listCorrections, .showCorrection, .correctionTimeline:
      row = (.own, .all, .queue, .masked, .all)
    case .openCorrection: row = (.own, .all, .none, .none, .none)
    case .correctionRequest: row = (.own, .all, .none, .none, .none)
    case .act: row = (.own, .all, .queue, .none, .none)
    case .listDiscrepancies, .showDiscrepancy: row = (.own, .all, .none, .masked, .all)
    case .settleDiscrepancy: row = (.none, .all, .none, .none, .none)
    case .report: row = (.own, .all, .none, .all, .all)
    case .evidence: row = (.own, .all, .none, .none, .all)
    case .find, .audit: row = (.all, .all, .all, .all, .all)
    // They name whatever was done, and by whom.
    case .auditLists: row = (.none, .all, .none, .none, .all)
    case .checkpoint, .tile: row = (.all, .all, .all, .all, .all)
    // A bundle holds the records of everybody.
    case .entries: row = (.none, .all, .none, .none, .all)
    }
    return switch role {
    case .supplier: row.supplier
    case .servicecentre: row.servicecentre
    case .dsp: row.dsp
    case .secas: row.secas
    case .auditor: row.auditor
    }
  }
}
