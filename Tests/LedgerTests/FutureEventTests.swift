import CanonicalJSON
import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `Events of a newer program` {
  /// Puts an event into the log that this program doesn't know.
  private func append(
    _ type: String, version: Int, to folder: String, after clock: Instant
  ) throws {
    let log = try EventLog.open(
      at: folder, access: .readWrite,
      configuration: LogConfiguration(
        clock: { clock.milliseconds },
        tags: { _, _, _, add in add("device:", "\(Fixture.device)") }))
    defer { log.close() }
    _ = try log.append(
      AppendRequest { _ in
        [
          Draft(
            type: type, version: version, actor: LogActor(party: "ledger", via: "system"),
            body: .object(["deviceID": .string(Fixture.device)]))
        ]
      })
  }

  @Test(arguments: [("DeviceMoved", 1), ("MPxNUpdated", 2)])
  func `stop the views instead of being skipped`(_ type: String, _ version: Int) throws {
    let test = try TestLedger()
    let reached = try test.ledger.catchUpViews()
    test.ledger.log.close()
    try append(type, version: version, to: test.folder, after: test.now())
    let again = try Ledger.open(at: test.folder)
    defer { again.log.close() }
    let expected: StoredFormError =
      version == 1 ? .unknownType(type) : .unknownVersion(type: type, version: version)
    #expect(throws: expected) { try again.catchUpViews() }
    #expect(throws: expected) { try again.rebuildViews() }
    let files = ViewFiles(folder: test.folder)
    let current = try #require(files.current())
    #expect(files.generations() == [current], "what was not finished is not left behind")
    try FileManager.default.removeItem(atPath: files.file(current))
    #expect(throws: expected) { try again.catchUpViews() }
    #expect(files.generations().isEmpty)
    #expect(throws: expected) { try again.device(try eui(Fixture.device)) }
    #expect(throws: expected) {
      try again.submit(
        try update(Fixture.ofA, counter: 1), raw: [1], by: nil, at: again.now())
    }
    #expect(try again.head() == reached + 1, "nothing was recorded on what isn't understood")
  }

  @Test func `what they say of others stops nobody else`() throws {
    let test = try TestLedger()
    test.ledger.log.close()
    try append("DeviceMoved", version: 1, to: test.folder, after: test.now())
    let again = try Ledger.open(at: test.folder)
    defer { again.log.close() }
    #expect(try again.device(try eui(Fixture.other)) != nil)
  }
}
