import Answers
import ArgumentParser
import Corrections
import Foundation
import Ledger
import Synchronization
import Wire

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: """
      Loads users, products, registrations, an inventory extract, meter technical details or old \
      tickets from CSV.
      """,
    usage: "smi-ledger import KIND FILE.csv|- [--map COLUMN=FIELD] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger import users users.csv
        smi-ledger import registrations march.csv --map MPAN=mpxn
        smi-ledger import inventory extract.csv --at 2026-03-01T00:00:00Z
      The whole file is checked first: its rows are all taken or none. It may be
      compressed with gzip, and - is standard input, which is kept in the folder
      for temporary files meanwhile.
      Of incidents each row becomes a correction with its own dates; --at is not
      for them. An open one of a device and field that has an open correction is
      kept as merged into it.
      Exit codes: 0, 64, 65, 66, 73, 74, 75, 77.
      See also: smi-ledger submit --help
      """)

  /// What a file holds.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case users, products, registrations, inventory, incidents
    case technicalDetails = "technical-details"
  }

  @Argument(help: "users, products, registrations, inventory, technical-details or incidents.")
  var kind: Kind

  @Argument(
    help: "The CSV file, also in gzip; - for standard input.",
    completion: .file(extensions: ["csv", "gz"]))
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
    let line = ProgressLine((name as NSString).lastPathComponent, unit: "rows")
    let done = Mutex(0)
    options.csv.progress = { line.check($0) }
    options.progress = { rows, total in
      done.withLock { $0 = rows }
      line.update(rows, of: total)
    }
    let imported: Imported
    do {
      defer { line.end() }
      options.csv.spool = try spool(line)
      imported = try take(ledger, importer, time, options)
    } catch let refused as CSVProblems {
      if let problems { try handBack(refused, to: problems, options.csv) }
      throw refused
    } catch let problem as FileProblem {
      guard case .changed = problem else { throw problem }
      throw FileChanged(change: problem, recorded: recorded(done.withLock { $0 }))
    }
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    answer(imported)
  }

  private func take(
    _ ledger: Ledger, _ actor: Actor, _ time: Instant, _ options: ImportOptions
  ) throws -> Imported {
    switch kind {
    case .users: try ledger.importUsers(name, by: actor, at: time, options: options)
    case .products: try ledger.importProducts(name, by: actor, at: time, options: options)
    case .registrations:
      try ledger.importRegistrations(
        name, mode: coverage == .full ? .full : .update, by: actor, at: time, options: options)
    case .technicalDetails:
      try ledger.importTechnicalDetails(name, by: actor, at: time, options: options)
    case .incidents: try ledger.importIncidents(name, by: actor, options: options)
    case .inventory:
      try ledger.importInventory(
        name, coverage: coverage == .full ? .full : .part, by: actor, at: time, options: options)
    }
  }

  /// What messages call the file.
  private var name: String { file == "-" ? "standard input" : file }

  /// What comes only once is kept, since it is read twice: standard input, a pipe, a device.
  private func spool(_ line: ProgressLine) throws -> CSVSpool? {
    if file == "-" {
      return try CSVSpool(STDIN_FILENO, named: name) { line.take($0) }
    }
    var found = stat()
    guard stat(file, &found) == 0, ![S_IFREG, S_IFDIR].contains(found.st_mode & S_IFMT),
      let handle = FileHandle(forReadingAtPath: file)
    else { return nil }
    defer { try? handle.close() }
    return try CSVSpool(handle.fileDescriptor, named: name) { line.take($0) }
  }

  /// How many rows of a file that changed are recorded all the same; they were checked.
  ///
  /// Registrations count from their last event on, so there it is none.
  private func recorded(_ rows: Int) -> FileChanged.Recorded {
    guard !dryRun, rows > 0, kind != .registrations else { return .nothing }
    return kind == .incidents ? .atLeast(rows) : .exactly(rows)
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

  private func handBack(
    _ refused: CSVProblems, to path: String, _ options: CSVOptions
  ) throws {
    // What a row tells of itself is found again as the file is copied.
    let more = refused.areBetweenRows ? refused.problems : []
    switch kind {
    case .users: try CSVFile<UserRow>.writeProblems(of: name, options, to: path, also: more)
    case .products: try CSVFile<ProductRow>.writeProblems(of: name, options, to: path, also: more)
    case .registrations:
      try CSVFile<RegistrationRow>.writeProblems(of: name, options, to: path, also: more)
    case .inventory:
      try CSVFile<InventoryRow>.writeProblems(of: name, options, to: path, also: more)
    case .technicalDetails:
      try CSVFile<TechnicalDetailsRow>.writeProblems(of: name, options, to: path, also: more)
    case .incidents: try CSVFile<IncidentRow>.writeProblems(of: name, options, to: path, also: more)
    }
    let kept =
      refused.areBetweenRows && refused.total > refused.problems.count
      ? ". It names \(Wording.grouped(refused.problems.count)) of "
        + "\(Wording.grouped(refused.total)) problems"
      : ""
    Output.hint("The file with a column problem: \(path)\(kept)")
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
      Output.say("Would import \(kind.rawValue) from \(name): \(counts). Nothing was recorded.")
    } else if let position = imported.position {
      Output.say("Imported \(kind.rawValue) from \(name), position \(position): \(counts).")
    } else {
      Output.say("Nothing new in \(name): \(counts). Nothing was recorded.")
    }
    if imported.warningCount > 0 {
      Output.hint(
        "\(Wording.count(imported.warningCount, "warning")) (kept). First: "
          + (imported.warnings.first.map { "\($0)" } ?? "") + ". --format json lists them.")
    }
  }
}

/// A file that was written to while it was imported, and what of it is recorded.
struct FileChanged: WithProblem {
  let change: FileProblem
  let recorded: Recorded

  enum Recorded: Equatable {
    case nothing
    case exactly(Int)
    case atLeast(Int)
  }

  var problem: Problem { Problem("malformed", 65, sentence) }

  private var sentence: String {
    let again = "as they were checked. Import it again: what is held is passed over"
    switch recorded {
    case .nothing: return "\(change). Nothing of this file was recorded; import it again"
    case .exactly(1): return "\(change). Its first row is recorded \(again)"
    case .exactly(let rows):
      return "\(change). Its first \(Wording.grouped(rows)) rows are recorded \(again)"
    case .atLeast(let rows):
      return "\(change). At least \(Wording.grouped(rows)) of its rows are recorded \(again)"
    }
  }
}

extension DateOrder: ExpressibleByArgument {}
