public import Corrections
internal import EventLog
public import Foundation
internal import Wire

extension Ledger {
  /// Makes a new ledger in an empty or absent folder.
  ///
  /// Position 1 names its mode, origin and the public half of a fresh Ed25519 key; positions 2 to 4
  /// set the calendar of England and Wales, the first policy and targets that nobody has verified.
  /// The private half is written to `ledger.key`, readable by its owner only. When anything fails
  /// nothing is left behind.
  ///
  /// - Throws: ``LogError`` when the folder can't be made or holds something, or what the system
  ///   says when the key can't be written.
  public static func create(
    at folder: String, mode: LedgerMode, origin: String, ledgerID: UUID = UUID(),
    clock: @escaping @Sendable () -> Instant = systemClock
  ) throws -> Ledger {
    let absolute = absolutePath(folder)
    let key = SigningKey()
    let opened = LedgerOpened(
      format: 1, mode: mode, origin: origin,
      publicKey: Data(key.publicKey).base64EncodedString(),
      ledgerID: ledgerID.uuidString.lowercased())
    let existed = FileManager.default.fileExists(atPath: absolute)
    let log = try EventLog.create(
      at: absolute, configuration: configuration(clock: clock),
      first: draft(.ledgerOpened(opened), by: .ledger, at: nil, cause: nil))
    let ledger = Ledger(folder: absolute, log: log, opened: opened, clock: clock)
    do {
      try WholeFile.write(Array(key.text.utf8), to: absolute + "/ledger.key")
      let now = clock()
      _ = try ledger.append(
        AppendRequest { context in
          let from = Instant(milliseconds: context.recordedAt)
          let calendar = CalendarSet(calendar: WorkingCalendar.standard.rawValue, from: from)
          return [
            draft(.calendarSet(calendar), by: .ledger, at: now, cause: 1),
            draft(.policySet(.initial(from: from)), by: .ledger, at: now, cause: 1),
            draft(.serviceTargetsSet(.initial(from: from)), by: .ledger, at: now, cause: 1),
          ]
        })
    } catch {
      log.close()
      discard(absolute, keepingFolder: existed)
      throw error
    }
    return ledger
  }

  private static func discard(_ folder: String, keepingFolder: Bool) {
    let files = FileManager.default
    if keepingFolder {
      for name in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
        try? files.removeItem(atPath: folder + "/" + name)
      }
    } else {
      try? files.removeItem(atPath: folder)
    }
  }

  /// Makes the names in a folder survive a power cut.
  static func syncFolder(_ folder: String) throws {
    let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }
}
