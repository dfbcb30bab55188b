import Foundation
import Testing

@Suite struct `An answer about a correction` {
  private func desk() throws -> FilledLedger {
    let desk = try FilledLedger()
    let run = try desk.run("submit", "--open", Package.example("refused.xml"))
    try #require(run.exit == 1, "\(run.errors)")
    return desk
  }

  @Test func `of a dry run shows what was typed`() throws {
    let desk = try desk()
    for (words, says) in [
      (["note", "--text", "called the customer"], "noted: called the customer"),
      (["reject", "--reason", "no such fault"], "rejected it: no such fault"),
      (["inform", "--ask", "which one?"], "asked SUPA: which one?"),
      (
        ["change", "--value", "2377770010031", "--reason", "misread"],
        "wants …031 instead of …019: misread"
      ),
    ] {
      let run = try desk.run(
        ["correction", words[0], "COR-000001"] + words.dropFirst()
          + ["--actor", "DCC-017", "--dry-run"])
      #expect(run.exit == 0, "\(run.errors)")
      #expect(run.output.contains("would record  DCC-017: \(says)\n"), "\(run.output)")
      #expect(!run.output.contains("(erased)"), "\(run.output)")
    }
  }

  @Test func `of a fix shows the whole values before and after, tried or done`() throws {
    let desk = try desk()
    let change = "COR-000001  importMPxN of \(Request.otherDevice): 1655500011126 → 2001234501019\n"
    try #require(
      try desk.run("correction", "consent", "COR-000001", "--actor", Request.supB).exit == 0)
    for (step, actor) in [("propose", "DCC-017"), ("approve", "DCC-021"), ("apply", "DSP-004")] {
      for more in [["--dry-run"], []] {
        let run = try desk.run(["correction", step, "COR-000001", "--actor", actor] + more)
        #expect(run.output.contains(change), "\(step): \(run.output)\(run.errors)")
      }
    }
  }

  @Test func `names who is recorded for each event`() throws {
    let desk = try desk()
    try #require(
      try desk.run("policy", "--after-consents", "ledger", "--actor", "DCC-017").exit == 0)
    let consent = try desk.run("correction", "consent", "COR-000001", "--actor", Request.supB)
    let csv = try desk.run("timeline", "correction", "COR-000001", "--format", "csv").output
    let lines = consent.output.split(separator: "\n").prefix { $0.first?.isNumber ?? false }
    #expect(lines.count == 3, "\(consent.output)")
    for line in lines {
      let position = line.prefix { $0.isNumber }
      let isLedger = line.contains("  ledger: ")
      #expect(isLedger != line.contains("agreed for"), "\(line)")
      guard let row = csv.split(separator: "\r\n").first(where: { $0.hasPrefix("\(position),") })
      else { continue }
      #expect(row.contains(",ledger,,system,") == isLedger, "\(row)")
    }
  }

  @Test func `says in JSON why the route is this one, and what of it is inferred`() throws {
    let desk = try desk()
    let keys = ["explanation", "party", "user", "until", "otherDevices"]
    for arguments in [["show", "COR-000001"], ["list"]] {
      let text = try desk.run(["correction"] + arguments + ["--format", "json"]).output
      let found = try arguments[0] == "list" ? JSONText.array(text)[0] : JSONText.object(text)
      let advice = try #require(found["advice"] as? [String: Any])
      #expect(found["route"] as? String == "twoSupplier")
      #expect(advice["route"] as? String == "twoSupplier")
      #expect(advice["because"] as? String == "suppliersDiffer")
      #expect(advice["inferred"] as? Bool == true)
      for key in keys { #expect(advice[key] != nil, "\(key)") }
    }
    let shown = try desk.run("correction", "show", "COR-000001").output
    #expect(shown.contains("then the DSP makes the change [inferred]\n"), "\(shown)")
  }

  @Test func `doesn't say that 8.4 can't express what it can and is refused`() throws {
    let desk = try FilledLedger()
    for (field, value, says) in [
      ("details", "DeviceFirmwareVersion=00000102", "an 8.4 for it is refused"),
      ("other", "the postcode is wrong", "8.4 can't express this"),
    ] {
      let run = try desk.run(
        "correction", "open", "--device", Request.otherDevice, "--field", field, "--value", value,
        "--actor", Request.supA, "--format", "json")
      let advice = try #require(try JSONText.object(run.output)["advice"] as? [String: Any])
      #expect((advice["explanation"] as? String)?.hasSuffix(says) == true, "\(advice)")
      #expect(advice["route"] as? String == "incident")
    }
  }

  @Test func `warns of the wanted meter point as check does, also in a dry run`() throws {
    let desk = try FilledLedger()
    let open = [
      "correction", "open", "--device", "00-DB-12-34-56-78-90-A1", "--field", "importMPxN",
      "--value", "7400012307", "--actor", Request.supA,
    ]
    let warning = "the check digit of the wanted MPxN does not agree with its digits"
    #expect(try desk.run(open + ["--dry-run"]).output.contains("warning  \(warning)"))
    let tried = try JSONText.object(try desk.run(open + ["--dry-run", "--format", "json"]).output)
    #expect(tried["warnings"] as? [String] == ["wrongCheckDigit"])
    #expect(tried["requested"] as? String == "7400012307")
    #expect(try desk.run(open).output.contains("warning  \(warning)"))
    #expect(
      try desk.run("correction", "show", "COR-000001").output.contains("Warning   \(warning)"))
    try #require(
      try desk.run(
        "correction", "withdraw", "COR-000001", "--reason", "r", "--actor", Request.supA
      ).exit == 0)
    #expect(!(try desk.run("correction", "show", "COR-000001").output.contains(warning)))
  }

  @Test func `says that its opening was annulled, and what an annulment leaves`() throws {
    let desk = try desk()
    let csv = try desk.run("timeline", "correction", "COR-000001", "--format", "csv").output
    func position(_ type: String) throws -> String {
      let row = csv.split(separator: "\r\n").first { $0.contains(",\(type),") }
      return String(try #require(row).prefix { $0.isNumber })
    }
    let asked = try desk.run(
      "annul", try position("ConsentRequested"), "--reason", "r", "--actor", "DCC-017")
    #expect(asked.output.contains("\nCOR-000001 is "), "\(asked.output)")
    let opening = try position("CorrectionRequested")
    let annulled = try desk.run("annul", opening, "--reason", "r", "--actor", "DCC-017")
    #expect(annulled.output.contains("COR-000001 counts as never opened."), "\(annulled.output)")
    let shown = try desk.run("correction", "show", "COR-000001")
    #expect(shown.exit == 66 && shown.isOneLine)
    #expect(
      shown.sentence.contains("opened at position \(opening), which was annulled at position"))
    #expect(shown.sentence.hasSuffix("smi-ledger timeline correction COR-000001"))
  }

  @Test func `speaks of one party and of several`() throws {
    let desk = try FilledLedger()
    let both = try desk.run(
      "correction", "open", "--device", Request.device, "--field", "importMPxN", "--value",
      Request.registeredToAnother, "--actor", "DCC-017")
    try #require(both.output.contains("turn of SUPA, SUPB, due"), "\(both.output)")
    let supC = "90-B3-D5-1F-30-05-00-00"
    let refused = try desk.run("correction", "consent", "COR-000001", "--actor", supC)
    #expect(refused.exit == 77)
    #expect(refused.sentence == "SUPC is not asked to agree; SUPA, SUPB are")
    let words = try desk.run(
      "correction", "open", "--device", Request.otherDevice, "--field", "other", "--value",
      "the postcode is wrong", "--actor", Request.supA, "--at", "2026-03-04T10:00:00Z")
    try #require(words.output.contains("turn of the DCC"), "\(words.output)")
    let reminded = try desk.run("correction", "remind")
    #expect(reminded.output.contains("COR-000002  reminded the DCC: due"), "\(reminded.output)")
    for actor in [Request.supB, supC] {
      let joined = try desk.run(
        "correction", "open", "--device", Request.device, "--field", "importMPxN", "--value",
        actor == supC ? "2909000800078" : "1429876543210", "--actor", actor)
      try #require(joined.exit == 0, "\(joined.errors)")
    }
    let shown = try desk.run("correction", "show", "COR-000001").output
    #expect(shown.contains("disputed: SUPB, SUPC want another value"), "\(shown)")
  }
}
