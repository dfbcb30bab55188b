import Foundation
import Testing

/// DUIS files that are not kept here, from the folders that these variables name.
enum Samples {
  static let files: [String] = ["SMI_LEDGER_REAL_SAMPLES", "SMI_LEDGER_DERIVED_SAMPLES"].flatMap {
    name -> [String] in
    guard let folder = ProcessInfo.processInfo.environment[name], !folder.isEmpty else {
      print("skipped: DUIS files, since \(name) names no folder of them")
      return []
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.lowercased().hasSuffix(".xml") }.sorted().map { folder + "/" + $0 }
  }

  static func name(_ file: String) -> String { (file as NSString).lastPathComponent }
}

@Suite struct `Each DUIS file at hand` {
  @Test(arguments: Samples.files)
  func `is accepted, refused or recorded as its name says`(_ file: String) throws {
    let sample = try #require(
      Sample.named[Samples.name(file)], "say in the table what \(file) is named to be")
    let ledger = try ledger(for: sample.setup, beside: file)
    let before = try everything(under: ledger.path)
    switch sample.outcome {
    case .judged(let branch, let code):
      let answer = try submit(file, to: ledger, exit: code.hasPrefix("I") ? 0 : 1)
      #expect(answer["branch"] as? String == branch)
      #expect(answer["code"] as? String == code)
      let response = try #require(answer["response"] as? String)
      #expect(response.contains("<sr:RequestID>\(answer["requestID"] ?? "")</sr:RequestID>"))
      #expect(response.contains("<sr:ResponseCode>\(code)</sr:ResponseCode>"))
    case .unjudged(let service):
      let answer = try submit(file, to: ledger, exit: 0)
      #expect(answer["branch"] as? String == service)
      #expect(answer["code"] is NSNull)
      #expect(answer["response"] is NSNull)
    case .recorded(let code, let flags):
      let answer = try record(file, in: ledger)
      #expect((answer["code"] as? String ?? "") == code || answer["alertCode"] as? String == code)
      #expect(answer["flags"] as? [String] == flags)
      #expect(answer["diverged"] is NSNull)
    case .diverged(let code):
      let answer = try record(file, in: ledger)
      #expect(answer["code"] as? String == code)
      let diverged = try #require(answer["diverged"] as? [String: Any])
      #expect(diverged["predicted"] as? String == "I99")
      #expect(diverged["returned"] as? String == code)
    case .refused(let words):
      for command in ["check", "submit", "record"] {
        let run = try ledger.run(command, file)
        #expect(run.exit == 65 && run.isOneLine && run.output.isEmpty, "\(run.errors)")
        let places = run.sentence.dropFirst(file.count).split(separator: ":")
        #expect(run.sentence.hasPrefix(file + ":") && places.count > 2)
        #expect(Int(places[0]) != nil && Int(places[1]) != nil)
        #expect(run.sentence.contains(words), "\(run.errors)")
        #expect(run.sentence.hasSuffix("othing of this file was recorded"))
      }
      #expect(try everything(under: ledger.path) == before)
    }
  }

  /// Checks and submits a request; both answer the same, and `record` names the command for it.
  private func submit(
    _ file: String, to ledger: FilledLedger, exit: Int32
  ) throws -> [String: Any] {
    let before = try everything(under: ledger.path)
    let checked = try ledger.run("check", file, "--format", "json")
    let elsewhere = try ledger.run("record", file)
    #expect(elsewhere.exit == 65 && elsewhere.sentence.contains("smi-ledger submit"))
    #expect(try everything(under: ledger.path) == before)
    let submitted = try ledger.run("submit", file, "--format", "json")
    #expect(submitted.exit == exit && checked.exit == exit, "\(submitted.output)")
    #expect(submitted.errors.isEmpty && checked.errors.isEmpty, "\(submitted.errors)")
    let (first, second) = (
      try JSONText.object(checked.output), try JSONText.object(submitted.output)
    )
    for key in ["code", "branch", "accepted", "findings", "route", "missing", "warnings"] {
      #expect((first[key] as? NSObject) == (second[key] as? NSObject), "\(key)")
    }
    return second
  }

  /// Records a response or an alert, twice with one outcome; `submit` names the command for it.
  private func record(_ file: String, in ledger: FilledLedger) throws -> [String: Any] {
    let before = try everything(under: ledger.path)
    let elsewhere = try ledger.run("submit", file)
    #expect(elsewhere.exit == 65 && elsewhere.sentence.contains("smi-ledger record"))
    #expect(try everything(under: ledger.path) == before)
    let recorded = try ledger.run("record", file, "--format", "json")
    #expect(recorded.exit == 0 && recorded.errors.isEmpty, "\(recorded.errors)")
    let events = try ledger.events()
    let again = try JSONText.object(try ledger.run("record", file, "--format", "json").output)
    #expect(again["repeated"] as? Bool == true)
    #expect(try ledger.events() == events)
    return try JSONText.object(recorded.output)
  }

  private func ledger(for setup: Sample.Setup, beside file: String) throws -> FilledLedger {
    switch setup {
    case .examples: return try FilledLedger()
    case .withoutInventory: return try FilledLedger(inventory: false)
    case .inventory(let rows):
      let ledger = try FilledLedger()
      let csv = try ledger.folder.write("more.csv", rows)
      let run = try ledger.run("import", "inventory", csv, "--at", "2026-03-02T00:00:00Z")
      try #require(run.exit == 0, "\(run.errors)")
      return ledger
    case .observing(let request):
      let ledger = try FilledLedger(mode: "observer")
      let run = try ledger.run(
        "submit", (file as NSString).deletingLastPathComponent + "/" + request)
      try #require(run.exit == 0, "\(run.errors)")
      return ledger
    }
  }
}
