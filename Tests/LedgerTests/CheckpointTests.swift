import Corrections
import Foundation
import Testing

@testable import Ledger

@Suite struct `A checkpoint` {
  @Test func `is read as it was written, and signed by the ledger's key`() throws {
    let test = try TestLedger()
    let checkpoint = try test.ledger.checkpoint()
    #expect(checkpoint.size == (try test.ledger.head()))
    #expect(try Checkpoint(reading: checkpoint.note) == checkpoint)
    let key = try #require(try test.ledger.verifierKey)
    #expect(checkpoint.isSigned(by: key) == true)
    #expect(VerifierKey(key.text) == key)
    #expect(try test.ledger.holds(checkpoint))
    let other = try TestLedger()
    #expect(try !other.ledger.holds(checkpoint))
    #expect(checkpoint.isSigned(by: try #require(try other.ledger.verifierKey)) == nil)
  }

  @Test func `may carry others' lines after the root, and others' signatures`() throws {
    let root = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    let read = try Checkpoint(
      reading: "origin\n7\n\(root)\nmore\n\n— origin AAAAAAAA\n— witness BBBBBBBB\n")
    #expect(read.size == 7 && read.text == "origin\n7\n\(root)\nmore\n")
    #expect(read.signatures.map(\.name) == ["origin", "witness"])
  }

  @Test func `of an earlier position is what was signed then`() throws {
    let test = try TestLedger()
    let then = try test.ledger.checkpoint()
    _ = try test.report(Fixture.device, wants: Fixture.ofB, by: Fixture.supA)
    let later = try test.ledger.checkpoint(at: then.size)
    #expect(later.root == then.root && later.size == then.size)
    #expect(throws: NotKnownYet.self) { try test.ledger.checkpoint(at: 9_999) }
  }

  @Test(arguments: [
    "", "a\n1\nAAAA\n\n", "no signatures\n1\n",
    "origin\n01\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— origin AAAAAAAA\n",
    "origin\n1\nAAAA\n\n— origin AAAAAAAA\n",
    "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nmore\n\n— origin AAAAAAAA\n",
    "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n- origin AAAAAAAA\n",
    "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— origin AAAAAAAA",
    "origin\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— origin AAAA\n",
    "\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— origin AAAAAAAA\n",
  ])
  func `that is none is refused`(_ text: String) {
    #expect(throws: Checkpoint.Malformed.self) { try Checkpoint(reading: text) }
    #expect(throws: Checkpoint.Malformed.self) {
      try Checkpoint(reading: String(repeating: "x", count: 100_000))
    }
  }

  @Test func `needs the key, whole and private`() throws {
    let test = try TestLedger()
    let path = test.folder + "/ledger.key"
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(throws: CannotSign.self) { try test.ledger.checkpoint() }
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let other = try TestLedger()
    let key = try Data(contentsOf: URL(fileURLWithPath: path))
    try files.removeItem(atPath: path)
    #expect(throws: CannotSign.self) { try test.ledger.checkpoint() }
    try files.copyItem(atPath: other.folder + "/ledger.key", toPath: path)
    #expect(throws: CannotSign.self) { try test.ledger.checkpoint() }
    try Data("no key".utf8).write(to: URL(fileURLWithPath: path))
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    #expect(throws: CannotSign.self) { try test.ledger.checkpoint() }
    try key.write(to: URL(fileURLWithPath: path))
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    _ = try test.ledger.checkpoint()
  }
}
