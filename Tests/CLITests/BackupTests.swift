import Foundation
import Testing

/// `backup` and `restore` as they are typed, and a root that Python makes.
@Suite struct `Backup and restore` {
  /// A ledger with a correction, a backup of it and what is kept apart.
  private func kept() throws -> (desk: FilledLedger, backup: String, checkpoint: String) {
    let desk = try FilledLedger.opened()
    let backup = desk.folder.path("backup")
    let run = try desk.run("backup", backup, "--quiet")
    try #require(run.exit == 0 && run.errors.isEmpty, "\(run.errors)")
    let checkpoint = try desk.folder.write("last", try desk.run("checkpoint").output)
    return (desk, backup, checkpoint)
  }

  private func restore(
    _ backup: String, to new: String, _ arguments: String...
  ) throws -> Run {
    try SMILedger.run(["restore", backup, "--ledger", new] + arguments)
  }

  @Test func `give the same ledger again, and say what was held against what`() throws {
    let (desk, backup, checkpoint) = try kept()
    let new = desk.folder.path("new")
    let key = desk.path + "/ledger.key"
    let head = try desk.events()
    let tried = try restore(
      backup, to: new, "--checkpoint", checkpoint, "--no-erasures", "--key", key, "--dry-run")
    #expect(tried.exit == 0 && tried.output.hasPrefix("Would restore \(head) events into \(new)."))
    #expect(tried.output.hasSuffix("Nothing was made.\n"), "\(tried.output)")
    #expect(!FileManager.default.fileExists(atPath: new))
    let erasures = try desk.folder.write("erasures.jsonl", "")
    let run = try restore(
      backup, to: new, "--checkpoint", checkpoint, "--erasures", erasures, "--key", key, "--format",
      "json")
    #expect(run.exit == 0 && run.errors.isEmpty, "\(run.errors)")
    let answer = try JSONText.object(run.output)
    let shape = Shape.object([
      "ledger": .text, "size": .number, "root": .text, "missing": .number, "origin": .text,
      "fork": .flag, "numbersAfter": .number, "key": .flag, "dryRun": .flag,
      "position": .either(.number), "checkpoint": .object(["origin": .text, "size": .number]),
      "erasures": .object(["told": .either(.number), "again": .number, "after": .number]),
    ])
    #expect(shape.problems(answer, at: "restore") == [])
    #expect(answer["size"] as? Int == head && answer["position"] as? Int == head + 1)
    func asked(_ ledger: String, _ words: [String]) throws -> String {
      try SMILedger.run(words + ["--ledger", ledger]).output
    }
    for words in [
      ["device", "show", Request.otherDevice, "--known-at", "\(head)"],
      ["export", "corrections", "--values"],
      ["checkpoint", "--known-at", "\(head)"], ["checkpoint", "--key"],
      ["export", "events", "--known-at", "\(head)"],
    ] {
      let then = try asked(desk.path, words)
      #expect(!then.isEmpty, "\(words)")
      #expect(try asked(new, words) == then, "\(words)")
    }
    let verified = try SMILedger.run(["verify", "--since", checkpoint, "--ledger", new])
    #expect(verified.exit == 0, "\(verified.output)")
    let timeline = try SMILedger.run(["export", "events", "--from", "\(head + 1)", "--ledger", new])
    #expect(timeline.output.contains(#""type":"LedgerRestored""#), "\(timeline.output)")
    let second = try restore(backup, to: new, "--checkpoint", checkpoint, "--no-erasures")
    #expect(second.exit == 73 && second.isOneLine, "\(second.errors)")
  }

  @Test func `refuse what can't be, in one line that says what to do`() throws {
    let (desk, backup, checkpoint) = try kept()
    let new = desk.folder.path("new")
    let bad = try desk.folder.write("bad.jsonl", "{\"position\":1}\n")
    let csv = Package.example("users.csv")
    for (exit, says, words) in [
      (
        64, "expected --erasures FILE or --no-erasures; found neither",
        ["--checkpoint", checkpoint]
      ),
      (64, "found both", ["--checkpoint", checkpoint, "--no-erasures", "--erasures", bad]),
      (64, "--fork: expected", ["--checkpoint", checkpoint, "--no-erasures", "--fork", "a b"]),
      (
        64, "a fork gets a fresh key",
        ["--checkpoint", checkpoint, "--no-erasures", "--fork", "b.example", "--key", bad]
      ),
      (65, "bad.jsonl line 1: expected the keys", ["--checkpoint", checkpoint, "--erasures", bad]),
      (65, "this is no checkpoint", ["--checkpoint", csv, "--no-erasures"]),
      (66, "there is no file", ["--checkpoint", checkpoint, "--erasures", new]),
      (66, "it is not there", ["--checkpoint", checkpoint, "--no-erasures", "--key", new]),
      (66, "is no Ed25519 key", ["--checkpoint", checkpoint, "--no-erasures", "--key", csv]),
    ] as [(Int32, String, [String])] {
      let run = try SMILedger.run(["restore", backup, "--ledger", new] + words)
      #expect(run.exit == exit && run.isOneLine, "\(words): \(run.errors)")
      #expect(run.errors.contains(says), "\(words): \(run.errors)")
      #expect(run.output.isEmpty && !FileManager.default.fileExists(atPath: new))
    }
    let nowhere = try restore(
      desk.folder.path("none"), to: new, "--checkpoint", checkpoint, "--no-erasures")
    #expect(
      nowhere.exit == 66 && nowhere.errors.contains("expected a backup; found no such folder"))
    let letter = try TemporaryFolder()
    try letter.write("letter.txt", "not ours")
    let refused = try desk.run("backup", letter.path)
    #expect(refused.exit == 73 && refused.isOneLine, "\(refused.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: letter.path) == ["letter.txt"])
    #expect(try desk.run("backup", csv).exit == 73)
    #expect(try desk.run("backup", desk.path + "/b").exit == 73)
  }

  @Test func `name a fork where events that were signed for are lost`() throws {
    let (desk, backup, _) = try kept()
    try desk.act("note", "COR-000001", by: "DCC-017", "--text", "words")
    let checkpoint = try desk.folder.write("last", try desk.run("checkpoint").output)
    let new = desk.folder.path("new")
    let short = try restore(
      backup, to: new, "--checkpoint", checkpoint, "--no-erasures", "--format", "json")
    #expect(short.exit == 1 && short.isOneLine)
    let detail = try #require(try JSONText.object(short.errors)["detail"] as? String)
    #expect(detail.contains("1 event missing") && detail.contains("--fork ORIGIN"), "\(detail)")
    #expect(!FileManager.default.fileExists(atPath: new))
    let words = [
      "--checkpoint", checkpoint, "--no-erasures", "--fork", "test.invalid/fork",
    ]
    let tried = try SMILedger.run(["restore", backup, "--ledger", new, "--dry-run"] + words)
    #expect(tried.output.contains("new corrections from COR-001001 on"), "\(tried.output)")
    let fork = try SMILedger.run(
      ["restore", backup, "--ledger", new, "--format", "json"] + words)
    #expect(fork.exit == 0, "\(fork.errors)")
    let opened = try SMILedger.run(
      [
        "correction", "open", "--device", Request.device, "--field", "importMPxN", "--value",
        Request.registeredToAnother, "--actor", Request.supA, "--ledger", new,
      ])
    #expect(
      opened.exit == 0 && opened.output.contains("COR-001001"), "\(opened.output)\(opened.errors)")
    let doctor = try JSONText.object(
      try SMILedger.run(["doctor", "--format", "json", "--ledger", new]).output)
    #expect(doctor["origin"] as? String == "test.invalid/fork")
    let since = try SMILedger.run(["verify", "--since", checkpoint, "--ledger", new])
    #expect(
      since.exit == 1 && since.output.contains("goes on as test.invalid/fork"), "\(since.output)")
    #expect(try SMILedger.run(["export", "tlog", new + "-tlog", "--ledger", new]).exit == 0)
    // Which key counts for which size is said where somebody verifies.
    let size = try #require(try JSONText.object(fork.output)["size"] as? Int)
    let old = try desk.folder.write(
      "old", try desk.run("checkpoint", "--known-at", "\(size)").output)
    let proven = try SMILedger.run(["verify", "--since", old, "--ledger", new])
    #expect(proven.exit == 0, "\(proven.output)")
    #expect(proven.output.contains("it counts for the first \(size), to which"), "\(proven.output)")
    let keys = try JSONText.object(
      try SMILedger.run(["checkpoint", "--key", "--format", "json", "--ledger", new]).output)
    let earlier = try #require(keys["earlier"] as? [[String: Any]])
    #expect(earlier.count == 1 && earlier[0]["upTo"] as? Int == size)
    let key = try desk.run("checkpoint", "--key").output.trimmingCharacters(in: .newlines)
    #expect(earlier[0]["key"] as? String == key)
  }

  @Test func `are of the log that Python reads from the bundles`() throws {
    let folder = try TemporaryFolder()
    let ledger = folder.path("ledger")
    try SMILedger.madeUp(ledger, corrections: 300, days: 100, seed: 2)
    let backup = folder.path("backup")
    let run = try SMILedger.run(["backup", backup, "--format", "json", "--ledger", ledger])
    try #require(run.exit == 0, "\(run.errors)")
    let root = try #require(try JSONText.object(run.output)["root"] as? String)
    let script = """
      import base64, hashlib, os, sqlite3, sys
      folder, root = sys.argv[1], sys.argv[2]
      note = open(folder + "/log/checkpoint", encoding="utf-8").read().split("\\n")
      size, leaves = int(note[1]), []
      def h(*parts): return hashlib.sha256(b"".join(parts)).digest()
      for index in range((size + 255) // 256):
          assert index < 1000
          name = "%s/log/tile/entries/%03d" % (folder, index)
          width = min(256, size - 256 * index)
          data = open(name if width == 256 else "%s.p/%d" % (name, width), "rb").read()
          while data:
              length = int.from_bytes(data[:2], "big")
              leaves.append(h(b"\\0", data[2:2 + length]))
              data = data[2 + length:]
      def top(row):
          if len(row) == 1: return row[0]
          split = 1 << (len(row) - 1).bit_length() - 1
          return h(b"\\1", top(row[:split]), top(row[split:]))
      assert len(leaves) == size > 1024
      assert base64.b64encode(top(leaves)).decode() == root == note[2]
      values = sqlite3.connect("file:%s/subjects/values.sqlite?mode=ro" % folder, uri=True)
      assert values.execute("PRAGMA integrity_check").fetchone() == ("ok",)
      for token, kind, value, random in values.execute("SELECT * FROM subject"):
          kind, value = kind.encode(), value.encode()
          assert token == h(b"smi-ledger/subject/1\\0", random, bytes([len(kind)]), kind,
                            len(value).to_bytes(2, "big"), value)
      for name, random, data in values.execute("SELECT * FROM document"):
          assert name == h(b"smi-ledger/document/1\\0", random, data)
      assert values.execute("SELECT checkpoint FROM backup").fetchone()[0].split("\\n")[2] == root
      """
    let python = try SMILedger.shell(
      "exec python3 -c \"$2\" \"$3\" \"$4\"", [script, backup, root])
    #expect(python.exit == 0, "\(python.errors)")
  }

  @Test func `keep what was signed last from being signed otherwise`() throws {
    let (desk, _, checkpoint) = try kept()
    let copy = desk.folder.path("copy")
    try FileManager.default.copyItem(atPath: desk.path, toPath: copy)
    try desk.act("note", "COR-000001", by: "DCC-017", "--text", "words")
    #expect(try desk.run("checkpoint").exit == 0)
    try FileManager.default.removeItem(atPath: copy + "/last-checkpoint")
    try FileManager.default.copyItem(
      atPath: desk.path + "/last-checkpoint", toPath: copy + "/last-checkpoint")
    for words in [["checkpoint"], ["prove", "inclusion", "3"], ["backup", desk.folder.path("b")]] {
      let run = try SMILedger.run(words + ["--ledger", copy])
      #expect(run.exit == 1 && run.isOneLine, "\(words): \(run.errors)")
      #expect(run.errors.contains("the newest are gone. Nothing was signed"), "\(run.errors)")
    }
    // A proof in a checkpoint that was kept is signed for by nobody anew.
    #expect(
      try SMILedger.run(["prove", "inclusion", "3", "--in", checkpoint, "--ledger", copy]).exit == 0
    )
    let doctor = try JSONText.object(
      try SMILedger.run(["doctor", "--format", "json", "--ledger", copy]).output)
    for name in ["sync latency", "last checkpoint", "last seal", "clock steps", "free space"] {
      #expect(doctor[name] is String, "\(name)")
    }
    #expect((doctor["last checkpoint"] as? String)?.contains("the log ends before it") == true)
  }
}
