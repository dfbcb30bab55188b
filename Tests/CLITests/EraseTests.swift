import Foundation
import Testing

/// `erase`, as who was asked to forget a meter point uses it.
@Suite struct `Erasing a value` {
  private static let point = Request.registeredToAnother

  /// A ledger whose raw requests, notes and answers hold the meter point.
  private func grown() throws -> FilledLedger {
    let desk = try FilledLedger()
    _ = try desk.run("submit", Package.example("refused.xml"), "--at", "2026-03-04T10:12:00Z")
    let id = try desk.report(at: "2026-03-04T10:00:00Z")
    try desk.act("note", id, by: "DCC-017", "--text", "called about \(Self.point)")
    return desk
  }

  private func erase(_ desk: FilledLedger, _ more: String...) throws -> Run {
    try desk.run(
      ["erase", "mpxn", Self.point, "--reason", "request 17", "--actor", "DCC-017"] + more)
  }

  /// How many files under the ledger hold the meter point, as grep finds it.
  private func files(_ desk: FilledLedger) throws -> Int {
    let run = try SMILedger.shell(
      "grep -arlF -- \"$2\" \"$3\" | wc -l", [Self.point, desk.path])
    return try #require(Int(run.output.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  @Test func `leaves it in no byte of any file`() throws {
    let desk = try grown()
    #expect(try files(desk) > 0)
    let planned = try erase(desk, "--dry-run")
    #expect(planned.exit == 0 && planned.output.contains("Would take away 1 value, "))
    let run = try erase(desk, "--yes")
    #expect(run.exit == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("it is in none") && run.errors.contains("erasures.jsonl"))
    #expect(try files(desk) == 0)
    #expect(!run.output.contains(Self.point) && !run.errors.contains(Self.point))
    let verified = try desk.run("verify")
    #expect(verified.output.hasPrefix("PROVEN"))
    #expect(try desk.run("correction", "show", "COR-000001").output.contains("(erased)"))
  }

  @Test func `is in no byte of the next backup either`() throws {
    let desk = try grown()
    let backup = desk.folder.path("backup")
    func inBackup() throws -> Int {
      let run = try SMILedger.shell(
        "grep -arlF -- \"$2\" \"$3\" | wc -l", [Self.point, backup])
      return try #require(Int(run.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
    #expect(try desk.run("backup", backup).exit == 0)
    #expect(try inBackup() == 1)
    #expect(try erase(desk, "--yes").exit == 0)
    #expect(try desk.run("backup", backup).exit == 0)
    #expect(try inBackup() == 0)
  }

  @Test func `leaves nothing that SQLite's own tools find`() throws {
    let desk = try grown()
    let script = """
      cp "$2" copy.sqlite && { sqlite3 copy.sqlite .dump; sqlite3 copy.sqlite .recover 2>/dev/null; } \
        | grep -acF -- "$3"; rm -f copy.sqlite
      """
    func found() throws -> Int {
      let folder = try TemporaryFolder()
      let run = try SMILedger.shell(
        "cd \"$4\" && " + script,
        [desk.path + "/ledger.sqlite", Self.point, folder.path(".")])
      return Int(run.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
    }
    // A control: what is there is found.
    let key = try SMILedger.shell(
      "sqlite3 \"$2\" 'PRAGMA wal_checkpoint(TRUNCATE)'", [desk.path + "/ledger.sqlite"])
    try #require(key.exit == 0, "\(key.errors)")
    #expect(try found() > 0)
    #expect(try erase(desk, "--yes").exit == 0)
    #expect(try found() == 0)
  }

  @Test func `tells who sends the same request again that it can't be compared`() throws {
    let desk = try grown()
    #expect(try erase(desk, "--yes").exit == 0)
    let again = try desk.run("submit", Package.example("refused.xml"))
    #expect(again.exit == 1 && again.output.contains("could not be compared"), "\(again.output)")
    #expect(try files(desk) == 0)
  }

  @Test func `needs yes where nobody can be asked, the role, and something to erase`() throws {
    let desk = try grown()
    let unasked = try erase(desk)
    #expect(unasked.exit == 64 && unasked.errors.contains("--yes"))
    let other = try desk.run(
      "erase", "mpxn", Self.point, "--reason", "x", "--actor", Request.supA, "--yes")
    #expect(other.exit == 77)
    let none = try desk.run(
      "erase", "mpxn", "2999999999990", "--reason", "x", "--actor", "DCC-017", "--yes")
    #expect(none.exit == 66 && !none.errors.contains("2999999999990"))
    let words = try desk.run(
      "erase", "mpxn", "words", "--reason", "x", "--actor", "DCC-017", "--yes")
    #expect(words.exit == 64)
    let naming = try desk.run(
      "erase", "mpxn", Self.point, "--reason", "of \(Self.point)", "--actor", "DCC-017", "--yes")
    #expect(naming.exit == 64 && !naming.errors.contains(Self.point))
    #expect(try files(desk) > 0)
  }

  @Test func `answers in JSON`() throws {
    let desk = try grown()
    let answer = try desk.object(
      "erase", "mpxn", Self.point, "--reason", "x", "--actor", "DCC-017", "--yes")
    #expect(answer["openCorrections"] as? [String] == ["COR-000001"])
    #expect(answer["values"] as? Int == 1 && answer["writeAheadLogEmptied"] as? Bool == true)
    #expect((answer["foundIn"] as? [Any])?.isEmpty == true && answer["position"] is Int)
  }

  @Test func `stops a fix that nobody could make any more`() throws {
    let desk = try grown()
    try desk.act("consent", "COR-000001", by: Request.supB)
    #expect(try erase(desk, "--yes").exit == 0)
    let run = try desk.run("correction", "propose", "COR-000001", "--actor", "DCC-017")
    #expect(run.exit == 1 && run.errors.contains("the wanted MPxN was erased"), "\(run.errors)")
  }

  @Test func `shows what was erased of a device as erased`() throws {
    let desk = try grown()
    let run = try desk.run(
      "erase", "device-documents", Request.otherDevice, "--reason", "x", "--actor", "DCC-017",
      "--yes")
    #expect(run.exit == 0, "\(run.errors)")
    #expect(try desk.run("timeline", "device", Request.otherDevice).output.contains("erased"))
    #expect(try desk.run("verify").exit == 0)
  }
}
