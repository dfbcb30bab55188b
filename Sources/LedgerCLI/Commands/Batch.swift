import ArgumentParser
import Corrections
import EventLog
import Foundation
import Ledger
import Wire

/// Opens many corrections from a file, one for each row, and says what became of each.
struct Batch {
  private let file: String
  private let label: String
  private let command: CorrectionOpen

  init(_ file: String, _ label: String?, _ command: CorrectionOpen) throws {
    let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
    guard let label = label ?? (Batch.isLabel(name) ? name : nil) else {
      throw ValidationError(
        "the name of the file is no label (1 to 40 letters, digits, . _ - with at most 5 digits): "
          + "name one with --batch LABEL")
    }
    self.file = file
    self.label = label
    self.command = command
  }

  /// Whether a text may stand in a record as the label of a batch.
  static func isLabel(_ text: String) -> Bool {
    (1...40).contains(text.utf8.count) && CodeGuard.isCode(text)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95: true
        default: false
        }
      }
  }

  /// What became of one row.
  private struct Outcome {
    let line: Int
    let row: CorrectionRow
    var outcome = "refused"
    var answer: CorrectionAnswer?
    var problem: Problem?
  }

  func run() throws {
    let globals = command.globals
    let ledger = try globals.open(dryRun: command.dryRun)
    let user = try command.actor.requiredUser(ledger)
    let time = try command.actor.time(ledger)
    let whole = try CSVFile<CorrectionRow>.validate(file)
    let terms = try ledger.terms()
    let line = ProgressLine((file as NSString).lastPathComponent, unit: "rows")
    var outcomes: [Outcome] = []
    _ = try CSVFile<CorrectionRow>.read(file) { row, at in
      outcomes.append(open(row, at, ledger, user, time, terms))
      line.update(outcomes.count, of: whole.rows)
    }
    line.end()
    if !command.dryRun { ledger.catchUpViewsAfterRecording() }
    put(outcomes)
    let refused = outcomes.filter { $0.problem != nil }
    for outcome in refused.prefix(20) {
      Output.hint("\(file) line \(outcome.line): \(outcome.problem?.sentence ?? "")")
    }
    if refused.count > 20 {
      Output.hint("\(Wording.grouped(refused.count - 20)) more rows were refused; see the answer.")
    }
    let done = Dictionary(grouping: outcomes, by: \.outcome)
      .map { "\(Wording.grouped($0.value.count)) \($0.key)" }.sorted().joined(separator: ", ")
    Output.hint(
      "\(Wording.count(outcomes.count, "row")), batch \(label): \(done.isEmpty ? "nothing" : done)."
        + (command.dryRun ? " Nothing was recorded." : ""))
    if !refused.isEmpty { throw ExitCode(1) }
  }

  private func open(
    _ row: CorrectionRow, _ line: Int, _ ledger: Ledger, _ user: User, _ time: Instant,
    _ terms: Terms
  ) -> Outcome {
    var outcome = Outcome(line: line, row: row)
    do {
      if let problem = row.problem { throw problem }
      guard let device = row.deviceID, let field = row.field,
        let actor = command.actor.acting(user)
      else { return outcome }
      let wanted = try WantedOptions.wanted(row.requested, for: field)
      let opened = try ledger.wordingRefusals {
        try ledger.openCorrection(
          device: device, wanted, by: actor, at: time, batch: label, dryRun: command.dryRun)
      }
      outcome.outcome =
        opened.repeated
        ? "known"
        : opened.joined ? "joined" : opened.correction.reopened > 0 ? "reopened" : "opened"
      outcome.answer = CorrectionAnswer(
        opened.correction, ledger, terms, position: opened.correction.position)
    } catch let error as ValidationError {
      outcome.problem = Problem(
        "value", 65, error.message.replacing("--value: ", with: "requested: "))
    } catch {
      outcome.problem = Problem(error)
    }
    return outcome
  }

  private func put(_ outcomes: [Outcome]) {
    if command.globals.format == .json {
      Output.put(
        JSON.array(
          outcomes.map { item in
            .pairs([
              "line": .integer(item.line), "device": .string(item.row.deviceText),
              "field": .string(item.row.fieldText), "outcome": .string(item.outcome),
              "correction": .of(item.answer?.correction.id.description),
              "state": .of(item.answer?.correction.state.rawValue),
              "route": .of(item.answer?.correction.advice?.route.rawValue),
              "next": .of(item.answer?.next), "problem": .of(item.problem?.sentence),
            ])
          }
        ).text)
      return
    }
    var table = Table([
      "line", "device_id", "field", "outcome", "correction", "state", "route", "holder", "dueAt",
      "next", "problem",
    ])
    for item in outcomes {
      table.add([
        String(item.line), item.row.deviceText, item.row.fieldText, item.outcome,
        item.answer?.correction.id.description ?? "",
        item.answer?.correction.state.rawValue ?? "",
        item.answer?.correction.advice?.route.rawValue ?? "", item.answer?.holderName ?? "",
        item.answer?.dueAt?.stored ?? "", item.answer?.next ?? "", item.problem?.sentence ?? "",
      ])
    }
    Output.put(table.csv(freeText: [1, 2, 9, 10]))
  }
}
