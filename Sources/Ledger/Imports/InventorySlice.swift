internal import Corrections
internal import EventLog
internal import Wire

/// Some rows of an extract, compared with what is held, and ready to be recorded.
struct InventorySlice {
  /// The rows as they stand in the file.
  let rows: [InventoryRow]
  /// What they name.
  let subjects: SubjectPool
  /// What is to be recorded, in the order of the rows.
  let requests: [AppendRequest]
  /// The devices that it is about, in that order.
  let recorded: [EUI64]
  /// The corrections to which it matters, by the place of the device in ``recorded``.
  let watched: [Int: [CorrectionID]]
  /// The newest event that was looked at.
  let seenUpTo: Int
  /// How the rows compare with what is held.
  let counts: (added: Int, changed: Int, unchanged: Int)
}

extension Ledger {
  /// Compares some rows with what is held at a time, all at one moment of the log.
  ///
  /// What an append names that is on its way is given as `before`; it holds none of these devices.
  func prepare(
    _ rows: [InventoryRow], after before: SubjectPool?, by actor: LogActor, at time: Instant
  ) throws -> InventorySlice {
    let pool = SubjectPool(log, after: before)
    let named = try pool.find(rows.flatMap(\.personalValues))
    func subjects(of index: Int) -> ArraySlice<Subject?> {
      named[index * InventoryRow.personalKinds..<(index + 1) * InventoryRow.personalKinds]
    }
    var looks: [StoredLook] = []
    looks.reserveCapacity(rows.count)
    var entries: [InventoryEntry] = []
    entries.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      let entry = entry(of: row, naming: subjects(of: index))
      entries.append(entry)
      looks.append(
        StoredLook(InventoryObserved(deviceID: row.deviceID, basis: .snapshot, entry: entry)))
    }
    let held = try HeldLooks(log, rows.map(\.deviceID), looks, at: time)

    var counts = (added: 0, changed: 0, unchanged: 0)
    // A device may stand in a file twice; what the file said of it before counts as held.
    var listed: [EUI64: Int] = [:]
    var recorded: [Int] = []
    var watched: [Int: [CorrectionID]] = [:]
    for (index, row) in rows.enumerated() {
      let comparison: HeldLooks.Comparison
      if let earlier = listed[row.deviceID] {
        comparison = entries[earlier] == entries[index] ? .same : .other
      } else {
        comparison = try held.compare(index) {
          try lastObservation(of: row.deviceID, at: time).map { $0 == entries[index] }
        }
      }
      switch comparison {
      case .new: counts.added += 1
      case .same: counts.unchanged += 1
      case .other: counts.changed += 1
      }
      // A device without other events has no correction.
      let device = try held.hasOtherEvents(index) ? deviceWithCorrections(row.deviceID) : nil
      if comparison == .same {
        guard let device, try needsLook(device, at: time) else { continue }
      }
      listed[row.deviceID] = index
      if let corrections = device?.watchedCorrections, !corrections.isEmpty {
        watched[recorded.count] = corrections
      }
      recorded.append(index)
    }
    return InventorySlice(
      rows: rows, subjects: pool,
      requests: requests(of: recorded, looks, subjects, by: actor, at: time),
      recorded: recorded.map { rows[$0].deviceID }, watched: watched, seenUpTo: held.seenUpTo,
      counts: counts)
  }

  /// Appends of some hundred looks each, every one with all the values that it names.
  private func requests(
    of recorded: [Int], _ looks: [StoredLook], _ subjects: (Int) -> ArraySlice<Subject?>,
    by actor: LogActor, at time: Instant
  ) -> [AppendRequest] {
    var named: Set<String> = []
    return stride(from: 0, to: recorded.count, by: Self.looksOfAppend).map { start in
      let part = recorded[start..<min(start + Self.looksOfAppend, recorded.count)]
      var tokens: Set<String> = []
      var own: [Subject] = []
      for index in part {
        for case let subject? in subjects(index) {
          guard tokens.insert(subject.token).inserted else { continue }
          own.append(named.insert(subject.token).inserted ? subject : subject.onceStored)
        }
      }
      // Neighbours share pages.
      own.sort { ($0.kind, $0.value) < ($1.kind, $1.value) }
      let drafts = part.map { index in
        Draft(
          type: StoredLook.type, version: StoredLook.version, effectiveAt: time.milliseconds,
          actor: actor, written: WrittenBody(bytes: looks[index].body, tags: looks[index].tags))
      }
      return AppendRequest(subjects: own) { _ in drafts }
    }
  }

  /// So many looks are recorded in some milliseconds, and lie in one append: see `Limits`.
  private static let looksOfAppend = 500
}

extension InventoryRow {
  /// How many values a row may hold that stand in no record.
  static let personalKinds = 6

  /// What stands in no record, by its kind: always in this order, which ``Ledger/entry(of:naming:)``
  /// goes by.
  var personalValues: [(kind: String, value: String?)] {
    [
      (Ledger.mpxnKind, importMPxN?.digits), (Ledger.mpxnKind, secondaryImportMPAN?.digits),
      (Ledger.mpxnKind, exportMPAN?.digits), ("uprn", uprn), ("postcode", postCode),
      ("address", addressIdentifier),
    ]
  }
}
