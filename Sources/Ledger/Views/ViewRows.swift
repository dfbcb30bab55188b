import Corrections
import GRDB

/// Writes the rows that a state shows; they follow from the state alone.
struct ViewRows {
  private let device: RowStatement
  private let status: RowStatement
  private let mpxn: RowStatement
  private let correction: RowStatement
  private let gone: RowStatement
  private let turn: RowStatement
  private let resolution: RowStatement
  private let time: RowStatement
  private let party: RowStatement
  private let judged: RowStatement
  private let lastAnswer: RowStatement
  private let month: RowStatement
  private let step: RowStatement
  private let late: RowStatement
  private let diverged: RowStatement
  private let discrepancy: RowStatement
  private let discrepancyParty: RowStatement
  private let discrepancyOther: RowStatement
  private let deviceDeletes: [RowStatement]
  private let lastAnswerDelete: RowStatement
  private let correctionDeletes: [RowStatement]
  private let lateDelete: RowStatement
  private let discrepancyDeletes: [RowStatement]

  private let calendars: CalendarHistory

  init(_ db: Database, _ calendars: CalendarHistory) throws {
    self.calendars = calendars
    func insert(_ table: String, _ columns: Int) throws -> RowStatement {
      let marks = Array(repeating: "?", count: columns).joined(separator: ", ")
      return try RowStatement(db, "INSERT OR REPLACE INTO \(table) VALUES (\(marks))")
    }
    device = try insert("device", 24)
    status = try insert("device_status", 6)
    mpxn = try insert("device_mpxn", 7)
    correction = try insert("correction", 33)
    gone = try insert("correction_gone", 1)
    turn = try insert("correction_turn", 6)
    resolution = try insert("correction_resolution", 11)
    time = try insert("resolution_time", 5)
    party = try insert("correction_party", 2)
    judged = try RowStatement(
      db,
      "INSERT INTO judged VALUES (?, ?, ?, ?, ?) "
        + "ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, "
        + "first_tries = first_tries + excluded.first_tries")
    lastAnswer = try insert("last_answer", 2)
    month = try insert("correction_month", 2)
    step = try insert("correction_step", 5)
    late = try insert("late", 6)
    diverged = try RowStatement(
      db,
      "INSERT INTO divergence VALUES (?, ?, ?) "
        + "ON CONFLICT DO UPDATE SET responses = responses + excluded.responses")
    discrepancy = try insert("discrepancy", 11)
    discrepancyParty = try insert("discrepancy_party", 2)
    discrepancyOther = try insert("discrepancy_other", 2)
    func deletes(_ tables: [String], by column: String) throws -> [RowStatement] {
      try tables.map { try RowStatement(db, "DELETE FROM \($0) WHERE \(column) = ?") }
    }
    deviceDeletes = try deletes(["device", "device_status", "device_mpxn"], by: "device")
    correctionDeletes = try deletes(
      [
        "correction", "correction_turn", "correction_resolution", "resolution_time",
        "correction_party", "correction_month", "correction_step",
      ], by: "correction")
    lastAnswerDelete = try deletes(["last_answer"], by: "device")[0]
    lateDelete = try deletes(["late"], by: "position")[0]
    discrepancyDeletes = try deletes(
      ["discrepancy", "discrepancy_party", "discrepancy_other"], by: "discrepancy")
  }

  /// Writes what has changed.
  ///
  /// Rows go in by their keys, so that neighbours meet on one page.
  func write(_ changes: ViewChanges) throws {
    try clear(changes)
    // Places are put in order, not the states, which take long to move.
    let devices = changes.devices
    for index in devices.indices.sorted(by: { devices[$0].id.bits < devices[$1].id.bits }) {
      if let device = devices[index].state { try write(device) }
    }
    let corrections = changes.corrections
    for index in corrections.indices.sorted(by: {
      corrections[$0].id.number < corrections[$1].id.number
    }) {
      if let correction = corrections[index].state {
        try write(correction)
      } else {
        // Its opening was recorded in error: a list as of before that still names it.
        try gone.run(.of(corrections[index].id.number))
      }
    }
    for changed in changes.discrepancies {
      if let found = changed.state { try write(found) }
    }
    for (key, count) in changes.judged {
      try judged.run(
        .text(key.day), .text(key.code), .text(key.party), .of(count.requests),
        .of(count.firstTries))
    }
    for changed in changes.answered {
      guard let isAccepted = changed.state else { continue }
      try lastAnswer.run(.text(changed.id.description), .of(isAccepted ? 1 : 0))
    }
    for late in changes.late {
      try self.late.run(
        .of(late.position), .text(late.at.stored), .of(late.correction),
        .text(late.recordedAt.stored), .text(late.party), .of(late.sender))
    }
    for position in changes.inError { try lateDelete.run(.of(position)) }
    for (key, count) in changes.diverged {
      try diverged.run(.text(key.month), .text(key.name), .of(count))
    }
  }

  /// Takes out rows that may not follow from the states any more, since an event was in error.
  private func clear(_ changes: ViewChanges) throws {
    for changed in changes.devices where changed.hasShrunk {
      for delete in deviceDeletes { try delete.run(.text(changed.id.description)) }
    }
    for changed in changes.answered where changed.hasShrunk {
      try lastAnswerDelete.run(.text(changed.id.description))
    }
    // What is found again may concern fewer than before.
    for changed in changes.discrepancies {
      for delete in discrepancyDeletes { try delete.run(.of(changed.id.number)) }
    }
    for changed in changes.corrections where changed.hasShrunk {
      for delete in correctionDeletes { try delete.run(.of(changed.id.number)) }
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
      .of(state.position), .of(state.associatedText), .of(state.actor?.value.description),
      .of(state.actor?.from.stored), .of(state.isContradicted ? 1 : 0))
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

  private func write(_ found: Discrepancy) throws {
    let number = found.id.number
    let suspicion = found.suspicion
    try discrepancy.run(
      .of(number), .text(suspicion.rule.rawValue), .text(suspicion.device.description),
      .of(suspicion.field?.rawValue), .text(suspicion.confidence.rawValue),
      .of(suspicion.route?.rawValue), .text(found.state.rawValue), .text(found.firstSeen.stored),
      .text(found.lastRecorded.stored), .of(found.returns), .of(found.position))
    for party in suspicion.parties { try discrepancyParty.run(.text(party), .of(number)) }
    for other in suspicion.others {
      try discrepancyOther.run(.text(other.description), .of(number))
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
      .of(shown.isTwoSupplier ? 1 : 0), .text(month(shown.openedAt)),
      .of(shown.closedAt.map(month)), .of(shown.waitsUntil?.stored), .of(shown.position))
    for (seq, turn) in shown.turns.enumerated() {
      try self.turn.run(
        .of(number), .of(seq), .text(turn.holder.rawValue), .of(turn.party),
        .text(turn.from.stored), .of(turn.to?.stored))
    }
    for (seq, resolution) in shown.resolutions.enumerated() {
      let clock = HolderClock(shown.turns, at: resolution.at, calendars: calendars)
      try self.resolution.run(
        .of(number), .of(seq), .text(resolution.at.stored), .of(resolution.route?.rawValue),
        .of(resolution.handovers), .of(resolution.confirmedAt?.stored),
        .of(resolution.reopenedAt?.stored), .text(month(resolution.at)),
        .of(resolution.confirmedAt.map(month)), .of(resolution.reopenedAt.map(month)),
        .of(Int(clock.total.workingMilliseconds)))
      try write(clock, number, seq)
    }
    for (seq, step) in shown.counted.enumerated() {
      try self.step.run(
        .of(number), .of(seq), .text(step.what.rawValue), .text(step.at.stored),
        .text(month(step.at)))
    }
    for party in shown.parties { try self.party.run(.text(party), .of(number)) }
    for month in shown.months { try self.month.run(.text(month), .of(number)) }
  }

  /// How long each holder had a correction until it was resolved.
  func write(_ clock: HolderClock, _ correction: Int, _ seq: Int) throws {
    for (holder, time) in clock.byHolder {
      try self.time.run(
        .of(correction), .of(seq), .text(holder.rawValue), .of(Int(time.elapsedMilliseconds)),
        .of(Int(time.workingMilliseconds)))
    }
  }

  private func month(_ moment: Instant) -> String { Month(of: moment).description }
}

extension Device {
  /// The devices that the SMI associates with it, by their ids; nil for none.
  fileprivate var associatedText: String? {
    let others = associatedDevices.sorted().map(\.description)
    return others.isEmpty ? nil : others.joined(separator: " ")
  }
}
