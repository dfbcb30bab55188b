import CanonicalJSON
import Foundation
import GRDBSQLite
import Testing

@testable import EventLog

/// A folder of its own for a test, gone afterwards.
final class TemporaryFolder: Sendable {
  let path: String

  init(in parent: String = NSTemporaryDirectory()) throws {
    path = (parent as NSString).appendingPathComponent("eventlog-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var ledger: String { path + "/ledger" }
  var database: String { ledger + "/ledger.sqlite" }
}

/// A clock that stands still until it is told otherwise.
final class TestClock: Sendable {
  private let time: Guarded<Int64>

  init(_ milliseconds: Int64 = 1_700_000_000_000) {
    time = Guarded(milliseconds)
  }

  var now: Int64 {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }
}

extension LogConfiguration {
  /// Tags are what the body lists under `tags`; a number is what it holds under `number`.
  static func test(clock: TestClock = TestClock()) -> LogConfiguration {
    var configuration = LogConfiguration(
      clock: { clock.now },
      tags: { _, _, body, add in
        for tag in body["tags"]?.array ?? [] { if let text = tag.string { add(text, "") } }
      })
    configuration.numbers = { _, _, body in
      body["number"]?.integer.map { [("correction", Int($0))] } ?? []
    }
    return configuration
  }

  /// The same with an index that is written in small chunks and slices.
  static func test(chunk: Int, slice: Int) -> LogConfiguration {
    var configuration = LogConfiguration.test()
    configuration.indexChunk = chunk
    configuration.indexSlice = slice
    return configuration
  }
}

extension Draft {
  /// A draft that carries tags and perhaps a text.
  static func test(_ type: String = "Tested", tags: [String] = [], text: String? = nil) -> Draft {
    Draft(
      type: type, actor: Actor(party: "P1", via: "system"),
      body: .object([
        "tags": tags.isEmpty ? nil : .array(tags.map { .string($0) }),
        "text": text.map { .string($0) },
      ]))
  }
}

extension EventLog {
  static func make(
    _ folder: TemporaryFolder, _ configuration: LogConfiguration = .test()
  ) throws -> EventLog {
    try create(at: folder.ledger, configuration: configuration, first: .test("LedgerOpened"))
  }

  @discardableResult
  func append(_ drafts: Draft..., after condition: AppendCondition? = nil) throws -> Appended {
    try append(AppendRequest(condition: condition) { _ in drafts })
  }
}

/// A connection as a stranger would open one.
final class RawDatabase {
  let handle: OpaquePointer

  init(_ path: String) throws {
    var handle: OpaquePointer?
    guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else {
      throw SQLiteFailure(handle)
    }
    self.handle = handle
    sqlite3_busy_timeout(handle, 5000)
  }

  deinit { sqlite3_close(handle) }

  func execute(_ sql: String) throws { try handle.execute(sql) }
  func number(_ sql: String) throws -> Int? { try handle.number(sql) }
  func text(_ sql: String) throws -> String? { try handle.text(sql) }
}

/// A small generator whose run is told by its seed.
struct SplitMix: RandomNumberGenerator {
  var seed: UInt64

  mutating func next() -> UInt64 {
    seed &+= 0x9E37_79B9_7F4A_7C15
    var mixed = seed
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension TemporaryFolder {
  /// The bytes of a file in it.
  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
  }
}
