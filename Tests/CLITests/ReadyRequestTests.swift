import Foundation
import Testing

/// The 8.4 that makes the change, written by the ledger.
@Suite struct `correction advise --xml` {
  private static let lint = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  private func write(_ id: String, _ ledger: FilledLedger, _ more: String...) throws -> Run {
    try ledger.run(["correction", "advise", id, "--xml"] + more)
  }

  /// Whether the schema takes a file.
  private func expectValid(_ path: String) throws {
    guard let lint = Self.lint else { return }
    let run = try Started(
      lint,
      ["--noout", "--nonet", "--schema", Package.root + "/schemas/duis-subset.xsd", path],
      environment: [:]
    ).finished(within: 30)
    #expect(run.exit == 0, "\(run.errors)")
  }

  @Test func `passes check when the route is selfServe, and resolves when it is sent`() throws {
    let ledger = try FilledLedger()
    let id = try ledger.report(Request.device, wants: Request.registeredToSender)
    let events = try ledger.events()
    let run = try write(id, ledger)
    #expect(run.exit == 0, "\(run.errors)")
    #expect(try ledger.events() == events, "nothing is recorded")
    let file = try ledger.folder.write("ready.xml", run.output)
    try expectValid(file)
    let checked = try ledger.object("check", file)
    #expect(checked["code"] as? String == "I99")
    #expect(checked["deviceID"] as? String == Request.device)
    #expect(try ledger.run("submit", file).exit == 0)
    #expect(try ledger.object("correction", "show", id)["state"] as? String == "resolved")
    // What is recorded moves the counter on.
    let next = try ledger.report(Request.otherDevice, wants: Request.registeredToSender)
    #expect(try write(next, ledger).output.contains(":2</"))
  }

  @Test func `is written for every field that 8.4 can ask for, and fits the schema`() throws {
    let ledger = try FilledLedger()
    let pending = "00-DB-12-34-56-78-91-04"
    for (device, field, value) in [
      (Request.device, "status", "InstalledNotCommissioned"),
      (Request.device, "exportMPAN", "2377770010031"),
      (pending, "details", "ESMEVariant=B"),
      ("00-DB-12-34-56-78-90-A2", "status", "Withdrawn"), (pending, "deletion", nil),
      (Request.otherDevice, "secondaryImportMPAN", "1200005432101"),
    ] as [(String, String, String?)] {
      let opened = try ledger.run(
        [
          "correction", "open", "--device", device, "--field", field, "--actor", Request.supA,
          "--format", "json",
        ]
          + (value.map { ["--value", $0] } ?? []))
      try #require(opened.exit == 0, "\(field): \(opened.errors)")
      let id = try #require(try JSONText.object(opened.output)["id"] as? String)
      let run = try write(id, ledger, "--counter", "77")
      #expect(run.exit == 0, "\(field): \(run.errors)")
      // What only the pre-notifier may ask for is written for its User ID.
      let sender =
        ["details", "deletion"].contains(field) ? "00-DB-12-34-56-78-00-04" : Request.supA
      #expect(run.output.contains(">\(sender):90-B3-D5-1F-30-00-00-02:77<"), "\(run.output)")
      let file = try ledger.folder.write("\(id).xml", run.output)
      try expectValid(file)
      #expect([0, 1].contains(try ledger.run("check", file).exit), "\(field)")
    }
  }

  @Test func `has no counter to give after the last one, and asks for one`() throws {
    let ledger = try FilledLedger()
    let last = Request.update(1).replacing(":1</", with: ":18446744073709551615</")
    #expect(try ledger.run("submit", ledger.folder.write("last.xml", last)).exit == 0)
    let id = try ledger.report(Request.otherDevice, wants: Request.registeredToSender)
    let run = try write(id, ledger)
    #expect(run.exit == 1)
    #expect(run.isOneLine && run.sentence.contains("--counter"), "\(run.errors)")
    #expect(try write(id, ledger, "--counter", "5").exit == 0)
  }

  @Test func `says that it would be refused where another route leads on`() throws {
    let ledger = try FilledLedger()
    let id = try ledger.report()
    let run = try write(id, ledger)
    #expect(run.exit == 0)
    #expect(run.errors.contains("route twoSupplier"), "\(run.errors)")
    #expect(try ledger.run("check", ledger.folder.write("r.xml", run.output)).exit == 1)
  }

  @Test func `is refused in one line where 8.4 has no way to ask`() throws {
    let ledger = try FilledLedger()
    for arguments in [
      ["--field", "importMPxN", "--blank"], ["--field", "other", "--value", "words"],
      ["--field", "status", "--value", "Suspended"],
    ] {
      let opened = try ledger.run(
        [
          "correction", "open", "--device", Request.otherDevice, "--actor", Request.supA,
          "--format", "json",
        ] + arguments)
      try #require(opened.exit == 0, "\(opened.errors)")
      let id = try #require(try JSONText.object(opened.output)["id"] as? String)
      let run = try write(id, ledger)
      #expect(run.exit == 1, "\(arguments)")
      #expect(run.output.isEmpty && run.isOneLine && run.sentence.contains(id), "\(run.errors)")
    }
    #expect(try write("COR-000099", ledger).exit == 66)
    #expect(try ledger.run("correction", "advise", "COR-000001", "--counter", "1").exit == 64)
  }
}
