/// One row of registration data: who is the supplier of a meter point, from when to when.
public struct Registration: Hashable, Sendable {
  /// The meter point, by its token.
  public let mpxn: Token
  /// What it measures.
  public let kind: Kind
  /// Market participant id.
  public let supplier: String
  /// The first moment at which it is in force.
  public let from: Instant
  /// The first moment at which it is no longer in force; nil while open.
  public let to: Instant?
  /// Whether it ends because a full file leaves it out, and not because somebody said so.
  public let isUnlisted: Bool
  /// The position of the import that this row came with.
  public let imported: Int

  /// Makes a row of its parts.
  public init(
    mpxn: Token, kind: Kind, supplier: String, from: Instant, to: Instant?,
    isUnlisted: Bool = false, imported: Int
  ) {
    self.mpxn = mpxn
    self.kind = kind
    self.supplier = supplier
    self.from = from
    self.to = to
    self.isUnlisted = isUnlisted
    self.imported = imported
  }

  /// What the meter point measures.
  public enum Kind: String, CaseIterable, Hashable, Sendable { case `import`, export, gas }

  /// Whether it is in force at a moment.
  public func isInForce(at time: Instant) -> Bool {
    guard from <= time else { return false }
    guard let to else { return true }
    return time < to
  }
}

/// Who is the Registered Supplier of a meter point at a moment, as far as the ledger holds it.
public enum RegistrationAnswer: Hashable, Sendable {
  /// No row for this meter point is held.
  case notHeld
  /// Rows are held, and none is in force.
  case nobody(next: Registration?, imported: Int)
  /// Two suppliers with the same latest start.
  case disagree([Registration])
  /// One row in force; and the one that starts next, where one is held.
  case registered(Registration, next: Registration?)

  /// The row with the latest start not after `time` that has not ended.
  ///
  /// Rows for one start and supplier that came later replace earlier ones.
  public init(rows: [Registration], at time: Instant) {
    guard let imported = rows.map(\.imported).max() else {
      self = .notHeld
      return
    }
    let next = rows.filter { $0.from > time }.min { $0.from < $1.from }
    let inForce = rows.filter { $0.isInForce(at: time) }
    guard let latest = inForce.map(\.from).max() else {
      self = .nobody(next: next, imported: imported)
      return
    }
    let candidates = inForce.filter { $0.from == latest }
    if Set(candidates.map(\.supplier)).count > 1 {
      self = .disagree(candidates)
    } else {
      self = .registered(candidates[0], next: next)
    }
  }

  /// The row in force, where exactly one is.
  public var registration: Registration? {
    switch self {
    case .registered(let registration, _): registration
    case .notHeld, .nobody, .disagree: nil
    }
  }

  /// The row that starts next, where one is held.
  public var next: Registration? {
    switch self {
    case .registered(_, let next), .nobody(let next, _): next
    case .notHeld, .disagree: nil
    }
  }
}
