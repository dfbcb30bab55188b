internal import Corrections
internal import EventLog
internal import Wire

/// Records an extract slice by slice: while one is on its way to the disk, the next is compared with
/// what is held.
///
/// Two slices never speak of one device at the same time, or the later one would not know of the
/// earlier.
final class InventoryRecording {
  /// Rows that are compared at one moment, and recorded in a few commits.
  static let rowsOfSlice = 4_000

  private let ledger: Ledger
  private let rows: Int
  private let actor: LogActor
  private let time: Instant
  private let options: ImportOptions
  private let lane = Lane<[Appended]>()
  private var onItsWay: InventorySlice?
  private var devices: Set<EUI64> = []
  /// Where the slice was put that was recorded last.
  private var positionsBefore: [Int] = []
  private var counts = Counts()

  init(
    _ ledger: Ledger, rows: Int, by actor: LogActor, at time: Instant, _ options: ImportOptions
  ) {
    self.ledger = ledger
    self.rows = rows
    self.actor = actor
    self.time = time
    self.options = options
  }

  deinit { lane.drain() }

  /// Compares some rows and begins to record what is different.
  func add(_ rows: [InventoryRow]) throws {
    guard !rows.isEmpty else { return }
    if onItsWay != nil, rows.contains(where: { devices.contains($0.deviceID) }) { _ = try settle() }
    var slice = try prepare(rows, after: onItsWay?.subjects)
    counts.added += slice.counts.added
    counts.changed += slice.counts.changed
    counts.unchanged += slice.counts.unchanged
    // What the slice before was to name may have been named by another process meanwhile.
    if try settle() { slice = try prepare(rows, after: nil) }
    guard !slice.requests.isEmpty, !options.isDryRun else {
      told(rows.count)
      return
    }
    onItsWay = slice
    devices = Set(rows.map(\.deviceID))
    let (log, requests) = (ledger.log, slice.requests)
    lane.start { try log.append(requests) }
  }

  /// Waits for what is on its way; what was counted.
  func finish() throws -> Counts {
    _ = try settle()
    options.progress(counts.done, rows)
    return counts
  }

  private func prepare(_ rows: [InventoryRow], after subjects: SubjectPool?) throws
    -> InventorySlice
  {
    try ledger.prepare(rows, after: subjects, by: actor, at: time)
  }

  private func told(_ rows: Int) {
    counts.done += rows
    options.progress(counts.done, self.rows)
  }

  /// Waits for what is on its way; whether it had to be prepared anew, since somebody else was faster to
  /// name one of its values.
  private func settle() throws -> Bool {
    guard let slice = onItsWay else { return false }
    onItsWay = nil
    devices = []
    let recorded = try outcome(of: slice)
    try review(recorded.slice, recorded.appended)
    if let last = recorded.appended.last?.positions.upperBound { counts.position = last }
    told(slice.rows.count)
    return recorded.isRepeated
  }

  private func outcome(
    of slice: InventorySlice
  ) throws -> (slice: InventorySlice, appended: [Appended], isRepeated: Bool) {
    do {
      return (slice, try lane.wait(), false)
    } catch LogError.subjectMinted {
      // Of its appends the first may be recorded: what is the same by now is passed over.
      return try ledger.retrying {
        let again = try prepare(slice.rows, after: nil)
        return (again, try ledger.log.append(again.requests), true)
      }
    }
  }

  /// Looks anew at the corrections of devices of which something was recorded.
  private func review(_ slice: InventorySlice, _ appended: [Appended]) throws {
    let positions = appended.flatMap { Array($0.positions) }
    guard let last = positions.last else { return }
    var watched = slice.watched
    // Whoever recorded something between the comparing and the recording may have opened one.
    let own = positions.count + positionsBefore.count { $0 > slice.seenUpTo }
    if last - slice.seenUpTo != own {
      for (index, device) in slice.recorded.enumerated() {
        let corrections = try ledger.watchedCorrections(on: [device])
        watched[index] = corrections.isEmpty ? nil : corrections
      }
    }
    positionsBefore = positions
    for index in watched.keys.sorted() {
      ledger.reviewAfterwards(watched[index] ?? [], seenBy: positions[index], at: time)
    }
  }
}
