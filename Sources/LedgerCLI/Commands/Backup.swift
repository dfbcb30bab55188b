import ArgumentParser
import Foundation
import Ledger
import Wire

struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copies the ledger to a folder, reads the copy back, and leaves the key out.",
    usage: "smi-ledger backup FOLDER [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger backup /srv/backup/smi
        smi-ledger backup /srv/backup/smi --quiet
        smi-ledger backup /srv/backup/smi --ledger /srv/ledger
      log/ grows by what is new and holds no personal data; subjects/ holds the values
      that tokens stand for, and is rewritten whole. Appends go on meanwhile. Keep apart
      from it: ledger.key, erasures.jsonl, and the last checkpoint.
      Exit codes: 0, 1, 64, 65, 66, 73, 74, 75, 77.
      See also: smi-ledger restore --help
      """)

  @Argument(help: "A new or empty folder, or that of an earlier backup.")
  var folder: String

  @OptionGroup var globals: Globals

  func validate() throws {
    guard !folder.isEmpty else { throw ValidationError("FOLDER: expected a folder; found nothing") }
  }

  func run() throws {
    try globals.refuseCSV("backup")
    let ledger = try globals.look()
    let lines = StageLines<BackedUp.Stage>([.values: "rows", .log: "events", .check: "events"])
    let done = try lines.whileShown { show in try ledger.backUp(to: folder, progress: show) }
    guard globals.format == .table else {
      Output.put(
        JSON.pairs([
          "folder": .string(folder), "size": .integer(done.checkpoint.size),
          "origin": .string(done.checkpoint.origin),
          "root": .string(Data(done.checkpoint.root).base64EncodedString()),
          "files": .integer(done.files), "subjects": .integer(done.subjects),
          "documents": .integer(done.documents), "note": .string(done.checkpoint.note),
        ]).text)
      return
    }
    Output.say(
      "Backed up \(Wording.count(done.checkpoint.size, "event")), "
        + "\(Wording.count(done.subjects, "value")) and \(Wording.count(done.documents, "document")); "
        + "\(Wording.count(done.files, "file")) of the log new. All of it was read back.")
    Output.say("Root      \(Data(done.checkpoint.root).base64EncodedString())")
    Output.hint(
      "Keep apart from it: ledger.key, erasures.jsonl, and a checkpoint (smi-ledger checkpoint).")
  }
}

/// A line of progress for each stage of a long work, one after the other.
final class StageLines<Stage: Hashable & RawRepresentable> where Stage.RawValue == String {
  private let units: [Stage: String]
  private var current: (stage: Stage, line: ProgressLine)?

  init(_ units: [Stage: String]) { self.units = units }

  /// Does something that says how far it is, and takes the line away when it ends.
  func whileShown<R>(_ body: ((Stage, Int, Int) -> Void) throws -> R) rethrows -> R {
    defer { current?.line.end() }
    return try body { stage, done, total in
      if self.current?.stage != stage {
        self.current?.line.end()
        self.current = (stage, ProgressLine(stage.rawValue, unit: self.units[stage] ?? "events"))
      }
      self.current?.line.update(done, of: total)
    }
  }
}
