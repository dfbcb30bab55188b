import Corrections
import GRDB

/// Writes the rows that a state shows; they follow from the state alone.
struct ViewRows {
  private let policy: RowStatement
  private let calendar: RowStatement
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

  init(_ db: Database) throws {
    func insert(_ table: String, _ columns: Int) throws -> RowStatement {
      let marks = Array(repeating: "?", count: columns).joined(separator: ", ")
      return try RowStatement(db, "INSERT OR REPLACE INTO \(table) VALUES (\(marks))")
    }
    policy = try insert("policy", 9)
    calendar = try insert("calendar", 3)
    device = try insert("device", 20)
    status = try insert("device_status", 6)
    mpxn = try insert("device_mpxn", 7)
    correction = try insert("correction", 22)
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
  }

  /// Writes what has changed since the last time, and forgets that it has.
  ///
  /// Rows go in by their keys, so that neighbours meet on one page.
  func write(_ fold: ViewFold) throws {
    let devices = fold.changedDevices.compactMap(\.state)
    for device in devices.sorted(by: { $0.id.bits < $1.id.bits }) { try write(device) }
    let corrections = fold.changedCorrections.compactMap(\.state)
    for correction in corrections.sorted(by: { $0.id.number < $1.id.number }) {
      try write(correction)
    }
    for (policy, position) in fold.policies { try write(policy, position) }
    for (set, position) in fold.calendars {
      try calendar.run(.of(position), .text(set.calendar), .text(set.from.stored))
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

  private func write(_ policy: Policy, _ position: Int) throws {
    try self.policy.run(
      .of(policy.version), .text(policy.from.stored), .of(policy.cutOffHour),
      .of(policy.turns.requester), .of(policy.turns.counterparty), .of(policy.turns.otherUser),
      .of(policy.turns.dcc), .of(policy.turns.dsp), .of(position))
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
      .of(number), .text(shown.deviceID.description), .text(shown.deviceType.rawValue),
      .text(shown.field.rawValue), .of(shown.current?.mpxn?.text), .text(shown.requested.text),
      .text(shown.state.rawValue), .text(shown.holder.holder.rawValue), .of(shown.holder.party),
      .of(shown.turns.last?.from.stored), .of(shown.owner), .of(shown.advice?.route.rawValue),
      .of(shown.firstCode), .text(shown.requester), .text(shown.openedAt.stored),
      .of(shown.resolvedAt?.stored), .of(shown.confirmedAt?.stored),
      .of(shown.closedAt?.stored), .of(shown.handovers), .of(shown.joined), .of(shown.reopened),
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
