import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

/// Opens the corrections for all open discrepancies of a rule, and says what became of each.
struct TakeUp {
  private let ledger: Ledger
  private let format: Format
  private let rule: DiscrepancyRule
  private let batch: String
  private let actor: Corrections.Actor
  private let time: Instant
  private let isDryRun: Bool

  init(
    _ ledger: Ledger, _ format: Format, _ rule: DiscrepancyRule, _ batch: String?,
    _ actor: Corrections.Actor, _ time: Instant, _ isDryRun: Bool
  ) {
    self.ledger = ledger
    self.format = format
    self.rule = rule
    self.batch = batch ?? "reconcile-\(rule.rawValue)"
    self.actor = actor
    self.time = time
    self.isDryRun = isDryRun
  }

  private struct Outcome {
    let id: DiscrepancyID
    let device: EUI64
    let field: CorrectionField
    let word: String
    let answer: CorrectionAnswer?
    let problem: String?
    /// The next step; of one that was only tried it names none.
    var next: String? {
      guard word == "would open", let id = answer?.correction.id.description else {
        return answer?.next
      }
      return answer?.next?.replacing(id, with: "COR-NUMBER")
    }
    var correction: String? { word == "would open" ? nil : answer?.correction.id.description }
  }

  func run() throws {
    var filter = DiscrepancyFilter()
    filter.rule = rule
    let terms = try ledger.terms()
    let wording = EntryWording(ledger).wording
    var outcomes: [Outcome] = []
    var last: DiscrepancyID?
    while true {
      let page = try ledger.discrepancies(filter, after: last, limit: 500).discrepancies
      guard let newest = page.last else { break }
      for discrepancy in page {
        let taken = try ledger.wordingRefusals {
          try ledger.takeUp(
            discrepancy.id, as: batch,
            words: { "\($0.suspicion.rule.title): \(wording.because($0.suspicion))" }, by: actor,
            at: time, dryRun: isDryRun)
        }
        for one in taken { outcomes.append(outcome(one, terms)) }
      }
      last = newest.id
    }
    if !isDryRun { ledger.catchUpViewsAfterRecording() }
    put(outcomes)
    let counts = Dictionary(grouping: outcomes, by: \.word)
      .map { "\(Wording.grouped($0.value.count)) \($0.key)" }.sorted().joined(separator: ", ")
    Output.hint(
      "\(rule.rawValue), batch \(batch): \(counts.isEmpty ? "nothing is open" : counts)."
        + (isDryRun ? " Nothing was recorded." : ""))
    if outcomes.contains(where: { $0.problem != nil }) { throw ExitCode(1) }
  }

  private func outcome(_ taken: TakenUp, _ terms: Terms) -> Outcome {
    guard let opened = taken.opened else {
      let problem = taken.refusal.map { Problem(ledger.worded($0)).sentence }
      return Outcome(
        id: taken.discrepancy.id, device: taken.device, field: taken.field, word: "refused",
        answer: nil, problem: problem)
    }
    return Outcome(
      id: taken.discrepancy.id, device: taken.device, field: taken.field,
      word: word(for: opened),
      answer: CorrectionAnswer(
        opened.correction, ledger, terms, position: opened.correction.position),
      problem: nil)
  }

  private func word(for opened: Opened) -> String {
    switch (opened.repeated, opened.joined) {
    case (true, _): "known"
    case (false, true): isDryRun ? "would join" : "joined"
    case (false, false): isDryRun ? "would open" : "opened"
    }
  }

  private func put(_ outcomes: [Outcome]) {
    if format == .json {
      Output.put(
        JSON.array(
          outcomes.map { one in
            .pairs([
              "discrepancy": .string(one.id.description),
              "device": .string(one.device.description), "field": .string(one.field.rawValue),
              "outcome": .string(one.word), "correction": .of(one.correction),
              "state": .of(one.answer?.correction.state.rawValue),
              "route": .of(one.answer?.correction.advice?.route.rawValue),
              "next": .of(one.next), "problem": .of(one.problem),
            ])
          }
        ).text)
      return
    }
    let headings = [
      "discrepancy", "device", "field", "outcome", "correction", "state", "route", "next",
      "problem",
    ]
    var table = Table(format == .csv ? headings : headings.map { $0.uppercased() })
    for one in outcomes {
      table.add([
        one.id.description, one.device.description, one.field.rawValue, one.word,
        one.correction ?? "", one.answer?.correction.state.rawValue ?? "",
        one.answer?.correction.advice?.route.rawValue ?? "", one.next ?? "",
        one.problem ?? "",
      ])
    }
    if format == .csv {
      Output.put(table.csv(freeText: [7, 8]))
    } else if !table.isEmpty {
      Output.say(table.text())
    }
  }
}
