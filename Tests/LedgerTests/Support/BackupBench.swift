import Corrections
import EventLog
import Foundation
import GRDB
import Testing

@testable import Ledger

/// A ledger with a folder for its backups and one for what is restored.
final class BackupBench: Sendable {
  let test: TestLedger
  let backup: String
  let new: String
  /// Where what is kept apart lies.
  let apart: String

  init() throws {
    test = try TestLedger()
    let base = test.folder + "-kept"
    (backup, new, apart) = (base + "/backup", base + "/new", base + "/apart")
    try FileManager.default.createDirectory(atPath: apart, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: (backup as NSString).deletingLastPathComponent)
  }

  var ledger: Ledger { test.ledger }

  /// Events of nobody's interest, to make the log long.
  func grow(_ count: Int) throws {
    let actor = Corrections.Actor(user: nil, party: "DCC", role: nil, via: .system)
    for start in stride(from: 0, to: count, by: 1000) {
      let events = try (start..<min(count, start + 1000)).map { number in
        Event.serviceResponseIssued(
          ServiceResponseIssued(
            requestID: RequestID(
              originator: try eui(Fixture.supA), target: try eui(Fixture.broker),
              counter: UInt64(number)), party: "SUPA", serviceReference: "8.4",
            deviceID: try eui(Fixture.device), code: "E080415"))
      }
      _ = try ledger.append(events, [], by: actor, at: test.now())
    }
  }

  func backUp() throws -> BackedUp { try ledger.backUp(to: backup) }

  func request(
    _ checkpoint: Checkpoint? = nil, erasures: [KeptErasure]? = nil, key: String? = nil,
    fork: String? = nil, isDryRun: Bool = false
  ) throws -> RestoreRequest {
    RestoreRequest(
      backup: backup, folder: new, checkpoint: try checkpoint ?? ledger.checkpoint(),
      erasures: erasures, key: key, fork: fork,
      actor: Corrections.Actor(user: nil, party: "unknown", role: nil, via: .asserted(account: 7)),
      isDryRun: isDryRun)
  }

  @discardableResult
  func restore(_ request: RestoreRequest) throws -> Restored {
    try Ledger.restore(request, clock: { [test] in test.now() })
  }

  func restored() throws -> Ledger {
    try Ledger.open(at: new, clock: { [test] in test.now() })
  }

  var keyFile: String { test.folder + "/ledger.key" }

  /// Whether nothing is left where the ledger was to be.
  var isNothingLeft: Bool { !FileManager.default.fileExists(atPath: new) }
}

/// All rows of a table in some order that is the same each time.
func rows(_ table: String, _ condition: String = "1", in file: String) throws -> [[DatabaseValue]] {
  var configuration = Configuration()
  configuration.readonly = true
  let queue = try DatabaseQueue(path: file, configuration: configuration)
  defer { try? queue.close() }
  return try queue.read { db in
    try Row.fetchAll(db, sql: "SELECT * FROM \(table) WHERE \(condition)")
      .map { Array($0.databaseValues) }.sorted { "\($0)" < "\($1)" }
  }
}

/// The tables of views.
func viewTables(in folder: String) throws -> [String] {
  let queue = try DatabaseQueue(path: folder + "/views.sqlite")
  defer { try? queue.close() }
  return try queue.read { db in
    try String.fetchAll(
      db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'view_state'")
  }
}

/// Every file under a folder with its bytes.
func files(under folder: String) throws -> [String: Data] {
  var found: [String: Data] = [:]
  for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
    var isFolder: ObjCBool = false
    let path = folder + "/" + name
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
    else { continue }
    found[name] = try Data(contentsOf: URL(fileURLWithPath: path))
  }
  return found
}
