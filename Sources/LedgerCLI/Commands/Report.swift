import Answers
import ArgumentParser
import Corrections
import Foundation
import Ledger
import Pages
import Wire

struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Resolution times of a month (Europe/London), or what differed from us.",
    usage: """
      smi-ledger report --month YYYY-MM [OPTIONS]
      smi-ledger report --from YYYY-MM-DD --to YYYY-MM-DD [OPTIONS]
      smi-ledger report --divergence [--month YYYY-MM] [OPTIONS]
      """,
    discussion: """
      Examples:
        smi-ledger report --month 2026-03 --html march.html
        smi-ledger report --month 2026-03 --publish --actor SECAS-001
        smi-ledger report --month 2026-03 --compare
      Rule: times are of corrections resolved in the period; open ones count as still running.
      A divergence is a response whose code is not the one that the rulebook predicted.
      In the period, --effective-at gives the report so far, up to then; after its end
      it only leaves out what was said later of a correction as a whole, such as its
      category.
      Exit codes: 0, 64, 66, 73, 74, 75, 77.
      See also: smi-ledger correction list --help
      """)

  @OptionGroup var period: PeriodOptions

  @Flag(help: "Count responses that differ from the prediction, by code, and no times.")
  var divergence = false

  @Option(help: "Write each table as a CSV file of its own into this new folder.")
  var tables: String?

  @Option(help: "Write one HTML page with pictures into this new file.")
  var html: String?

  @Flag(help: "Record that this report is published (role SECAS or DCC).")
  var publish = false

  @Flag(help: "Show what it said as of --known-at, else as last published, and says now.")
  var compare = false

  @OptionGroup var axes: AxesOptions
  @OptionGroup var globals: Globals
  @OptionGroup var who: WhoOptions

  func validate() throws {
    guard !compare || html == nil && tables == nil else {
      throw ValidationError("--compare goes without --html and --tables: it shows two reports")
    }
    guard !publish || !(compare || divergence || axes.isAsked) else {
      throw ValidationError(
        "--publish goes without --compare, --divergence, --known-at and --effective-at: what is known "
          + "now is published")
    }
  }

  func run() throws {
    if publish { return try runPublishing() }
    let ledger = try globals.read()
    try period.mustKnowParty(ledger)
    guard !divergence else { return try divergences(ledger) }
    guard !compare else { return try runComparing(ledger) }
    let moment = try axes.moment(ledger)
    let reported = try ledger.report(
      try days(ledger, moment), of: period.filter(), knownAt: moment.askedPosition,
      effectiveAt: moment.effectiveAt, months: Self.months)
    try writeFiles(reported)
    put(reported)
  }

  /// The period, which must have begun by --effective-at.
  private func days(_ ledger: Ledger, _ moment: Moment) throws -> ReportPeriod {
    let days = try period.period(ledger)
    guard let effective = moment.effectiveAt, effective < days.start else { return days }
    throw ValidationError(
      "--effective-at: expected a time in \(days) or after it; found \(effective)")
  }

  private func writeFiles(_ reported: Reported) throws {
    if let tables { try write(ReportTables(reported), to: tables) }
    if let html { try PageFile.write(ReportPage(reported).html, to: html) }
  }

  private func put(_ reported: Reported, publishedAt position: Int? = nil) {
    let answer = ReportAnswer(reported)
    put(answer.text, answer.json, answer.csv)
    if let position, globals.format == .table { Output.say("Published at position \(position).") }
  }

  private func runPublishing() throws {
    let ledger = try globals.open(dryRun: false)
    try period.mustKnowParty(ledger)
    let user = try who.requiredUser(ledger)
    guard user.roles.contains(where: { $0 == .secas || $0 == .dcc }) else {
      throw NotAllowed("\(user.id) has neither the role SECAS nor DCC, which --publish needs")
    }
    let reported = try ledger.report(
      period.period(ledger), of: period.filter(), months: Self.months)
    // Whatever can't be written is found out before anything is published.
    try writeFiles(reported)
    let json = Array(ReportAnswer(reported).json.text.utf8)
    let position = try ledger.publish(
      reported, json: json, form: ReportAnswer.form, by: user, via: who.via)
    put(reported, publishedAt: position)
  }

  private func runComparing(_ ledger: Ledger) throws {
    let known = try axes.moment(ledger)
    let (period, filter) = (try days(ledger, known), try period.filter())
    let published = try ledger.publications(of: period, filter).last?.report.position
    guard let position = known.isAsked ? known.position : published else {
      throw ValidationError(
        "--compare: the report of \(period) was never published; name what to compare it with: "
          + "--known-at POSITION")
    }
    let answer = ReportComparison(
      try ledger.compare(period, of: filter, with: position, effectiveAt: known.effectiveAt), ledger
    )
    put(answer.text, answer.json, answer.csv)
  }

  private func divergences(_ ledger: Ledger) throws {
    guard !axes.isAsked, tables == nil, html == nil, !compare else {
      throw ValidationError("--divergence goes with --month alone")
    }
    let month = try period.onlyMonth(ledger)
    let answer = DivergenceAnswer(month: month, divergences: try ledger.divergences(in: month))
    put(answer.text, answer.json, answer.csv)
  }

  private func write(_ tables: ReportTables, to folder: String) throws {
    // A folder that is there may hold another month's tables, which would look like these.
    guard !FileManager.default.fileExists(atPath: folder) else {
      throw FileProblem.unwritable(folder, reason: "it is there already; name a new folder")
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      for table in tables.all {
        try Data(Table(table).csv().utf8).write(
          to: URL(fileURLWithPath: folder + "/\(table.name).csv"))
      }
    } catch {
      throw FileProblem.unwritable(folder, reason: error.localizedDescription)
    }
  }

  /// How many months are set beside each other.
  private static let months = 12

  private func put(_ text: String, _ json: JSON, _ csv: String) {
    switch globals.format {
    case .table: Output.say(text)
    case .json: Output.put(json.text)
    case .csv: Output.put(csv)
    }
  }
}
