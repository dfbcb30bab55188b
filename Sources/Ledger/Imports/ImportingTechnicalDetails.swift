public import Corrections
internal import EventLog
internal import Wire

extension Ledger {
  /// Records what meter technical details say of each device: a second source beside the SMI.
  ///
  /// The whole file is checked first. A row that says what the ledger was told already is counted as
  /// unchanged, so after an interruption the same file goes on where it was. A row without a start is as
  /// of `time`.
  ///
  /// - Throws: ``CSVProblems``, ``FileProblem`` or ``WireError`` when the file is refused; nothing
  ///   is recorded then. ``LogError`` when the log can't be read or written.
  public func importTechnicalDetails(
    _ path: String, by actor: Corrections.Actor, at time: Instant, options: ImportOptions
  ) throws -> Imported {
    let whole = try CSVFile<TechnicalDetailsRow>.read(path, options.csv) { _, line in
      options.checked(line)
    }
    var counts = Counts()
    var slice: [TechnicalDetailsRow] = []
    func flush() throws {
      try record(slice, &counts, by: actor, at: time, options)
      slice = []
      options.progress(counts.done, whole.rows)
    }
    _ = try CSVFile<TechnicalDetailsRow>.read(path, options.csv, same: whole) { row, _ in
      slice.append(row)
      if slice.count == 500 { try flush() }
    }
    try flush()
    if !options.isDryRun, counts.added + counts.changed > 0 {
      counts.position = try append(
        [
          .technicalDetailsImported(
            TechnicalDetailsImported(
              rows: whole.rows, observed: counts.added + counts.changed))
        ], [], by: actor, at: time)
    }
    return counts.imported(whole)
  }

  private func record(
    _ rows: [TechnicalDetailsRow], _ counts: inout Counts, by actor: Corrections.Actor,
    at time: Instant, _ options: ImportOptions
  ) throws {
    let subjects = SubjectPool(log)
    var drafts: [(event: TechnicalDetailsObserved, from: Instant)] = []
    for row in rows {
      guard let token = try subjects.token(Ledger.mpxnKind, row.mpxn.digits) else { continue }
      let event = TechnicalDetailsObserved(deviceID: row.deviceID, kind: row.kind, mpxn: token)
      let from = row.effectiveFrom ?? time
      var held = try technicalDetails(of: row.deviceID, row.kind)
      held += drafts.filter { $0.event.deviceID == row.deviceID && $0.event.kind == row.kind }
        .map { ($0.event.mpxn, $0.from) }
      let isHeld =
        row.effectiveFrom == nil
        ? held.max { $0.from < $1.from }?.mpxn == token
        : held.contains { $0 == (token, from) }
      switch (isHeld, held.isEmpty) {
      case (true, _): counts.unchanged += 1
      case (false, true): counts.added += 1
      case (false, false): counts.changed += 1
      }
      if !isHeld { drafts.append((event, from)) }
    }
    counts.done += rows.count
    guard !drafts.isEmpty, !options.isDryRun else { return }
    let told = drafts
    counts.position = try append(
      AppendRequest(subjects: subjects.all) { _ in
        told.map {
          Ledger.draft(.technicalDetailsObserved($0.event), by: actor, at: $0.from, cause: nil)
        }
      }
    ).positions.upperBound
  }

  /// What meter technical details of a kind were said to be of a device, and from when.
  private func technicalDetails(
    of device: EUI64, _ kind: Registration.Kind
  ) throws -> [(mpxn: Token, from: Instant)] {
    try standing(Tag.device(device), passingOver: Event.typesBesideTechnicalDetails)
      .compactMap { recorded in
        guard case .technicalDetailsObserved(let event) = recorded.event, event.kind == kind,
          event.deviceID == device
        else { return nil }
        return (event.mpxn, recorded.effectiveAt)
      }
  }
}
