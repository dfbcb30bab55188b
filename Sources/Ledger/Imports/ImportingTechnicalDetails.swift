internal import CanonicalJSON
public import Corrections
internal import EventLog
internal import Wire

extension Ledger {
  /// Records what meter technical details say of each device: a second source beside the SMI.
  ///
  /// The whole file is checked first, also for rows without a start that contradict each other. A row
  /// that says what the ledger was told already is counted as unchanged, so after an interruption the
  /// same file goes on where it was. A row without a start is as of `time`.
  ///
  /// - Throws: ``CSVProblems``, ``FileProblem`` or ``WireError`` when the file is refused; nothing
  ///   is recorded then. ``LogError`` when the log can't be read or written.
  public func importTechnicalDetails(
    _ path: String, by actor: Corrections.Actor, at time: Instant, options: ImportOptions
  ) throws -> Imported {
    let repeated = RepeatedDevices(of: path, .ofTechnicalDetails, kept: options.csv.kept)
    let whole = try CSVFile<TechnicalDetailsRow>.read(path, options.csv) { row, line in
      guard row.effectiveFrom == nil else { return }
      try repeated.add(row.deviceID, part: row.kind.part, saying: row.mpxn, line: line)
    }
    try repeated.check()
    var counts = Counts()
    try CSVFile<TechnicalDetailsRow>.readSlices(of: path, options.csv, same: whole, rows: 500) {
      rows in
      counts.add(
        try retrying { try record(rows, by: actor, at: time, dryRun: options.isDryRun) })
      options.progress(counts.done, whole.rows)
    }
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

  /// Records what is new or different of some rows, in one append; what was counted.
  private func record(
    _ rows: [TechnicalDetailsRow], by actor: Corrections.Actor, at time: Instant, dryRun: Bool
  ) throws -> Counts {
    let subjects = SubjectPool(log)
    let named = try subjects.find(rows.map { (Ledger.mpxnKind, $0.mpxn.digits) })
    var held = try technicalDetails(of: Array(Set(rows.map(\.deviceID))))
    var counts = Counts()
    var told: [(event: TechnicalDetailsObserved, from: Instant)] = []
    for (row, subject) in zip(rows, named) {
      guard let token = subject.flatMap({ Token($0.token) }) else {
        preconditionFailure("a meter point has a token")
      }
      let matter = ToldOf(device: row.deviceID, kind: row.kind)
      let from = row.effectiveFrom ?? time
      let known = held[matter, default: []]
      let isHeld: Bool
      if row.effectiveFrom == nil {
        // Of what was told of one moment, the last word counts.
        let newest = known.map(\.from).max()
        isHeld = known.last { $0.from == newest }?.mpxn == token
      } else {
        isHeld = known.contains { $0.mpxn == token && $0.from == from }
      }
      guard !isHeld else {
        counts.unchanged += 1
        continue
      }
      if known.isEmpty { counts.added += 1 } else { counts.changed += 1 }
      held[matter, default: []].append((token, from))
      told.append(
        (TechnicalDetailsObserved(deviceID: row.deviceID, kind: row.kind, mpxn: token), from))
    }
    counts.done = rows.count
    guard !told.isEmpty, !dryRun else { return counts }
    let drafts = told.map {
      Ledger.draft(.technicalDetailsObserved($0.event), by: actor, at: $0.from, cause: nil)
    }
    counts.position = try append(
      AppendRequest(subjects: subjects.all) { _ in drafts }
    ).positions.upperBound
    return counts
  }

  /// What technical details are about.
  private struct ToldOf: Hashable {
    let device: EUI64
    let kind: Registration.Kind
  }

  /// What meter technical details were said to be of some devices, and from when, oldest word first.
  private func technicalDetails(
    of devices: [EUI64]
  ) throws -> [ToldOf: [(mpxn: Token, from: Instant)]] {
    var records: [[(position: Int, bytes: [UInt8])]] = Array(repeating: [], count: devices.count)
    let passed = Event.typesBesideTechnicalDetails
    _ = try log.forEachRecord(onTimelines: devices.map(Tag.device)) { index, record in
      guard !record.isOfType(in: passed) else { return }
      records[index].append((record.position, Array(record.bytes)))
    }
    var told: [ToldOf: [(mpxn: Token, from: Instant)]] = [:]
    for (device, own) in zip(devices, records) {
      let all = try own.map {
        try StoredForm.recorded(position: $0.position, record: Value(reading: $0.bytes))
      }
      for recorded in all.standing {
        guard case .technicalDetailsObserved(let event) = recorded.event,
          event.deviceID == device
        else { continue }
        told[ToldOf(device: device, kind: event.kind), default: []].append(
          (event.mpxn, recorded.effectiveAt))
      }
    }
    return told
  }
}

extension Registration.Kind {
  /// A number of its own.
  fileprivate var part: UInt64 {
    switch self {
    case .import: 0
    case .export: 1
    case .gas: 2
    }
  }
}
