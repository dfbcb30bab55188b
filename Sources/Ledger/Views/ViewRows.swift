import Corrections
import GRDB

/// Writes the rows that a state shows; they follow from the state alone.
struct ViewRows {
  let db: Database

  func write(_ fold: inout ViewFold) throws {
    for id in fold.dirtyDevices.sorted() {
      if let device = fold.devices[id] ?? nil { try write(device) }
    }
    for id in fold.dirtyCorrections.sorted() {
      if let correction = fold.corrections[id] ?? nil { try write(correction) }
    }
    for (policy, position) in fold.policies { try write(policy, position) }
    for (calendar, position) in fold.calendars {
      try execute(
        "INSERT OR REPLACE INTO calendar VALUES (?, ?, ?)",
        [position, calendar.calendar, calendar.from.stored])
    }
    try add(fold.judged, to: "judged", "code", "requests")
    try add(fold.counted, to: "counted", "what", "events")
    fold.dirtyDevices = []
    fold.dirtyCorrections = []
    fold.policies = []
    fold.calendars = []
    fold.judged = [:]
    fold.counted = [:]
  }

  private func execute(_ sql: String, _ arguments: StatementArguments) throws {
    let statement = try db.cachedStatement(sql: sql)
    try statement.execute(arguments: arguments)
  }

  private func add(
    _ counts: [ViewFold.MonthAndName: Int], to table: String, _ name: String, _ number: String
  ) throws {
    for (key, count) in counts.sorted(by: { ($0.key.month, $0.key.name) < ($1.key.month, $1.key.name) }) {
      try execute(
        """
        INSERT INTO \(table) (month, \(name), \(number)) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET \(number) = \(number) + excluded.\(number)
        """, [key.month, key.name, count])
    }
  }

  private func write(_ policy: Policy, _ position: Int) throws {
    try execute(
      "INSERT OR REPLACE INTO policy VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        policy.version, policy.from.stored, policy.cutOffHour, policy.turns.requester,
        policy.turns.counterparty, policy.turns.otherUser, policy.turns.dcc, policy.turns.dsp,
        position,
      ])
  }

  private func write(_ device: Device) throws {
    let id = device.id.description
    let status = device.currentStatus
    try execute(
      "INSERT OR REPLACE INTO device VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      [
        id, device.type.rawValue, status?.value.rawValue,
        status.flatMap { $0.isExact ? $0.from.stored : nil }, status?.from.stored,
        device.current(.importMPxN)?.value.text, device.current(.secondaryImportMPAN)?.value.text,
        device.current(.exportMPAN)?.value.text, device.details.manufacturer,
        device.details.model, device.details.smetsCHTSVersion, device.details.firmwareVersion,
        device.details.esmeVariant?.rawValue, device.prenotifiedBy?.description,
        device.dateCommissioned?.description, device.position,
      ])
    for (seq, known) in device.status.entries.enumerated() {
      try execute(
        "INSERT OR REPLACE INTO device_status VALUES (?, ?, ?, ?, ?, ?)",
        [id, seq, known.value.rawValue, known.from.stored, known.isExact, known.position])
    }
    for field in MPxNField.allCases {
      for (seq, known) in device.history(field).entries.enumerated() {
        try execute(
          "INSERT OR REPLACE INTO device_mpxn VALUES (?, ?, ?, ?, ?, ?, ?)",
          [
            id, field.rawValue, seq, known.value.text, known.from.stored, known.isExact,
            known.position,
          ])
      }
    }
  }

  private func write(_ correction: Correction) throws {
    let number = correction.id.number
    let turn = correction.turns.last
    try execute(
      """
      INSERT OR REPLACE INTO correction VALUES
        (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        number, correction.deviceID.description, correction.deviceType.rawValue,
        correction.field.rawValue, correction.current?.text, correction.requested.text,
        correction.phase.rawValue, correction.holder.holder.rawValue, correction.holder.party,
        turn?.from.stored, correction.owner, correction.advice?.route.rawValue,
        correction.firstCode?.rawValue, correction.requester, correction.openedAt.stored,
        correction.resolvedAt?.stored, correction.confirmedAt?.stored,
        correction.closedAt?.stored, correction.handovers, correction.joined,
        correction.reopened, correction.position,
      ])
    for (seq, turn) in correction.turns.enumerated() {
      try execute(
        "INSERT OR REPLACE INTO correction_turn VALUES (?, ?, ?, ?, ?, ?)",
        [number, seq, turn.holder.rawValue, turn.party, turn.from.stored, turn.to?.stored])
    }
  }
}
