import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

@Suite struct `Reading` {
  /// Every file of a folder with its bytes and the time it was changed.
  private func picture(_ folder: String) throws -> [String: String] {
    var picture: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let path = folder + "/" + name
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let bytes = FileManager.default.contents(atPath: path) ?? Data()
      picture[name] = "\(attributes[.modificationDate] ?? "") \(bytes.hashValue) \(bytes.count)"
    }
    return picture
  }

  @Test func `judging touches no byte of the folder`() throws {
    let test = try TestLedger()
    try test.ledger.catchUpViews()
    test.ledger.log.close()
    let before = try picture(test.folder)
    let reader = try Ledger.open(at: test.folder, access: .readOnly)
    for counter in 1...20 as ClosedRange<UInt64> {
      let value = counter % 2 == 0 ? Fixture.ofA : Fixture.ofNobody
      _ = try reader.judge(update(value, counter: counter), at: reader.now())
    }
    _ = try reader.timeline(Tag.device(try eui(Fixture.device)))
    _ = try reader.device(try eui(Fixture.device))
    reader.log.close()
    let after = try picture(test.folder)
    // SQLite keeps its read marks in the shared-memory file, which holds nothing that lasts.
    #expect(
      after.filter { !$0.key.hasSuffix("-shm") } == before.filter { !$0.key.hasSuffix("-shm") })
  }

  @Test(arguments: [31, 32] as [UInt64])
  func `at any position shows what was shown when that was the head`(seed: UInt64) throws {
    let test = try TestLedger()
    var history = RandomHistory(test, seed: seed)
    var shown: [(position: Int, devices: [Device?], corrections: [Correction?])] = []
    let devices = try [Fixture.device, Fixture.other].map(eui)
    for _ in 0..<50 {
      try history.step()
      let last = try test.ledger.log.counter("correction")
      shown.append(
        (
          try test.ledger.head(), try devices.map { try test.ledger.device($0) },
          try (0..<last).map { try test.ledger.correction(CorrectionID(number: $0 + 1)) }
        ))
    }
    let reader = try Ledger.open(at: test.folder, access: .readOnly)
    for then in shown {
      #expect(try devices.map { try reader.device($0, upTo: then.position) } == then.devices)
      for correction in then.corrections.compactMap({ $0 }) {
        #expect(try reader.correction(correction.id, upTo: then.position) == correction)
      }
      let next = CorrectionID(number: then.corrections.count + 1)
      #expect(try reader.correction(next, upTo: then.position) == nil)
    }
  }

  @Test func `registrations at a position are those of the imports up to it`() throws {
    let test = try TestLedger()
    let token = try #require(try test.ledger.token(of: try point(Fixture.ofB)))
    let before = try test.ledger.head()
    let path = test.folder + "/more.csv"
    try "mpxn,kind,supplier,effective_from,effective_to\n\(Fixture.ofB),import,SUPC,2026-02-01,\n"
      .write(toFile: path, atomically: true, encoding: .utf8)
    _ = try test.ledger.importRegistrations(
      path, mode: .update,
      by: Corrections.Actor(user: nil, party: "ledger", role: nil, via: .import), at: test.now(),
      options: ImportOptions())
    let after = try test.ledger.head()
    func suppliers(_ position: Int) throws -> [String] {
      try test.ledger.registrations(of: token, upTo: position).map(\.supplier)
    }
    #expect(try suppliers(before) == ["SUPB"])
    #expect(try suppliers(after) == ["SUPB", "SUPC"])
    #expect(try suppliers(3).isEmpty)
  }
}
