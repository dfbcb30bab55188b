import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What the ledger said of a device or a correction then, and says now.",
    discussion: """
      Examples:
        smi-ledger compare correction COR-000001 --known-at 500
        smi-ledger compare device 00-DB-12-34-56-78-90-A0 --known-at 500
        smi-ledger compare correction COR-000001 --known-at 500 --with 600
      """,
    subcommands: [CompareDevice.self, CompareCorrection.self])
}

/// Which two states of knowledge are compared.
struct CompareOptions: ParsableArguments {
  @Option(help: "A position or a time (RFC 3339) of then.")
  var knownAt: String

  @Option(help: "A later position or time to compare it with; else now.")
  var with: String?

  @Option(help: "Of both, only what was true in the world by a time (RFC 3339).")
  var effectiveAt: String?

  func moments(
    _ ledger: Ledger
  ) throws -> (then: Moment, now: Moment) {
    let effective = try effectiveAt.map(Globals.time(of: "--effective-at"))
    var then = try Moment(knownAt, of: "--known-at", ledger)
    var now = try later(than: then, ledger)
    (then.effectiveAt, now.effectiveAt) = (effective, effective)
    return (then, now)
  }

  private func later(
    than then: Moment, _ ledger: Ledger
  ) throws -> Moment {
    guard let with else { return try Moment(newest: ledger) }
    let wrong = ValidationError(
      "--with: expected a moment that is not before --known-at (position \(then.position), "
        + "\(then.now)); found \(Shown.typed(with))")
    // A time before the ledger would be refused as if --known-at named it.
    if Int(with) == nil, let time = try? Times.instant(with), time < then.now { throw wrong }
    let now = try Moment(with, of: "--with", ledger)
    guard now.position >= then.position else { throw wrong }
    return now
  }
}

extension Comparison {
  fileprivate func put(_ format: Format) {
    switch format {
    case .table: Output.say(text)
    case .json: Output.put(json.text)
    case .csv: Output.put(csv)
    }
  }
}

extension [Recorded] {
  /// What was recorded after a moment; what was recorded in error before is there by its annulment.
  fileprivate func recorded(after then: Moment) -> [Recorded] {
    filter { $0.position > then.position }
  }

  /// Those that bear on what a device held by a time: a later look may tell since when it had its status.
  fileprivate func telling(by moment: Instant?) -> [Recorded] {
    guard let moment else { return self }
    let effective = Set(effective(at: moment).map(\.position))
    return filter { recorded in
      if case .inventoryObserved(let look) = recorded.event, let since = look.entry.statusSince,
        since <= moment
      {
        return true
      }
      return effective.contains(recorded.position)
    }
  }
}

struct CompareDevice: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device",
    abstract: "What the ledger said of an SMI entry then, and says now.",
    usage: "smi-ledger compare device EUI --known-at THEN [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger compare device 00-DB-12-34-56-78-90-A0 --known-at 500
        smi-ledger compare device 00-DB-12-34-56-78-90-A0 --known-at 500 --with 600
        smi-ledger compare device 00-DB-12-34-56-78-90-A0 --known-at 500 --format csv
      Each field of `device show` that differs, and what was recorded between.
      Exit codes: 0 whether or not anything differs, 64, 66.
      See also: smi-ledger device show --help
      """)

  @Argument(help: "The Device ID, an EUI-64.")
  var id: EUI64

  @OptionGroup var options: CompareOptions
  @OptionGroup var globals: Globals

  func run() throws {
    let ledger = try globals.read()
    let (then, now) = try options.moments(ledger)
    let before = try DeviceAnswer(ifHeld: id, ledger, then)
    let after =
      try before == nil ? DeviceAnswer(id, ledger, now) : DeviceAnswer(ifHeld: id, ledger, now)
    var events = try ledger.timeline(telling: id, upTo: now.position)
      .telling(by: now.effectiveAt)
    if try before?.supplierCodes() != after?.supplierCodes() {
      // Their rows say since when they hold, whenever they were imported.
      events += try ledger.timeline(Tag.registrations, upTo: now.position)
    }
    Comparison(
      kind: "deviceID", name: id.description,
      then: Comparison.Side(moment: then, fields: try before?.fields()),
      now: Comparison.Side(moment: now, fields: try after?.fields()),
      between: events.recorded(after: then).sorted { $0.position < $1.position }, ledger: ledger
    ).put(globals.format)
  }
}

extension DeviceAnswer {
  /// Nil when the ledger didn't know the device then.
  fileprivate init?(ifHeld id: EUI64, _ ledger: Ledger, _ moment: Moment) throws {
    guard try ledger.device(id, upTo: moment.position) != nil else { return nil }
    self = try DeviceAnswer(id, ledger, moment)
  }

  fileprivate func fields() throws -> AnswerFields {
    AnswerFields(try members(), leavingOut: ["deviceID", "effectiveAt", "knownAt"])
  }

  fileprivate func supplierCodes() throws -> [String] {
    try suppliers().map { "\($0.field) \($0.party) \($0.since)" }
  }
}

struct CompareCorrection: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correction",
    abstract: "What the ledger said of a correction then, and says now.",
    usage: "smi-ledger compare correction COR-NUMBER --known-at THEN [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger compare correction COR-000001 --known-at 500
        smi-ledger compare correction COR-000001 --known-at 500 --with 600
        smi-ledger compare correction COR-000001 --known-at 2026-03-31T23:00:00Z
      Each field of `correction show` that differs, and what was recorded between.
      Times that only ran on while it was open are no difference.
      Exit codes: 0 whether or not anything differs, 64, 66.
      See also: smi-ledger correction show --help
      """)

  @Argument(help: "A correction, such as COR-000118.")
  var id: CorrectionID

  @OptionGroup var options: CompareOptions
  @OptionGroup var globals: Globals

  func run() throws {
    let ledger = try globals.read()
    let (then, now) = try options.moments(ledger)
    let (before, after) = (
      try CorrectionThread(id, ledger, then), try CorrectionThread(id, ledger, now)
    )
    guard before.correction != nil || after.correction != nil else { throw after.whyNot }
    let runsOn =
      then.clock != now.clock
      && [before, after].allSatisfy { $0.correction?.clockRuns ?? true }
    func side(
      _ thread: CorrectionThread, _ moment: Moment
    ) throws -> Comparison.Side {
      Comparison.Side(
        moment: moment,
        fields: thread.correction == nil ? nil : try thread.answer().fields(withClocks: !runsOn))
    }
    var comparison = Comparison(
      kind: "correction", name: id.description, then: try side(before, then),
      now: try side(after, now), between: after.events.recorded(after: then), ledger: ledger)
    if comparison.differsByTerms {
      comparison.between += try ledger.timeline(Tag.terms, upTo: now.position)
        .recorded(after: then)
      comparison.between.sort { $0.position < $1.position }
    }
    comparison.put(globals.format)
  }
}

extension Correction {
  /// Whether its time still runs.
  fileprivate var clockRuns: Bool { resolvedAt == nil && closedAt == nil }
}

extension CorrectionAnswer {
  /// Its fields, but for what follows from others and, while they only run on, its times.
  fileprivate func fields(withClocks: Bool) -> AnswerFields {
    let follows: Set = [
      "id", "next", "holderParty", "advice.route", "advice.explanation", "advice.inferred",
      "fix.proposedVia", "fix.approvedVia", "fix.appliedVia",
    ]
    return AnswerFields(members(), leavingOut: withClocks ? follows : follows.union(["clocks"]))
  }
}
