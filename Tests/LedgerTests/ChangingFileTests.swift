import Corrections
import EventLog
import Foundation
import Synchronization
import Testing
import Wire

@testable import Ledger

@Suite struct `A file that changes while it is imported` {
  private static let rowsOfSlice = 2_000
  private let importer = Corrections.Actor(user: nil, party: "ledger", role: nil, via: .import)

  /// Options under which a byte of the file's last block is another once its rows are being taken.
  private func options(changing path: String, done: @escaping @Sendable (Int) -> Void = { _ in })
    -> ImportOptions
  {
    var options = ImportOptions()
    options.rowsOfSlice = Self.rowsOfSlice
    let isDone = Mutex(false)
    options.csv.progress = { read in
      guard !read.isChecking,
        isDone.withLock({ done in
          defer { done = true }
          return !done
        }), let handle = FileHandle(forUpdatingAtPath: path)
      else { return }
      _ = try? handle.seek(toOffset: UInt64((read.length ?? 0) - 3))
      try? handle.write(contentsOf: [UInt8(ascii: "9")])
      try? handle.close()
    }
    options.progress = { rows, _ in done(rows) }
    return options
  }

  private func isChanged(_ error: any Error, _ path: String) -> Bool {
    guard case .changed(path, _)? = error as? FileProblem else { return false }
    return true
  }

  @Test func `registrations: the event that makes rows count is not recorded`() throws {
    let test = try TestLedger()
    let path = test.folder + "/march.csv"
    let rows = (0..<7000).map {
      "\(1_000_000_000_000 + $0 * 7),import,SUPA,2026-01-01,2026-06-01\n"
    }
    let text = "mpxn,kind,supplier,effective_from,effective_to\n" + rows.joined()
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let head = try test.ledger.head()
    #expect {
      try test.ledger.importRegistrations(
        path, mode: .update, by: importer, at: test.now(), options: options(changing: path))
    } throws: {
      isChanged($0, path)
    }
    #expect(try test.ledger.head() == head)
    let point = try point("1000000000007")
    #expect(
      try test.ledger.token(of: point).map {
        try test.ledger.registrations(of: $0, upTo: head).isEmpty
      } ?? true)
    // The same rows, once the file is whole again.
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let imported = try test.ledger.importRegistrations(
      path, mode: .update, by: importer, at: test.now(), options: ImportOptions())
    #expect(imported.added == 7000)
    #expect(try test.ledger.log.verifyContent().isEmpty)
  }

  @Test func `users: what is recorded is what was checked, and the same file goes on`() throws {
    let test = try TestLedger()
    let path = test.folder + "/users.csv"
    let long = String(repeating: "S", count: 56)
    let rows = (0..<3500).map { "\(long)7.\(letters($0)),DCC,,DCC,active,\n" }
    let text = "user_id,party,market_participant_ids,roles,status,name\n" + rows.joined()
    try #require(text.utf8.count > 1 << 18)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let head = try test.ledger.head()
    let done = Counter()
    #expect {
      try test.ledger.importUsers(
        path, by: importer, at: test.now(),
        options: options(changing: path) { done.value.store($0, ordering: .relaxed) })
    } throws: {
      isChanged($0, path)
    }
    let recorded = done.value.load(ordering: .relaxed)
    #expect(recorded > 0 && recorded < 3500)
    #expect(try test.ledger.head() == head + recorded)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let again = try test.ledger.importUsers(
      path, by: importer, at: test.now(), options: ImportOptions())
    #expect(again.unchanged == recorded && again.added == 3500 - recorded)
  }

  @Test func `inventory: what was told as done is on the disk, and the same file goes on`() throws {
    let test = try TestLedger(filled: false)
    let path = test.folder + "/extract.csv"
    let count = Self.rowsOfSlice * 6
    let rows = (0..<count).reversed().map {
      "\(EUI64(bits: 0x00DB_1234_5600_0000 + UInt64($0))),ESME,Commissioned,1\(100_000_000_000 + $0)\n"
    }
    let text = "DeviceID,DeviceType,DeviceStatus,ImportMPxN\n" + rows.joined()
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let head = try test.ledger.head()
    let done = Counter()
    #expect {
      try test.ledger.importInventory(
        path, by: importer, at: test.now(),
        options: options(changing: path) { done.value.store($0, ordering: .relaxed) })
    } throws: {
      isChanged($0, path)
    }
    let told = done.value.load(ordering: .relaxed)
    #expect(told > 0 && told < count)
    #expect(try test.ledger.head() == head + told, "nothing is on its way any more")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let again = try test.ledger.importInventory(
      path, by: importer, at: test.now(), options: ImportOptions())
    #expect(again.unchanged == told && again.added == count - told)
  }

  private final class Counter: Sendable {
    let value = Atomic(0)
  }

  /// A number in letters, since the codes of staff have few digits.
  private func letters(_ number: Int) -> String {
    var (rest, text) = (number, "")
    for _ in 0..<4 {
      text.append(Character(UnicodeScalar(UInt8(65 + rest % 26))))
      rest /= 26
    }
    return text
  }
}
