import Foundation
import Testing

/// A backup or a restore whose process is killed at any moment.
@Suite(.serialized) struct `Killed at any moment` {
  /// The log grows in each round, so there are fewer of them than of other kills.
  private static let rounds = min(`A submit of many files`.rounds, 60)

  /// A ledger of some thousand events.
  private static func made() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try SMILedger.madeUp(folder.path("ledger"), corrections: 250, days: 60, seed: 3)
    return folder
  }

  private func run(_ arguments: [String], _ ledger: String) throws -> Run {
    try SMILedger.run(arguments + ["--ledger", ledger])
  }

  private func signed(_ folder: TemporaryFolder) throws -> (file: String, size: Int, root: String) {
    let note = try run(["checkpoint"], folder.path("ledger")).output
    let lines = note.split(separator: "\n")
    let size = try #require(Int(lines[1]))
    return (try folder.write("at-\(size)", note), size, String(lines[2]))
  }

  @Test func `a backup restores as an earlier whole one or not at all, and is completed next`()
    throws
  {
    let folder = try Self.made()
    let (ledger, backup) = (folder.path("ledger"), folder.path("backup"))
    var states = [try signed(folder)]
    let began = Date()
    #expect(try run(["backup", folder.path("timed")], ledger).exit == 0)
    let whole = Date().timeIntervalSince(began)
    var killed = 0
    for round in 0..<Self.rounds {
      let process = try SMILedger.started(["backup", backup, "--ledger", ledger])
      usleep(UInt32(Double.random(in: 0.01..<whole) * 1_000_000))
      if process.killed() { killed += 1 }
      let new = folder.path("new")
      let oldest = states[0].file
      let tried = try run(
        ["restore", backup, "--checkpoint", oldest, "--no-erasures", "--format", "json"], new)
      if tried.exit == 0 {
        let answer = try JSONText.object(tried.output)
        let isWhole = states.contains {
          $0.size == answer["size"] as? Int && $0.root == answer["root"] as? String
        }
        #expect(isWhole, "round \(round): \(tried.output)")
        #expect(try run(["verify"], new).exit == 0)
        try FileManager.default.removeItem(atPath: new)
      } else {
        // Nothing was there yet, or the log that was begun says that more was signed for.
        let isShorter = tried.exit == 1 && tried.errors.contains("logShorter")
        #expect(tried.exit == 66 || isShorter, "round \(round): \(tried.errors)")
        #expect(!FileManager.default.fileExists(atPath: new))
      }
      // What the folder says was signed is never more than what a restore gives again.
      if let note = try? String(contentsOfFile: backup + "/log/checkpoint", encoding: .utf8) {
        let restored = try run(
          [
            "restore", backup, "--checkpoint", try folder.write("said", note), "--no-erasures",
            "--dry-run",
          ], new)
        #expect(restored.exit == 0, "round \(round): \(restored.errors)")
      }
      if round % 2 == 1 {
        let again = try run(["backup", backup], ledger)
        #expect(again.exit == 0, "round \(round): \(again.errors)")
        let restored = try run(
          ["restore", backup, "--checkpoint", states[states.count - 1].file, "--no-erasures"], new)
        #expect(restored.exit == 0, "round \(round): \(restored.errors)")
        try FileManager.default.removeItem(atPath: new)
      }
      // The log goes on, by a whole bundle and more.
      let grown = try run(["import", "users", try users(folder, round)], ledger)
      #expect(grown.exit == 0, "\(grown.errors)")
      states.append(try signed(folder))
    }
    print("\(killed) of \(Self.rounds) backups were killed.")
  }

  /// Users enough for some hundred events.
  private func users(_ folder: TemporaryFolder, _ round: Int) throws -> String {
    let rows = (0..<300).map { "R\(round)X\($0),DCC,,DCC,active,\n" }
    return try folder.write(
      "users.csv", "user_id,party,market_participant_ids,roles,status,name\n" + rows.joined())
  }

  @Test func `a restore leaves a whole ledger or none, and the next one makes it`() throws {
    let folder = try Self.made()
    let (ledger, backup, new) = (folder.path("ledger"), folder.path("backup"), folder.path("new"))
    let signed = try signed(folder)
    #expect(try run(["backup", backup], ledger).exit == 0)
    let restore = [
      "restore", backup, "--checkpoint", signed.file, "--no-erasures", "--key",
      ledger + "/ledger.key",
    ]
    let began = Date()
    #expect(try run(restore, new).exit == 0)
    let whole = Date().timeIntervalSince(began)
    var killed = 0
    for round in 0..<Self.rounds {
      try? FileManager.default.removeItem(atPath: new)
      let process = try SMILedger.started(restore + ["--ledger", new])
      usleep(UInt32(Double.random(in: 0.01..<whole) * 1_000_000))
      if process.killed() { killed += 1 }
      let verified = try run(["verify", "--since", signed.file], new)
      if verified.exit == 0 {
        let last = try run(["export", "events", "--from", "\(signed.size + 1)"], new).output
        #expect(last.contains(#""type":"LedgerRestored""#), "round \(round): \(last)")
        for name in ["ledger.key", "last-checkpoint"] {
          #expect(FileManager.default.fileExists(atPath: new + "/" + name), "round \(round)")
        }
      } else {
        #expect(verified.exit == 66, "round \(round): \(verified.output)\(verified.errors)")
        let again = try run(restore, new)
        #expect(again.exit == 0, "round \(round): \(again.errors)")
        #expect(try run(["verify", "--since", signed.file], new).exit == 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: new)
        #expect(!left.contains { $0.contains(".new") }, "round \(round): \(left)")
      }
    }
    print("\(killed) of \(Self.rounds) restores were killed.")
  }

  @Test func `two backups at once into one folder are one backup`() throws {
    let folder = try Self.made()
    let (ledger, backup) = (folder.path("ledger"), folder.path("backup"))
    let processes = try (0..<3).map { _ in
      try SMILedger.started(["backup", backup, "--ledger", ledger])
    }
    for process in processes {
      let run = try process.finished(within: 60)
      #expect(run.exit == 0, "\(run.errors)")
    }
    let restored = try run(
      ["restore", backup, "--checkpoint", try signed(folder).file, "--no-erasures"],
      folder.path("new"))
    #expect(restored.exit == 0, "\(restored.errors)")
  }
}
