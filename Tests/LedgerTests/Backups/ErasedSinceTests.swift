import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `What was erased after a backup` {
  /// A backup, and an erasure since: of a value with the messages that hold it.
  private func erased() throws -> (bench: BackupBench, token: String) {
    let bench = try BackupBench()
    let raw = "<x>\(Fixture.ofB)</x>"
    _ = try bench.ledger.submit(
      update(Fixture.ofB, counter: 1), raw: Array(raw.utf8), by: nil, at: nil)
    let token = try #require(try bench.ledger.token(of: try point(Fixture.ofB)))
    _ = try bench.backUp()
    let user = try #require(try bench.ledger.user("DCC-017"))
    let gone = try bench.ledger.erase(
      .value(.mpxn, Fixture.ofB), reason: "asked for", by: user, via: .system)
    #expect(gone.values == 1 && gone.documents > 0)
    return (bench, token.text)
  }

  private func kept(_ bench: BackupBench) throws -> [KeptErasure] {
    try KeptErasure.read(bench.test.folder + "/erasures.jsonl")
  }

  /// The checkpoint that the backup holds, which is what had been signed before the disk was lost.
  private func signed(_ bench: BackupBench) throws -> Checkpoint {
    try Checkpoint(
      reading: String(contentsOfFile: bench.backup + "/log/checkpoint", encoding: .utf8))
  }

  @Test func `is erased again: no byte of it is restored, and each event says so`() throws {
    let (bench, token) = try erased()
    #expect(
      try files(under: bench.backup).contains { $0.value.range(of: Data(Fixture.ofB.utf8)) != nil })
    let kept = try kept(bench)
    let restored = try bench.restore(bench.request(signed(bench), erasures: kept))
    #expect(restored.erasuresTold == kept.count && restored.erasuresAgain == kept.count)
    #expect(restored.erasuresAfter == kept.count)
    let ledger = try bench.restored()
    try ledger.catchUpViews()
    for (name, bytes) in try files(under: bench.new) {
      #expect(bytes.range(of: Data(Fixture.ofB.utf8)) == nil, "\(name)")
    }
    #expect(try ledger.log.subject(token) == nil)
    #expect(try ledger.token(of: try point(Fixture.ofB)) == nil)
    let events = try ledger.timeline(Tag.erasures)
    #expect(events.count == kept.count)
    for event in events {
      let reason: String? =
        switch event.event {
        case .upkeep(.subjectErased(let event)): event.reason
        case .upkeep(.documentsErased(let event)): event.reason
        default: nil
        }
      #expect(try ledger.log.document(named: reason ?? "") == Array(Ledger.erasedAgain.utf8))
    }
    #expect(try ledger.log.verifyContent().isEmpty)
    // What is kept apart from here on tells of it, and a restore of a later backup makes nothing again.
    #expect(try KeptErasure.read(bench.new + "/erasures.jsonl").count == kept.count)
    let later = bench.apart + "/later"
    _ = try ledger.backUp(to: later, signedBy: bench)
    ledger.log.close()
    var request = try bench.request(
      Checkpoint(reading: String(contentsOfFile: later + "/log/checkpoint", encoding: .utf8)),
      erasures: KeptErasure.read(bench.new + "/erasures.jsonl"))
    request.backup = later
    request.folder = bench.apart + "/again"
    #expect(try bench.restore(request).erasuresAgain == 0)
    // The file of the ledger that was lost is older than that backup.
    request.folder = bench.apart + "/older"
    request.erasures = kept
    #expect(throws: CannotRestore.self) { try bench.restore(request) }
  }

  @Test func `is told of in full: a file that lacks what the backup knows is refused`() throws {
    let (bench, _) = try erased()
    try bench.grow(10)
    _ = try bench.backUp()
    let whole = try kept(bench)
    try #require(whole.count > 1)
    for (number, kept) in [[], Array(whole.dropLast()), Array(whole.dropFirst())].enumerated() {
      do {
        try bench.restore(bench.request(erasures: kept))
        Issue.record("restored with \(number)")
      } catch CannotRestore.erasureMissing(let position) {
        #expect(whole.contains { $0.position == position } && bench.isNothingLeft)
      }
    }
    let restored = try bench.restore(bench.request(erasures: whole))
    #expect(restored.erasuresAgain == 0 && restored.erasuresAfter == 0)
  }

  @Test func `takes no commitment of another append, whose position is the same`() throws {
    let (bench, token) = try erased()
    let kept = try kept(bench)
    #expect(
      kept.contains {
        if case .documentsErased(let e) = $0.event { !e.commitments.isEmpty } else { false }
      })
    // All after the backup is lost but this file, and the log grew again: to other events.
    #expect(try bench.restore(bench.request(signed(bench))).numbersAfter == 1000)
    let ledger = try bench.restored()
    for counter in 2...40 as ClosedRange<UInt64> {
      _ = try ledger.submit(
        update(Fixture.ofB, counter: counter), raw: Array("raw \(counter)".utf8), by: nil, at: nil)
    }
    let later = bench.apart + "/later"
    let checkpoint = try ledger.backUp(to: later, signedBy: bench).checkpoint
    let commitments = try rows("content", in: bench.new + "/ledger.sqlite").count
    ledger.log.close()
    #expect(kept.allSatisfy { $0.position <= checkpoint.size })
    var request = try bench.request(checkpoint, erasures: kept)
    request.backup = later
    request.folder = bench.apart + "/again"
    let again = try bench.restore(request)
    #expect(again.erasuresAfter == 0)
    let made = try Ledger.open(at: request.folder)
    defer { made.log.close() }
    #expect(try made.log.subject(token) == nil)
    // Those that came with the restore are more, and none of the earlier ones is gone.
    let positions = try Set(rows("content", in: request.folder + "/ledger.sqlite").map { $0[0] })
    let before = try rows("content", in: bench.new + "/ledger.sqlite").map { $0[0] }
    #expect(commitments > 39 && before.allSatisfy(positions.contains))
  }

  @Test func `comes back where nobody tells of it`() throws {
    let (bench, token) = try erased()
    #expect(try bench.restore(bench.request(signed(bench))).erasuresTold == nil)
    let ledger = try bench.restored()
    defer { ledger.log.close() }
    #expect(try ledger.log.subject(token)?.value == Fixture.ofB)
  }

  @Test func `is erased as far as the file tells of it`() throws {
    let (bench, token) = try erased()
    let kept = try kept(bench).filter { if case .subjectErased = $0.event { true } else { false } }
    let restored = try bench.restore(bench.request(signed(bench), erasures: kept))
    #expect(restored.erasuresAgain == 1)
    let ledger = try bench.restored()
    defer { ledger.log.close() }
    #expect(try ledger.log.subject(token) == nil)
    #expect(try ledger.log.verifyContent().isEmpty)
  }

  @Test(arguments: [
    (1, "{\n"), (1, "{}\n"), (2, "\n"), (1, "no line feed"),
    (
      2,
      #"{"body":{},"position":9,"recordedAt":"2026-03-04T10:00:00.000Z","type":"SubjectErased","version":1}"#
        + "\n"
    ),
    (
      2,
      #"{"body":{},"position":9,"recordedAt":"2026-03-04T10:00:00.000Z","type":"NoteAdded","version":2}"#
        + "\n"
    ),
  ])
  func `is told of in a strict form`(_ line: Int, _ text: String) throws {
    let (bench, _) = try erased()
    let whole = try String(contentsOfFile: bench.test.folder + "/erasures.jsonl", encoding: .utf8)
    let first = whole.prefix { $0 != "\n" } + "\n"
    let file = bench.apart + "/erasures.jsonl"
    try Data(((line == 2 ? first : "") + text).utf8).write(to: URL(fileURLWithPath: file))
    do {
      _ = try KeptErasure.read(file)
      Issue.record("read")
    } catch let error as WireError {
      #expect(error.line == line && error.file == file)
      #expect(!error.message.contains("position\":9"))
    }
    // The same line twice is out of order.
    try Data((first + first).utf8).write(to: URL(fileURLWithPath: file))
    #expect(throws: WireError.self) { try KeptErasure.read(file) }
    try Data().write(to: URL(fileURLWithPath: file))
    #expect(try KeptErasure.read(file).isEmpty)
    #expect(throws: FileProblem.self) { try KeptErasure.read(bench.apart + "/none") }
  }
}

extension Ledger {
  /// Backs up a ledger that was restored without its key, which is put there first.
  fileprivate func backUp(to folder: String, signedBy bench: BackupBench) throws -> BackedUp {
    try FileManager.default.copyItem(atPath: bench.keyFile, toPath: self.folder + "/ledger.key")
    return try backUp(to: folder)
  }
}
