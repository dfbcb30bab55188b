import Corrections
import Foundation
import Testing
import Wire

@testable import Ledger

/// A code stands in a record for ever: it must be none that could be a meter point, or a name.
@Suite struct `A code that may be a meter point` {
  private static let heading = "user_id,party,market_participant_ids,roles,status,name"
  private let importer = Corrections.Actor(
    user: nil, party: Corrections.Actor.unknownParty, role: nil, via: .import)

  private func refusal(_ row: String) throws -> WireError? {
    let test = try TestLedger(filled: false)
    let path = test.folder + "/users.csv"
    try (Self.heading + "\n" + row + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let head = try test.ledger.head()
    defer { #expect((try? test.ledger.head()) == head, "\(row) left a trace") }
    do {
      _ = try test.ledger.importUsers(path, by: importer, at: test.now(), options: ImportOptions())
    } catch let error as WireError {
      return error
    } catch let problems as CSVProblems {
      return problems.problems.first
    }
    return nil
  }

  @Test(
    arguments: [
      ("1655500011126,SUPX,,OU,active,", "user_id"),
      ("16.555.000.111.26,SUPX,,OU,active,", "user_id"),
      ("74000123,SUPX,,OU,active,", "user_id"), ("7-4-0-0-1-2,SUPX,,OU,active,", "user_id"),
      ("DCC-030,74000123,,OU,active,", "party"), ("DCC-030,P7.400.012,,OU,active,", "party"),
      ("DCC-030,SUPX,1655500011126,OU,active,", "market_participant_ids"),
      ("DCC-030,SUPX,SUPX;7400-0123,OU,active,", "market_participant_ids"),
      ("DCC-030,ledger,,OU,active,", "party"), ("DCC-030,Unknown,,OU,active,", "party"),
      ("smith,SUPX,,OU,active,", "user_id"),
    ])
  func `is refused as a user's`(_ row: String, column: String) throws {
    let refusal = try #require(try refusal(row), "\(row) was taken")
    #expect(refusal.place == column)
    #expect(!"\(refusal)".contains("16555") && !"\(refusal)".contains("7400"), "\(refusal)")
  }

  @Test(arguments: [
    "16.555.000.111.26", "7400012306", "DCC-74000123", "SMITH", "nobody", Fixture.supA, "DSP-004",
  ])
  func `or anything but a user of the DCC owns no correction`(_ owner: String) throws {
    let test = try TestLedger()
    let refused = try test.submit(update(Fixture.ofB, counter: 2))
    let id = try test.ledger.openCorrection(from: refused.requestID, by: nil, at: test.now())
      .correction.id
    let head = try test.ledger.head()
    #expect(throws: Refusal.ownerNotKnown(id)) {
      try test.act(.assign(owner: owner, reason: nil), id, by: "DCC-017")
    }
    #expect(try test.ledger.head() == head)
    #expect(
      try test.act(.assign(owner: "dcc-021", reason: nil), id, by: "dcc-017").correction.owner
        == "DCC-021")
  }

  @Test func `is told from one that is none by its digits alone`() {
    for code in ["DCC-017", "SUPA", "ledger.example/smi", "V5.1", "A1B2C3D4E5"] {
      #expect(CodeGuard.isCode(code))
    }
    for code in ["123456", "1-2-3-4-5-6", "a1b2c3d4e5f6", "smi/7400012306"] {
      #expect(!CodeGuard.isCode(code))
    }
  }
  /// Texts of ASCII are looked at byte by byte, as every text is character by character.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `is told of bytes as of characters`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let pieces = [
      "0", "7", "12", "345", "a", "F", "g", "Z", " ", "\t", "\r\n", "\u{1C}", ".", "-", "_",
      "\u{7F}",
      "é", "\u{301}", "１", "½", "Ａ", "\u{A0}",
    ]
    for _ in 0..<400 {
      let kinds = random.next() % 3 == 0 ? pieces.count : 16
      let text = (0..<random.next() % 14).map { _ in pieces[Int(random.next() % UInt64(kinds))] }
        .joined()
      let digits = text.count(where: \.isNumber)
      #expect(CodeGuard.isCode(text) == (digits <= 5), "\(text.debugDescription)")
      let isName =
        text.allSatisfy(\.isHexDigit)
        ? text.split { !$0.isNumber }.allSatisfy { $0.count <= 8 }
        : digits <= 8 && (digits == 0 || !text.contains(where: \.isWhitespace))
      #expect(CodeGuard.isName(text) == isName, "\(text.debugDescription)")
    }
  }
}
