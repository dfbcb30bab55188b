public import Corrections
internal import EventLog
internal import Wire

extension Ledger {
  /// The kind of subject that the number of a ticket elsewhere is.
  static let referenceKind = "reference"

  /// Takes over old tickets as corrections with their own dates, one for each row.
  ///
  /// The whole file is checked first. A repeated reference is a bundled ticket: each of its rows is a
  /// correction, marked as bundled. A row that says what is held already is counted as unchanged, and
  /// so is one of a correction on which somebody has worked here; one that says of the same fault that
  /// it ended meanwhile replaces what was said. An open row of a device and field that has an open
  /// correction is kept as merged into that one, with its number, dates and handovers: one fault,
  /// several tickets.
  ///
  /// - Throws: ``CSVProblems``, ``FileProblem`` or ``WireError`` when the file is refused; nothing
  ///   is recorded then. ``LogError`` when the log can't be read or written.
  public func importIncidents(
    _ path: String, by actor: Corrections.Actor, options: ImportOptions
  ) throws -> Imported {
    let now = now()
    var rowsOf: [String: Int] = [:]
    let whole = try CSVFile<IncidentRow>.read(path, options.csv) { row, line in
      try CodeGuard.check(
        [("raised_by", row.raisedBy), ("error_code", row.errorCode.map { String($0.suffix(5)) })],
        file: path, line: line)
      try check(row, file: path, line: line, now: now)
      rowsOf[row.reference, default: 0] += 1
    }
    var counts = Counts()
    var bundled = 0
    _ = try CSVFile<IncidentRow>.read(path, options.csv, same: whole) { row, _ in
      let isBundled = rowsOf[row.reference, default: 1] > 1
      if isBundled { bundled += 1 }
      try takeOver(row, isBundled: isBundled, &counts, by: actor, options)
      counts.done += 1
      if counts.done % 100 == 0 || counts.done == whole.rows {
        options.progress(counts.done, whole.rows)
      }
    }
    if !options.isDryRun, counts.added + counts.changed > 0 {
      counts.position = try append(
        [
          .incidentsImported(
            IncidentsImported(
              rows: whole.rows, takenOver: counts.added + counts.changed, bundled: bundled))
        ], [], by: actor, at: now)
    }
    return counts.imported(whole)
  }

  /// Refuses what no old ticket can say.
  private func check(
    _ row: IncidentRow, file: String, line: Int, now: Instant
  ) throws(WireError) {
    for (column, time) in [
      ("raised_at", row.raisedAt), ("resolved_at", row.resolvedAt), ("closed_at", row.closedAt),
    ] {
      if let time, time > now {
        throw WireError(
          .value, file: file, line: line, place: column, expected: "a time that has come",
          found: "one ahead", next: "Nothing of this file was recorded")
      }
    }
    guard let field = row.field, let requested = row.requested else { return }
    let isGood =
      switch field {
      case .importMPxN, .secondaryImportMPAN, .exportMPAN: MPxN(requested) != nil
      case .status: DeviceStatus(rawValue: requested) != nil
      case .details, .deletion, .other: true
      }
    guard isGood else {
      throw WireError(
        .value, file: file, line: line, place: "requested",
        expected: field == .status ? "a status, such as Commissioned" : "the digits of an MPxN",
        found: "something else", next: "Nothing of this file was recorded")
    }
  }

  private func takeOver(
    _ row: IncidentRow, isBundled: Bool, _ counts: inout Counts, by actor: Corrections.Actor,
    _ options: ImportOptions
  ) throws {
    let outcome = try retrying {
      try takeOver(row, isBundled: isBundled, by: actor, dryRun: options.isDryRun)
    }
    switch outcome {
    case .unchanged: counts.unchanged += 1
    case .changed: counts.changed += 1
    case .added: counts.added += 1
    }
  }

  private enum TakenOver { case added, changed, unchanged }

  private func takeOver(
    _ row: IncidentRow, isBundled: Bool, by actor: Corrections.Actor, dryRun: Bool
  ) throws -> TakenOver {
    let position = try head()
    let subjects = SubjectPool(log)
    guard let reference = try subjects.token(Ledger.referenceKind, row.reference) else {
      preconditionFailure("a reference has a token")
    }
    let mpxn = try subjects.token(Ledger.mpxnKind, row.mpxn?.digits)
    let (requested, documents) = try requested(row, subjects)
    let device = try row.deviceID.flatMap { try self.device($0, upTo: position) }
    let type = device?.type
    @Sendable func ticket(
      as id: CorrectionID, in other: CorrectionID? = nil
    ) -> IncidentTakenOver {
      IncidentTakenOver(
        correction: id, reference: reference, deviceID: row.deviceID, deviceType: type,
        field: row.field, requested: requested, mpxn: mpxn,
        category: row.category, firstCode: row.errorCode, party: row.raisedBy,
        resolvedAt: row.resolvedAt, closedAt: row.closedAt, outcome: row.outcome,
        route: row.route, handovers: row.handovers, isBundled: isBundled,
        mergedInto: other)
    }
    let before = try standing(Tag.ticket(reference), upTo: position).compactMap {
      recorded -> (IncidentTakenOver, Instant)? in
      guard case .incidentTakenOver(let event) = recorded.event else { return nil }
      return (event, recorded.effectiveAt)
    }.last { held, raised in held.isSameFault(as: ticket(as: held.correction), raised, row.raisedAt)
    }
    if let (held, _) = before, held.saysTheSame(as: ticket(as: held.correction)) {
      return .unchanged
    }
    // What somebody has worked on here goes on here, whatever the ticket says meanwhile.
    if let before = before?.0.correction, let held = try correction(before, upTo: position),
      !held.isAsTakenOver
    {
      return .unchanged
    }
    let isReport = ticket(as: CorrectionID(number: 1)).hasNotEnded
    let open = isReport ? try openCorrection(for: row, on: device, upTo: position) : nil
    let other = open == before?.0.correction ? nil : open
    guard !dryRun else { return before == nil ? .added : .changed }
    let tags =
      [Tag.ticket(reference)] + (row.deviceID.map { [Tag.device($0)] } ?? [])
      + (other.map { [Tag.correction($0)] } ?? [])
      + (before.map { [Tag.correction($0.0.correction)] } ?? [])
    _ = try append(
      AppendRequest(
        condition: AppendCondition(noEventTagged: tags, after: position),
        subjects: subjects.all, documents: documents,
        numbers: before == nil ? ["correction"] : []
      ) { context in
        let id =
          before?.0.correction ?? CorrectionID(number: context.number("correction"))
        return [
          Ledger.draft(
            .incidentTakenOver(ticket(as: id, in: other)), by: actor, at: row.raisedAt, cause: nil)
        ]
      })
    return before == nil ? .added : .changed
  }

  /// The correction that is open for the device and field of a row.
  private func openCorrection(
    for row: IncidentRow, on device: Device?, upTo position: Int
  ) throws -> CorrectionID? {
    guard let id = row.deviceID, let field = row.field, field != .other else { return nil }
    if let device { return device.openCorrection(of: field) }
    // Of a device of which nothing is held only tickets can tell.
    let told = Set(try standing(Tag.device(id), upTo: position).compactMap(\.event.correction))
    return try told.sorted().last {
      try correction($0, upTo: position).map { $0.isOpen && $0.field == field } ?? false
    }
  }

  private func requested(
    _ row: IncidentRow, _ subjects: SubjectPool
  ) throws -> (EntryValue?, [Document]) {
    guard let text = row.requested, let field = row.field else { return (nil, []) }
    switch field {
    case .importMPxN, .secondaryImportMPAN, .exportMPAN:
      return (
        try MPxN(text).flatMap { try subjects.token(Ledger.mpxnKind, $0.digits) }.map(
          EntryValue.mpxn), []
      )
    case .status: return (DeviceStatus(rawValue: text).map(EntryValue.status), [])
    case .deletion: return (.listed(false), [])
    case .details, .other:
      let document = log.makeDocument(Array(text.utf8))
      return (.text(document.name), [document])
    }
  }
}

extension IncidentTakenOver {
  /// Whether a row of the same ticket speaks of the same fault.
  fileprivate func isSameFault(
    as other: IncidentTakenOver, _ raised: Instant, _ otherRaised: Instant
  ) -> Bool {
    raised == otherRaised && deviceID == other.deviceID && field == other.field
      && mpxn == other.mpxn
  }

  /// Whether it says the same, but for words, which are stored anew each time.
  fileprivate func saysTheSame(as other: IncidentTakenOver) -> Bool {
    let isText = requested.map { !$0.isValue } ?? false
    return category == other.category && firstCode == other.firstCode && party == other.party
      && resolvedAt == other.resolvedAt && closedAt == other.closedAt && outcome == other.outcome
      && route == other.route && handovers == other.handovers && isBundled == other.isBundled
      && (isText || requested == other.requested)
  }
}
