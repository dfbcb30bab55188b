import Foundation
import Testing

/// Reports of made-up corrections, counted a second time in Python from the exported events.
@Suite struct `A second opinion on reports` {
  /// A ledger of 600 corrections over 200 days from January 2021, and its exported events.
  private struct Made {
    let folder: TemporaryFolder
    var ledger: String { folder.path("ledger") }
    var events: String { folder.path("events.jsonl") }

    init(seed: Int) throws {
      folder = try TemporaryFolder()
      try SMILedger.madeUp(folder.path("ledger"), corrections: 600, days: 200, seed: seed)
      let export = try SMILedger.run(["export", "events", "--ledger", folder.path("ledger")])
      try #require(export.exit == 0, "\(export.errors)")
      try folder.write("events.jsonl", export.output)
    }

    /// The report that some options ask for, in a file.
    func report(_ options: String...) throws -> String {
      let run = try SMILedger.run(["report", "--format", "json", "--ledger", ledger] + options)
      try #require(run.exit == 0, "\(run.errors)")
      return try folder.write("\(options.joined()).json", run.output)
    }

    func check(_ reports: [String]) throws -> Run {
      try SMILedger.shell(
        "shift; exec python3 \"$@\"", [Package.root + "/tools/report-check", events] + reports)
    }
  }

  @Test(arguments: [1, 2, 3])
  func `agrees with every figure`(seed: Int) throws {
    let made = try Made(seed: seed)
    let reports = [
      try made.report("--month", "2020-11"), try made.report("--month", "2021-02"),
      try made.report("--month", "2021-06"), try made.report("--month", "2021-07"),
      try made.report("--month", "2026-01"),
      try made.report("--from", "2021-03-25", "--to", "2021-04-06"),
      try made.report("--month", "2021-05", "--party", "SUPA"),
      try made.report("--month", "2021-05", "--device-type", "ESME"),
      try made.report("--month", "2021-05", "--route", "twoSupplier"),
      try made.report("--month", "2021-04", "--known-at", "2500"),
    ]
    let run = try made.check(reports)
    #expect(run.exit == 0, "\(run.output) \(run.errors)")
    #expect(run.output.components(separatedBy: " figures agree\n").count == reports.count + 1)
  }

  @Test func `names a figure that is another one`() throws {
    let made = try Made(seed: 4)
    let report = try made.report("--month", "2021-03")
    let text = try String(contentsOfFile: report, encoding: .utf8)
    let changed = text.replacingOccurrences(
      of: "\"confirmed\": ", with: "\"confirmed\": 1", options: [],
      range: text.range(of: "\"confirmed\": "))
    let run = try made.check([try made.folder.write("changed.json", changed)])
    #expect(run.exit == 1)
    #expect(run.output.contains("confirmed: expected from the events"), "\(run.output)")
  }

  /// The page of the same reports in a real browser, where there is one.
  @Test(.enabled(if: Browser.isThere, "there is no Chromium"))
  func `finds nothing cut off or covered on their pages`() throws {
    let made = try Made(seed: 5)
    let pages = try ["2021-05", "2026-01"].map { month in
      let page = made.folder.path("\(month).html")
      let run = try SMILedger.run(
        ["report", "--month", month, "--html", page, "--ledger", made.ledger])
      try #require(run.exit == 0, "\(run.errors)")
      return page
    }
    let run = try SMILedger.shell(
      "shift; exec python3 \"$@\"", [Package.root + "/tools/page-check"] + pages, limit: 120)
    #expect(run.exit == 0, "\(run.output) \(run.errors)")
  }
}

/// A browser to look at pages with.
private enum Browser {
  static let isThere = ["chromium", "chromium-browser", "google-chrome"].contains { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }
}
