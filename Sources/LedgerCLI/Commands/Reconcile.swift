import Answers
import ArgumentParser
import Corrections
import Foundation
import Ledger
import Pages
import Synchronization
import Wire

struct Reconcile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds the errors that nobody has reported, by named rules over the inventory.",
    usage: "smi-ledger reconcile [--rule RULE] [--open RULE] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger reconcile
        smi-ledger reconcile --format csv --xml-dir ready > work-list.csv
        smi-ledger reconcile --open crossedMPxNs --actor DCC-017

      What is found is a discrepancy with a number of its own; found again it is the
      same one, gone it is cleared, and one that was dismissed stays so until its
      facts change. A run that finds what the last one found records nothing.
      Rules: smi-ledger discrepancy rules.
      Exit codes: 0, 1, 64, 66, 73, 74, 75, 77.
      See also: smi-ledger discrepancy --help
      """)

  @Option(name: .long, help: "Ask only this rule. May be repeated.")
  var rule: [DiscrepancyRule] = []

  @Option(help: "Open a correction for each open discrepancy of this rule, by --actor.")
  var open: DiscrepancyRule?

  @Option(help: "The label of those corrections; else reconcile-RULE.")
  var batch: String?

  @Option(
    help: "csv: write a ready 8.4 for each row that one User ID can send into this folder.",
    completion: .directory)
  var xmlDir: String?

  @Option(help: "Write a page with pictures by rule, supplier and age.", completion: .file())
  var html: String?

  @Flag(help: "Say what would be found, and record nothing.")
  var dryRun = false

  @OptionGroup var globals: Globals
  @OptionGroup var actor: ActorOptions

  func validate() throws {
    guard xmlDir == nil || globals.format == .csv else {
      throw ValidationError("--xml-dir goes with --format csv")
    }
    guard batch == nil || open != nil else { throw ValidationError("--batch goes with --open") }
    guard xmlDir == nil || open == nil else {
      throw ValidationError("--xml-dir goes with the work-list, not with --open")
    }
    if dryRun, html != nil || xmlDir != nil || globals.format == .csv {
      throw ValidationError(
        "--dry-run only counts; smi-ledger discrepancy list shows what was found before")
    }
    if let batch, !Batch.isLabel(batch) {
      throw ValidationError(
        "--batch: expected up to 40 letters, digits, . _ - with at most 5 digits; found "
          + Shown.typed(batch))
    }
  }

  func run() throws {
    let ledger = try globals.open(dryRun: dryRun)
    let time = try actor.time(ledger)
    let user = open == nil ? nil : try actor.who.requiredUser(ledger, of: .dcc, for: "--open")
    let who = try actor.importer(ledger)
    var options = ReconcileOptions()
    if !rule.isEmpty { options.rules = Set(rule) }
    options.isDryRun = dryRun
    let line = ReconcileProgress()
    options.progress = line.update
    let run = try ledger.reconcile(by: who, at: time, options: options)
    line.end()
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    if let open, let user, let acting = actor.acting(user) {
      return try TakeUp(ledger, globals.format, open, batch, acting, time, dryRun).run()
    }
    let counts = try ledger.discrepancyCounts(DiscrepancyFilter(), at: time)
    if let html { try PageFile.write(DiscrepancyPage(counts, at: time).html, to: html) }
    switch globals.format {
    case .table: ReconcileText(run, counts, isDryRun: dryRun).put()
    case .json: Output.put(ReconcileText(run, counts, isDryRun: dryRun).json.text)
    case .csv:
      var filter = DiscrepancyFilter()
      if rule.count == 1 { filter.rule = rule[0] }
      try WorkList(ledger, filter, xmlDir: xmlDir, at: time).put()
    }
  }
}

extension DiscrepancyRule: ExpressibleByArgument {}

/// How far a run has come.
final class ReconcileProgress: Sendable {
  private let current = Mutex<(stage: ReconcileStage, line: ProgressLine)?>(nil)

  func update(_ stage: ReconcileStage, _ done: Int, _ all: Int) {
    let line = current.withLock { current in
      if let current, current.stage == stage { return current.line }
      current?.line.end()
      // Each has a rate of its own, from its own beginning.
      let (name, unit) = Self.words(stage)
      let line = ProgressLine("reconcile, \(name)", unit: unit)
      current = (stage, line)
      return line
    }
    line.update(done, of: all)
  }

  private static func words(_ stage: ReconcileStage) -> (name: String, unit: String) {
    switch stage {
    case .devices: ("reading", "devices")
    case .places: ("looking up", "places")
    case .judging: ("judging", "devices")
    }
  }

  func end() { current.withLock { $0?.line.end() } }
}
