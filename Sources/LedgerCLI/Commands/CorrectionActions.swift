import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

/// What every action on a correction takes.
struct ActionOptions: ParsableArguments {
  @Argument(help: "A correction, such as COR-000118.")
  var id: CorrectionID

  @OptionGroup var globals: Globals
  @OptionGroup var actor: ActorOptions

  @Flag(help: "Say what would happen, and record nothing.")
  var dryRun = false

  func perform(_ action: Action) throws {
    try globals.refuseCSV("this action")
    let ledger = try globals.open(dryRun: dryRun)
    let user = try actor.requiredUser(ledger)
    let time = try actor.givenTime(ledger)
    let acted = try ledger.wordingRefusals {
      try ledger.act(action, on: id, by: user, via: actor.via, at: time, dryRun: dryRun)
    }
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    let answer = CorrectionAnswer(
      acted.correction, ledger, try ledger.terms(), position: acted.correction.position)
    switch globals.format {
    case .json:
      Output.put(
        JSON.object(answer.members(of: acted, dryRun: dryRun)).text)
    case .table, .csv:
      guard !acted.events.isEmpty else {
        Output.say("Nothing has changed, so nothing was recorded.")
        Output.say(ActedText.turn(answer))
        return
      }
      let typed = dryRun ? action.typed(as: acted.events) : Typed()
      let text = ActedText(
        id: id, acted: acted, actor: actor.acting(user) ?? .ledger, ledger: ledger,
        sentences: EventSentences(ledger: ledger, typed: typed))
      text.lines.forEach(Output.say)
      Output.say(dryRun ? "Nothing was recorded." : ActedText.turn(answer))
    }
  }
}

/// `needing` is what the command does not run without, as it is typed.
func actionConfiguration(
  _ name: String, _ abstract: String, needing needed: String = ""
) -> CommandConfiguration {
  let command = "smi-ledger correction \(name) COR-000001" + (needed.isEmpty ? "" : " " + needed)
  return CommandConfiguration(
    commandName: name, abstract: abstract,
    usage:
      "smi-ledger correction \(name) COR-NUMBER \(needed.isEmpty ? "" : needed + " ")[OPTIONS]",
    discussion: """
      Examples:
        \(command) --actor USER
        \(command) --dry-run
        \(command) --format json
      Who acts is --actor, else $SMI_LEDGER_ACTOR.
      Exit codes: 0, 1, 64, 66, 74, 75, 77.
      See also: smi-ledger correction show --help
      """)
}

struct Consent: ParsableCommand {
  static let configuration = actionConfiguration(
    "consent", "Agrees, as a Registered Supplier that is asked.")
  @OptionGroup var options: ActionOptions
  func run() throws { try options.perform(.consent) }
}

struct Refuse: ParsableCommand {
  static let configuration = actionConfiguration(
    "refuse", "Does not agree, as a Registered Supplier that is asked; needs --reason.",
    needing: "--reason \"WHY\"")
  @OptionGroup var options: ActionOptions
  @OptionGroup var why: Why
  func run() throws { try options.perform(.refuse(reason: try why.text())) }
}

struct Assign: ParsableCommand {
  static let configuration = actionConfiguration(
    "assign", "Gives it an owner at the DCC; another owner later is a handover and needs --reason.",
    needing: "--owner DCC-017")
  @OptionGroup var options: ActionOptions

  @Option(help: "A user with the role DCC, a person or a team, such as DCC-017.")
  var owner: String

  @Option(help: "Why it changes hands.")
  var reason: String?

  func run() throws { try options.perform(.assign(owner: owner, reason: reason)) }
}

struct Propose: ParsableCommand {
  static let configuration = actionConfiguration(
    "propose", "Proposes, at the DCC, that the DSP makes the change by hand.")
  @OptionGroup var options: ActionOptions

  @Option(help: "Why the change is right although another device holds the wanted MPxN.")
  var explain: String?

  func validate() throws {
    if let explain { try Why.check(explain, "--explain") }
  }

  func run() throws { try options.perform(.propose(explanation: explain)) }
}

struct Approve: ParsableCommand {
  static let configuration = actionConfiguration(
    "approve", "Approves the proposed fix, as another person at the DCC.")
  @OptionGroup var options: ActionOptions
  func run() throws { try options.perform(.approve) }
}

struct Decline: ParsableCommand {
  static let configuration = actionConfiguration(
    "decline", "Declines the proposed fix; needs --reason.",
    needing: "--reason \"WHY\"")
  @OptionGroup var options: ActionOptions
  @OptionGroup var why: Why
  func run() throws { try options.perform(.decline(reason: try why.text())) }
}

struct Apply: ParsableCommand {
  static let configuration = actionConfiguration(
    "apply", "Makes the approved change, as the DSP, if the SMI still holds what was expected.")
  @OptionGroup var options: ActionOptions
  func run() throws { try options.perform(.apply) }
}

struct VerifyFix: ParsableCommand {
  static let configuration = actionConfiguration(
    "verify", "Looks whether the inventory holds the wanted value, and resolves if it does.")
  @OptionGroup var options: ActionOptions
  func run() throws { try options.perform(.verify) }
}

struct Resolve: ParsableCommand {
  static let configuration = actionConfiguration(
    "resolve", "Says at the DCC that the fault is gone, and how; needs --how.",
    needing: "--how registration")
  @OptionGroup var options: ActionOptions

  @Option(help: "serviceRequest, registration, noFault, manualFix, observed or incident.")
  var how: CorrectionResolved.How

  func run() throws { try options.perform(.resolve(how)) }
}

struct Confirm: ParsableCommand {
  static let configuration = actionConfiguration(
    "confirm", "Says, as a party that reported it, that it is right now.")
  @OptionGroup var options: ActionOptions
  func run() throws { try options.perform(.confirm) }
}

struct Reopen: ParsableCommand {
  static let configuration = actionConfiguration(
    "reopen", "Says that the fault is there again; needs --reason.",
    needing: "--reason \"WHY\"")
  @OptionGroup var options: ActionOptions
  @OptionGroup var why: Why
  func run() throws { try options.perform(.reopen(reason: try why.text())) }
}

struct Reject: ParsableCommand {
  static let configuration = actionConfiguration(
    "reject", "Ends it at the DCC without a fix; needs --reason.",
    needing: "--reason \"WHY\"")
  @OptionGroup var options: ActionOptions
  @OptionGroup var why: Why
  func run() throws { try options.perform(.reject(reason: try why.text())) }
}

struct Withdraw: ParsableCommand {
  static let configuration = actionConfiguration(
    "withdraw", "Ends it as the requester; needs --reason.",
    needing: "--reason \"WHY\"")
  @OptionGroup var options: ActionOptions
  @OptionGroup var why: Why
  func run() throws { try options.perform(.withdraw(reason: try why.text())) }
}

struct Note: ParsableCommand {
  static let configuration = actionConfiguration(
    "note", "Writes something down on the thread; needs --text.",
    needing: "--text \"WHAT\"")
  @OptionGroup var options: ActionOptions

  @Option(help: "Up to 4,000 characters; kept apart from the record, erasable.")
  var text: String

  func validate() throws { try Why.check(text, "--text") }
  func run() throws { try options.perform(.note(text)) }
}

/// A reason in a person's words; it is stored apart from the record and can be erased.
struct Why: ParsableArguments {
  @Option(help: "In your words, up to 4,000 characters; kept apart from the record, erasable.")
  var reason: String

  func validate() throws { try Why.check(reason, "--reason") }

  func text() throws -> String { reason }

  static func check(_ text: String, _ option: String) throws {
    do {
      try TypedText.check(text, option)
    } catch let error as NotUnderstood {
      throw ValidationError(error.message)
    }
  }
}
