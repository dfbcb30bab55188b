import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct Inform: ParsableCommand {
  static let configuration = actionConfiguration(
    "inform", "Asks a party something with --ask, or answers what was asked with --text.",
    needing: "--text \"WHAT\"")
  @OptionGroup var options: ActionOptions

  @Option(help: "The answer, up to 4,000 characters; kept apart from the record, erasable.")
  var text: String?

  @Option(help: "A question to another party; it is that party's turn then.")
  var ask: String?

  @Option(help: "The party that is asked; else the requester.")
  var of: String?

  func validate() throws {
    switch (text, ask) {
    case (let text?, nil):
      try Why.check(text, "--text")
      guard of == nil else { throw ValidationError("--of goes with --ask") }
    case (nil, let ask?): try Why.check(ask, "--ask")
    default: throw ValidationError("give --text to answer, or --ask to ask")
    }
  }

  func run() throws {
    if let ask { return try options.perform(.ask(of: of, question: ask)) }
    try options.perform(.inform(answer: text ?? ""))
  }
}

struct Fail: ParsableCommand {
  static let configuration = actionConfiguration(
    "fail", "Says, as the DSP, that the approved change can't be made; needs --reason.",
    needing: "--reason \"WHY\"")
  @OptionGroup var options: ActionOptions
  @OptionGroup var why: Why
  func run() throws { try options.perform(.fail(reason: try why.text())) }
}

struct Change: ParsableCommand {
  static let configuration = actionConfiguration(
    "change", "Wants another value of the same field; consents given end, and the route is new.",
    needing: "--value VALUE")
  @OptionGroup var options: ActionOptions
  @OptionGroup var wanted: WantedOptions

  @Option(help: "Why, in your words, up to 4,000 characters.")
  var reason: String?

  func validate() throws {
    guard wanted.isGiven else { throw ValidationError("give --value, or --blank") }
    if let reason { try Why.check(reason, "--reason") }
  }

  func run() throws {
    try options.perform(.change(try wanted.wanted(for: try field()), reason: reason))
  }

  /// The field that the correction is about.
  private func field() throws -> String {
    let ledger = try options.globals.read()
    guard let correction = try ledger.correction(options.id) else {
      throw NoSuchCorrection(id: options.id, position: try ledger.head())
    }
    return correction.field.rawValue
  }
}

struct Merge: ParsableCommand {
  static let configuration = actionConfiguration(
    "merge", "Ends it, at the DCC, in another correction of the same fault.",
    needing: "--into COR-000002 --reason \"WHY\"")
  @OptionGroup var options: ActionOptions
  @OptionGroup var why: Why

  @Option(help: "The correction that goes on.")
  var into: CorrectionID

  func validate() throws {
    guard into != options.id else {
      throw ValidationError("--into: expected another correction than \(into), which is merged")
    }
  }

  func run() throws { try options.perform(.merge(into: into, reason: try why.text())) }
}

struct Escalate: ParsableCommand {
  static let configuration = actionConfiguration(
    "escalate", "Takes it to an Incident (SEC Appendix AG), or with --close back from it.",
    needing: "--reason \"WHY\"")
  @OptionGroup var options: ActionOptions

  @Option(help: "Why it can't be done here, up to 4,000 characters.")
  var reason: String?

  @Option(help: "The Incident is closed: what came of it.")
  var close: String?

  func validate() throws {
    switch (reason, close) {
    case (let reason?, nil): try Why.check(reason, "--reason")
    case (nil, let close?): try Why.check(close, "--close")
    default: throw ValidationError("give --reason to raise an Incident, or --close to close it")
    }
  }

  func run() throws {
    if let close { return try options.perform(.closeIncident(outcome: close)) }
    try options.perform(.escalate(reason: reason ?? ""))
  }
}

struct Plan: ParsableCommand {
  static let configuration = actionConfiguration(
    "plan", "Says, as a supplier that reported it, that the customer has a resolution plan.")
  @OptionGroup var options: ActionOptions
  func run() throws { try options.perform(.plan) }
}

struct Categorise: ParsableCommand {
  static let configuration = actionConfiguration(
    "categorise", "Gives it a category at the DCC, 1 (worst) to 5.", needing: "--category 4")
  @OptionGroup var options: ActionOptions

  @Option(help: "1 to 5.")
  var category: Int

  func validate() throws {
    guard ServiceTargets.categories.contains(category) else {
      throw ValidationError("--category: expected 1 to 5; found \(Shown.typed("\(category)"))")
    }
  }

  func run() throws { try options.perform(.categorise(category)) }
}

struct AddReference: ParsableCommand {
  static let configuration = actionConfiguration(
    "reference", "Writes down the number that another system has for it.",
    needing: "--system dccIncident --number INC1")
  @OptionGroup var options: ActionOptions

  @Option(help: "dccIncident, rec, ecoes, sdep or other.")
  var system: ReferenceSystem

  @Option(help: "Its number there; kept apart from the record, erasable.")
  var number: String

  func validate() throws { try Why.check(number, "--number") }

  func run() throws { try options.perform(.reference(system, number)) }
}
