import Answers
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
      happened. With --known-at before the annulment it still shows. What the event caused, or
      shows to be so, stands and is listed: annul each by itself.
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
    let user = try who.requiredUser(ledger, of: .dcc, for: "annul")
    let annulled = try ledger.annul(
      position, reason: try why.text(), replacedBy: replacedBy, by: user, via: who.via,
      dryRun: dryRun)
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    let sentences = EventSentences(ledger: ledger)
    let event = TimelineAnswer(events: [annulled.event], ledger: ledger)
    let caused = TimelineAnswer(events: annulled.caused, ledger: ledger)
    let affected = dryRun ? [] : try affected(by: annulled.event.event, ledger)
    guard globals.format == .table else {
      Output.put(
        JSON.pairs([
          "annulled": event.json(), "caused": caused.json(),
          "corrections": .array(
            affected.map { id, answer in
              .pairs([
                "id": .string(id.description), "state": .of(answer?.correction.state.rawValue),
                "holderParties": .array(
                  (answer.map { $0.correction.holderParties(at: $0.now) } ?? []).map { .string($0) }
                ),
                "next": .of(answer?.next),
              ])
            }), "dryRun": .bool(dryRun),
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
        "\(Wording.count(annulled.caused.count, "event")) that rest on it stand; annul each by itself "
          + "where it is in error, too:")
      for recorded in annulled.caused {
        Output.say("  \(recorded.position)  \(sentences.sentence(recorded))")
      }
    }
    for (id, answer) in affected {
      Output.say(answer.map(ActedText.turn) ?? "\(id) counts as never opened.")
    }
    if dryRun { Output.say("Nothing was recorded.") }
  }

  /// The corrections that the event belonged to, or that are open of its devices, as they stand now;
  /// nil for one that counts as never opened.
  private func affected(
    by event: Event, _ ledger: Ledger
  ) throws -> [(CorrectionID, CorrectionAnswer?)] {
    var ids = event.namedCorrection.map { [$0] } ?? []
    if case .correctionStep(let step) = event { ids += step.others }
    for device in event.inventoryDevices {
      ids += try ledger.device(device)?.openCorrections ?? []
    }
    let terms = try ledger.terms()
    return try Set(ids).sorted().map { id in
      let correction = try ledger.correction(id)
      return (id, correction.map { CorrectionAnswer($0, ledger, terms, position: $0.position) })
    }
  }
}
