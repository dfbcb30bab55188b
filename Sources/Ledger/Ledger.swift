internal import CanonicalJSON
public import Corrections
public import EventLog
internal import Foundation
internal import Wire

/// One ledger: gathers facts, asks the pure middle, appends what it decides.
///
/// Every decision reads the timelines it rests on and appends on the condition that they have not
/// moved since; a concurrent change makes it read and decide again. What a call returns as recorded
/// is durable. Views are caught up afterwards and may lag; decisions never rest on them.
public final class Ledger: Sendable {
  /// The folder, absolute.
  public let folder: String
  /// The log below, for what knows no domain type: reading, roots, verification.
  public let log: EventLog
  /// What position 1 says: mode, origin, public key.
  public let opened: LedgerOpened
  let clock: @Sendable () -> Instant
  /// Finished reference sets and the positions of their events.
  let importPositions = Guarded<[Int: Int]>([:])
  /// What an early ledger began with, once it is known; of a later one it is empty.
  let earlyTerms = Guarded<[Recorded]?>(nil)
  /// The terms that were asked for last.
  let keptTerms = Guarded<KeptTerms?>(nil)
  /// Timelines of users and participants as far as they were read.
  let keptTimelines = Guarded<[String: KeptTimeline]>([:])
  /// Corrections as they were folded for a list, by number.
  let keptCorrections = Guarded<[Int: Correction]>([:])
  /// Whether the views in the folder are brought up to date when they are read.
  let keepsViews: Bool
  /// The views that are looked at where those in the folder are left as they are.
  let passingViews = Guarded<PassingViews?>(nil)

  init(
    folder: String, log: EventLog, opened: LedgerOpened, keepsViews: Bool = true,
    clock: @escaping @Sendable () -> Instant
  ) {
    self.folder = folder
    self.log = log
    self.opened = opened
    self.keepsViews = keepsViews
    self.clock = clock
  }

  /// The system's clock, cut to milliseconds.
  public static let systemClock: @Sendable () -> Instant = {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// The moment it is now, by this ledger's clock.
  public func now() -> Instant { clock() }

  /// Opens a ledger; with `.readOnly` the log is not written, and without `keepsViews` nothing in
  /// the folder is.
  ///
  /// - Throws: ``LogError`` when it is no ledger, a newer program made it, or it can't be opened.
  public static func open(
    at folder: String, access: EventLog.Access = .readWrite, keepsViews: Bool = true,
    clock: @escaping @Sendable () -> Instant = systemClock
  ) throws -> Ledger {
    let absolute = absolutePath(folder)
    let log = try EventLog.open(
      at: absolute, access: access, configuration: configuration(clock: clock))
    guard let first = try log.event(at: 1),
      case .ledgerOpened(let opened) = try first.recorded().event
    else { throw LogError.notALedger(folder: absolute, found: "a log that is not a ledger's") }
    guard opened.format == 1 else {
      throw LogError.newerVersion(found: opened.format, known: 1)
    }
    return Ledger(
      folder: absolute, log: log, opened: opened, keepsViews: keepsViews, clock: clock)
  }

  /// What the log needs to know of the events: their tags and the numbers that they take.
  static func configuration(clock: @escaping @Sendable () -> Instant) -> LogConfiguration {
    var configuration = LogConfiguration(
      clock: { clock().milliseconds }, tags: EventShape.forEachTag(type:version:body:_:))
    configuration.membersRead = EventShape.membersWithTags.union(["correction", "discrepancy"])
    configuration.numbers = { type, _, body in
      switch type {
      case "CorrectionRequested", "IncidentTakenOver":
        let id = body["correction"]?.string.flatMap(CorrectionID.init)
        return id.map { [("correction", $0.number)] } ?? []
      case "DiscrepancyFound":
        let id = body["discrepancy"]?.string.flatMap(DiscrepancyID.init)
        return id.map { [("discrepancy", $0.number)] } ?? []
      default: return []
      }
    }
    // A decision rests on users and registrations too, which no device or meter point names.
    configuration.conditionKinds.formUnion([
      "user", "participant", "import", "event", "ticket", "terms", "erasure", "seal",
      "discrepancy",
    ])
    return configuration
  }

  static func absolutePath(_ folder: String) -> String {
    URL(fileURLWithPath: folder).standardizedFileURL.path
  }

  /// Whether a path is another or stands in it, whatever links lead there; neither has to exist.
  static func isInside(_ path: String, _ folder: String) -> Bool {
    func resolved(_ path: String) -> [String] {
      var there = URL(fileURLWithPath: absolutePath(path))
      var rest: [String] = []
      while there.path != "/", !FileManager.default.fileExists(atPath: there.path) {
        rest.insert(there.lastPathComponent, at: 0)
        there.deleteLastPathComponent()
      }
      return there.resolvingSymlinksInPath().pathComponents + rest
    }
    return resolved(path).starts(with: resolved(folder))
  }
}

extension StoredEvent {
  /// The event in the words of the domain; throws when a newer program wrote it.
  public func recorded() throws -> Recorded {
    try StoredForm.recorded(position: position, record: Value(reading: record))
  }
}
