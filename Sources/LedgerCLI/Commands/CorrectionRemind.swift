import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct Remind: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remind",
    abstract:
      "Does what has become due: reminders, Incidents after silence, routes worked out anew.",
    usage: "smi-ledger correction remind [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger correction remind
        smi-ledger correction remind --dry-run
        smi-ledger correction remind --format json
      A timer may run it each day; what was done is not done twice.
      Exit codes: 0, 64, 66, 74, 75.
      See also: smi-ledger policy --help
      """)

  @Flag(help: "Say what would happen, and record nothing.")
  var dryRun = false

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("correction remind")
    let ledger = try globals.open(dryRun: dryRun)
    let done = try ledger.remind(dryRun: dryRun)
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    let sentences = EventSentences(ledger: ledger)
    func sentence(_ event: Event) -> String {
      sentences.sentence(
        Recorded(
          position: 0, recordedAt: ledger.now(), effectiveAt: ledger.now(), actor: .ledger,
          cause: nil, event: event))
    }
    guard globals.format == .table else {
      Output.put(
        JSON.array(
          done.map { one in
            .pairs([
              "correction": .string(one.correction.id.description),
              "recorded": .array(one.events.map { .string(StoredForm.encode($0).type) }),
              "summary": .array(one.events.map { .string(sentence($0)) }),
              "dryRun": .bool(dryRun), "position": .of(one.position),
            ])
          }
        ).text)
      return
    }
    for one in done {
      for event in one.events { Output.say("\(one.correction.id)  \(sentence(event))") }
    }
    let what = Wording.count(done.count, "correction")
    Output.say(
      done.isEmpty
        ? "Nothing is due."
        : dryRun ? "Would do this for \(what); nothing was recorded." : "Done for \(what).")
  }
}
