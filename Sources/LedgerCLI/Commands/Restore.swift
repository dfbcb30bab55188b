import Answers
import ArgumentParser
import Corrections
import Foundation
import Ledger
import Wire

struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a whole new ledger from a backup, held against what was kept apart.",
    usage: "smi-ledger restore FOLDER --checkpoint FILE --erasures FILE [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger restore bak --checkpoint last --erasures gone.jsonl --key k
        smi-ledger restore bak --checkpoint last --no-erasures --dry-run
        smi-ledger restore bak --checkpoint last --no-erasures --fork b.example
      It goes into a folder that is empty or not there (--ledger). What was erased
      after the backup is erased again: give the newest copy of erasures.jsonl, since
      only an erasure that the backup's log holds is missed in a shorter one. New
      corrections go on after the next full thousand. Where the backup holds less than
      was signed for, nothing is made, unless --fork has it go on under a new name and
      key.
      Exit codes: 0, 1, 64, 65, 66, 73, 74, 75, 77.
      See also: smi-ledger backup --help
      """)

  @Argument(help: "The folder of the backup.")
  var folder: String

  @Option(help: "The last checkpoint that was signed and kept apart; - is standard input.")
  var checkpoint: String

  @Option(help: "The erasures.jsonl that was kept apart.", completion: .file())
  var erasures: String?

  @Flag(help: "There is no erasures.jsonl: what was erased after the backup comes back.")
  var noErasures = false

  @Option(help: "The signing key that was kept apart; without it nothing can be signed.")
  var key: String?

  @Option(help: "Go on under this name where events that were signed for are lost.")
  var fork: String?

  @Flag(help: "Say what would be restored, and make nothing.")
  var dryRun = false

  @OptionGroup var globals: Globals

  func validate() throws {
    guard !folder.isEmpty else { throw ValidationError("FOLDER: expected a folder; found nothing") }
    guard (erasures == nil) == noErasures else {
      throw ValidationError(
        "expected --erasures FILE or --no-erasures; found \(noErasures ? "both" : "neither")")
    }
    if let fork {
      try Init.mustBeOrigin(fork, of: "--fork")
      guard key == nil else {
        throw ValidationError(
          "--key: a fork gets a fresh key, since the old one has signed what is lost; leave it out")
      }
    }
  }

  func run() throws {
    try globals.refuseCSV("restore")
    let actor = Corrections.Actor(
      user: nil, party: Corrections.Actor.unknownParty, role: nil,
      via: .asserted(account: getuid()))
    let request = RestoreRequest(
      backup: folder, folder: globals.folder, checkpoint: try CheckpointFile.read(checkpoint),
      erasures: try erasures.map(KeptErasure.read), key: key, fork: fork, actor: actor,
      isDryRun: dryRun)
    let lines = StageLines<RestoreRequest.Stage>([
      .check: "events", .build: "events", .verify: "events",
    ])
    let restored = try lines.whileShown { show in try Ledger.restore(request, progress: show) }
    let answer = RestoreAnswer(restored, checkpoint: request.checkpoint, isDryRun: dryRun)
    if globals.format == .json { Output.put(answer.json.text) } else { Output.say(answer.text) }
  }
}

/// What a restore came to, for people and programs.
struct RestoreAnswer {
  private let restored: Restored
  private let checkpoint: Checkpoint
  private let isDryRun: Bool

  init(_ restored: Restored, checkpoint: Checkpoint, isDryRun: Bool) {
    self.restored = restored
    self.checkpoint = checkpoint
    self.isDryRun = isDryRun
  }

  private var root: String { Data(restored.root).base64EncodedString() }

  var json: JSON {
    .pairs([
      "ledger": .string(restored.folder), "size": .integer(restored.size), "root": .string(root),
      "checkpoint": .pairs([
        "origin": .string(checkpoint.origin), "size": .integer(checkpoint.size),
      ]), "missing": .integer(restored.missing),
      "erasures": .pairs([
        "told": .of(restored.erasuresTold), "again": .integer(restored.erasuresAgain),
        "after": .integer(restored.erasuresAfter),
      ]), "origin": .string(restored.origin), "fork": .bool(restored.isFork),
      "numbersAfter": .integer(restored.numbersAfter), "key": .bool(restored.hasKey),
      "dryRun": .bool(isDryRun), "position": .of(restored.position),
    ])
  }

  var text: String {
    var rows: [(String, String)] = [
      ("Root", root), ("Checkpoint", held), ("Erasures", erased), ("Origin", restored.origin),
    ]
    rows.append(
      (
        "Numbers",
        "new corrections from \(CorrectionID(number: restored.numbersAfter + 1)) on: lost events may have "
          + "given those before"
      ))
    if restored.erasuresAfter > 0 {
      rows.append(
        (
          "Lost",
          "\(Wording.count(restored.erasuresAfter, "erasure")) told of "
            + (restored.erasuresAfter == 1 ? "comes" : "come")
            + " after the backup's last event, so later events are lost"
        ))
    }
    rows.append(("Key", key))
    let first =
      isDryRun
      ? "Would restore \(Wording.count(restored.size, "event")) into \(restored.folder)."
      : "Restored \(Wording.count(restored.size, "event")) into \(restored.folder), and verified all of it; "
        + "recorded at position \(restored.position ?? 0)."
    return
      ([first] + rows.map { $0.0.padding(toLength: 12, withPad: " ", startingAt: 0) + $0.1 }
      + (isDryRun ? ["Nothing was made."] : [])).joined(separator: "\n")
  }

  private var held: String {
    restored.missing == 0
      ? "the first \(Wording.count(checkpoint.size, "event")) are those that were signed"
      : "\(Wording.count(restored.missing, "event")) that \(restored.missing == 1 ? "was" : "were") signed for "
        + (restored.missing == 1 ? "is" : "are") + " lost; the log goes on under another name"
  }

  private var erased: String {
    guard let told = restored.erasuresTold else {
      return "none were told of: what was erased after the backup is back"
    }
    return "\(Wording.grouped(told)) told of, \(Wording.grouped(restored.erasuresAgain)) "
      + (isDryRun ? "to be made again" : "made again")
  }

  private var key: String {
    switch (restored.hasKey, restored.isFork) {
    case (true, true): "a fresh one, in ledger.key; keep a copy apart"
    case (true, false): "in ledger.key"
    case (false, _):
      "none: to sign, put the one that was kept apart there as ledger.key (chmod 600)"
    }
  }
}
