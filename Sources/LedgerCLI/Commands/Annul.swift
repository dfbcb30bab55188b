import ArgumentParser
import Corrections
import Ledger
import Wire

struct Annul: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says that an event was recorded in error: it counts as never effective from now on.",
    usage: "smi-ledger annul POSITION --reason \"WHY\" [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger annul 48214 --reason "wrong device" --actor DCC-017
        smi-ledger annul 48214 --reason "said twice" --replaced-by 48230 --actor DCC-017
        smi-ledger annul 48214 --reason "wrong device" --dry-run

      The event and its proofs stay, struck through; states, clocks and reports are as if it had not
      happened. With --known-at before the annulment it still shows. What the event caused stands
      and is listed: annul each by itself.
      Exit codes: 0, 1, 64, 66, 74, 75, 77.
      See also: smi-ledger timeline --help
      """)

  @Argument(help: "The position of the event.")
  var position: Int

  @OptionGroup var why: Why

  @Option(help: "The position of the event that says it right.")
  var replacedBy: Int?

  @Flag(help: "Say what would be annulled, and record nothing.")
  var dryRun = false

  @OptionGroup var globals: Globals
  @OptionGroup var who: WhoOptions

  func run() throws {
    try globals.refuseCSV("annul")
    let ledger = try globals.open(dryRun: dryRun)
    let user = try who.requiredUser(ledger)
    guard user.roles.contains(.dcc) else {
      throw NotAllowed("\(user.id) has not the role DCC, which annul needs")
    }
    let annulled = try ledger.annul(
      position, reason: try why.text(), replacedBy: replacedBy, by: user, via: who.via,
      dryRun: dryRun)
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    let sentences = EventSentences(ledger: ledger)
    let event = TimelineText(events: [annulled.event], ledger: ledger)
    let caused = TimelineText(events: annulled.caused, ledger: ledger)
    guard globals.format == .table else {
      Output.put(
        JSON.pairs([
          "annulled": event.json(), "caused": caused.json(), "dryRun": .bool(dryRun),
          "position": .of(annulled.position),
        ]).text)
      return
    }
    Output.say(event.text())
    Output.say(
      annulled.position.map { "Annulled at position \($0): from now on it was never effective." }
        ?? "Would be annulled: it would count as never effective.")
    if !annulled.caused.isEmpty {
      Output.say(
        "\(Wording.count(annulled.caused.count, "event")) that it caused stand; annul each by itself "
          + "where it is in error, too:")
      for recorded in annulled.caused {
        Output.say("  \(recorded.position)  \(sentences.sentence(recorded))")
      }
    }
    if dryRun { Output.say("Nothing was recorded.") }
  }
}
