import Corrections
import GRDB

/// Writes the rows that a state shows; they follow from the state alone.
struct ViewRows {
  private let device: RowStatement
  private let status: RowStatement
  private let mpxn: RowStatement
  private let correction: RowStatement
  private let turn: RowStatement
  private let resolution: RowStatement
  private let party: RowStatement
  private let judged: RowStatement
  private let counted: RowStatement
  private let diverged: RowStatement
  private let deviceDeletes: [RowStatement]
  private let correctionDeletes: [RowStatement]

  init(_ db: Database) throws {
    func insert(_ table: String, _ columns: Int) throws -> RowStatement {
      let marks = Array(repeating: "?", count: columns).joined(separator: ", ")
      return try RowStatement(db, "INSERT OR REPLACE INTO \(table) VALUES (\(marks))")
    }
    device = try insert("device", 20)
    status = try insert("device_status", 6)
    mpxn = try insert("device_mpxn", 7)
    correction = try insert("correction", 29)
    turn = try insert("correction_turn", 6)
    resolution = try insert("correction_resolution", 7)
    party = try insert("correction_party", 2)
    judged = try RowStatement(
      db,
      "INSERT INTO judged VALUES (?, ?, ?) "
        + "ON CONFLICT DO UPDATE SET requests = requests + excluded.requests")
    counted = try RowStatement(
      db,
      "INSERT INTO counted VALUES (?, ?, ?) "
        + "ON CONFLICT DO UPDATE SET events = events + excluded.events")
    diverged = try RowStatement(
      db,
      "INSERT INTO divergence VALUES (?, ?, ?) "
        + "ON CONFLICT DO UPDATE SET responses = responses + excluded.responses")
    func deletes(_ tables: [String], by column: String) throws -> [RowStatement] {
      try tables.map { try RowStatement(db, "DELETE FROM \($0) WHERE \(column) = ?") }
    }
    deviceDeletes = try deletes(["device", "device_status", "device_mpxn"], by: "device")
    correctionDeletes = try deletes(
      ["correction", "correction_turn", "correction_resolution", "correction_party"],
      by: "correction")
  }

  /// Writes what has changed since the last time, and forgets that it has.
  ///
  /// Rows go in by their keys, so that neighbours meet on one page.
  func write(_ fold: ViewFold) throws {
    try clear(fold)
    let devices = fold.changedDevices.compactMap(\.state)
    for device in devices.sorted(by: { $0.id.bits < $1.id.bits }) { try write(device) }
    let corrections = fold.changedCorrections.compactMap(\.state)
    for correction in corrections.sorted(by: { $0.id.number < $1.id.number }) {
      try write(correction)
    }
    for (key, count) in fold.judged {
      try judged.run(.text(key.month), .text(key.name), .of(count))
    }
    for (key, count) in fold.counted {
      try counted.run(.text(key.month), .text(key.name), .of(count))
    }
    for (key, count) in fold.diverged {
      try diverged.run(.text(key.month), .text(key.name), .of(count))
    }
    fold.forgetChanges()
  }

  /// Takes out rows that may not follow from the states any more, since an event was in error.
  private func clear(_ fold: ViewFold) throws {
    for slot in fold.changedDevices where slot.hasShrunk {
      for delete in deviceDeletes { try delete.run(.text(slot.id.description)) }
    }
    for slot in fold.changedCorrections where slot.hasShrunk {
      for delete in correctionDeletes { try delete.run(.of(slot.id.number)) }
    }
  }

  private func write(_ state: Device) throws {
    let id = state.id.description
    let current = state.currentStatus
    try device.run(
      .text(id), .text(state.type.rawValue), .of(current?.value.rawValue),
      .of(current.flatMap { $0.isExact ? $0.from.stored : nil }), .of(current?.from.stored),
      .of(state.current(.importMPxN)?.value.text),
      .of(state.current(.secondaryImportMPAN)?.value.text),
      .of(state.current(.exportMPAN)?.value.text), .of(state.details.manufacturer),
      .of(state.details.model), .of(state.details.smetsCHTSVersion),
      .of(state.details.firmwareVersion), .of(state.details.esmeVariant?.rawValue),
      .of(state.prenotifiedBy?.description), .of(state.dateCommissioned?.description),
      .of(state.listing.uprn?.text), .of(state.listing.postCode?.text),
      .of(state.listing.addressIdentifier?.text), .of(state.removed == nil ? 1 : 0),
      .of(state.position))
    for (seq, known) in state.status.entries.enumerated() {
      try status.run(
        .text(id), .of(seq), .text(known.value.rawValue), .text(known.from.stored),
        .of(known.isExact ? 1 : 0), .of(known.position))
    }
    for field in MPxNField.allCases {
      for (seq, known) in state.history(field).entries.enumerated() {
        try mpxn.run(
          .text(id), .text(field.rawValue), .of(seq), .of(known.value?.text),
          .text(known.from.stored), .of(known.isExact ? 1 : 0), .of(known.position))
      }
    }
  }

  private func write(_ shown: Correction) throws {
    let number = shown.id.number
    try correction.run(
      .of(number), .of(shown.knownDevice?.description), .of(shown.deviceType?.rawValue),
      .text(shown.field.rawValue), .of(shown.current?.mpxn?.text), .of(shown.requested.mpxn?.text),
      .text(shown.state.rawValue), .text(shown.holder.holder.rawValue), .of(shown.holder.party),
      .of(shown.turns.last?.from.stored), .of(shown.owner), .of(shown.advice?.route.rawValue),
      .of(shown.firstCode), .text(shown.requester), .text(shown.openedAt.stored),
      .of(shown.resolvedAt?.stored), .of(shown.confirmedAt?.stored),
      .of(shown.closedAt?.stored), .of(shown.handovers), .of(shown.joined), .of(shown.reopened),
      .of(shown.category), .of(shown.batch), .of(shown.hasEnded ? 1 : 0),
      .of(shown.escalations), .of(shown.mergedInto?.number),
      .of(shown.ticket == nil ? 0 : 1), .of(shown.ticket?.isBundled ?? false ? 1 : 0),
      .of(shown.position))
    for (seq, turn) in shown.turns.enumerated() {
      try self.turn.run(
        .of(number), .of(seq), .text(turn.holder.rawValue), .of(turn.party),
        .text(turn.from.stored), .of(turn.to?.stored))
    }
    for (seq, resolution) in shown.resolutions.enumerated() {
      try self.resolution.run(
        .of(number), .of(seq), .text(resolution.at.stored), .of(resolution.route?.rawValue),
        .of(resolution.handovers), .of(resolution.confirmedAt?.stored),
        .of(resolution.reopenedAt?.stored))
    }
    for party in shown.parties { try self.party.run(.text(party), .of(number)) }
  }
}
