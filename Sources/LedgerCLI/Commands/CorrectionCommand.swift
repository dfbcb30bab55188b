import ArgumentParser
import Corrections
import Ledger
import Wire

struct CorrectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correction",
    abstract: "The one thread: from the report of a wrong MPxN to the confirmed fix.",
    discussion: """
      Examples:
        smi-ledger correction open --request REQUEST-ID
        smi-ledger correction list --holder counterparty
        smi-ledger correction consent COR-000001 --actor 90-B3-D5-1F-30-03-00-00
      """,
    subcommands: [
      CorrectionOpen.self, CorrectionShow.self, CorrectionList.self, Advise.self, Consent.self,
      Refuse.self, Assign.self, Propose.self, Approve.self, Decline.self, Apply.self,
      VerifyFix.self, Resolve.self, Confirm.self, Reopen.self, Reject.self, Withdraw.self,
      Note.self,
    ])
}

extension CorrectionID: ExpressibleByArgument {
  /// Reads `COR-000118`.
  public init?(argument: String) { self.init(argument) }
}

extension EUI64: ExpressibleByArgument {
  /// Reads eight hex octets joined by hyphens.
  public init?(argument: String) { self.init(argument) }
}

extension RequestID: ExpressibleByArgument {
  /// Reads originator, target and counter joined by colons.
  public init?(argument: String) { self.init(argument) }
}

extension Holder: ExpressibleByArgument {}
extension Correction.State: ExpressibleByArgument {}
extension MPxNField: ExpressibleByArgument {}
extension CorrectionResolved.How: ExpressibleByArgument {}

struct CorrectionOpen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Opens a correction of a refused request or a wanted value, or joins the open one.",
    usage: """
      smi-ledger correction open --request REQUEST-ID [OPTIONS]
      smi-ledger correction open --device EUI --field F --value V [OPTIONS]
      """,
    discussion: """
      Examples:
        smi-ledger correction open --request REQUEST-ID
        smi-ledger correction open --device EUI --field importMPxN --value MPXN
        smi-ledger correction open --request REQUEST-ID --dry-run
      Exit codes: 0, 1, 64, 66, 74, 75, 77.
      See also: smi-ledger correction show --help
      """)

  @Option(help: "A RequestID that was refused.")
  var request: RequestID?

  @Option(help: "The device, with --field and --value.")
  var device: EUI64?

  @Option(
    help: "importMPxN, secondaryImportMPAN or exportMPAN.",
    completion: .list(MPxNField.allCases.map(\.rawValue)))
  var field: String?

  @Option(help: "The wanted MPxN.")
  var value: String?

  @Flag(help: "Say what would happen, and record nothing.")
  var dryRun = false

  @OptionGroup var globals: Globals
  @OptionGroup var actor: ActorOptions

  func validate() throws {
    if request != nil {
      guard device == nil, field == nil, value == nil else {
        throw ValidationError("give --request, or --device with --field and --value, not both")
      }
    } else if device == nil || field == nil || value == nil {
      throw ValidationError("give --request, or --device with --field and --value")
    }
  }

  func run() throws {
    try globals.refuseCSV("correction open")
    let ledger = try globals.open(dryRun: dryRun)
    let time = try actor.time(ledger)
    let opened = try ledger.wordingRefusals {
      if let request {
        return try ledger.openCorrection(
          from: request, by: actor.acting(try actor.user(ledger)), at: time, dryRun: dryRun)
      }
      let user = try actor.requiredUser(ledger)
      guard let device, let value, let who = actor.acting(user) else {
        throw ValidationError("give --request, or --device with --field and --value")
      }
      return try ledger.openCorrection(
        device: device, field: try wantedField(), wanted: try wantedValue(value), by: who,
        at: time, dryRun: dryRun)
    }
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    guard globals.format == .json else {
      Output.say(OpenedText(opened, ledger).text)
      return
    }
    let answer = CorrectionAnswer(
      opened.correction, ledger, try ledger.terms(), position: opened.correction.position)
    Output.put(
      JSON.object(
        answer.members() + [
          ("joined", .bool(opened.joined)), ("repeated", .bool(opened.repeated)),
          ("dryRun", .bool(dryRun)), ("position", .of(opened.position)),
        ]
      ).text)
  }

  private func wantedField() throws -> MPxNField {
    let name = field ?? ""
    if let field = MPxNField(rawValue: name) { return field }
    let fields = MPxNField.allCases.map(\.rawValue)
    if ["status", "details", "deletion", "other"].contains(name) {
      throw ValidationError(
        "--field \(name): this version opens corrections of MPxNs only: "
          + fields.joined(separator: ", "))
    }
    let near = Nearest.of(name, among: fields).map { "; did you mean \($0)" } ?? ""
    throw ValidationError(
      "there is no field \(Shown.typed(name))\(near)? Fields: "
        + fields.joined(separator: ", "))
  }

  private func wantedValue(_ text: String) throws -> MPxN {
    guard let mpxn = MPxN(text) else {
      throw ValidationError("--value: expected an MPAN of 13 digits or an MPRN of up to 10 digits")
    }
    if mpxn.kind == .neither || (field != "importMPxN" && mpxn.kind != .mpan) {
      throw ValidationError(
        "--value: expected \(field == "importMPxN" ? "an MPAN of 13 digits or an MPRN of up to 10" : "an MPAN of 13 digits"); "
          + "found \(mpxn.digits.count) digits")
    }
    return mpxn
  }
}

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

  @OptionGroup var globals: Globals

  func run() throws {
    if explainClock { try globals.refuseCSV("correction show --explain-clock") }
    let ledger = try globals.read()
    let position = try ledger.head()
    let events = try ledger.timeline(Tag.correction(id), upTo: position)
    guard let correction = Correction.fold(id, events) else {
      throw NoSuchCorrection(id: id, position: position)
    }
    let answer = CorrectionAnswer(
      correction, ledger, try ledger.terms(), position: correction.position)
    let timeline = TimelineText(events: events, ledger: ledger)
    switch globals.format {
    case .table:
      Output.say(CorrectionText(answer: answer, timeline: events).text)
      if explainClock { Output.say(ClockText(answer: answer).text) }
    case .json:
      Output.put(
        JSON.object(
          answer.members() + [
            ("timeline", timeline.json()), ("position", .integer(correction.position)),
          ] + (explainClock ? ClockText(answer: answer).members() : [])
        ).text)
    case .csv: Output.put(timeline.csv())
    }
  }
}

struct CorrectionList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Corrections that wait, what is due first on top.",
    usage: "smi-ledger correction list [--holder HOLDER] [--party PARTY] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger correction list
        smi-ledger correction list --holder dcc
        smi-ledger correction list --party SUPB --format csv
      Exit codes: 0, 64, 66.
      See also: smi-ledger correction show --help
      """)

  @Option(help: "Whose turn it is: requester, counterparty, otherUser, dcc, dsp, nobody.")
  var holder: Holder?

  @Option(help: "Such as awaitingConsent; ended ones only with --state or --all.")
  var state: Correction.State?

  @Option(help: "One device.")
  var device: EUI64?

  @Option(help: "Corrections that this party asked for or had a turn in.")
  var party: String?

  @Flag(help: "Ended ones too.")
  var all = false

  @Option(help: "At most so many rows on a terminal; 0 is all.")
  var limit = 50

  @OptionGroup var globals: Globals

  func validate() throws {
    guard limit >= 0 else {
      throw ValidationError("--limit: expected 0 (all) or more; found \(limit)")
    }
  }

  func run() throws {
    let ledger = try globals.read()
    var filter = CorrectionFilter()
    filter.holder = holder
    filter.state = state
    filter.device = device
    filter.party = party
    filter.includesEnded = all
    let (corrections, position) = try ledger.corrections(filter)
    let terms = try ledger.terms()
    let answers = corrections.map {
      CorrectionAnswer($0, ledger, terms, position: $0.position)
    }.sorted { left, right in
      let leftDue = left.dueAt ?? Instant(milliseconds: .max)
      let rightDue = right.dueAt ?? Instant(milliseconds: .max)
      return (leftDue, left.correction.id) < (rightDue, right.correction.id)
    }
    switch globals.format {
    case .json:
      Output.put(
        JSON.array(
          answers.map {
            .object($0.members() + [("position", .integer($0.correction.position))])
          }
        ).text)
    case .csv: Output.put(csv(answers))
    case .table: table(answers, position, ledger)
    }
  }

  private func table(_ answers: [CorrectionAnswer], _ position: Int, _ ledger: Ledger) {
    var table = Table(
      ["DUE", "ID", "FIELD", "DEVICE", "CODE", "TURN", "AGE", "NEXT"], rightAligned: [6])
    let shown = Output.isTerminal && limit > 0 ? Array(answers.prefix(limit)) : answers
    var late = 0
    for answer in answers where (answer.dueAt.map { $0 <= answer.now }) ?? false { late += 1 }
    for answer in shown {
      let isLate = answer.dueAt.map { $0 <= answer.now } ?? false
      table.add([
        answer.dueAt.map { (isLate ? "LATE " : "") + Wording.lastDay(of: $0) } ?? "–",
        answer.correction.id.description, answer.correction.field.rawValue,
        answer.correction.deviceID.description, answer.correction.firstCode ?? "–",
        answer.holderName, String(answer.ageInWorkingDays),
        answer.correction.possible.first { $0 != .note }?.rawValue ?? "–",
      ])
    }
    if !table.isEmpty { Output.say(table.text()) }
    if shown.count < answers.count {
      Output.footer("\(shown.count) of \(Wording.grouped(answers.count)) shown; --limit 0 for all")
    }
    Output.footer(
      "\(Wording.count(answers.count, "correction")), \(late) late. Age in working days. "
        + "Position \(position), \(Wording.time(ledger.now())).")
  }

  private func csv(_ answers: [CorrectionAnswer]) -> String {
    var table = Table([
      "id", "device", "deviceType", "field", "current", "requested", "state", "holder",
      "holderParty", "holderSince", "dueAt", "owner", "route", "firstCode", "openedAt",
      "resolvedAt", "ageWorkingDays", "handovers", "reporters",
    ])
    for answer in answers {
      let item = answer.correction
      table.add([
        item.id.description, item.deviceID.description, item.deviceType.rawValue,
        item.field.rawValue, item.current?.mpxn.map { answer.wording.whole($0) } ?? "",
        answer.wording.whole(item.requested), item.state.rawValue, item.holder.holder.rawValue,
        item.holder.party ?? "", answer.turn?.from.stored ?? "", answer.dueAt?.stored ?? "",
        item.owner ?? "", item.advice?.route.rawValue ?? "", item.firstCode ?? "",
        item.openedAt.stored, item.resolvedAt?.stored ?? "", String(answer.ageInWorkingDays),
        String(item.handovers), item.reporters.joined(separator: ";"),
      ])
    }
    return table.csv()
  }
}
