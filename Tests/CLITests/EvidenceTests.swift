import Foundation
import Testing

/// `seal`, `prove timeline` and `evidence`, and the check that was written apart from the program.
@Suite struct `Evidence in one file` {
  /// A ledger with a correction that went through several hands.
  private func grown() throws -> FilledLedger {
    let desk = try FilledLedger()
    _ = try desk.run("submit", Package.example("refused.xml"), "--at", "2026-03-04T10:12:00Z")
    let id = try desk.report(at: "2026-03-04T10:14:00Z")
    try desk.act(
      "assign", id, by: "DCC-017", "--owner", "DCC-017", "--at", "2026-03-05T15:00:00Z")
    try desk.act(
      "note", id, by: "DCC-017", "--text", "asked twice", "--at", "2026-03-05T16:00:00Z")
    try desk.act("consent", id, by: Request.supB, "--at", "2026-03-09T09:30:00Z")
    try desk.act("propose", id, by: "DCC-017", "--at", "2026-03-09T11:00:00Z")
    return desk
  }

  private func evidence(_ desk: FilledLedger, _ arguments: String...) throws -> String {
    let run = try desk.run(["evidence"] + arguments)
    try #require(run.exit == 0, "\(run.errors)")
    let path = desk.folder.path("evidence-\(UUID().uuidString).json")
    try Data(run.output.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func key(_ desk: FilledLedger) throws -> String {
    try desk.run("checkpoint", "--key").output.trimmingCharacters(in: .newlines)
  }

  private func check(_ file: String, _ more: String...) throws -> Run {
    try SMILedger.shell(
      "shift; exec python3 \"$@\"", [Package.root + "/tools/verify-evidence", file] + more)
  }

  @Test(.enabled(if: Cryptography.isThere, "Python here has no module cryptography"))
  func `is accepted by a check that shares nothing with the program`() throws {
    let desk = try grown()
    let key = try key(desk)
    for arguments in [
      ["correction", "COR-000001"], ["correction", "COR-000001", "--redact"],
      ["device", Request.otherDevice], ["device", Request.device],
    ] {
      let run = try desk.run(["evidence"] + arguments)
      try #require(run.exit == 0, "\(run.errors)")
      let path = desk.folder.path("one.json")
      try Data(run.output.utf8).write(to: URL(fileURLWithPath: path))
      for more in [[], ["--key", key]] {
        let checked = try SMILedger.shell(
          "shift; exec python3 \"$@\"", [Package.root + "/tools/verify-evidence", path] + more)
        #expect(
          checked.exit == 0 && checked.output.contains("\nproven: "),
          "\(arguments) \(checked.output)\(checked.errors)")
      }
      let holds = run.output.contains(Request.registeredToAnother)
      #expect(holds == (!arguments.contains("--redact") && arguments[1] != Request.device))
    }
  }

  @Test(.enabled(if: Cryptography.isThere, "Python here has no module cryptography"))
  func `is rejected in each of a hundred forged forms`() throws {
    let desk = try grown()
    let file = try evidence(desk, "correction", "COR-000001")
    let script = """
      import contextlib, importlib.machinery, importlib.util, io, os, sys
      root, file, folder, key = sys.argv[1:]
      def load(name, path):
          loader = importlib.machinery.SourceFileLoader(name, path)
          module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
          loader.exec_module(module)
          return module
      def quietly(module, arguments):
          said = io.StringIO()
          with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
              return module.main(arguments), said.getvalue()
      check = load("check", root + "/tools/verify-evidence")
      forge = load("forge", root + "/tools/lib/forge_evidence.py")
      assert quietly(check, [file, "--key", key])[0] == 0
      os.makedirs(folder)
      quietly(forge, [file, folder])
      tried = 0
      for name in sorted(os.listdir(folder)):
          for more in [["--key", key]] + ([] if name.startswith("key-only") else [[]]):
              code, said = quietly(check, [os.path.join(folder, name)] + more)
              if code != 1 or "broken: " not in said: print(name, more[:1], code, said[-200:])
          tried += 1
      print("tried", tried)
      """
    try desk.folder.write("forge.py", script)
    let run = try SMILedger.shell(
      "shift; exec python3 -B \"$@\"",
      [
        desk.folder.path("forge.py"), Package.root, file, desk.folder.path("forged"),
        try key(desk),
      ], limit: 120)
    let lines = run.output.split(separator: "\n")
    #expect(run.exit == 0 && lines.count == 1, "\(run.output)\(run.errors)")
    let tried = Int(lines.last?.split(separator: " ").last ?? "") ?? 0
    #expect(tried >= 100, "\(tried)")
  }

  @Test(.enabled(if: Cryptography.isThere, "Python here has no module cryptography"))
  func `made before an erasure still verifies, and made after shows what is gone`() throws {
    let desk = try grown()
    let before = try evidence(desk, "correction", "COR-000001")
    let erased = try desk.run(
      "erase", "mpxn", Request.registeredToAnother, "--reason", "request 17", "--actor",
      "DCC-017", "--yes")
    #expect(erased.exit == 0, "\(erased.output)\(erased.errors)")
    let after = try evidence(desk, "correction", "COR-000001")
    for file in [before, after] {
      let run = try check(file, "--key", try key(desk))
      #expect(run.exit == 0, "\(run.output)")
    }
    #expect(try check(after).output.contains("1 erased"))
    #expect(try desk.run("verify").output.hasPrefix("PROVEN"))
  }

  @Test func `is sealed first, recorded, and refused for what is not there`() throws {
    let desk = try grown()
    let events = try desk.events()
    _ = try evidence(desk, "correction", "COR-000001")
    #expect(try desk.events() == events + 2)
    _ = try evidence(desk, "correction", "COR-000001", "--redact")
    #expect(try desk.events() == events + 3)
    #expect(try desk.run("evidence", "correction", "COR-000009").exit == 66)
    #expect(try desk.run("evidence", "device", "x").exit == 64)
    #expect(try desk.run("evidence", "correction", "x").exit == 64)
    #expect(try desk.run("evidence", "device", Request.device, "--format", "csv").exit == 64)
  }

  @Test func `rests on a seal that says how much it covers`() throws {
    let desk = try grown()
    let first = try desk.object("seal")
    #expect(first["new"] as? Bool == true)
    #expect(try desk.object("seal")["new"] as? Bool == false)
    let proof = try desk.object("prove", "timeline", "correction", "COR-000001")
    #expect((proof["events"] as? [Any])?.count == proof["count"] as? Int)
    let told = try desk.run("prove", "timeline", "device", Request.otherDevice)
    #expect(told.exit == 0 && told.output.contains("and no other"), "\(told.errors)")
    #expect(try desk.run("prove", "timeline", "correction", "COR-000044").exit == 66)
  }
}

/// Whether Python can check signatures here.
enum Cryptography {
  static let isThere =
    (try? SMILedger.shell("python3 -c 'import cryptography'", []).exit) == 0
}
