internal import Corrections
internal import EventLog
internal import Wire

/// Records an extract slice by slice: while one is on its way to the disk, the next is compared with
/// what is held.
///
/// Two slices never speak of one device at the same time, or the later one would not know of the
/// earlier.
final class InventoryRecording {
  private let ledger: Ledger
  private let rows: Int
  private let actor: LogActor
  private let time: Instant
  private let options: ImportOptions
  private let lane = Lane<Attempt>()
  private var onItsWay: InventorySlice?
  private var devices: Set<EUI64> = []
  /// Where the slice was put that was recorded last.
  private var positionsBefore: [Int] = []
  private var counts = Counts()

  /// What came of recording a slice.
  private struct Attempt: Sendable {
    /// What is on the disk, whatever stopped the rest.
    var appended: [Appended] = []
    var failure: LogError?

    init(_ log: EventLog, _ requests: [AppendRequest]) {
      do throws(LogError) {
        try log.append(requests) { appended += $0 }
      } catch {
        failure = error
      }
    }
  }

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
    lane.start { Attempt(log, requests) }
  }

  /// Waits for what is on its way and tells of it, when nothing comes after it.
  func giveUp() { _ = try? settle() }

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
    told(slice.rows.count)
    return recorded.isRepeated
  }

  private func outcome(
    of slice: InventorySlice
  ) throws -> (slice: InventorySlice, appended: [Appended], isRepeated: Bool) {
    do {
      let attempt = try lane.wait()
      return (slice, try appended(of: slice, attempt), false)
    } catch LogError.subjectMinted {
      // Of its appends the first may be recorded: what is the same by now is passed over.
      return try ledger.retrying {
        let again = try prepare(slice.rows, after: nil)
        let attempt = Attempt(ledger.log, again.requests)
        return (again, try appended(of: again, attempt), true)
      }
    }
  }

  /// What was recorded of a slice, if all was; what was recorded before something stopped it matters to
  /// corrections all the same.
  private func appended(of slice: InventorySlice, _ attempt: Attempt) throws -> [Appended] {
    guard let failure = attempt.failure else { return attempt.appended }
    try review(slice, attempt.appended)
    throw failure
  }

  /// Looks anew at the corrections of devices of which something was recorded: of those of a slice, the
  /// first ones.
  private func review(_ slice: InventorySlice, _ appended: [Appended]) throws {
    let positions = appended.flatMap { Array($0.positions) }
    guard let last = positions.last else { return }
    counts.position = last
    var watched = slice.watched
    // Whoever recorded something between the comparing and the recording may have opened one.
    let own = positions.count + positionsBefore.count { $0 > slice.seenUpTo }
    if last - slice.seenUpTo != own {
      for (index, device) in slice.recorded.prefix(positions.count).enumerated() {
        watched[index] = try ledger.deviceWithCorrections(device)?.watchedCorrections
      }
    }
    positionsBefore = positions
    for index in watched.keys.sorted() where index < positions.count {
      ledger.reviewAfterwards(watched[index] ?? [], seenBy: positions[index], at: time)
    }
  }
}
