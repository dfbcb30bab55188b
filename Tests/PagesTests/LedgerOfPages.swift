import Answers
import Corrections
import EventLog
import Foundation
import Ledger
import Synchronization
import Testing
import Wire

/// A ledger filled from the published examples, in which SUPA asked for what SUPB must agree to.
final class LedgerOfPages: Sendable {
  static let supA = "90-B3-D5-1F-30-01-00-00"
  static let supB = "90-B3-D5-1F-30-03-00-00"

  let ledger: Ledger
  let folder: String
  let id: CorrectionID

  init() throws {
    folder = NSTemporaryDirectory() + "pages-tests-\(UUID().uuidString)"
    let clock = Clock()
    ledger = try Ledger.create(
      at: folder, mode: .authority, origin: "test.invalid/pages", clock: { clock.now() })
    let actor = Corrections.Actor(user: nil, party: "ledger", role: nil, via: .import)
    let at = try #require(Instant(stored: "2026-03-01T00:00:00.000Z"))
    func example(_ name: String) -> String {
      var path = #filePath
      for _ in 0..<3 { path = (path as NSString).deletingLastPathComponent }
      return path + "/schemas/examples/" + name
    }
    let options = ImportOptions()
    _ = try ledger.importUsers(example("users.csv"), by: actor, at: at, options: options)
    _ = try ledger.importRegistrations(
      example("registrations.csv"), mode: .update, by: actor, at: at, options: options)
    _ = try ledger.importInventory(example("inventory.csv"), by: actor, at: at, options: options)
    let user = try #require(try ledger.user(LedgerOfPages.supA))
    let device = try #require(EUI64("00-DB-12-34-56-78-92-00"))
    let wanted = try #require(MPxN("2001234501019"))
    let opened = try ledger.openCorrection(
      device: device, .mpxn(.importMPxN, wanted),
      by: Corrections.Actor(user: user.id, party: user.party, role: nil, via: .token),
      at: clock.now())
    id = opened.correction.id
  }

  deinit {
    ledger.log.close()
    try? FileManager.default.removeItem(atPath: folder)
  }

  @discardableResult
  func act(_ action: Action, by user: String) throws -> Acted {
    try ledger.act(
      action, on: id, by: try #require(try ledger.user(user)), via: .token, at: ledger.now())
  }

  func thread(_ sight: Sight = .whole) throws -> CorrectionThread {
    try CorrectionThread(id, ledger, Moment(newest: ledger), sight: sight)
  }
}

/// 4 March 2026, a Wednesday, and a minute later each time it is asked.
private final class Clock: Sendable {
  private let milliseconds = Mutex<Int64>(1_772_618_400_000)

  func now() -> Instant {
    milliseconds.withLock { now in
      now += 60_000
      return Instant(milliseconds: now)
    }
  }
}
