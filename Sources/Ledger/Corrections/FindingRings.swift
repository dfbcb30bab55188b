import Corrections
import EventLog

/// A place for a meter point whose correction wants another one there.
struct RingPlace {
  let device: EUI64
  let field: MPxNField
  let holds: Token
  let wants: Token
  /// Nil while it is only reported.
  let correction: Correction?

  func isSame(as other: RingPlace) -> Bool { device == other.device && field == other.field }

  /// The newest last; what is only reported will be the newest of all.
  var order: Int { correction?.id.number ?? .max }
}

extension Ledger {
  /// Open corrections that lead from what one wants round to what it holds.
  ///
  /// Each wants what the next one's device holds. Empty when they do not; `passed` names the devices
  /// that were looked at.
  ///
  /// From each place one way leads on, whoever asks, so that all members see the same ring: where more
  /// than one device holds what is wanted, to the one that wants what is held here, else to the oldest
  /// correction.
  func ring(
    from start: RingPlace, upTo position: Int
  ) throws -> (ring: [Correction], passed: [EUI64]) {
    var passed: Set<EUI64> = [start.device]
    var places = [start]
    while places.count <= Ledger.longestRing, let place = places.last {
      let held = try holders(of: place.wants, besides: start, upTo: position)
      passed.formUnion(held.map(\.device))
      let others = held.filter { !$0.isSame(as: place) }
      guard
        let next = others.filter({ $0.wants == place.holds }).min(by: { $0.order < $1.order })
          ?? others.min(by: { $0.order < $1.order })
      else { break }
      if next.isSame(as: start) {
        return (places.dropFirst().compactMap(\.correction), passed.sorted())
      }
      guard !places.contains(where: next.isSame) else { break }
      places.append(next)
    }
    return ([], passed.sorted())
  }

  /// The places that hold a meter point and whose correction wants another there.
  private func holders(
    of token: Token, besides start: RingPlace, upTo position: Int
  ) throws -> [RingPlace] {
    try otherHolders(of: token, than: nil, upTo: position).flatMap { id -> [RingPlace] in
      guard let device = try device(id, upTo: position) else { return [] }
      return try MPxNField.allCases.compactMap { field -> RingPlace? in
        guard device.current(field)?.value == token else { return nil }
        if id == start.device, field == start.field { return start }
        guard let open = device.openCorrection(of: CorrectionField(field)),
          let correction = try correction(open, upTo: position),
          let wanted = correction.requested.mpxn
        else { return nil }
        return RingPlace(
          device: id, field: field, holds: token, wants: wanted, correction: correction)
      }
    }
  }

  /// How many places are looked at for a ring.
  private static let longestRing = 1_000
}
