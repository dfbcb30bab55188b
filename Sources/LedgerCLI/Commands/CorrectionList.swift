import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct CorrectionList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Corrections that wait, what is due first on top.",
    usage: "smi-ledger correction list [--mine] [--holder HOLDER] [--due] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger correction list --mine --actor DCC-017
        smi-ledger correction list --holder dcc --older-than 5wd
        smi-ledger correction list --party SUPB --known-at 2026-03-31T23:00:00Z
      Every filter and column is as of the moment that is asked for. With --known-at
      the whole log is read up to there.
      Exit codes: 0, 64, 66, 77.
      See also: smi-ledger correction show --help
      """)

  @Flag(
    help:
      "Those that --actor owns or whose turn it is; a proposal for all at the DCC but its proposer."
  )
  var mine = false

  @Option(help: "Whose turn it is: requester, counterparty, otherUser, dcc, dsp, nobody.")
  var holder: Holder?

  @Option(help: "Such as awaitingConsent; ended ones only with --state or --all.")
  var state: Correction.State?

  @Flag(help: "Only those that are late or due today.")
  var due = false

  @Option(help: "Only those older than so many working days, such as 5wd.")
  var olderThan: WorkingDays?

  @Option(help: "One device.")
  var device: EUI64?

  @Option(help: "Corrections that this party asked for or had a turn in.")
  var party: String?

  @Option(help: "Such as twoSupplier or selfServe.")
  var route: Route?

  @Option(help: "Those that were opened under this label.")
  var batch: String?

  @Flag(help: "Ended ones too.")
  var all = false

  @Option(parsing: .unconditional, help: "At most so many rows on a terminal; 0 is all.")
  var limit = 50

  @OptionGroup var axes: AxesOptions
  @OptionGroup var globals: Globals
  @OptionGroup var who: WhoOptions

  func validate() throws {
    guard limit >= 0 else {
      throw ValidationError("--limit: expected 0 (all) or more; found \(Shown.typed("\(limit)"))")
    }
  }

  func run() throws {
    let ledger = try globals.read()
    var filter = CorrectionFilter()
    filter.holder = holder
    filter.state = state
    filter.device = device
    filter.party = party
    filter.route = route
    filter.batch = batch
    filter.includesEnded = all
    var moment = try axes.moment(ledger)
    let user = mine ? try user(ledger, as: moment) : nil
    let corrections: [Correction]
    (corrections, moment.position) = try ledger.corrections(
      filter, knownAt: moment.askedPosition, effectiveAt: moment.effectiveAt, at: moment.clock)
    let terms = try ledger.terms(upTo: moment.position)
    let endOfToday = GBTime.startOfDay(GBTime.civil(at: moment.clock).date.adding(days: 1))
    let answers = corrections.map {
      CorrectionAnswer(
        $0, ledger, terms, position: $0.position, at: moment.clock, upTo: moment.askedPosition,
        effectiveAt: moment.effectiveAt)
    }.filter { answer in
      if let user, !answer.isOf(user) { return false }
      if due, answer.dueAt.map({ $0 > endOfToday }) ?? true { return false }
      return olderThan.map { answer.ageInWorkingDays > $0.count } ?? true
    }.sorted { $0.place < $1.place }
    switch globals.format {
    case .json:
      Output.put(
        JSON.array(
          answers.map {
            .object(
              $0.members() + [("position", .integer($0.correction.position))] + moment.members)
          }
        ).text)
    case .csv: Output.put(CorrectionRows.csv(answers))
    case .table: table(answers, moment)
    }
  }

  /// Who acts, with the roles of then.
  private func user(_ ledger: Ledger, as moment: Moment) throws -> User {
    let user = try who.requiredUser(ledger)
    guard axes.isAsked else { return user }
    return try ledger.user(user.id, at: moment.clock, upTo: moment.position) ?? user
  }

  private func table(_ answers: [CorrectionAnswer], _ moment: Moment) {
    var table = Table(
      ["DUE", "ID", "TURN", "SINCE", "AGE", "NEXT", "FIELD", "DEVICE", "CODE"], rightAligned: [4])
    let shown = Output.isTerminal && limit > 0 ? Array(answers.prefix(limit)) : answers
    for answer in shown {
      table.add([
        answer.dueInWords, answer.correction.id.description, answer.holderName,
        answer.turn.map { Wording.date($0.from) } ?? "–", String(answer.ageInWorkingDays),
        answer.nextWord, answer.fieldName ?? "–", answer.correction.knownDevice?.description ?? "–",
        answer.correction.firstCode ?? "–",
      ])
    }
    if !table.isEmpty { Output.say(table.text()) }
    if shown.count < answers.count {
      Output.footer("\(shown.count) of \(Wording.grouped(answers.count)) shown; --limit 0 for all")
    }
    Output.footer(
      "\(Wording.count(answers.count, "correction")), \(answers.count(where: \.isLate)) late. "
        + "Age and late in working days (\(answers.first?.calendarName ?? "no calendar needed")). "
        + moment.foot)
  }
}

/// A number of working days, as `5wd`.
struct WorkingDays: ExpressibleByArgument {
  let count: Int

  init?(argument: String) {
    guard argument.hasSuffix("wd"), let count = Int(argument.dropLast(2)),
      (0...10_000).contains(count)
    else { return nil }
    self.count = count
  }
}
