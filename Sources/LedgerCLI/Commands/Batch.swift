import Answers
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
    let isLabel = Batch.isLabel(name) && name.utf8.contains { (48...57).contains($0) }
    guard let label = label ?? (isLabel ? name : nil) else {
      throw ValidationError(
        "the name of the file is taken for a label only with 1 to 5 digits in it (up to 40 letters, "
          + "digits, . _ -), since a label is never erased: name one with --batch LABEL")
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
    /// Whether the correction has a number; one that was only tried has none yet.
    var hasNumber = true

    var id: String? { hasNumber ? answer?.correction.id.description : nil }

    /// The next step; without a number it names none.
    var next: String? {
      guard !hasNumber, let id = answer?.correction.id.description else { return answer?.next }
      return answer?.next?.replacing(id, with: "COR-NUMBER")
    }
  }

  /// What a dry run has met in the file so far: one value for each field of a device, where it is not
  /// said in words.
  private struct Tried {
    private var outcomes: [Place: (wanted: WantedValue, outcome: Outcome)] = [:]

    private struct Place: Hashable {
      let device: EUI64
      let field: CorrectionField
      let words: String?

      init(_ device: EUI64, _ wanted: WantedValue) {
        self.device = device
        field = wanted.field
        words = if case .other(let words) = wanted { words } else { nil }
      }
    }

    /// What the row would be after the rows before it; nil when none is about the same field.
    func again(_ row: Outcome, _ device: EUI64, _ wanted: WantedValue) -> Outcome? {
      guard let first = outcomes[Place(device, wanted)] else { return nil }
      var row = row
      guard Tried.same(first.wanted, wanted) else {
        row.problem = Batch.otherValue
        return row
      }
      row.outcome = "known"
      row.answer = first.outcome.answer
      row.hasNumber = first.outcome.hasNumber
      return row
    }

    mutating func add(_ row: Outcome, _ device: EUI64, _ wanted: WantedValue) {
      outcomes[Place(device, wanted)] = (wanted, row)
    }

    private static func same(_ one: WantedValue, _ other: WantedValue) -> Bool {
      switch (one, other) {
      case (.mpxn(_, let one), .mpxn(_, let other)): one == other
      case (.status(let one), .status(let other)): one == other
      case (.details(let one), .details(let other)): one == other
      case (.other(let one), .other(let other)): one == other
      case (.deletion, .deletion), (.blank, .blank): true
      default: false
      }
    }
  }

  private static let otherValue = Problem(
    "keyReused", 1,
    "this batch asks for another value of the same field of the device already; use another "
      + "--batch, or smi-ledger correction change")

  func run() throws {
    let globals = command.globals
    let ledger = try globals.open(dryRun: command.dryRun)
    let user = try command.actor.requiredUser(ledger)
    let time = try command.actor.time(ledger)
    let whole = try CSVFile<CorrectionRow>.validate(file)
    let terms = try ledger.terms()
    let line = ProgressLine((file as NSString).lastPathComponent, unit: "rows")
    var outcomes: [Outcome] = []
    var tried = Tried()
    _ = try CSVFile<CorrectionRow>.read(file, same: whole) { row, at in
      outcomes.append(open(row, at, ledger, user, time, terms, &tried))
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
    _ terms: Terms, _ tried: inout Tried
  ) -> Outcome {
    var outcome = Outcome(line: line, row: row)
    do {
      if var problem = row.problem {
        // The row says where it stands.
        (problem.file, problem.line) = (nil, nil)
        outcome.problem = Problem("malformed", 65, problem.message)
        return outcome
      }
      guard let device = row.deviceID, let field = row.field,
        let actor = command.actor.acting(user)
      else { return outcome }
      let wanted = try TypedText.wanted(row.requested, for: field, "requested")
      if command.dryRun, let again = tried.again(outcome, device, wanted) { return again }
      let opened = try ledger.wordingRefusals {
        try ledger.openCorrection(
          device: device, wanted, by: actor, at: time, batch: label, dryRun: command.dryRun)
      }
      outcome.outcome = word(for: opened)
      outcome.hasNumber = opened.position != nil || outcome.outcome != "would open"
      outcome.answer = CorrectionAnswer(
        opened.correction, ledger, terms, position: opened.correction.position)
      if command.dryRun { tried.add(outcome, device, wanted) }
    } catch let error as WireError {
      outcome.problem = Problem("value", 65, Batch.sentence(error))
    } catch let error as NotUnderstood {
      outcome.problem = Problem("value", 65, error.message)
    } catch {
      outcome.problem = Problem(error)
    }
    return outcome
  }

  /// What is wrong in a row, without the file and the line, which stand beside it; the other rows go on.
  private static func sentence(_ error: WireError) -> String {
    (error.place.map { "\($0): " } ?? "") + "expected \(error.expected), found \(error.found)"
      + (error.next.map { ". \($0)" } ?? "")
  }

  /// `opened`, or `would open` where it was only tried.
  private func word(for opened: Opened) -> String {
    switch (opened.repeated, opened.joined, opened.correction.reopened > 0) {
    case (true, _, _): "known"
    case (false, true, _): command.dryRun ? "would join" : "joined"
    case (false, false, true): command.dryRun ? "would reopen" : "reopened"
    case (false, false, false): command.dryRun ? "would open" : "opened"
    }
  }

  private func put(_ outcomes: [Outcome]) {
    if command.globals.format == .json {
      Output.put(
        JSON.array(
          outcomes.map { item in
            .pairs([
              "line": .integer(item.line), "device": .string(item.row.deviceText),
              "field": .string(item.row.fieldText), "outcome": .string(item.outcome),
              "correction": .of(item.id),
              "state": .of(item.answer?.correction.state.rawValue),
              "route": .of(item.answer?.correction.advice?.route.rawValue),
              "next": .of(item.next), "problem": .of(item.problem?.sentence),
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
        item.id ?? "",
        item.answer?.correction.state.rawValue ?? "",
        item.answer?.correction.advice?.route.rawValue ?? "", item.answer?.holderName ?? "",
        item.answer?.dueAt?.stored ?? "", item.next ?? "", item.problem?.sentence ?? "",
      ])
    }
    Output.put(table.csv(freeText: [1, 2, 9, 10]))
  }
}
