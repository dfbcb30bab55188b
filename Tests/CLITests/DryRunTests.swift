import Foundation
import Testing

@Suite struct `--dry-run` {
  /// Everything but the views, which any look at the ledger may catch up.
  private func recorded(_ ledger: FilledLedger) throws -> [String: Data] {
    try everything(under: ledger.path).filter { !$0.key.hasPrefix("views") }
  }

  @Test func `of an import says what would be, and records nothing`() throws {
    let ledger = try FilledLedger()
    let files = [
      "users": "user_id,party,market_participant_ids,roles,status,name\nDCC-099,DCC,,DCC,active,\n",
      "products":
        "device_type,esme_variant_first,manufacturer,model,firmware_version,status,listed_from,listed_to\n"
        + "GSME,,AB02,020A030B,0002012F,Active,2020-01-01,\n",
      "registrations": "\(BadCSV.heading)\n1000000000010,import,SUPA,2024-06-01,\n",
      "inventory": "DeviceID,DeviceType,DeviceStatus\n00-DB-12-34-56-78-93-00,ESME,Pending\n",
    ]
    for (kind, text) in files {
      let file = try ledger.folder.write(kind + ".csv", text)
      let before = try everything(under: ledger.path)
      let run = try ledger.run("import", kind, file, "--dry-run")
      #expect(run.exit == 0, "\(run.errors)")
      #expect(
        run.output.hasPrefix("Would import \(kind) from \(file): 1 row; 1 new"), "\(run.output)")
      #expect(run.output.hasSuffix("Nothing was recorded.\n"))
      let json = try JSONText.object(
        try ledger.run("import", kind, file, "--dry-run", "--format", "json").output)
      #expect(json["dryRun"] as? Bool == true)
      #expect(json["position"] is NSNull)
      #expect(try everything(under: ledger.path) == before, "\(kind)")
    }
    #expect(try ledger.events() == FilledLedger.imported)
  }

  @Test func `of opening says what would be, and opens nothing`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write(
      "one.xml", Request.update(1, device: Request.otherDevice, mpxn: Request.registeredToAnother))
    #expect(try ledger.run("submit", file).exit == 1)
    let before = try recorded(ledger)
    let open = ["correction", "open", "--request", Request.id(1)]
    let tried = try ledger.run(open + ["--dry-run"])
    #expect(tried.exit == 0, "\(tried.errors)")
    #expect(tried.output.hasPrefix("Would open COR-000001. Then COR-000001 is awaitingConsent"))
    #expect(tried.output.hasSuffix("Nothing was recorded.\n"))
    let json = try JSONText.object(
      try ledger.run(open + ["--dry-run", "--format", "json"]).output)
    #expect(json["dryRun"] as? Bool == true && json["position"] is NSNull)
    #expect(json["state"] as? String == "awaitingConsent")
    #expect(try recorded(ledger) == before)

    #expect(try ledger.run(open).exit == 0)
    let again = try ledger.run(open + ["--dry-run"])
    #expect(again.output.hasPrefix("This report belongs to COR-000001 already"))
    let change = [
      "correction", "open", "--device", Request.otherDevice, "--field", "importMPxN", "--value",
      Request.registeredToAnother, "--actor", "90-B3-D5-1F-30-05-00-00", "--dry-run",
    ]
    let joining = try ledger.run(change)
    #expect(joining.output.hasPrefix("Would join COR-000001"), "\(joining.output)\(joining.errors)")
  }

  @Test func `of an action has its rules and exit code, and records nothing`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write(
      "one.xml", Request.update(1, device: Request.otherDevice, mpxn: Request.registeredToAnother))
    #expect(try ledger.run("submit", "--open", file).exit == 1)
    let events = try ledger.events()
    let before = try recorded(ledger)
    let supB = "90-B3-D5-1F-30-03-00-00"
    for (action, exit) in [
      (["consent", "--actor", supB], 0), (["refuse", "--reason", "no", "--actor", supB], 0),
      (["assign", "--owner", "DCC-017", "--actor", "DCC-017"], 0),
      (["note", "--text", "a word", "--actor", "DCC-017"], 0),
      (["apply", "--actor", "DSP-004"], 1), (["consent", "--actor", "DCC-017"], 77),
      (["consent", "--actor", "nobody"], 77),
    ] as [([String], Int32)] {
      let words = ["correction", action[0], "COR-000001"] + action.dropFirst() + ["--dry-run"]
      let run = try ledger.run(words)
      #expect(run.exit == exit, "\(action): \(run.output)\(run.errors)")
      if exit == 0 {
        #expect(run.output.contains("would record"), "\(run.output)")
        #expect(run.output.hasSuffix("Nothing was recorded.\n"))
      } else {
        #expect(run.isOneLine && run.output.isEmpty)
      }
      #expect(try recorded(ledger) == before, "\(action)")
    }
    #expect(try ledger.events() == events)
  }
}
