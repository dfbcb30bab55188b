import Answers
import ArgumentParser
import Corrections
import Foundation
import Ledger
import Wire

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Loads users, products, registrations, an inventory extract or old tickets from CSV.",
    usage: "smi-ledger import KIND FILE.csv [--map COLUMN=FIELD] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger import users users.csv
        smi-ledger import registrations march.csv --map MPAN=mpxn
        smi-ledger import inventory extract.csv --at 2026-03-01T00:00:00Z
      The whole file is checked first: its rows are all taken or none. Of incidents each row becomes
      a correction with its own dates; --at is not for them. An open one of a device and field that
      has an open correction is kept as merged into it.
      Exit codes: 0, 64, 65, 66, 74, 75, 77.
      See also: smi-ledger submit --help
      """)

  /// What a file holds.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case users, products, registrations, inventory, incidents
    case technicalDetails = "technical-details"
  }

  @Argument(help: "users, products, registrations, inventory, technical-details or incidents.")
  var kind: Kind

  @Argument(help: "The CSV file.", completion: .file(extensions: ["csv"]))
  var file: String

  @OptionGroup var globals: Globals
  @OptionGroup var actor: ActorOptions

  @Option(name: .long, help: "Read a column as a field: COLUMN=FIELD. May be repeated.")
  var map: [String] = []

  @Option(name: .long, help: "Pass a column over. May be repeated.")
  var ignore: [String] = []

  @Option(help: "How dates are written: iso (YYYY-MM-DD) or dmy (DD/MM/YYYY).")
  var dates: DateOrder = .iso

  @Flag(
    help: """
      registrations: what the file leaves out stays (update) or ends (full). inventory: the \
      file lists some devices (update) or every device (full), and says so in the record.
      """)
  var coverage: Coverage = .update

  enum Coverage: String, EnumerableFlag { case update, full }

  @Flag(help: "Say what would be recorded, and record nothing.")
  var dryRun = false

  @Option(help: "Hand a refused file back with a column `problem`.", completion: .file())
  var problems: String?

  func run() throws {
    try globals.refuseCSV("import")
    let ledger = try globals.open(dryRun: dryRun)
    let time = try actor.time(ledger)
    let importer = try actor.importer(ledger)
    var options = ImportOptions()
    options.csv = CSVOptions(map: try mapping(), ignore: Set(ignore), dates: dates)
    options.isDryRun = dryRun
    let line = ProgressLine((file as NSString).lastPathComponent, unit: "rows")
    options.progress = { line.update($0, of: $1) }
    options.checking = { line.check($0) }
    let imported: Imported
    do {
      imported = try take(ledger, importer, time, options)
      line.end()
    } catch let refused as CSVProblems {
      line.end()
      if let problems { try handBack(to: problems, options.csv) }
      throw refused
    }
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    answer(imported)
  }

  private func take(
    _ ledger: Ledger, _ actor: Actor, _ time: Instant, _ options: ImportOptions
  ) throws -> Imported {
    switch kind {
    case .users: try ledger.importUsers(file, by: actor, at: time, options: options)
    case .products: try ledger.importProducts(file, by: actor, at: time, options: options)
    case .registrations:
      try ledger.importRegistrations(
        file, mode: coverage == .full ? .full : .update, by: actor, at: time, options: options)
    case .technicalDetails:
      try ledger.importTechnicalDetails(file, by: actor, at: time, options: options)
    case .incidents: try ledger.importIncidents(file, by: actor, options: options)
    case .inventory:
      try ledger.importInventory(
        file, coverage: coverage == .full ? .full : .part, by: actor, at: time, options: options)
    }
  }

  private func mapping() throws -> [String: String] {
    var mapping: [String: String] = [:]
    for pair in map {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError("--map: expected COLUMN=FIELD; found \(Shown.typed(pair))")
      }
      mapping[String(parts[0])] = String(parts[1])
    }
    return mapping
  }

  private func handBack(to path: String, _ options: CSVOptions) throws {
    switch kind {
    case .users: try CSVFile<UserRow>.writeProblems(of: file, options, to: path)
    case .products: try CSVFile<ProductRow>.writeProblems(of: file, options, to: path)
    case .registrations: try CSVFile<RegistrationRow>.writeProblems(of: file, options, to: path)
    case .inventory: try CSVFile<InventoryRow>.writeProblems(of: file, options, to: path)
    case .technicalDetails:
      try CSVFile<TechnicalDetailsRow>.writeProblems(of: file, options, to: path)
    case .incidents: try CSVFile<IncidentRow>.writeProblems(of: file, options, to: path)
    }
    Output.hint("The file with a column problem: \(path)")
  }

  private func answer(_ imported: Imported) {
    guard globals.format == .table else {
      Output.put(
        JSON.pairs([
          "kind": .string(kind.rawValue), "file": .string(file), "rows": .integer(imported.rows),
          "added": .integer(imported.added), "changed": .integer(imported.changed),
          "unchanged": .integer(imported.unchanged), "position": .of(imported.position),
          "dryRun": .bool(dryRun),
          "warnings": .array(
            imported.warnings.map {
              .pairs([
                "line": .integer($0.line), "place": .of($0.place), "text": .string($0.text),
              ])
            }),
        ]).text)
      return
    }
    let counts =
      "\(Wording.count(imported.rows, "row")); \(Wording.grouped(imported.added)) new, "
      + "\(Wording.grouped(imported.changed)) changed, "
      + "\(Wording.grouped(imported.unchanged)) unchanged"
    if dryRun {
      Output.say("Would import \(kind.rawValue) from \(file): \(counts). Nothing was recorded.")
    } else if let position = imported.position {
      Output.say("Imported \(kind.rawValue) from \(file), position \(position): \(counts).")
    } else {
      Output.say("Nothing new in \(file): \(counts). Nothing was recorded.")
    }
    if imported.warningCount > 0 {
      Output.hint(
        "\(Wording.count(imported.warningCount, "warning")) (kept). First: "
          + (imported.warnings.first.map { "\($0)" } ?? "") + ". --format json lists them.")
    }
  }
}

extension DateOrder: ExpressibleByArgument {}
