import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

@Suite struct `Making and opening a ledger` {
  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func `the folder and the key are for their owner only`() throws {
    let test = try TestLedger(filled: false)
    #expect(try mode(test.folder) == 0o700)
    #expect(try mode(test.folder + "/ledger.key") == 0o600)
    #expect(try test.ledger.head() == 4)
    #expect(test.ledger.opened.mode == .authority)
  }

  @Test func `a folder with something in it is refused and stays as it is`() throws {
    let folder = NSTemporaryDirectory() + "smi-ledger-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/mine.txt"))
    #expect(throws: (any Error).self) {
      try Ledger.create(at: folder, mode: .authority, origin: "test.invalid/ledger")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["mine.txt"])
  }

  @Test func `opened again it is the same ledger`() throws {
    let test = try TestLedger()
    let head = try test.ledger.head()
    let again = try Ledger.open(at: test.folder, access: .readOnly)
    #expect(try again.head() == head)
    #expect(again.opened == test.ledger.opened)
    #expect(throws: (any Error).self) { try again.submitNothing() }
  }
}

extension Ledger {
  fileprivate func submitNothing() throws {
    _ = try append(
      [.calendarSet(CalendarSet(calendar: "scotland", from: now()))], [], by: .ledger, at: now())
  }
}
