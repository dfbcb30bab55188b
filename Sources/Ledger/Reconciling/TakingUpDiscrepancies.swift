public import Corrections
internal import EventLog
internal import Wire

/// What became of one discrepancy that was to be taken up.
public struct TakenUp: Sendable {
  /// The discrepancy.
  public let discrepancy: Discrepancy
  /// The device and field that a correction is about; a ring has one for each of its devices.
  public let device: EUI64
  /// What of the entry.
  public let field: CorrectionField
  /// The correction; nil where none could be opened.
  public let opened: Opened?
  /// Why none could be opened.
  public let refusal: (any Error)?
}

extension Ledger {
  /// Opens corrections for a discrepancy, one for each device of a ring, else one; what is open for the
  /// same device and field is joined, and done again nothing is recorded.
  ///
  /// Where a source says what the SMI should hold that is wanted; else the correction is of no field and
  /// says in `words` what was found. Durable on return; with `dryRun` nothing is recorded.
  ///
  /// - Throws: ``CannotDismiss``, or ``LogError`` when the log can't be read or written.
  public func takeUp(
    _ id: DiscrepancyID, as batch: String, words: (Discrepancy) -> String,
    by actor: Corrections.Actor, at time: Instant? = nil, dryRun: Bool = false
  ) throws -> [TakenUp] {
    let position = try head()
    guard let found = try discrepancy(id, upTo: position) else {
      throw CannotDismiss.noSuchDiscrepancy(id, position: position)
    }
    guard found.state != .cleared else { throw CannotDismiss.cleared(id, at: found.position) }
    if let open = try correctionInWords(of: found, upTo: position) {
      let known = Opened(
        correction: open, joined: true, repeated: true, position: open.openedAtPosition, events: [])
      return [
        TakenUp(
          discrepancy: found, device: found.suspicion.device, field: .other, opened: known,
          refusal: nil)
      ]
    }
    let places = try wanted(by: found, at: time ?? now(), words: words, upTo: position)
    return try places.map { place in
      do {
        let opened = try openCorrection(
          of: place.device, place.wanted, from: found, batch: batch, by: actor, at: time,
          dryRun: dryRun)
        return TakenUp(
          discrepancy: found, device: place.device, field: place.wanted.field, opened: opened,
          refusal: nil)
      } catch let error as Refusal {
        return refused(found, place, error)
      } catch let error as CannotOpen {
        return refused(found, place, error)
      }
    }
  }

  /// The open correction in words that a discrepancy was taken up in before, whatever its facts were then.
  private func correctionInWords(
    of found: Discrepancy, upTo position: Int
  ) throws -> Correction? {
    guard found.suspicion.wanted == nil,
      let device = try device(found.suspicion.device, upTo: position)
    else { return nil }
    for mark in device.corrections where mark.isOpen && mark.field == .other {
      let cause = try standing(Tag.correction(mark.id), upTo: position).first?.cause
      guard let cause, let event = try log.event(at: cause)?.recorded().event,
        case .discovery(let discovery) = event, discovery.discrepancy == found.id
      else { continue }
      return try correction(mark.id, upTo: position)
    }
    return nil
  }

  private func refused(
    _ found: Discrepancy, _ place: (device: EUI64, wanted: StoredValue), _ error: any Error
  ) -> TakenUp {
    TakenUp(
      discrepancy: found, device: place.device, field: place.wanted.field, opened: nil,
      refusal: error)
  }

  private func wanted(
    by found: Discrepancy, at time: Instant, words: (Discrepancy) -> String, upTo position: Int
  ) throws -> [(device: EUI64, wanted: StoredValue)] {
    let suspicion = found.suspicion
    if suspicion.rule == .crossedMPxNs, let device = try device(suspicion.device, upTo: position) {
      let ring = try crossedPlaces(from: device, at: time, upTo: position)
      if !ring.isEmpty {
        return ring.map {
          (
            $0.device,
            StoredValue(field: CorrectionField($0.field), value: .mpxn($0.wants))
          )
        }
      }
    }
    guard let field = suspicion.field, let value = suspicion.wanted else {
      return [(suspicion.device, try stored(.other(words(found))))]
    }
    return [(suspicion.device, StoredValue(field: field, value: value))]
  }
}
