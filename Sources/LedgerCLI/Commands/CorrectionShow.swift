import Answers
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
        smi-ledger correction show COR-000001 --explain-clock
        smi-ledger correction show COR-000001 --effective-at 2026-03-31T23:00:00Z
      Exit codes: 0, 64, 66.
      See also: smi-ledger correction list --help
      """)

  @Argument(help: "A correction, such as COR-000118.")
  var id: CorrectionID

  @Flag(help: "Say how the time was counted: every turn, day by day, and the age.")
  var explainClock = false

  @OptionGroup var axes: AxesOptions
  @OptionGroup var globals: Globals

  func run() throws {
    if explainClock { try globals.refuseCSV("correction show --explain-clock") }
    let ledger = try globals.read()
    let moment = try axes.moment(ledger)
    let thread = try CorrectionThread(id, ledger, moment)
    let answer = try thread.answer()
    let events = thread.events
    let timeline = TimelineAnswer(events: events, ledger: ledger)
    switch globals.format {
    case .table:
      Output.say(CorrectionText(answer: answer, timeline: events).text)
      if explainClock { Output.say(ClockText(answer: answer).text) }
      if axes.isAsked { Output.say(moment.foot) }
    case .json:
      Output.put(
        JSON.object(
          answer.members() + [
            ("warnings", .array(answer.warnings().map { .string($0.rawValue) })),
            ("timeline", timeline.json()), ("position", .integer(answer.position)),
          ] + moment.members + (explainClock ? ClockText(answer: answer).members() : [])
        ).text)
    case .csv: Output.put(timeline.csv())
    }
  }
}
