import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

@Suite struct `No personal data in a record` {
  private func holds(_ bytes: [UInt8], _ text: String) -> Bool {
    let needle = Array(text.utf8)
    guard bytes.count >= needle.count else { return false }
    return (0...(bytes.count - needle.count)).contains { start in
      bytes[start] == needle[0] && Array(bytes[start..<(start + needle.count)]) == needle
    }
  }

  @Test func `whatever is typed into a free text, no record, view or index holds it`() throws {
    let test = try TestLedger()
    let secret = "1655500011126"
    let refused = try test.submit(update(Fixture.ofB, counter: 2))
    let id = try test.ledger.openCorrection(from: refused.requestID, by: nil, at: test.now())
      .correction.id
    let text = "the meter of \(secret) at ZZ9 9ZZ"
    _ = try test.act(.note(text), id, by: Fixture.supA)
    _ = try test.act(.assign(owner: "DCC-017", reason: text), id, by: "DCC-017")
    _ = try test.act(.assign(owner: "DCC-021", reason: text), id, by: "DCC-017")
    _ = try test.act(.refuse(reason: text), id, by: Fixture.supB)
    _ = try test.act(.advise, id, by: "DCC-017")
    _ = try test.act(.consent, id, by: Fixture.supB)
    _ = try test.act(.propose(explanation: nil), id, by: "DCC-017")
    _ = try test.act(.decline(reason: text), id, by: "DCC-021")
    _ = try test.act(.reject(reason: text), id, by: "DCC-017")
    try test.ledger.catchUpViews()
    let hidden = [
      secret, Fixture.ofB, "ZZ9", "EXAMPLE ROAD", "123456789012", "the meter of",
    ]
    for (index, record) in try test.records().enumerated() {
      for word in hidden { #expect(!holds(record, word), "record \(index + 1)") }
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: test.folder)
    for name in files where name.hasPrefix("views-") {
      let bytes = Array(
        FileManager.default.contents(atPath: test.folder + "/" + name) ?? Data())
      for word in hidden { #expect(!holds(bytes, word), "\(name)") }
    }
    #expect(try test.ledger.log.verifyContent().isEmpty)
  }

  @Test func `a code that may be a meter point is refused on the way in`() throws {
    let test = try TestLedger()
    let file = test.folder + "/users.csv"
    try "user_id,party,market_participant_ids,roles,status,name\n1655500011126,SUPX,,OU,active,\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    let head = try test.ledger.head()
    #expect(throws: (any Error).self) {
      try test.ledger.importUsers(
        file, by: Corrections.Actor(user: nil, party: "ledger", role: nil, via: .import),
        at: test.now(), options: ImportOptions())
    }
    #expect(try test.ledger.head() == head)
  }
}
