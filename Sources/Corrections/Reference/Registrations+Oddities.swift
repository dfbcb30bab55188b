/// What can be odd about the registrations of one meter point.
extension [Registration] {
  /// The last of them, where all have ended and none is ahead; nil where there are none.
  public func lastOfEnded(at time: Instant) -> Registration? {
    guard case .nobody(next: nil, _) = RegistrationAnswer(rows: self, at: time) else { return nil }
    return self.max { $0.from < $1.from }
  }

  /// Those that are in force beside another one of their kind, the earliest first.
  public func overlapping(at time: Instant) -> [Registration] {
    let inForce = filter { $0.isInForce(at: time) }
    guard inForce.count > 1 else { return [] }
    return inForce.filter { row in inForce.count { $0.kind == row.kind } > 1 }
      .sorted { ($0.from, $0.supplier) < ($1.from, $1.supplier) }
  }

  /// The last of those that have not ended, where all of these are of other kinds.
  public func ofOtherKind(than kind: Registration.Kind, at time: Instant) -> Registration? {
    let counting = filter { $0.to.map { $0 > time } ?? true }
    return counting.allSatisfy { $0.kind != kind } ? counting.last : nil
  }
}
