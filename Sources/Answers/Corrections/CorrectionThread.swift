package import Corrections
package import Ledger
import Wire

/// One correction with its timeline, as it was known and true at a moment.
package struct CorrectionThread {
  package let id: CorrectionID
  package let ledger: Ledger
  package let moment: Moment
  private let sight: Sight
  /// Everything that was known of it then.
  private let known: [Recorded]
  /// The correction; nil when nothing opens it as of the moment.
  package let correction: Correction?

  package init(
    _ id: CorrectionID, _ ledger: Ledger, _ moment: Moment, sight: Sight = .whole
  ) throws {
    self.sight = sight
    self.id = id
    self.ledger = ledger
    self.moment = moment
    known = try ledger.timeline(Tag.correction(id), upTo: moment.position)
    correction = Correction.fold(id, known, effectiveAt: moment.effectiveAt)
  }

  /// The events that count, with what says of them that they were recorded in error.
  package var events: [Recorded] { known.effective(at: moment.effectiveAt) }

  /// The correction with its clocks; throws why there is none.
  package func answer() throws -> CorrectionAnswer {
    guard let correction else { throw whyNot }
    return try answer(correction)
  }

  private func answer(_ correction: Correction) throws -> CorrectionAnswer {
    CorrectionAnswer(
      correction, ledger, try ledger.terms(upTo: moment.position), position: correction.position,
      at: moment.clock, upTo: moment.askedPosition, effectiveAt: moment.effectiveAt,
      sight: sight)
  }

  /// Why there is no correction: it isn't known, its opening was recorded in error, or it was opened
  /// later.
  package var whyNot: any Error {
    if let wrong = annulledOpening {
      return NotFound(
        "\(id) was opened at position \(wrong.opening), which was annulled at position "
          + "\(wrong.annulment): it counts as never opened. Its events: smi-ledger timeline "
          + "correction \(id)")
    }
    if let effective = moment.effectiveAt, let later = Correction.fold(id, known, effectiveAt: nil)
    {
      return NotFound(
        "\(id) was opened at \(later.openedAt) (position \(later.openedAtPosition)), which is after "
          + "--effective-at \(effective)")
    }
    return NoSuchCorrection(id: id, position: moment.position)
  }

  /// The opening that was recorded in error, where no other one stands.
  private var annulledOpening: (opening: Int, annulment: Int)? {
    guard Correction.fold(id, known, effectiveAt: nil) == nil else { return nil }
    let annulments = known.annulments
    for recorded in known {
      switch recorded.event {
      case .correctionRequested, .incidentTakenOver: break
      default: continue
      }
      guard let annulment = annulments[recorded.position] else { continue }
      return (recorded.position, annulment.position)
    }
    return nil
  }
}
