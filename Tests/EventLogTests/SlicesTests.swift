import CanonicalJSON
import OwnThread
import Synchronization
import Testing

@testable import EventLog

@Suite struct `many appends at once` {
  private func request(_ tags: [String], subjects: [Subject] = []) -> AppendRequest {
    AppendRequest(subjects: subjects) { _ in tags.map { .test(tags: [$0]) } }
  }

  /// Whether somebody else was faster with a value.
  private func isRefused(_ log: EventLog, _ requests: [AppendRequest]) throws -> Bool {
    do {
      _ = try log.append(requests)
      return false
    } catch LogError.subjectMinted {
      return true
    }
  }

  @Test func `are recorded in order, each whole, with one number after another`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let appended = try log.append((0..<50).map { request(["device:\($0)", "device:x"]) })
    #expect(appended.map(\.positions) == (0..<50).map { 2 + 2 * $0...3 + 2 * $0 })
    #expect(try log.timeline("device:7").map(\.position) == [16])
    #expect(try log.timeline("device:x").count == 50)
    #expect(try log.verifyContent() == [])
    #expect(try log.append([]).isEmpty)
  }

  @Test func `end with the first that is refused, and nothing half`() throws {
    let folder = try TemporaryFolder()
    var configuration = LogConfiguration.test()
    configuration.piecesOfCommit = 3
    let log = try EventLog.make(folder, configuration)
    let known = try log.makeSubject(kind: "mpxn", value: "1")
    let other = try log.makeSubject(kind: "mpxn", value: "1")
    var requests = (0..<10).map { request(["device:\($0)"]) }
    requests[0] = request(["device:0"], subjects: [known])
    requests[7] = request(["device:7"], subjects: [other])
    #expect(try isRefused(log, requests))
    #expect(try log.head().position == 7, "two commits of three, and none of the third")
    #expect(try log.verifyContent() == [])
  }

  @Test func `name what those before them store`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let subject = try log.makeSubject(kind: "mpxn", value: "1")
    _ = try log.append([
      request(["device:1"], subjects: [subject]),
      request(["device:2"], subjects: [subject.onceStored]),
    ])
    #expect(try log.makeSubject(kind: "mpxn", value: "1").token == subject.token)
    let ahead = try log.makeSubject(kind: "mpxn", value: "2").onceStored
    #expect(try isRefused(log, [request(["device:3"], subjects: [ahead])]))
  }

  @Test func `let another in before they are through`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let other = try EventLog.open(at: folder.ledger, configuration: .test())
    let many = (0..<400).map { piece in
      request((0..<50).map { "device:\(piece * 50 + $0)" })
    }
    let isDone = Mutex(false)
    let between = Mutex(0)
    let thread = OwnThread {
      while !isDone.withLock({ $0 }) {
        guard (try? other.append(.test(tags: ["device:other"]))) != nil else { return }
        between.withLock { $0 += 1 }
      }
    }
    let appended = try log.append(many)
    isDone.withLock { $0 = true }
    thread.join()
    #expect(between.withLock { $0 } > 3, "who waits is let in after each piece")
    #expect(appended.count == 400 && appended.allSatisfy { $0.positions.count == 50 })
    #expect(try log.verifyContent() == [])
    other.close()
  }

  @Test func `of rows are counted and hashed as they are read again`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let rows = (0..<1_700).map { number in
      (key: Array("key\(number % 13)".utf8), content: Array("row \(number)".utf8))
    }
    var tally = ReferenceTally()
    for row in rows { tally.add(key: row.key, content: row.content) }
    let set = try log.beginSet()
    let subject = try log.makeSubject(kind: "mpxn", value: "1")
    try log.appendRows(toSet: set, startingAt: 1, rows, subjects: [subject])
    #expect(try log.referenceSet(set) == tally.finished(set: set))
    #expect(try log.token(kind: "mpxn", value: "1") == subject.token)
    _ = try log.append(
      AppendRequest(references: tally.finished(set: set)) { _ in [.test()] })
    let keys = (0..<14).map { Array("key\($0)".utf8) }
    let found = try log.rows(forKeys: keys, upTo: .max)
    for (key, rows) in zip(keys, found) { #expect(try log.rows(forKey: key) == rows) }
    #expect(found[13].isEmpty && found[0].count == 131)
    #expect(try log.rows(forKeys: keys, upTo: 1).allSatisfy(\.isEmpty))
  }
}
