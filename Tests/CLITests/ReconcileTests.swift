import Foundation
import Testing

/// `reconcile` and `discrepancy`, as an analyst and the service centre use them.
///
/// The published examples hold three faults: one MPxN on two meters, a twin element without its second
/// MPAN, and a device that has been Pending since February 2026.
@Suite struct `reconcile` {
  private static let rules = ["mpxnTwice", "secondaryMissing", "stuckPending"]
  private static let first = "00-DB-12-34-56-78-20-00"
  private static let second = "00-DB-12-34-56-78-20-01"
  private static let onBoth = "1655500011126"
  /// Every meter point that these tests use.
  private static let points = [
    onBoth, Request.registeredToSender, Request.registeredToAnother, "7400012306",
    "1200005432109",
  ]

  /// A finished run that named no meter point on stderr.
  private func run(_ ledger: FilledLedger, _ arguments: String..., exit: Int32 = 0) throws -> Run {
    let run = try ledger.run(arguments)
    #expect(run.exit == exit, "\(arguments): \(run.output)\(run.errors)")
    for point in Self.points {
      #expect(!run.errors.contains(point), "\(arguments): \(run.errors)")
    }
    return run
  }

  private func importing(
    _ kind: String, _ lines: [String], _ ledger: FilledLedger
  ) throws {
    let path = try ledger.folder.write("\(kind).csv", lines.map { $0 + "\n" }.joined())
    _ = try run(ledger, "import", kind, path, "--at", "2026-03-02T00:00:00Z")
  }

  /// Two meters, each at the meter point of the other by the meter technical details.
  private func crossed() throws -> FilledLedger {
    let ledger = try FilledLedger()
    try importing(
      "inventory",
      [
        "DeviceID,DeviceType,DeviceStatus,ImportMPxN",
        "\(Self.first),ESME,Commissioned,\(Request.registeredToSender)",
        "\(Self.second),ESME,Commissioned,\(Request.registeredToAnother)",
      ], ledger)
    try importing(
      "technical-details",
      [
        "device_id,mpxn", "\(Self.first),\(Request.registeredToAnother)",
        "\(Self.second),\(Request.registeredToSender)",
      ], ledger)
    return ledger
  }

  /// One whose meter technical details name another meter point of the same supplier.
  private func differing() throws -> FilledLedger {
    let ledger = try FilledLedger()
    try importing(
      "technical-details",
      ["device_id,mpxn", "\(Request.device),\(Request.registeredToSender)"], ledger)
    return ledger
  }

  private func found(_ ledger: FilledLedger, _ more: String...) throws -> [[String: Any]] {
    let run = try ledger.run(["discrepancy", "list", "--format", "json"] + more)
    #expect(run.exit == 0, "\(run.errors)")
    return try JSONText.array(run.output)
  }

  private func rows(_ csv: String) -> [[String]] {
    csv.split(whereSeparator: \.isNewline).map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func `shows what it found by rule, whom it concerns, and what to do next`() throws {
    let ledger = try FilledLedger()
    let run = try run(ledger, "reconcile")
    for rule in Self.rules { #expect(run.output.contains(rule), "\(run.output)") }
    #expect(run.output.contains("RULE") && run.output.contains("0–7 DAYS"))
    #expect(run.output.contains("Concern  "))
    #expect(run.output.contains("3 open discrepancies, 3 new; 3 events recorded."))
    for point in Self.points { #expect(!run.output.contains(point)) }
    let again = try self.run(ledger, "reconcile")
    #expect(
      again.output.contains("3 open discrepancies, as the last run found; nothing was recorded."))
    #expect(try ledger.events() == FilledLedger.imported + 3)
  }

  @Test func `answers with keys that stay`() throws {
    let ledger = try FilledLedger()
    let answer = try ledger.object("reconcile")
    let shape = Shape.object([
      "position": .number, "at": .text, "judged": .number, "found": .number, "changed": .number,
      "unchanged": .number, "cleared": .number, "recorded": .number, "open": .number,
      "dismissed": .number, "rules": .number, "dryRun": .flag,
      "byRule": .list(
        of: .object([
          "rule": .text, "title": .text, "open": .number, "dismissed": .number,
          "cleared": .number, "byAge": .list(of: .number),
        ])), "byParty": .list(of: .object(["party": .text, "open": .number])),
      "ofNobody": .number, "ageBands": .list(of: .text),
    ])
    #expect(shape.problems(answer, at: "reconcile") == [])
    #expect(answer["open"] as? Int == 3 && answer["recorded"] as? Int == 3)
    #expect((answer["byRule"] as? [[String: Any]])?.count == 21)
  }

  @Test func `only tried counts, and changes nothing`() throws {
    let ledger = try FilledLedger()
    let before = try everything(under: ledger.path + "/ledger.sqlite")
    let run = try run(ledger, "reconcile", "--dry-run", "--format", "json")
    let answer = try JSONText.object(run.output)
    #expect(answer["open"] as? Int == 3 && answer["recorded"] as? Int == 0)
    #expect(answer["dryRun"] as? Bool == true)
    #expect(try everything(under: ledger.path + "/ledger.sqlite") == before)
    #expect(try found(ledger).isEmpty)
    #expect(try ledger.events() == FilledLedger.imported)
  }

  @Test func `of one rule finds by that alone`() throws {
    let ledger = try FilledLedger()
    _ = try run(ledger, "reconcile", "--rule", "mpxnTwice")
    #expect(try found(ledger).map { $0["rule"] as? String } == ["mpxnTwice"])
    _ = try run(ledger, "reconcile", "--rule", "stuckPending", "--rule", "secondaryMissing")
    #expect(try Set(found(ledger).compactMap { $0["rule"] as? String }) == Set(Self.rules))
  }

  @Test func `writes a work-list of columns that stay`() throws {
    let ledger = try FilledLedger()
    let run = try run(ledger, "reconcile", "--format", "csv")
    let lines = run.output.split(whereSeparator: \.isNewline)
    #expect(
      lines[0].hasSuffix(
        "id,rule,device,others,field,state,confidence,route,mpxns,wanted,parties,because,"
          + "firstSeen,lastSeen,correction,xml,next"))
    #expect(lines.count == 4)
    let twice = try #require(lines.first { $0.contains(",mpxnTwice,") })
    #expect(
      twice.contains(
        ",mpxnTwice,\(Request.device),\(Request.otherDevice),importMPxN,open,likely,,"
          + "\(Self.onBoth),,SUPA,"), "\(twice)")
  }

  @Test func `writes ready 8.4s that check accepts, where one User ID can send them`() throws {
    let ledger = try differing()
    let folder = ledger.folder.path("ready")
    let run = try run(ledger, "reconcile", "--format", "csv", "--xml-dir", folder)
    let rows = rows(run.output)
    let differs = try #require(rows.first { $0[1] == "secondSourceDiffers" })
    #expect(differs[7] == "selfServe" && differs[9] == Request.registeredToSender)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files == ["\(differs[0]).xml"] && differs.contains("\(differs[0]).xml"))
    #expect(run.errors.contains("1 ready 8.4 in "))
    let file = folder + "/" + files[0]
    let checked = try ledger.object("check", file)
    #expect(checked["code"] as? String == "I99" && checked["accepted"] as? Bool == true)
    #expect(checked["deviceID"] as? String == Request.device)
    // Sent, it heals: the next run finds it gone.
    _ = try self.run(ledger, "submit", file)
    _ = try self.run(ledger, "reconcile", "--rule", "secondSourceDiffers")
    #expect(try found(ledger, "--rule", "secondSourceDiffers").isEmpty)
    #expect(
      try found(ledger, "--rule", "secondSourceDiffers", "--all").map { $0["state"] as? String }
        == ["cleared"])
  }

  @Test func `opens the corrections of a rule once, one for each device of a ring`() throws {
    let ledger = try crossed()
    func open(_ more: String...) throws -> [[String: Any]] {
      let run = try ledger.run(
        ["reconcile", "--open", "crossedMPxNs", "--actor", "DCC-017", "--format", "json"] + more)
      #expect(run.exit == 0, "\(run.output)\(run.errors)")
      for point in Self.points { #expect(!run.errors.contains(point), "\(run.errors)") }
      return try JSONText.array(run.output)
    }
    _ = try run(ledger, "reconcile")
    #expect(
      try open("--dry-run").compactMap { $0["outcome"] as? String } == ["would open", "would open"])
    let opened = try open()
    #expect(opened.map { $0["outcome"] as? String } == ["opened", "opened"])
    #expect(opened.map { $0["device"] as? String } == [Self.first, Self.second])
    #expect(opened.map { $0["correction"] as? String } == ["COR-000001", "COR-000002"])
    #expect(opened.map { $0["state"] as? String } == ["awaitingConsent", "awaitingConsent"])
    #expect(opened.map { $0["route"] as? String } == ["twoSupplier", "twoSupplier"])
    #expect(try open().map { $0["outcome"] as? String } == ["known", "known"])
    #expect(try ledger.listed("--batch", "reconcile-crossedMPxNs") == ["COR-000001", "COR-000002"])
    let shown = try #require(try found(ledger, "--rule", "crossedMPxNs").first)
    #expect(shown["correction"] as? String == "COR-000001")
  }

  @Test func `opens in words what no source says how to put right`() throws {
    let ledger = try FilledLedger()
    let run = try run(
      ledger, "reconcile", "--open", "mpxnTwice", "--batch", "march", "--actor", "DCC-017")
    #expect(run.output.contains("COR-000001") && run.output.contains("opened"))
    #expect(run.errors.contains("mpxnTwice, batch march: 1 opened."), "\(run.errors)")
    let shown = try ledger.object("correction", "show", "COR-000001")
    #expect(shown["field"] as? String == "other" && shown["batch"] as? String == "march")
    let words = try #require(shown["requested"] as? String)
    #expect(words.hasPrefix("one MPxN on two devices: ") && !words.contains(Self.onBoth))
  }

  @Test(
    arguments: [
      (["reconcile", "--rule", "mpxnTwic"], 64, "did you mean mpxnTwice?"),
      (["reconcile", "--open", "crossed", "--actor", "DCC-017"], 64, "crossed"),
      (["discrepancy", "rules", "mpxntwice"], 64, "did you mean mpxnTwice?"),
      (["discrepancy", "list", "--rule", "stuck"], 64, "stuck"),
      (["reconcile", "--xml-dir", "x"], 64, "--xml-dir goes with --format csv"),
      (["reconcile", "--batch", "b"], 64, "--batch goes with --open"),
      (["reconcile", "--dry-run", "--format", "csv"], 64, "--dry-run only counts"),
      (["reconcile", "--open", "mpxnTwice"], 64, "who acts?"),
      (["reconcile", "--open", "mpxnTwice", "--actor", Request.supA], 77, "which --open needs"),
      (["reconcile", "--at", "2999-01-01T00:00:00Z"], 64, "a time that has come"),
      (["discrepancy", "show", "DIS-000099"], 66, "DIS-000099 isn't in this ledger at position"),
      (["discrepancy", "show", "COR-000001"], 64, "expected such as DIS-000001"),
      (["discrepancy", "dismiss", "DIS-000001", "--reason", "r"], 64, "who acts?"),
      (
        ["discrepancy", "dismiss", "DIS-000001", "--reason", "r", "--actor", Request.supA], 77,
        "has not the role DCC"
      ),
      (
        ["discrepancy", "dismiss", "DIS-000099", "--reason", "r", "--actor", "DCC-017"], 66,
        "DIS-000099 isn't in this ledger"
      ),
      (["discrepancy", "list", "--limit", "-1"], 64, "--limit: expected 0 (all) or more"),
      (["discrepancy", "list", "--state", "gone"], 64, "gone"),
    ] as [([String], Int32, String)])
  func `says in one line what is wrong with its input`(
    _ arguments: [String], _ exit: Int32, _ says: String
  ) throws {
    let ledger = try FilledLedger()
    let run = try ledger.run(arguments)
    #expect(run.exit == exit, "\(run.output)\(run.errors)")
    #expect(run.isOneLine && run.sentence.contains(says), "\(run.errors)")
    #expect(try ledger.events() == FilledLedger.imported)
  }
}

@Suite struct `discrepancy` {
  /// A ledger of the published examples after a run.
  private func reconciled() throws -> (FilledLedger, twice: String) {
    let ledger = try FilledLedger()
    #expect(try ledger.run("reconcile").exit == 0)
    let run = try ledger.run("discrepancy", "list", "--rule", "mpxnTwice", "--format", "json")
    let id = try #require(try JSONText.array(run.output).first?["id"] as? String)
    return (ledger, id)
  }

  @Test func `show says why, whom it concerns and what to do, with the meter point masked`()
    throws
  {
    let (ledger, id) = try reconciled()
    let text = try ledger.text("discrepancy", "show", id)
    for part in [
      "\(id)  one MPxN on two devices  (mpxnTwice)", "open, likely", Request.device,
      Request.otherDevice, "…126 is on 2 live devices", "Concerns   SUPA", "Next       ",
    ] {
      #expect(text.contains(part), "\(part): \(text)")
    }
    #expect(!text.contains("1655500011126"))
  }

  @Test func `list and show answer with keys that stay`() throws {
    let (ledger, id) = try reconciled()
    let shape = Shape.object([
      "id": .text, "rule": .text, "title": .text, "device": .text, "others": .list(of: .text),
      "field": .either(.text), "state": .text, "confidence": .text, "route": .either(.text),
      "mpxns": .list(of: .any), "wanted": .either(.any), "wantsEmpty": .flag,
      "parties": .list(of: .text), "because": .text, "evidence": .any, "reason": .text,
      "next": .text, "firstSeen": .text, "lastSeen": .text, "returns": .number,
      "correction": .either(.text), "dismissed": .either(.map), "position": .number,
    ])
    let shown = try ledger.object("discrepancy", "show", id)
    #expect(shape.problems(shown, at: "show") == [])
    let list = try ledger.run("discrepancy", "list", "--format", "json")
    #expect(Shape.list(of: shape).problems(try JSONText.value(list.output), at: "list") == [])
  }

  @Test func `list is narrowed by rule, party, device and state`() throws {
    let (ledger, id) = try reconciled()
    func count(_ more: String...) throws -> Int {
      let run = try ledger.run(["discrepancy", "list", "--format", "json"] + more)
      #expect(run.exit == 0, "\(more): \(run.errors)")
      return try JSONText.array(run.output).count
    }
    #expect(try count() == 3 && count("--rule", "mpxnTwice") == 1)
    #expect(try count("--party", "MAPX") == 1 && count("--party", "SUPC") == 0)
    #expect(try count("--device", Request.otherDevice) == 2, "one of it, one beside another")
    #expect(try count("--confidence", "possible") == 1 && count("--confidence", "certain") == 0)
    #expect(try count("--state", "dismissed") == 0)
    #expect(
      try ledger.run(
        "discrepancy", "dismiss", id, "--reason", "two meters", "--actor", "DCC-017"
      ).exit == 0)
    #expect(try count("--state", "dismissed") == 1 && count() == 2 && count("--all") == 3)
  }

  @Test func `dismiss keeps it away until its facts change, and can be annulled`() throws {
    let (ledger, id) = try reconciled()
    func dismiss(_ more: String...) throws -> Run {
      try ledger.run(
        ["discrepancy", "dismiss", id, "--reason", "two meters", "--actor", "DCC-017"] + more)
    }
    let events = try ledger.events()
    #expect(try dismiss("--dry-run").output.contains("Nothing was recorded"))
    #expect(try ledger.events() == events)
    let run = try dismiss()
    #expect(run.exit == 0 && run.output.contains("is dismissed until its facts change"))
    #expect(try ledger.text("discrepancy", "show", id).contains("two meters"))
    let again = try dismiss()
    #expect(
      again.exit == 1 && again.isOneLine && again.sentence.contains("was dismissed at position"))
    #expect(try ledger.text("reconcile").contains("2 open discrepancies"))
    let annulled = try ledger.run(
      "annul", "\(events + 1)", "--reason", "in error", "--actor", "DCC-017")
    #expect(annulled.exit == 0, "\(annulled.errors)")
    #expect(try ledger.object("discrepancy", "show", id)["state"] as? String == "open")
  }

  @Test func `of a meter point that was erased shows that it was`() throws {
    let (ledger, id) = try reconciled()
    let erased = try ledger.run(
      "erase", "mpxn", "1655500011126", "--reason", "request 17", "--actor", "DCC-017", "--yes")
    #expect(erased.exit == 0, "\(erased.errors)")
    let text = try ledger.text("discrepancy", "show", id)
    #expect(text.contains("(erased) is on 2 live devices"), "\(text)")
    let run = try ledger.run("reconcile", "--format", "csv")
    #expect(run.exit == 0, "\(run.errors)")
    #expect(run.output.contains("(erased)") && !run.output.contains("1655500011126"))
  }

  @Test func `rules says of each what it asks, why, and what to do`() throws {
    let ledger = try FilledLedger()
    let run = try ledger.run("discrepancy", "rules", "--format", "json")
    let rules = try JSONText.array(run.output)
    #expect(rules.count == 21)
    for rule in rules {
      for key in ["rule", "title", "reason", "next"] {
        #expect((rule[key] as? String)?.isEmpty == false, "\(rule)")
      }
    }
    let one = try ledger.text("discrepancy", "rules", "crossedMPxNs")
    #expect(one.contains("Rule  ") && one.contains("Next  "))
  }
}
