import Foundation
import Testing

@Suite struct `The request that a correction sends` {
  /// A correction of the DCC that SUPA's request would make: SUPA is registered for both meter points.
  private func desk() throws -> FilledLedger {
    let desk = try FilledLedger()
    let run = try desk.run(
      "correction", "open", "--device", Request.otherDevice, "--field", "importMPxN", "--value",
      Request.registeredToSender, "--actor", "DCC-017")
    try #require(run.output.contains("awaitingRequest; turn of SUPA"), "\(run.output)")
    return desk
  }

  private func advise(_ desk: FilledLedger, _ more: String...) throws -> Run {
    try desk.run(["correction", "advise", "COR-000001", "--xml"] + more)
  }

  @Test func `writes the request of the party that must send, also for a staff requester`() throws {
    let desk = try desk()
    for actor in [[], ["--actor", "DCC-017"]] {
      let run = try desk.run(["correction", "advise", "COR-000001", "--xml"] + actor)
      #expect(run.exit == 0, "\(run.errors)")
      #expect(run.output.contains("<sr:RequestID>\(Request.supA):"), "\(run.output)")
      #expect(run.errors.contains("It passes as things stand."), "\(run.errors)")
    }
    // What was said is so.
    let file = try desk.folder.write("ready.xml", try advise(desk, "--quiet").output)
    #expect(try desk.run("check", file).exit == 0)
  }

  @Test func `judges the request that it writes, not the route`() throws {
    let desk = try desk()
    let run = try advise(desk, "--actor", Request.supB)
    #expect(run.output.contains("<sr:RequestID>\(Request.supB):"), "\(run.output)")
    #expect(run.errors.contains("As things stand it is refused: E080410"), "\(run.errors)")
    #expect(!run.errors.contains("It passes"), "\(run.errors)")
    let file = try desk.folder.write("ready.xml", run.output)
    #expect(try desk.run("check", file).output.hasPrefix("REFUSED  E080410"))
  }

  @Test func `names the User IDs when several fit and none is named`() throws {
    let desk = try desk()
    let users = try desk.folder.write(
      "users.csv",
      "user_id,party,market_participant_ids,roles,status,name\n"
        + "90-B3-D5-1F-30-01-00-01,SUPA,SUPA,IS,active,\n")
    try #require(try desk.run("import", "users", users).exit == 0)
    let run = try advise(desk)
    #expect(run.exit == 64 && run.output.isEmpty)
    #expect(
      run.sentence.hasSuffix("with --actor: \(Request.supA), 90-B3-D5-1F-30-01-00-01"),
      "\(run.errors)")
    let named = try advise(desk, "--actor", "90-B3-D5-1F-30-01-00-01")
    #expect(named.output.contains("<sr:RequestID>90-B3-D5-1F-30-01-00-01:"))
    // One that may not act any more is not asked.
    let suspended = try desk.folder.write(
      "suspended.csv",
      "user_id,party,market_participant_ids,roles,status,name\n"
        + "\(Request.supA),SUPA,SUPA;SUPG,IS;ES;GS,suspended,\n")
    try #require(try desk.run("import", "users", suspended).exit == 0)
    #expect(try advise(desk).output.contains("<sr:RequestID>90-B3-D5-1F-30-01-00-01:"))
  }

  @Test func `asks for a User ID where the party has none, as the next step does`() throws {
    let desk = try FilledLedger()
    let opened = try desk.run(
      "correction", "open", "--device", "00-DB-12-34-56-78-90-A2", "--field", "status", "--value",
      "Withdrawn", "--actor", "DCC-017")
    #expect(opened.output.contains("turn of the DCC"), "\(opened.output)")
    #expect(opened.output.contains("role IS or GS send the 8.4"), "\(opened.output)")
    let run = try advise(desk)
    #expect(run.exit == 1 && run.sentence.hasSuffix("--actor USER"), "\(run.errors)")
    #expect(try advise(desk, "--actor", Request.supA).errors.contains("It passes"))
  }

  @Test func `is one object in JSON, and has no csv form`() throws {
    let desk = try desk()
    let run = try advise(desk, "--format", "json")
    let answer = try JSONText.object(run.output)
    #expect(run.errors.isEmpty)
    #expect(answer["passes"] as? Bool == true)
    #expect(answer["route"] as? String == "selfServe")
    #expect(answer["because"] as? String == "anotherPartyPasses")
    #expect((answer["requestID"] as? String)?.hasPrefix(Request.supA) == true)
    #expect((answer["xml"] as? String)?.hasPrefix("<?xml") == true)
    let refused = try JSONText.object(
      try advise(desk, "--actor", Request.supB, "--format", "json").output)
    #expect(refused["passes"] as? Bool == false)
    #expect(try advise(desk, "--format", "csv").exit == 64)
  }
}
