internal import Corrections
internal import EventLog
internal import Foundation
internal import GRDB

/// One line of a diagnosis.
public struct Diagnosis: Sendable {
  /// What was looked at.
  public let name: String
  /// What was found, in words.
  public let value: String
}

extension Ledger {
  /// How the ledger and the machine under it are, one line for each thing, in a fixed order.
  public func diagnose() throws -> [Diagnosis] {
    let head = try log.head()
    let files = ViewFiles(folder: folder)
    let (sqlite, synchronous) = try log.engine()
    let walBug =
      Ledger.hasWALBug(sqlite)
      ? "yes (3.7.0–3.51.2): ledger.lock protects it as long as only this program writes"
      : "no"
    func size(_ name: String) -> Int {
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      return (attributes?[.size] as? Int) ?? 0
    }
    let lag = files.current().map { generation -> String in
      guard let position = Ledger.position(ofViews: files.file(generation)) else {
        return "generation \(generation), not readable: the next command makes them anew"
      }
      return position == head.position
        ? "generation \(generation), caught up"
        : "generation \(generation), \(head.position - position) behind"
    }
    let keyMode =
      (try? FileManager.default.attributesOfItem(atPath: folder + "/ledger.key"))?[
        .posixPermissions] as? Int
    let key: String
    switch keyMode {
    case nil: key = "missing: checkpoints can't be signed"
    case 0o600?: key = "present, readable by its owner only"
    case let mode?: key = "present, mode \(String(mode, radix: 8)): chmod 600 ledger.key"
    }
    let free =
      (try? FileManager.default.attributesOfFileSystem(forPath: folder))?[.systemFreeSize]
      as? Int
    return try [
      Diagnosis(
        name: "head",
        value: "position \(head.position), \(Instant(milliseconds: head.recordedAt))"),
      Diagnosis(name: "SQLite", value: sqlite),
      Diagnosis(name: "WAL reset bug", value: walBug),
      Diagnosis(
        name: "synchronous",
        value: FileManager.default.isWritableFile(atPath: folder)
          ? synchronous : "nothing is committed from here: the folder may only be read"),
      Diagnosis(name: "log size", value: Ledger.megabytes(size("ledger.sqlite"))),
      Diagnosis(name: "WAL size", value: Ledger.megabytes(size("ledger.sqlite-wal"))),
      Diagnosis(name: "views", value: lag ?? "none yet: the next command makes them"),
      Diagnosis(name: "signing key", value: key),
      Diagnosis(name: "free space", value: free.map(Ledger.megabytes) ?? "unknown"),
    ] + diagnoseUpkeep(head: head.position)
  }

  /// The position that the views in a file have read; nil when they can't be read.
  private static func position(ofViews path: String) -> Int? {
    var configuration = Configuration()
    configuration.readonly = true
    guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else {
      return nil
    }
    defer { try? queue.close() }
    return try? queue.read { try Int.fetchOne($0, sql: "SELECT position FROM view_state") }
  }

  /// SQLite 3.7.0–3.51.2 can corrupt a WAL when two connections commit or checkpoint at once.
  static func hasWALBug(_ version: String) -> Bool {
    let parts = version.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 3 else { return true }
    return (parts[0], parts[1], parts[2]) < (3, 51, 3) && (parts[0], parts[1]) >= (3, 7)
  }

  private static func megabytes(_ bytes: Int) -> String {
    let tenths = (bytes * 10 + 524_288) / 1_048_576
    return "\(tenths / 10).\(tenths % 10) MiB"
  }
}
