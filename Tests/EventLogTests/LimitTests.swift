import CanonicalJSON
import Testing

@testable import EventLog

@Suite struct `a limit` {
  private func refused(_ body: (EventLog) throws -> Void) throws -> LogError? {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let before = try RawDatabase(folder.database).number("PRAGMA data_version")
    var found: LogError?
    do { try body(log) } catch let error as LogError { found = error }
    #expect(try log.head().position == 1)
    #expect(try RawDatabase(folder.database).number("SELECT count(*) FROM document") == 0)
    #expect(before != nil)
    return found
  }

  private func limit(_ error: LogError?) -> Int? {
    if case .tooLarge(_, let limit, _) = error { limit } else { nil }
  }

  @Test func `of a record is refused before any effect`() throws {
    let strings = (0..<16).map { _ in Value.string(String(repeating: "x", count: 4090)) }
    let error = try refused { log in
      _ = try log.append(
        AppendRequest(documents: [log.makeDocument([1])]) { _ in
          [
            .test(),
            Draft(
              type: "Tested", actor: Actor(party: "P", via: "system"),
              body: .object(["a": .array(strings)])),
          ]
        })
    }
    #expect(limit(error) == 65_535)
  }

  @Test func `of a string in a body is refused`() throws {
    #expect(
      limit(try refused { try $0.append(.test(text: String(repeating: "x", count: 4097))) }) == 4096
    )
  }

  @Test func `of levels in a body is one less than of a value, since it stands in a record`() throws
  {
    func nested(_ levels: Int) -> Draft {
      var value = Value.object([:])
      for _ in 1..<levels { value = .object(["a": value]) }
      return Draft(type: "Tested", actor: Actor(party: "P", via: "system"), body: value)
    }
    let deepest = nested(Value.deepest - 1)
    let tooDeep = nested(Value.deepest)
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    try log.append(deepest)
    #expect(try log.timeline("a:b").isEmpty && log.event(at: 2)?.read().body == deepest.body)
    #expect(try log.verifyContent() == [])
    let error = try refused { try $0.append(tooDeep) }
    guard case .invalidRequest? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(throws: LogError.self) { try log.writtenAhead(tooDeep) }
  }

  @Test func `of tags is refused`() throws {
    #expect(
      limit(try refused { try $0.append(.test(tags: (0..<17).map { "device:\($0)" })) }) == 16)
  }

  @Test func `of records is refused`() throws {
    let error = try refused { log in
      _ = try log.append(AppendRequest { _ in Array(repeating: .test(), count: 1001) })
    }
    #expect(limit(error) == 1000)
  }

  @Test func `is reached without being passed`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    let longest = "device:" + String(repeating: "x", count: 121)
    try log.append(
      .test(
        tags: [longest] + (0..<15).map { "device:\($0)" }, text: String(repeating: "é", count: 2048)
      ))
    let appended = try log.append(AppendRequest { _ in Array(repeating: .test(), count: 1000) })
    #expect(appended.positions.count == 1000)
    #expect(try log.timeline(longest).count == 1)
    #expect(try log.verifyContent() == [])
  }

  @Test(arguments: [
    Draft(type: "tested", actor: Actor(party: "P", via: "x"), body: .object([:])),
    Draft(type: "", actor: Actor(party: "P", via: "x"), body: .object([:])),
    Draft(type: "T\"", actor: Actor(party: "P", via: "x"), body: .object([:])),
    Draft(type: "T", version: 0, actor: Actor(party: "P", via: "x"), body: .object([:])),
    Draft(type: "T", actor: Actor(party: "", via: "x"), body: .object([:])),
    Draft(type: "T", actor: Actor(user: "", party: "P", via: "x"), body: .object([:])),
    Draft(type: "T", actor: Actor(party: "P", via: "x"), cause: 2, body: .object([:])),
    Draft(type: "T", actor: Actor(party: "P", via: "x"), cause: 0, body: .object([:])),
    Draft(type: "T", actor: Actor(party: "P", via: "x"), body: .string("x")),
    Draft(type: "T", effectiveAt: .max, actor: Actor(party: "P", via: "x"), body: .object([:])),
    Draft(type: "T", actor: Actor(party: "P", via: "x"), body: .object(["n": .integer(1 << 53)])),
    .test(tags: ["device"]), .test(tags: ["device:é"]), .test(tags: [":x"]),
    .test(tags: ["a:b:c"]), .test(tags: ["a:" + String(repeating: "x", count: 127)]),
  ])
  func `of shape is refused by name`(_ draft: Draft) throws {
    let error = try refused { try $0.append(draft) }
    guard case .invalidRequest = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
