public import Corrections

extension Ledger {
  /// What is worth a look about the meter point that a correction wants, as things stand at a position,
  /// or stood at a moment.
  ///
  /// Empty for another field, or where the meter point was erased. `mpxn` is the wanted one where it
  /// isn't recorded, because the correction was only tried.
  ///
  /// - Throws: ``LogError`` when the log can't be read.
  public func warnings(
    about correction: Correction, wanting mpxn: MPxN? = nil, upTo position: Int? = nil,
    effectiveAt moment: Instant? = nil
  ) throws -> [Warning] {
    guard let token = correction.requested.mpxn, let field = correction.field.mpxn,
      let device = correction.knownDevice, let mpxn = try self.mpxn(token) ?? mpxn
    else { return [] }
    let position = try position ?? head()
    let facts = try mpxnFacts(
      originator: nil, deviceID: device, field: field, wanted: token, at: moment ?? now(),
      position: position)
    // Who sends is not said yet, and what is held already is said elsewhere.
    let all = warnings(about: mpxn, given: facts).filter {
      $0 != .originatorNotKnown && $0 != .alreadyHeld
    }
    guard let moment else { return all }
    let others = try otherHolders(of: token, than: device, upTo: position, at: moment)
    return all.filter { $0 != .heldByAnotherDevice }
      + (others.isEmpty ? [] : [.heldByAnotherDevice])
  }
}
