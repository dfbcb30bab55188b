public import Corrections
internal import EventLog
internal import Foundation
internal import GRDB

/// What a run of the rules is asked.
public struct ReconcileOptions: Sendable {
  /// The rules that are asked; what others found stays as it is.
  public var rules = Set(DiscrepancyRule.allCases)
  /// Judge and count, and record nothing.
  public var isDryRun = false
  /// Told what is being done, how much of it, and of how much.
  public var progress: @Sendable (ReconcileStage, Int, Int) -> Void = { _, _, _ in }

  /// Makes options that ask every rule, record, and tell no progress.
  public init() {}
}

/// What a run is doing.
public enum ReconcileStage: Sendable {
  /// Reading every device.
  case devices
  /// Looking up what every place holds.
  case places
  /// Judging the devices that may have something.
  case judging
}

/// What a run of the rules came to.
public struct Reconciled: Sendable {
  /// The position that was judged.
  public let position: Int
  /// The moment that was asked about.
  public let at: Instant
  /// How many devices were judged on their timelines.
  public let judged: Int
  /// What was found for the first time, or again after it had gone.
  public let found: Int
  /// What was found with other facts than before.
  public let changed: Int
  /// What was found with the same facts.
  public let unchanged: Int
  /// Of those, the ones that somebody dismissed.
  public let dismissed: Int
  /// What was found before and is not there any more.
  public let cleared: Int
  /// What stands now, by rule, dismissed ones left out.
  public let open: [DiscrepancyRule: Int]
  /// Events recorded.
  public let recorded: Int
}

/// Why no run is made.
public enum CannotReconcile: Error, Sendable {
  /// Another run is going on.
  case isRunning
}

extension Ledger {
  /// Judges the inventory as it stands by the rules, and records what is new, what has changed and what
  /// is gone.
  ///
  /// One run at a time. What was found before with the same facts gives no event, and neither does what
  /// somebody dismissed. Which devices may have something comes from the views, which are caught up first;
  /// what is recorded of them was judged on their timelines, at one moment each. Durable on return, in
  /// slices: an interrupted run is made again. Memory does not grow with the inventory.
  ///
  /// - Throws: ``CannotReconcile``, or ``LogError`` when the log can't be read or written.
  public func reconcile(
    by actor: Corrections.Actor, at time: Instant, options: ReconcileOptions = ReconcileOptions()
  ) throws -> Reconciled {
    try withReconcileLock(isNeeded: !options.isDryRun) {
      let sieve = try Sieve()
      let position = try sift(into: sieve, at: time, options)
      var run = ReconcileRun(self, by: actor, at: time, options)
      let all = try sieve.count()
      var last: EUI64?
      var done = 0
      while true {
        let devices = try sieve.devices(after: last, limit: 2 * ReconcileRun.batch)
        guard let newest = devices.last else { break }
        try run.judgeHalves(of: devices, crowds: sieve.crowds)
        last = newest
        done += devices.count
        options.progress(.judging, done, all)
      }
      if !options.isDryRun, FileManager.default.isWritableFile(atPath: folder) {
        try LastRun(position: position, at: time, rules: options.rules).leave(in: folder)
      }
      return try run.reconciled(position: position, judged: done)
    }
  }

  /// When each rule was last asked of the whole inventory, as far as the folder tells.
  public func lastRuns() -> [DiscrepancyRule: LastRun] { LastRun.read(in: folder) }

  /// Lets through the devices of which something may be found, and those of which something was.
  private func sift(
    into sieve: Sieve, at time: Instant, _ options: ReconcileOptions
  ) throws -> Int {
    let position = try readViews { views -> Int in
      let position = try Int.fetchOne(views, sql: "SELECT position FROM view_state") ?? 0
      let all = try Int.fetchOne(views, sql: "SELECT count(*) FROM device") ?? 0
      try sieve.queue.inDatabase { db in
        let known = try String.fetchCursor(
          views, sql: "SELECT device FROM discrepancy WHERE state <> 'cleared'")
        while let text = try known.next() { if let id = EUI64(text) { try sieve.add(db, id) } }
      }
      try sieve.readDevices(
        views,
        Sieve.Question(
          at: time,
          isListed: { type, details in
            try self.isListed(type, details, at: time, upTo: position)
          }, asksPlaces: !options.rules.isDisjoint(with: Sieve.placeRules),
          progress: { options.progress(.devices, $0, all) }))
      if options.rules.contains(.tooManyDevices) { try sieve.readCrowds(views) }
      return position
    }
    try sieve.readPlaces(of: self, at: time, upTo: position) {
      options.progress(.places, $0, $1)
    }
    return position
  }

  private func isListed(
    _ type: DeviceType, _ details: DeviceDetails, at time: Instant, upTo position: Int
  ) throws -> Bool {
    switch try productAnswer(type, details, at: time, upTo: position) {
    case .listNotHeld, .notDescribed: true
    case .notListed: false
    case .listed(let product, _): product.isInForce(at: time)
    }
  }

  private func withReconcileLock<Result>(
    isNeeded: Bool, _ body: () throws -> Result
  ) throws -> Result {
    guard isNeeded else { return try body() }
    let lock = try FolderLock(path: folder + "/reconcile.lock")
    do throws(FolderLock.Failure) {
      try lock.lock(timeout: 0)
    } catch .timedOut {
      throw CannotReconcile.isRunning
    }
    defer { lock.unlock() }
    return try body()
  }
}

extension Sieve {
  /// The rules that look at what is registered for a meter point, at its digits, or at who else holds it.
  static let placeRules: Set<DiscrepancyRule> = [
    .mpxnLength, .mpxnDigits, .mpxnCheckDigit, .mpxnFuel, .mpxnTwice, .notRegistered,
    .registrationEnded, .registrationsOverlap, .registrationKind, .otherSupplierActs,
  ]
}
