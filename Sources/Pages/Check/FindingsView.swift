internal import Corrections
internal import Wire

/// The answers of all rules on a request, as a table.
struct FindingsView {
  let findingsCaption: String
  let findings: [Row]

  struct Row {
    let code: String
    let findingAnswer: String
    let ruleWords: String
    let because: String
    let from: String?
    let isInferred: Bool
  }

  init(_ judgement: Judgement, _ wording: Wording) {
    findingsCaption =
      "Every rule that was asked, rulebook \(judgement.rulebook)"
      + (judgement.code.map { ": \($0)" } ?? "")
    findings = judgement.findings.map { finding in
      Row(
        code: finding.code.rawValue, findingAnswer: finding.answer.rawValue,
        ruleWords: Wording.shortQuestion(finding.code).capitalised,
        because: wording.because(finding), from: finding.source, isInferred: finding.inferred)
    }
  }
}
