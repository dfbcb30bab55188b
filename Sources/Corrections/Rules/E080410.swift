extension Rule {
  /// E080410 asks whether the sender is authorised to execute the request.
  ///
  /// Source: DP213. A status: a user in role IS or GS. Details and deletion: the very User ID that
  /// added the device. A meter point: the Registered Supplier of the one now in the same field, where
  /// there is one.
  static let e080410 = Rule(.e080410) { facts in
    switch facts.asks {
    case .status: statusAuthority(facts)
    case .details, .delete: prenotifierAuthority(facts)
    case .mpxn(let facts): heldAuthority(facts)
    case .query, .prenotification: preconditionFailure("E080410 is asked of SR 8.4 only")
    }
  }

  /// Any user in the role of a supplier of import or gas, whoever supplies the device.
  private static func statusAuthority(_ facts: RequestFacts) -> Verdict {
    guard let user = facts.user else { return .unknown(.senderNotKnown, missing: .sender) }
    let evidence = facts.senderFacts + facts.senderRoleFacts
    return user.roles.contains(.importSupplier) || user.roles.contains(.gasSupplier)
      ? .holds(.supplierRole, evidence) : .fails(.noSupplierRole, evidence)
  }

  /// The exact User ID: another one of the same party fails.
  private static func prenotifierAuthority(_ facts: RequestFacts) -> Verdict {
    guard let device = facts.device else { return .unknown(.deviceNotKnown, missing: .device) }
    guard let prenotifier = device.prenotifier else {
      return .unknown(.prenotifierNotKnown, missing: .prenotifiedBy)
    }
    guard let originator = facts.originator else {
      return .unknown(.senderNotKnown, facts.prenotifierFacts, missing: .sender)
    }
    return originator == prenotifier.value
      ? .holds(.senderPrenotified, facts.prenotifierFacts)
      : .fails(.anotherPrenotified, facts.prenotifierFacts + facts.senderFacts)
  }

  /// An empty field holds; a field of which nothing has been said is unknown, and so is one whose value was
  /// erased: later registrations of it go by another token.
  ///
  /// Rows held but none in force: nobody is the Registered Supplier, so the check holds (inferred from
  /// "where there is one").
  private static func heldAuthority(_ facts: MPxNFacts) -> Verdict {
    guard facts.device != nil else { return .unknown(.deviceNotKnown, missing: .device) }
    guard let place = facts.place else {
      return .unknown(.placeNotKnown, missing: .heldMPxN)
    }
    guard let held = facts.held else {
      let seen = Fact(
        .emptyPlace, .text(facts.field.rawValue), from: .position(place.position))
      return .holds(.placeIsEmpty, [seen])
    }
    let value = Fact(.heldMPxN, .token(held.value), from: .position(held.position))
    guard !facts.heldIsErased else { return .unknown(.heldWasErased, [value], missing: .heldMPxN) }
    return facts.senderIsSupplier(
      by: facts.heldRegistration, of: facts.heldRows, evidence: value
    ) { evidence, _ in .holds(.nobodyIsRegistered, evidence, inferred: true) }
  }
}
