/// What had become true in the world by a moment, of what is known.
///
/// The one meaning of `--effective-at`: an event counts from its effective time on. That an event was
/// recorded in error counts as soon as that is known, whenever it was true: the event never was.
extension [Recorded] {
  /// The events that are effective by a moment; all of them without one.
  ///
  /// An annulment stays with the event among these that it is about, and is left out with it.
  public func effective(at moment: Instant?) -> [Recorded] {
    guard let moment, contains(where: { $0.effectiveAt > moment || $0.isAnnulment }) else {
      return self
    }
    var isEffective: [Int: Bool] = [:]
    for recorded in self { isEffective[recorded.position] = recorded.effectiveAt <= moment }
    return filter { recorded in
      if case .eventAnnulled(let annulled) = recorded.event,
        let original = isEffective[annulled.position]
      {
        return original
      }
      return recorded.effectiveAt <= moment
    }
  }
}

extension Recorded {
  fileprivate var isAnnulment: Bool {
    if case .eventAnnulled = event { true } else { false }
  }
}

extension Correction {
  /// Folds a correction's whole timeline as it was true in the world by a moment, annulments among it;
  /// nil when nothing opens it, or it was opened later.
  ///
  /// What an old ticket says of its end counts from then on, and it joins another correction when it is
  /// told. An annulment moves the correction on, though it may leave its last event where it is: what was
  /// read before is not what stands now.
  public static func fold(
    _ id: CorrectionID, _ timeline: [Recorded], effectiveAt moment: Instant?
  ) -> Correction? {
    let standing = timeline.standing
    let annulment = timeline.last(where: \.isAnnulment)?.position ?? 0
    var whole = fold(id, standing)
    whole?.moveOn(to: annulment)
    guard let moment, let whole else { return whole }
    guard whole.openedAt <= moment else { return nil }
    var correction: Correction?
    for recorded in standing where recorded.effectiveAt <= moment {
      // A ticket that is told again once somebody has worked on it here says nothing new.
      guard !recorded.isTicket(of: id) || recorded.position <= whole.openedAtPosition else {
        continue
      }
      evolve(&correction, id: id, with: recorded, by: moment)
    }
    correction?.moveOn(to: annulment)
    return correction
  }
}

extension Correction {
  /// Says that something changed it at a position, where that is later than what is known.
  private mutating func moveOn(to position: Int) { self.position = max(self.position, position) }
}

extension Recorded {
  fileprivate func isTicket(of id: CorrectionID) -> Bool {
    if case .incidentTakenOver(let ticket) = event { ticket.correction == id } else { false }
  }
}
