import Foundation
import Testing

/// What others rely on: the keys stay, with their types, and there is one document.
@Suite struct `JSON for programs` {
  /// What a value is: `text`, `number`, `truth`, `list`, `object`, or null where `?` stands behind.
  private func expect(
    _ object: [String: Any], _ shape: KeyValuePairs<String, String>, _ what: String
  ) {
    for (key, kind) in shape {
      guard let value = object[key] else {
        Issue.record("\(what): no key \(key)")
        continue
      }
      let isOptional = kind.hasSuffix("?")
      if value is NSNull {
        #expect(isOptional, "\(what): \(key) is null")
        continue
      }
      let isTruth = (value as? NSNumber).map { isTruthOfJSON($0) } ?? false
      let fits =
        switch isOptional ? String(kind.dropLast()) : kind {
        case "text": value is String
        case "number": value is NSNumber && !isTruth
        case "truth": isTruth
        case "list": value is [Any]
        case "object": value is [String: Any]
        case "null": false
        default: false
        }
      #expect(fits, "\(what): \(key) is \(value)")
    }
  }

  private func isTruthOfJSON(_ number: NSNumber) -> Bool {
    let text = "\(number)"
    return text == "true" || text == "false" || String(cString: number.objCType) == "c"
  }

  private static let judgement: KeyValuePairs = [
    "requestID": "text", "deviceID": "text?", "branch": "text", "code": "text?",
    "accepted": "truth?", "route": "text?", "rulebook": "number?", "warnings": "list",
    "findings": "list",
  ]

  private static let finding: KeyValuePairs = [
    "code": "text", "answer": "text", "because": "text", "evidence": "object",
    "missing": "text?", "inferred": "truth", "next": "text?", "retryHelps": "truth?",
    "retryFrom": "text?",
  ]

  private static let correction: KeyValuePairs = [
    "id": "text", "device": "text", "field": "text", "current": "text?", "requested": "text",
    "state": "text", "holder": "text", "holderParty": "text?", "holderSince": "text?",
    "dueAt": "text?", "next": "text?", "owner": "text?", "route": "text?", "category": "text?",
    "firstCode": "text?", "openedAt": "text", "resolvedAt": "text?", "handovers": "number",
    "reporters": "list", "requests": "list", "consents": "list", "fix": "object?",
    "linked": "list", "references": "list", "batch": "text?", "clocks": "object",
    "position": "number",
  ]

  @Test func `of check and submit: the judgement with its findings`() throws {
    let desk = try FilledLedger()
    let (accepted, refused) = (Package.example("accepted.xml"), Package.example("refused.xml"))
    for (file, exit) in [(accepted, 0), (refused, 1)] as [(String, Int32)] {
      let checked = try desk.run("check", file, "--format", "json")
      let submitted = try desk.run("submit", file, "--format", "json")
      #expect(checked.exit == exit)
      #expect(submitted.exit == exit)
      #expect(checked.errors.isEmpty)
      let before = try JSONText.object(checked.output)
      let after = try JSONText.object(submitted.output)
      expect(before, Self.judgement, "check")
      expect(after, Self.judgement, "submit")
      expect(after, ["position": "number", "correction": "text?", "response": "text?"], "submit")
      for key in ["code", "route", "branch", "requestID", "deviceID"] {
        #expect("\(before[key] ?? "")" == "\(after[key] ?? "")", "\(key)")
      }
      let findings = try #require(after["findings"] as? [[String: Any]])
      #expect(
        findings.map { $0["code"] as? String } == [
          "E1", "E2", "E3", "E12", "E080410", "E080413", "E080414", "E080415",
        ])
      for finding in findings {
        expect(finding, Self.finding, "finding")
        for (name, fact) in finding["evidence"] as? [String: Any] ?? [:] {
          let fact = fact as? [String: Any] ?? [:]
          expect(fact, ["value": "text"], name)
          #expect(fact.count == 1 || fact["position"] is Int || fact["import"] is Int, "\(name)")
        }
      }
    }
  }

  @Test func `of one file is an object, of several an array in their order`() throws {
    let desk = try FilledLedger()
    let bad = try desk.folder.write("bad.xml", "<a/>")
    let run = try desk.run(
      "submit", Package.example("accepted.xml"), bad, Package.example("refused.xml"), "--format",
      "json")
    #expect(run.exit == 65, "the worst of them")
    let answers = try JSONText.array(run.output)
    #expect(answers.count == 3)
    #expect(answers[0]["code"] as? String == "I99")
    #expect(answers[1]["error"] as? String == "malformed")
    #expect(answers[2]["code"] as? String == "E080415")
    let problem = try JSONText.object(run.errors)
    #expect(problem["exit"] as? Int == 65)
    #expect((problem["errors"] as? [[String: Any]])?.first?["line"] as? Int == 1)
  }

  @Test func `of a request that no rulebook covers has no code and no findings`() throws {
    let desk = try FilledLedger()
    let file = try desk.folder.write(
      "read.xml",
      Request.update(9001)
        .replacingOccurrences(of: ">8.4<", with: ">8.9<")
        .replacingOccurrences(of: "UpdateInventory", with: "ReadDeviceLog")
        .replacingOccurrences(
          of: "<sr:UpdateMPxN><sr:ImportMPxN>1200005432101</sr:ImportMPxN></sr:UpdateMPxN>",
          with: ""))
    let answer = try JSONText.object(try desk.run("submit", file, "--format", "json").output)
    #expect(answer["branch"] as? String == "8.9")
    #expect(answer["code"] is NSNull)
    #expect((answer["findings"] as? [Any])?.isEmpty == true)
  }

  @Test func `of a request from which no correction can be opened still answers it`() throws {
    let desk = try FilledLedger()
    let file = try desk.folder.write(
      "stranger.xml",
      Request.update(
        9001, device: Request.otherDevice, mpxn: Request.registeredToAnother,
        by: "90-B3-D5-1F-30-09-00-00"))
    let run = try desk.run("submit", "--open", file, "--format", "json")
    #expect(run.exit == 1)
    let answer = try JSONText.object(run.output)
    #expect(answer["code"] as? String == "E1")
    #expect(answer["correction"] is NSNull)
    #expect(try JSONText.object(run.errors)["exit"] as? Int == 1)
    #expect(run.errors.contains("belongs to no party held"), "\(run.errors)")
    let table = try desk.run("submit", "--open", file)
    #expect(table.exit == 1)
    #expect(table.output.contains("REFUSED  E1 "))
    #expect(table.sentence.contains("no correction was opened"), "\(table.errors)")
  }

  @Test func `of a device: what is held now, and over time`() throws {
    let desk = try FilledLedger()
    try desk.run("submit", Package.example("accepted.xml"))
    let keys: KeyValuePairs = [
      "deviceID": "text", "deviceType": "text", "status": "text?", "statusSince": "text?",
      "importMPxN": "text?", "secondaryImportMPAN": "text?", "exportMPAN": "text?",
      "manufacturer": "text?", "model": "text?", "firmwareVersion": "text?", "esmeVariant": "text?",
      "prenotifiedBy": "text?", "registeredSuppliers": "list", "onDevice": "object?",
      "associatedDevices": "list", "dateCommissioned": "text?", "flags": "list",
      "openCorrections": "list", "effectiveAt": "text", "knownAt": "text", "position": "number",
    ]
    for device in [Request.otherDevice, Request.device, "00-DB-12-34-56-78-90-A2"] {
      let shown = try desk.run("device", "show", device.lowercased(), "--format", "json")
      #expect(shown.exit == 0)
      let now = try JSONText.object(shown.output)
      expect(now, keys, "device show")
      #expect(now["deviceID"] as? String == device)
      let over = try JSONText.object(
        try desk.run("device", "history", device, "--format", "json").output)
      expect(over, keys, "device history")
      for list in ["statusHistory", "mpxnHistory"] {
        for span in try #require(over[list] as? [[String: Any]]) {
          expect(
            span,
            [
              "field": "text", "value": "text", "from": "text", "to": "text?",
              "position": "number", "cause": "number?",
            ], list)
        }
      }
    }
  }

  @Test func `of a correction in every state`() throws {
    let desk = try FilledLedger()
    func shown() throws -> [String: Any] {
      let run = try desk.run("correction", "show", "COR-000001", "--format", "json")
      #expect(run.exit == 0)
      return try JSONText.object(run.output)
    }
    let opened = try JSONText.object(
      try desk.run("submit", "--open", Package.example("refused.xml"), "--format", "json").output)
    #expect(opened["correction"] as? String == "COR-000001")
    let steps: [([String], String, String)] = [
      (["note", "--text", "n", "--actor", "SECAS-002"], "awaitingConsent", "counterparty"),
      (["consent", "--actor", Request.supB], "awaitingFix", "dcc"),
      (["assign", "--owner", "DCC-021", "--actor", "DCC-017"], "awaitingFix", "dcc"),
      (["propose", "--actor", "DCC-017"], "awaitingFix", "dcc"),
      (["approve", "--actor", "DCC-021"], "awaitingFix", "dsp"),
      (["apply", "--actor", "DSP-004"], "awaitingVerification", "dcc"),
      (["verify", "--actor", "DCC-017"], "resolved", "requester"),
      (["confirm", "--actor", Request.supA], "confirmed", "nobody"),
    ]
    for (arguments, state, holder) in steps {
      let dry = try desk.run(
        ["correction", arguments[0], "COR-000001"] + arguments.dropFirst()
          + ["--dry-run", "--format", "json"])
      #expect(dry.exit == 0, "\(dry.errors)")
      let would = try JSONText.object(dry.output)
      let before = try shown()
      let run = try desk.run(
        ["correction", arguments[0], "COR-000001"] + arguments.dropFirst() + ["--format", "json"])
      #expect(run.exit == 0, "\(run.errors)")
      let acted = try JSONText.object(run.output)
      expect(acted, Self.correction, "correction \(arguments[0])")
      expect(acted, ["recorded": "list", "dryRun": "truth"], "correction \(arguments[0])")
      #expect("\(would["recorded"] ?? "")" == "\(acted["recorded"] ?? "")")
      #expect(would["state"] as? String == before["state"] as? String, "nothing was recorded")
      let after = try shown()
      #expect(after["state"] as? String == state)
      #expect(after["holder"] as? String == holder)
      expect(after, Self.correction, "correction show")
      let clocks = try #require(after["clocks"] as? [String: Any])
      expect(
        clocks,
        [
          "elapsedHours": "number", "workingDays": "number",
          "workingDaysExcludingRequester": "number", "byHolder": "object",
        ], "clocks")
      for step in try #require(after["timeline"] as? [[String: Any]]) {
        expect(
          step,
          [
            "position": "number", "type": "text", "effectiveAt": "text", "recordedAt": "text",
            "actor": "object", "summary": "text",
          ], "timeline")
      }
      for consent in try #require(after["consents"] as? [[String: Any]]) {
        expect(
          consent,
          [
            "party": "text", "side": "text", "askedAt": "text", "answer": "text",
            "answeredAt": "text?", "reason": "text?",
          ], "consent")
      }
    }
    let listed = try JSONText.array(
      try desk.run("correction", "list", "--all", "--format", "json").output)
    #expect(listed.count == 1)
    expect(listed[0], Self.correction, "correction list")
    #expect(listed[0]["timeline"] == nil)
    let fix = try #require(try shown()["fix"] as? [String: Any])
    expect(
      fix,
      [
        "expected": "text?", "new": "text", "proposedBy": "text", "approvedBy": "text",
        "appliedBy": "text",
      ], "fix")
  }

  @Test func `of a month's report, full or empty`() throws {
    let desk = try FilledLedger()
    try desk.run("submit", "--open", Package.example("refused.xml"))
    let now = Calendar(identifier: .gregorian).dateComponents([.year, .month], from: Date())
    let month = String(format: "%04d-%02d", now.year ?? 0, now.month ?? 0)
    for month in [month, "2026-01"] {
      let run = try desk.run("report", "--month", month, "--format", "json")
      #expect(run.exit == 0)
      let report = try JSONText.object(run.output)
      expect(
        report,
        [
          "month": "text", "knownAt": "text", "position": "number", "root": "text",
          "calendar": "text", "policy": "number", "rule": "text", "opened": "number",
          "resolved": "number", "confirmed": "number", "joined": "number", "merged": "number",
          "reopened": "number", "rejected": "number", "withdrawn": "number",
          "escalated": "number", "stillOpen": "number", "elapsedHours": "object",
          "workingDays": "object", "workingDaysExcludingRequester": "object",
          "handovers": "object", "withinTarget": "object", "requests": "object",
          "byCode": "object", "byRoute": "object", "byParty": "object", "byHolder": "object",
          "byDeviceType": "object", "byFuel": "object", "ageBands": "object",
        ], "report")
      for spread in ["elapsedHours", "workingDays", "workingDaysExcludingRequester"] {
        expect(
          report[spread] as? [String: Any] ?? [:],
          ["n": "number", "median": "number?", "p90": "number?", "max": "number?"], spread)
      }
      expect(
        report["requests"] as? [String: Any] ?? [:],
        ["accepted": "number", "refusedByCode": "object"], "requests")
    }
  }

  @Test func `of verify, doctor, rebuild, import, init, timeline and explain`() throws {
    let desk = try FilledLedger()
    let verified = try JSONText.object(try desk.run("verify", "--format", "json").output)
    expect(
      verified,
      [
        "answer": "text", "ok": "truth", "depth": "text", "events": "number", "root": "text",
        "checkpoint": "text?", "missing": "text?", "problems": "list",
      ], "verify")
    _ = try JSONText.object(try desk.run("doctor", "--format", "json").output)
    _ = try JSONText.object(try desk.run("rebuild", "--format", "json").output)
    let imported = try JSONText.object(
      try desk.run("import", "users", Package.example("users.csv"), "--format", "json").output)
    expect(
      imported,
      [
        "rows": "number", "added": "number", "changed": "number", "unchanged": "number",
        "position": "number?", "dryRun": "truth", "warnings": "list",
      ], "import")
    _ = try JSONText.array(try desk.run("timeline", "party", "SUPA", "--format", "json").output)
    #expect(try JSONText.array(try desk.run("explain", "--format", "json").output).count > 190)
    _ = try JSONText.object(try desk.run("explain", "e080415", "--format", "json").output)
    let folder = try TemporaryFolder()
    let made = try SMILedger.run(["init", "--ledger", folder.path("new"), "--format", "json"])
    _ = try JSONText.object(made.output)
  }
}
