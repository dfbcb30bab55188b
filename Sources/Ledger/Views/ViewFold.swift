internal import Corrections

/// What has changed in the states that the views show: all that their rows are written from.
struct ViewChanges: Sendable {
  /// One thing, and whether rows that were written may not follow from its state any more.
  struct Changed<ID: Sendable, State: Sendable>: Sendable {
    let id: ID
    let state: State?
    let hasShrunk: Bool
  }

  let devices: [Changed<EUI64, Device>]
  let corrections: [Changed<CorrectionID, Correction>]
  let discrepancies: [Changed<DiscrepancyID, Discrepancy>]
  /// Whether the last 8.4 about a device was accepted.
  let answered: [Changed<EUI64, Bool>]
  let judged: [ViewFold.JudgedKey: ViewFold.Judged]
  /// Steps of corrections that were recorded on a later day than the one on which they were true.
  let late: [ViewFold.Late]
  /// Positions of events in error, whose rows go.
  let inError: [Int]
  /// Predicted and returned code, with a blank between them.
  let diverged: [ViewFold.MonthAndName: Int]
}

/// The states that the views show, kept while events are applied.
///
/// A state that is not in memory is folded anew from the log, so memory is bounded by what is kept
/// and nothing is stored but rows that ``ViewRows`` makes from a state alone.
final class ViewFold {
  /// The state of one thing, and whether its rows are behind.
  final class Slot<ID, State> {
    let id: ID
    var state: State?
    var hasChanged = false
    /// Whether rows that were written may not follow from the state any more.
    var hasShrunk = false

    init(_ id: ID, _ state: State?) {
      self.id = id
      self.state = state
    }
  }

  private var devices = Kept<EUI64, Device>()
  private var corrections = Kept<CorrectionID, Correction>()
  private var changedDevices: [Slot<EUI64, Device>] = []
  private var changedCorrections: [Slot<CorrectionID, Correction>] = []
  private var discrepancies = Kept<DiscrepancyID, Discrepancy>()
  private var changedDiscrepancies: [Slot<DiscrepancyID, Discrepancy>] = []
  /// Whether the last 8.4 about a device was accepted.
  private var answers = Kept<EUI64, Bool>()
  private var answered: [Slot<EUI64, Bool>] = []
  private var judged: [JudgedKey: Judged] = [:]
  /// Steps of corrections that were recorded on a later day than the one on which they were true.
  private var late: [Late] = []
  /// Positions of events in error, whose rows go.
  private var inError: [Int] = []
  /// Devices of which something was told before what they are.
  private var early: Set<EUI64> = []
  /// Whether this fold begins with the first event of the log.
  private let readsAll: Bool
  /// Until when what counts was effective; nil for all.
  private let moment: Instant?
  /// Predicted and returned code, with a blank between them.
  private var diverged: [MonthAndName: Int] = [:]

  init(readsAll: Bool, effectiveAt moment: Instant? = nil) {
    self.readsAll = readsAll
    self.moment = moment
  }

  /// Whether a time has come, as far as is asked.
  private func counts(_ time: Instant) -> Bool { moment.map { time <= $0 } ?? true }

  /// How many requests were answered so, and how many of them were a first try.
  struct Judged: Sendable {
    var requests = 0
    var firstTries = 0

    static func += (left: inout Judged, right: Judged) {
      left.requests += right.requests
      left.firstTries += right.firstTries
    }
  }

  /// A day of Europe/London, a code and the party that asked.
  struct JudgedKey: Hashable, Sendable {
    let day: String
    let code: String
    let party: String
  }

  struct Late: Sendable {
    let position: Int
    /// Nil for an answer to a request.
    let correction: Int?
    let at: Instant
    let recordedAt: Instant
    let party: String
    /// The party that sent the request, for an answer.
    let sender: String?
  }

  struct MonthAndName: Hashable, Sendable {
    let month: String
    let name: String
  }

  /// States in two generations: what is not asked for while the newer one fills is forgotten.
  private struct Kept<ID: Hashable, State> {
    private var newer: [ID: Slot<ID, State>] = [:]
    private var older: [ID: Slot<ID, State>] = [:]

    mutating func slot(_ id: ID, else fold: (ID) throws -> State?) rethrows -> Slot<ID, State> {
      if let slot = newer[id] { return slot }
      let slot = try older.removeValue(forKey: id) ?? Slot(id, fold(id))
      newer[id] = slot
      return slot
    }

    mutating func age(keeping limit: Int) {
      guard newer.count > limit else { return }
      older = newer
      newer = [:]
    }
  }

  /// Forgets the states used longest ago when there are many.
  func age(keeping limit: Int) {
    devices.age(keeping: limit)
    corrections.age(keeping: limit)
    answers.age(keeping: limit)
    discrepancies.age(keeping: limit)
  }

  /// What has changed since this was last asked, to be written by whoever takes it.
  func takeChanges() -> ViewChanges {
    func taken<ID, State>(_ slots: [Slot<ID, State>]) -> [ViewChanges.Changed<ID, State>] {
      slots.map { slot in
        defer {
          slot.hasChanged = false
          slot.hasShrunk = false
        }
        return ViewChanges.Changed(id: slot.id, state: slot.state, hasShrunk: slot.hasShrunk)
      }
    }
    let changes = ViewChanges(
      devices: taken(changedDevices), corrections: taken(changedCorrections),
      discrepancies: taken(changedDiscrepancies), answered: taken(answered), judged: judged,
      late: late, inError: inError, diverged: diverged)
    changedDiscrepancies = []
    changedDevices = []
    changedCorrections = []
    answered = []
    judged = [:]
    late = []
    inError = []
    diverged = [:]
    return changes
  }

  /// How many things have changed.
  var changeCount: Int {
    changedDevices.count + changedCorrections.count + changedDiscrepancies.count
  }

  /// What a fold asks the log for; made once for many events.
  struct Source {
    /// A device as it was before the event at a position.
    let deviceBefore: (EUI64, _ position: Int) throws -> Device?
    /// A device as it is at a position.
    let deviceAt: (EUI64, _ position: Int) throws -> Device?
    /// A correction as it was before the event at a position.
    let correctionBefore: (CorrectionID, _ position: Int) throws -> Correction?
    /// A correction as it is at a position.
    let correctionAt: (CorrectionID, _ position: Int) throws -> Correction?
    /// A discrepancy as it was before the event at a position.
    let discrepancyBefore: (DiscrepancyID, _ position: Int) throws -> Discrepancy?
    /// A discrepancy as it is at a position.
    let discrepancyAt: (DiscrepancyID, _ position: Int) throws -> Discrepancy?
    /// Whether the last 8.4 about a device was accepted, as the rows say; nil where none was.
    let lastAnswer: (EUI64) throws -> Bool?
    /// The answers to 8.4s about a device up to a position, the first to each request, but for those
    /// in error.
    let answers: (EUI64, _ position: Int) throws -> [UpdateAnswer]
    /// The outcomes recorded of a request up to a position, but for those in error.
    let outcomes: (RequestID, _ position: Int) throws -> [Recorded]
    /// The event at a position.
    let event: (_ position: Int) throws -> Recorded?
  }

  /// Applies one event; the source gives what is not held.
  func apply(_ recorded: Recorded, from source: Source) throws {
    if case .eventAnnulled(let annulled) = recorded.event {
      return try apply(annulled, recorded, from: source)
    }
    guard counts(recorded.effectiveAt) else { return }
    if case .responseDiverged(let event) = recorded.event {
      diverged[key(recorded, event.predicted + " " + event.returned), default: 0] += 1
    }
    if let answer = UpdateAnswer(recorded), try isFirst(answer, recorded, from: source) {
      try count(answer, from: source)
      tellLate(recorded, times: [recorded.effectiveAt], nil, sender: answer.key.party)
    }
    for id in recorded.event.inventoryDevices {
      let slot = try devices.slot(id) { try source.deviceBefore($0, recorded.position) }
      let wasKnown = slot.state != nil
      Device.evolve(&slot.state, id: id, with: recorded)
      if slot.state == nil {
        early.insert(id)
      } else if !wasKnown, early.remove(id) != nil || !readsAll {
        // What was recorded of it before counts now, too.
        slot.state = try source.deviceAt(id, recorded.position)
      }
      change(slot)
    }
    for id in recorded.event.corrections {
      let slot = try corrections.slot(id) { try source.correctionBefore($0, recorded.position) }
      if case .incidentTakenOver = recorded.event {
        guard moment == nil else {
          try foldAnew(id, recorded, from: source)
          continue
        }
        // What an old ticket says anew may have fewer turns or ends than what it said before.
        if slot.state != nil { slot.hasShrunk = true }
      }
      Correction.evolve(&slot.state, id: id, with: recorded)
      change(slot)
    }
    if case .discovery(let event) = recorded.event {
      let slot = try discrepancies.slot(event.discrepancy) {
        try source.discrepancyBefore($0, recorded.position)
      }
      Discrepancy.evolve(&slot.state, id: event.discrepancy, with: recorded)
      change(slot)
    }
    count(recorded)
  }

  /// Takes the state of a correction from its whole timeline.
  private func foldAnew(_ id: CorrectionID, _ recorded: Recorded, from source: Source) throws {
    let slot = try corrections.slot(id) { try source.correctionBefore($0, recorded.position) }
    slot.state = try source.correctionAt(id, recorded.position)
    slot.hasShrunk = true
    change(slot)
  }

  private func count(_ recorded: Recorded) {
    guard let correction = recorded.event.correction else { return }
    tellLate(recorded, times: recorded.times, correction.number, sender: nil)
  }

  /// Notes at which times something was true that was recorded on a later day.
  private func tellLate(
    _ recorded: Recorded, times: [Instant], _ correction: Int?, sender: String?
  ) {
    let day = GBTime.civil(at: recorded.recordedAt).date
    for at in times
    where counts(at) && at < recorded.recordedAt && GBTime.civil(at: at).date != day {
      late.append(
        Late(
          position: recorded.position, correction: correction, at: at,
          recordedAt: recorded.recordedAt, party: recorded.actor.party, sender: sender))
    }
  }

  func add(_ judged: Judged, to key: JudgedKey) { self.judged[key, default: Judged()] += judged }

  /// Whether the last 8.4 about a device was accepted; whoever asks sets it anew.
  func answerSlot(_ device: EUI64, from source: Source) throws -> Slot<EUI64, Bool> {
    let slot = try answers.slot(device) { try source.lastAnswer($0) }
    if !slot.hasChanged {
      slot.hasChanged = true
      answered.append(slot)
    }
    return slot
  }

  private func change(_ slot: Slot<EUI64, Device>) {
    guard !slot.hasChanged else { return }
    slot.hasChanged = true
    changedDevices.append(slot)
  }

  private func change(_ slot: Slot<CorrectionID, Correction>) {
    guard !slot.hasChanged else { return }
    slot.hasChanged = true
    changedCorrections.append(slot)
  }

  private func change(_ slot: Slot<DiscrepancyID, Discrepancy>) {
    guard !slot.hasChanged else { return }
    slot.hasChanged = true
    changedDiscrepancies.append(slot)
  }

  /// Makes what an event in error had shown as if it had never been.
  private func apply(
    _ annulled: EventAnnulled, _ recorded: Recorded, from source: Source
  ) throws {
    guard let original = try source.event(annulled.position) else { return }
    guard counts(original.effectiveAt) else {
      // Whether an old ticket may be told anew depends on what was done to it at any time.
      for id in original.event.corrections { try foldAnew(id, recorded, from: source) }
      return
    }
    for id in original.event.inventoryDevices {
      let slot = try devices.slot(id) { try source.deviceBefore($0, recorded.position) }
      slot.state = try source.deviceAt(id, recorded.position)
      slot.hasShrunk = true
      change(slot)
    }
    for id in original.event.corrections { try foldAnew(id, recorded, from: source) }
    if case .discovery(let event) = original.event {
      let slot = try discrepancies.slot(event.discrepancy) {
        try source.discrepancyBefore($0, recorded.position)
      }
      slot.state = try source.discrepancyAt(event.discrepancy, recorded.position)
      slot.hasShrunk = true
      change(slot)
    }
    // A row that is still to be written goes before it is.
    late.removeAll { $0.position == original.position }
    inError.append(original.position)
    if let correction = original.event.correction {
      tellLate(recorded, times: original.times, correction.number, sender: nil)
    }
    if case .responseDiverged(let event) = original.event {
      diverged[key(original, event.predicted + " " + event.returned), default: 0] -= 1
    }
    if let answer = UpdateAnswer(original) {
      try uncount(answer, at: recorded.position, from: source)
      tellLate(recorded, times: [original.effectiveAt], nil, sender: answer.key.party)
    }
  }

  private func key(_ recorded: Recorded, _ name: String) -> MonthAndName {
    MonthAndName(month: Month(of: recorded.effectiveAt).description, name: name)
  }
}

extension Recorded {
  /// When what it says was true: an old ticket also says when it ended.
  fileprivate var times: [Instant] {
    guard case .incidentTakenOver(let ticket) = event else { return [effectiveAt] }
    return [effectiveAt] + [ticket.resolvedAt, ticket.closedAt].compactMap { $0 }
  }
}
