extension DiscrepancyCheck {
  /// Asks whether meter technical details name the meter point that the SMI says.
  ///
  /// Which of the two is right is not known, so it is a possible error. A value that is in another
  /// place of the device agrees; one that makes a ring is a crossed one.
  static let secondSourceDiffers = DiscrepancyCheck(.secondSourceDiffers) { facts in
    facts.differing(from: .technicalDetails).map { said in
      facts.suspicion(
        .secondSourceDiffers, .possible, said,
        Fact(
          .mpxnInTechnicalDetails, said.value.value.mpxn.map { .token($0) } ?? .text("empty"),
          from: .position(said.value.position)))
    }
  }
}

extension DiscrepancyFacts {
  /// What a second source says otherwise than the SMI, and that is in no ring.
  func differing(from source: SaidMPxN.Source) -> [SaidMPxN] {
    said.filter { said in
      guard said.source == source,
        !ring.contains(where: { $0.device == device.id && $0.field == said.field }),
        let smi = device.history(said.field).current,
        FieldValue(smi.value) != said.value.value
      else { return false }
      guard let token = said.value.value.mpxn else { return true }
      return !places.contains { $0.held.value == token }
    }
  }

  /// The suspicion that a place should hold what a second source says.
  func suspicion(
    _ rule: DiscrepancyRule, _ confidence: Confidence, _ said: SaidMPxN, _ fact: Fact
  ) -> Suspicion {
    let held = place(said.field)
    return suspicion(
      rule, confidence, field: CorrectionField(said.field),
      mpxns: [held?.held.value, said.value.value.mpxn].compactMap { $0 },
      parties: said.rows.filter { $0.isInForce(at: at) }.map(party),
      facts: (held.map { [$0.fact] } ?? []) + [fact],
      wanted: said.value.value.mpxn.map { .mpxn($0) } ?? .empty,
      route: said.value.value.mpxn == nil ? .manual : route(to: said.rows, in: said.field))
  }
}
