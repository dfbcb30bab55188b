public import Corrections
internal import EventLog
internal import Wire

extension InventoryEntry {
  /// Takes out texts that may be a meter point, since a record holds none; says whether there were
  /// any.
  mutating func withhold() -> Bool {
    let before = self
    details.withhold()
    gbcsVersion = gbcsVersion.flatMap { CodeGuard.isCode($0) ? $0 : nil }
    hanVariant = hanVariant.flatMap { CodeGuard.isCode($0) ? $0 : nil }
    s1sp = s1sp.flatMap { CodeGuard.isCode($0) ? $0 : nil }
    return self != before
  }
}

extension Ledger {
  /// Records what an extract says of each device: true no later than `time`.
  ///
  /// The whole file is checked first, also for rows that contradict each other. A row that says what
  /// the ledger was told of that time already is counted as unchanged, so after an interruption the
  /// same file goes on where it was; it is recorded all the same where an open correction waits for a
  /// look. A column that the file has and a row leaves empty says that the SMI holds no meter point
  /// there.
  ///
  /// - Throws: ``CSVProblems``, ``FileProblem`` or ``WireError`` when the file is refused; nothing
  ///   is recorded then. ``LogError`` when the log can't be read or written.
  public func importInventory(
    _ path: String, coverage: InventoryImported.Coverage = .part, by actor: Corrections.Actor,
    at time: Instant, options: ImportOptions
  ) throws -> Imported {
    let repeated = RepeatedDevices(of: path, .ofExtract, kept: options.csv.kept)
    let whole = try CSVFile<InventoryRow>.read(path, options.csv) { row, line in
      try repeated.add(row.deviceID, saying: row, line: line)
      try CodeGuard.check(
        hex: [
          ("DeviceManufacturer", row.details.manufacturer), ("DeviceModel", row.details.model),
        ], file: path, line: line)
      try CodeGuard.check(
        [
          ("SMETSCHTSVersion", row.details.smetsCHTSVersion),
          ("DeviceGBCSVersion", row.gbcsVersion), ("HANVariant", row.hanVariant),
          ("S1SP", row.s1sp),
        ], file: path, line: line)
    }
    try repeated.check()
    defer { if !options.isDryRun { log.endImport() } }
    let recording = InventoryRecording(
      self, rows: whole.rows, by: LogActor(actor), at: time, options)
    do {
      try CSVFile<InventoryRow>.readSlices(
        of: path, options.csv, same: whole, rows: options.rowsOfSlice
      ) { try recording.add($0) }
    } catch {
      recording.giveUp()
      throw error
    }
    var counts = try recording.finish()
    let done = InventoryImported(
      coverage: coverage, rows: whole.rows, observed: counts.added + counts.changed, asAt: time)
    if !options.isDryRun, try counts.position != nil || !isRepeated(done) {
      counts.position = try append([.inventoryImported(done)], [], by: actor, at: time)
    }
    return counts.imported(whole)
  }

  /// Whether an open correction of a device waits for somebody to look at it.
  func needsLook(_ device: Device, at time: Instant) throws -> Bool {
    try device.openCorrections.contains {
      try correction($0)?.needsLook(at: device, as: time) ?? false
    }
  }

  /// A device, where it has corrections: most have none, and need not be folded to know it.
  func deviceWithCorrections(_ id: EUI64) throws -> Device? {
    let events = try log.timeline(Tag.device(id), passingOver: Event.typesBesideOpening)
    return events.isEmpty ? nil : try device(id)
  }

  /// Whether the last extract that was read to its end spoke of the same moment and rows.
  private func isRepeated(_ done: InventoryImported) throws -> Bool {
    guard case .inventoryImported(let last)? = try standing(Tag.inventory).last?.event else {
      return false
    }
    return last.asAt == done.asAt && last.rows == done.rows && last.coverage == done.coverage
  }

  /// What was last seen of a device at a moment, if no other event changed it since.
  func lastObservation(of device: EUI64, at time: Instant) throws -> InventoryEntry? {
    var last: (at: Instant, entry: InventoryEntry?)?
    for recorded in try standing(Tag.device(device)) {
      let at = recorded.effectiveAt
      guard at <= time, last.map({ $0.at <= at }) ?? true else { continue }
      switch recorded.event {
      case .inventoryObserved(let event) where event.deviceID == device:
        last = (at, event.entry)
      default:
        // Anything else that changed the entry since ends what the look said.
        if recorded.event.changedEntries.contains(device) { last = (at, nil) }
      }
    }
    return last?.entry
  }

  /// The entry that a row shows, its personal values looked up one by one.
  func entry(of row: InventoryRow, _ subjects: SubjectPool) throws -> InventoryEntry {
    entry(
      of: row,
      naming: try row.personalValues.map { kind, value in
        try value.map { try subjects.subject(kind, $0) }
      })
  }

  /// The entry that a row shows, with the tokens of its personal values, which stand in their order.
  func entry(of row: InventoryRow, naming subjects: some Collection<Subject?>) -> InventoryEntry {
    let tokens = subjects.map { $0.flatMap { Token($0.token) } }
    precondition(tokens.count == InventoryRow.personalKinds, "each value has its place")
    var entry = InventoryEntry(deviceType: row.deviceType)
    entry.status = row.status
    entry.statusSince = row.statusSince
    entry.details = row.details
    entry.firmwareVersionStatus = row.firmwareVersionStatus
    entry.cplStatus = row.cplStatus
    entry.dateCommissioned = row.dateCommissioned
    entry.importMPxN = tokens[0]
    entry.secondaryImportMPAN = tokens[1]
    entry.exportMPAN = tokens[2]
    entry.empty = row.empty
    entry.uprn = tokens[3]
    entry.postCode = tokens[4]
    entry.addressIdentifier = tokens[5]
    entry.cspRegion = row.cspRegion?.rawValue
    entry.gbcsVersion = row.gbcsVersion
    entry.hanVariant = row.hanVariant
    entry.s1sp = row.s1sp
    entry.connectivity = row.connectivity?.rawValue
    entry.prenotifiedBy = row.prenotifiedBy
    entry.associatedDevices = row.associatedDeviceIDs
    return entry
  }
}
