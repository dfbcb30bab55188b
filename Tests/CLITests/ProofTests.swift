import Foundation
import Testing

/// `checkpoint`, `prove`, `verify --since` and `export tlog`, and clients that were not written here.
@Suite struct `Proofs for others` {
  private func grown() throws -> FilledLedger {
    let desk = try FilledLedger()
    _ = try desk.report(at: "2026-03-04T10:00:00Z")
    return desk
  }

  /// A ledger that has nothing to do with it.
  private func another(_ desk: FilledLedger) throws -> String {
    let folder = desk.path + "/another-\(UUID().uuidString)"
    let run = try SMILedger.run(["init", "--ledger", folder])
    try #require(run.exit == 0, "\(run.errors)")
    return folder
  }

  private func checkpoint(_ desk: FilledLedger, _ name: String) throws -> String {
    let run = try desk.run("checkpoint")
    try #require(run.exit == 0, "\(run.errors)")
    let file = desk.path + "/" + name
    try Data(run.output.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  @Test func `verify tells that what was signed still begins the log`() throws {
    let desk = try grown()
    let file = try checkpoint(desk, "then.checkpoint")
    try desk.act("note", "COR-000001", by: "DCC-017", "--text", "words")
    for depth in ["content", "consistency"] {
      let run = try desk.run("verify", "--depth", depth, "--since", file)
      #expect(run.exit == 0 && run.output.hasPrefix("PROVEN, \(depth)"), "\(run.output)")
      #expect(run.output.contains("are those of the checkpoint"))
    }
    let key = try desk.run("checkpoint", "--key").output.trimmingCharacters(in: .newlines)
    #expect(try desk.run("verify", "--since", file, "--key", key).exit == 0)
    let alone = try desk.run("verify", "--depth", "consistency")
    #expect(alone.exit == 1 && alone.output.hasPrefix("NOT ESTABLISHED, consistency"))
    let foreign = try JSONText.object(
      try SMILedger.run(
        ["verify", "--since", file, "--format", "json", "--ledger", try another(desk)]
      ).output)
    #expect(foreign["answer"] as? String == "notEstablished" && foreign["ok"] as? Bool == false)
    #expect(try desk.run("verify", "--since", desk.path + "/none").exit == 66)
    #expect(try desk.run("verify", "--since", Package.example("users.csv")).exit == 65)
    #expect(try desk.run("verify", "--since", file, "--key", "x").exit == 64)
  }

  @Test func `an inclusion proof leads from the record to the root, by RFC 6962 in Python`() throws
  {
    let desk = try grown()
    let file = try checkpoint(desk, "then.checkpoint")
    try desk.act("note", "COR-000001", by: "DCC-017", "--text", "words")
    let script = """
      import base64, hashlib, json, sys
      proof = json.load(sys.stdin)
      node, last, h = proof["index"], proof["size"] - 1, base64.b64decode(proof["leaf"])
      for sibling in map(base64.b64decode, proof["path"]):
          assert last > 0
          if node & 1 or node == last:
              h = hashlib.sha256(b"\\x01" + sibling + h).digest()
              while not node & 1 and node: node, last = node >> 1, last >> 1
          else:
              h = hashlib.sha256(b"\\x01" + h + sibling).digest()
          node, last = node >> 1, last >> 1
      note = proof["checkpoint"].split("\\n")
      assert last == 0 and int(note[1]) == proof["size"] and base64.b64decode(note[2]) == h
      """
    for arguments in [["1"], ["17"], ["20", "--in", file]] {
      let proof = try desk.run(["prove", "inclusion", "--format", "json"] + arguments)
      try #require(proof.exit == 0, "\(proof.errors)")
      let folder = try TemporaryFolder()
      try folder.write("proof.json", proof.output)
      let run = try SMILedger.shell(
        "python3 -c \"$2\" < \"$3\"", [script, folder.path("proof.json")])
      #expect(run.exit == 0, "\(run.errors)")
    }
    let text = try desk.run("prove", "inclusion", "5").output
    #expect(text.hasPrefix("c2sp.org/tlog-proof@v1\nindex 4\n"))
    #expect(try desk.run("prove", "inclusion", "9999").exit == 66)
    #expect(
      try SMILedger.run(["prove", "inclusion", "2", "--ledger", try another(desk), "--in", file])
        .exit == 66)
    let consistency = try desk.run("prove", "consistency", "5", "20").output
    #expect(consistency.hasPrefix("old 5\n") && consistency.contains("\n20\n"))
    #expect(try desk.run("prove", "consistency", "20", "5").exit == 64)
  }

  @Test func `an export grows with the log, and never takes another one's folder`() throws {
    let desk = try grown()
    let folder = desk.path + "/public"
    let first = try desk.run("export", "tlog", folder)
    #expect(first.exit == 0, "\(first.errors)")
    try desk.act("note", "COR-000001", by: "DCC-017", "--text", "words")
    #expect(try desk.run("export", "tlog", folder).exit == 0)
    let refused = try SMILedger.run(["export", "tlog", folder, "--ledger", try another(desk)])
    #expect(refused.exit == 73 && refused.isOneLine, "\(refused.errors)")
    let others = try TemporaryFolder()
    try others.write("letter.txt", "not ours")
    #expect(try desk.run("export", "tlog", others.path).exit == 73)
    #expect(try FileManager.default.contentsOfDirectory(atPath: others.path) == ["letter.txt"])
  }

  /// A client of the C2SP formats that was not written here, where Python has it.
  @Test(.enabled(if: TlogClient.python != nil, "no Python ≥ 3.12 here has the module aics_tlog"))
  func `a C2SP client follows the export`() throws {
    // Some thousand events: full tiles and bundles, and a level above them.
    let folder = try TemporaryFolder()
    let (ledger, out) = (folder.path("ledger"), folder.path("public"))
    try SMILedger.madeUp(ledger, corrections: 300, days: 100, seed: 1)
    func run(_ arguments: String...) throws -> String {
      let run = try SMILedger.run(arguments + ["--ledger", ledger])
      try #require(run.exit == 0, "\(run.errors)")
      return run.output
    }
    _ = try run("export", "tlog", out)
    let before = try run("checkpoint", "--known-at", "700")
    let key = try run("checkpoint", "--key").trimmingCharacters(in: .newlines)
    let script = """
      import sys
      from aics_tlog import *
      folder, key, before = sys.argv[1], parse_vkey(sys.argv[2]), parse_note(sys.argv[3])
      note = parse_note(open(folder + "/checkpoint", encoding="utf-8").read())
      for one in (note, before):
          assert verify_checkpoint(one, key).ok
      head, old = parse_checkpoint(note.text), parse_checkpoint(before.text)
      assert old.size == 700 and head.size > 1024
      reader = FileSystemTileReader(folder)
      assert tree_root_from_tiles(reader, head.size) == head.root
      for index in list(range(0, head.size, 97)) + [255, 256, head.size - 1]:
          entry = read_entry(reader, index, head.size)
          path = inclusion_proof_from_tiles(reader, index, head.size)
          assert verify_inclusion(leaf_hash(entry), index, head.size, path, head.root)
      path = consistency_proof_from_tiles(reader, old.size, head.size)
      assert verify_consistency(old.size, head.size, old.root, head.root, path)
      """
    let run = try SMILedger.shell(
      "exec \"$2\" -c \"$3\" \"$4\" \"$5\" \"$6\"",
      [TlogClient.python ?? "", script, out, key, before])
    #expect(run.exit == 0, "\(run.errors)")
  }
}

/// Where a Python is that has the client.
private enum TlogClient {
  static let python: String? = {
    let named = ProcessInfo.processInfo.environment["SMI_LEDGER_TLOG_PYTHON"]
    for python in [named, "python3", "python3.12", "python3.13"].compactMap({ $0 }) {
      let run = try? SMILedger.shell("\"$2\" -c 'import aics_tlog'", [python])
      if run?.exit == 0 { return python }
    }
    return nil
  }()
}
