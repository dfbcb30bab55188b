import Foundation
import Testing

@Suite struct `Whose turn it is and what next` {
  private func desk() throws -> FilledLedger {
    let desk = try FilledLedger()
    let run = try desk.run("submit", "--open", Package.example("refused.xml"))
    try #require(run.exit == 1, "\(run.errors)")
    return desk
  }

  @discardableResult
  private func act(_ desk: FilledLedger, _ words: String...) throws -> Run {
    let run = try desk.run(["correction", words[0], "COR-000001"] + words.dropFirst())
    try #require(run.exit == 0, "\(words): \(run.errors)")
    return run
  }

  private func shown(_ desk: FilledLedger, _ id: String = "COR-000001") throws -> [String: Any] {
    try JSONText.object(try desk.run("correction", "show", id, "--format", "json").output)
  }

  private func mine(_ desk: FilledLedger, _ actor: String) throws -> Int {
    try JSONText.array(
      try desk.run("correction", "list", "--mine", "--actor", actor, "--format", "json").output
    ).count
  }

  /// What the list says under NEXT, and under DUE.
  private func listed(_ desk: FilledLedger) throws -> String {
    try desk.run("correction", "list", "--all", "--quiet").output
  }

  @Test func `a proposal waits for all at the DCC but its proposer, whoever owns it`() throws {
    let desk = try desk()
    try act(desk, "consent", "--actor", Request.supB)
    try act(desk, "assign", "--owner", "DCC-017", "--actor", "DCC-017")
    #expect(try mine(desk, "DCC-017") == 1)
    #expect(try mine(desk, "DCC-021") == 0)
    try act(desk, "propose", "--actor", "DCC-017")
    #expect(try mine(desk, "DCC-017") == 0)
    #expect(try mine(desk, "DCC-021") == 1)
    #expect(try mine(desk, "DSP-004") == 0)
    try act(desk, "approve", "--actor", "DCC-021")
    #expect(try mine(desk, "DCC-017") == 1, "its owner")
    #expect(try mine(desk, "DSP-004") == 1)
  }

  @Test func `an Incident without all consents is not to be proposed`() throws {
    let desk = try desk()
    try act(desk, "escalate", "--reason", "r", "--actor", "DCC-017")
    let next = try #require(try shown(desk)["next"] as? String)
    #expect(next.contains("--how incident") && next.contains("reject COR-000001"), "\(next)")
    #expect(next.hasSuffix("SUPB can still consent") && !next.contains("propose"), "\(next)")
    #expect(try listed(desk).contains("  resolve  "))
    try act(desk, "consent", "--actor", Request.supB)
    #expect((try shown(desk)["next"] as? String)?.contains("propose") == true)
  }

  @Test func `what the SMI holds already is said when it is reopened`() throws {
    let desk = try desk()
    try act(desk, "consent", "--actor", Request.supB)
    try act(desk, "propose", "--actor", "DCC-017")
    try act(desk, "approve", "--actor", "DCC-021")
    try act(desk, "apply", "--actor", "DSP-004")
    try act(desk, "verify", "--actor", "DCC-017")
    try act(desk, "reopen", "--reason", "r", "--actor", Request.supA)
    let next = try #require(try shown(desk)["next"] as? String)
    #expect(next.hasPrefix("the SMI holds it already"), "\(next)")
    // What it says to do is possible.
    try act(desk, "resolve", "--how", "observed", "--actor", "DCC-017")
    try act(desk, "confirm", "--actor", Request.supA)
    #expect(try listed(desk).contains(/–\s+importMPxN/), "nobody has anything to do")
  }

  @Test func `a list says what to send, and until when to wait`() throws {
    let desk = try FilledLedger()
    let switches = try desk.folder.write(
      "switch.csv",
      "\(BadCSV.heading)\n2001234501019,import,SUPB,2026-01-09,2089-03-06\n"
        + "2001234501019,import,SUPA,2089-03-07,\n")
    try #require(try desk.run("import", "registrations", switches).exit == 0)
    for (device, mpxn, actor) in [
      (Request.otherDevice, Request.registeredToAnother, Request.supA),
      (Request.device, Request.registeredToSender, "DCC-017"),
    ] {
      let run = try desk.run(
        "correction", "open", "--device", device, "--field", "importMPxN", "--value", mpxn,
        "--actor", actor)
      try #require(run.exit == 0, "\(run.errors)")
    }
    let list = try listed(desk)
    #expect(list.contains("until 7 Mar 2089  COR-000001"), "\(list)")
    #expect(list.contains("  wait      import"), "\(list)")
    #expect(list.contains("  send 8.4  import"), "\(list)")
    #expect(
      try desk.run("correction", "show", "COR-000001").output.contains(
        "nobody's until 7 Mar 2089"))
  }

  @Test func `a ring waits for the partner that is not ready, by its number`() throws {
    let desk = try FilledLedger()
    let extract = try desk.folder.write(
      "crossed.csv",
      "DeviceID,DeviceType,DeviceStatus,ImportMPxN,ESMEVariant\n"
        + "00-DB-12-34-56-78-93-01,ESME,Commissioned,2909000800078,A\n"
        + "00-DB-12-34-56-78-93-02,ESME,Commissioned,1200005432101,A\n")
    try #require(try desk.run("import", "inventory", extract).exit == 0)
    func open(_ device: String, _ mpxn: String, _ actor: String, _ more: String...) throws -> Run {
      try desk.run(
        [
          "correction", "open", "--device", device, "--field", "importMPxN", "--value", mpxn,
          "--actor", actor,
        ] + more)
    }
    #expect(
      try open("00-DB-12-34-56-78-93-01", "1200005432101", Request.supA).output.contains(
        "warning  another device holds the wanted MPxN"))
    let tried = try open("00-DB-12-34-56-78-93-02", "2909000800078", "DCC-017", "--dry-run")
    #expect(tried.output.contains("It would be linked with COR-000001"), "\(tried.output)")
    let closed = try open("00-DB-12-34-56-78-93-02", "2909000800078", "DCC-017")
    #expect(closed.output.contains("Linked with COR-000001, settled together."), "\(closed.output)")
    let supC = "90-B3-D5-1F-30-05-00-00"
    let consent = try act(desk, "consent", "--actor", supC)
    #expect(consent.output.contains("SUPC: COR-000002: agreed for SUPC"), "\(consent.output)")
    let asked = try desk.run(
      "correction", "inform", "COR-000002", "--ask", "q", "--of", "SUPC", "--actor", "DCC-017")
    try #require(asked.exit == 0)
    let next = try #require(try shown(desk)["next"] as? String)
    #expect(next.hasPrefix("COR-000002, which is settled together with it, is awaitingInfo"))
    let answered = try desk.run(
      "correction", "inform", "COR-000002", "--text", "t", "--actor", supC)
    try #require(answered.exit == 0)
    let proposed = try act(desk, "propose", "--actor", "DCC-017")
    for line in [
      "COR-000001  importMPxN of 00-DB-12-34-56-78-93-01: 2909000800078 → 1200005432101",
      "COR-000002  importMPxN of 00-DB-12-34-56-78-93-02: 1200005432101 → 2909000800078",
    ] {
      #expect(proposed.output.contains(line), "\(proposed.output)")
    }
    #expect((try shown(desk)["advice"] as? [String: Any])?["inferred"] as? Bool == true)
  }

  @Test func `an agreement that settles others says so`() throws {
    let desk = try FilledLedger()
    try #require(
      try desk.run("policy", "--after-consents", "ledger", "--actor", "DCC-017").exit == 0)
    let extract = try desk.folder.write(
      "crossed.csv",
      "DeviceID,DeviceType,DeviceStatus,ImportMPxN,ESMEVariant\n"
        + "00-DB-12-34-56-78-93-03,ESME,Commissioned,1429876543210,A\n"
        + "00-DB-12-34-56-78-93-04,ESME,Commissioned,1200005432101,A\n")
    try #require(try desk.run("import", "inventory", extract).exit == 0)
    let first = try desk.run(
      "correction", "open", "--device", "00-DB-12-34-56-78-93-03", "--field", "importMPxN",
      "--value", "1200005432101", "--actor", Request.supA)
    try #require(first.exit == 0)
    let second = try desk.run(
      "correction", "open", "--device", "00-DB-12-34-56-78-93-04", "--field", "importMPxN",
      "--value", "1429876543210", "--actor", Request.supB)
    #expect(second.output.contains("COR-000001 is resolved, too."), "\(second.output)")
    let shown = try desk.run("correction", "show", "COR-000001").output
    #expect(shown.contains("then the ledger makes the change [inferred]"), "\(shown)")
    #expect(!shown.contains("Beware"), "it has been settled: \(shown)")
  }

  @Test func `an old ticket that names no device can be rejected`() throws {
    let desk = try FilledLedger()
    let file = try desk.folder.write(
      "tickets.csv",
      "reference,raised_at,category,device_id,mpxn,error_code,raised_by,resolved_at,handovers\n"
        + "INC-1,2026-03-02T10:00:00Z,4,,2001234501019,,SUPA,,0\n")
    try #require(try desk.run("import", "incidents", file).exit == 0)
    let text = try desk.run("correction", "show", "COR-000001").output
    #expect(text.contains("wanted: not said") && !text.contains("(erased)"), "\(text)")
    #expect(text.contains("Ticket    INC-1, about MPxN 2001234501019"), "\(text)")
    #expect(text.contains("due 9 Mar 2026 (target"), "\(text)")
    let json = try shown(desk)
    #expect(json["ticketMPxN"] as? String == "2001234501019")
    #expect(json["field"] is NSNull && json["requested"] is NSNull)
    let next = try #require(json["next"] as? String)
    #expect(next.contains("names no device") && next.contains("correction reject COR-000001"))
    let csv = try desk.run("correction", "list", "--format", "csv").output
    #expect(csv.contains("COR-000001,,,,,,open,dcc,"), "\(csv)")
  }
}
