import ArgumentParser
import Corrections
import Ledger
import Wire

struct CorrectionShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "One correction: whose turn, what next, how old, what happened.",
    usage: "smi-ledger correction show COR-NUMBER [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger correction show COR-000001
        smi-ledger correction show COR-000001 --format json
        smi-ledger correction show COR-000001 --explain-clock
      Exit codes: 0, 64, 66.
      See also: smi-ledger correction list --help
      """)

  @Argument(help: "A correction, such as COR-000118.")
  var id: CorrectionID

  @Flag(help: "Say how the time was counted: every turn, day by day, and the age.")
  var explainClock = false

  @OptionGroup var knownAt: KnownAtOptions
  @OptionGroup var globals: Globals

  func run() throws {
    if explainClock { try globals.refuseCSV("correction show --explain-clock") }
    let ledger = try globals.read()
    let moment = try knownAt.moment(ledger)
    let events = try ledger.timeline(Tag.correction(id), upTo: moment.position)
    guard let correction = Correction.fold(id, events.standing) else {
      if let why = notStanding(events) { throw why }
      throw NoSuchCorrection(id: id, position: moment.position)
    }
    let answer = CorrectionAnswer(
      correction, ledger, try ledger.terms(upTo: moment.position),
      position: correction.position, at: moment.now, upTo: moment.isAsked ? moment.position : nil)
    let timeline = TimelineText(events: events, ledger: ledger)
    switch globals.format {
    case .table:
      Output.say(CorrectionText(answer: answer, timeline: events).text)
      if explainClock { Output.say(ClockText(answer: answer).text) }
      if moment.isAsked { Output.say(moment.foot) }
    case .json:
      Output.put(
        JSON.object(
          answer.members() + [
            ("warnings", .array(answer.warnings().map { .string($0.rawValue) })),
            ("timeline", timeline.json()), ("position", .integer(correction.position)),
            ("knownAt", .string(moment.now.stored)), ("knownPosition", .integer(moment.position)),
          ] + (explainClock ? ClockText(answer: answer).members() : [])
        ).text)
    case .csv: Output.put(timeline.csv())
    }
  }

  /// Why there is no correction although there are events of it: its opening was recorded in error.
  private func notStanding(_ events: [Recorded]) -> NotFound? {
    let annulments = events.annulments
    for recorded in events {
      switch recorded.event {
      case .correctionRequested, .incidentTakenOver: break
      default: continue
      }
      guard let annulment = annulments[recorded.position] else { continue }
      return NotFound(
        "\(id) was opened at position \(recorded.position), which was annulled at position "
          + "\(annulment.position): it counts as never opened. Its events: smi-ledger timeline "
          + "correction \(id)")
    }
    return nil
  }
}
