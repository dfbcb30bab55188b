public import Corrections

/// What is known of one response code: its question, source, how it is judged here, what to do next.
public struct Explanation: Sendable {
  /// The code that is explained.
  public let code: String
  /// The published question or meaning, in own words; nil where none is public.
  public let question: String?
  /// Where it is asked here: branches of SR 8.4, or other Service References.
  public let askedOf: [String]
  /// How the question is answered here.
  public let rule: String
  /// Where the rule is published.
  public let source: String
  /// What of it goes beyond the public documents; nil where nothing does.
  public let inferred: String?
  /// What to do when it refuses.
  public let next: String
  /// Who else is needed then; nil for nobody.
  public let needs: String?
  /// Whether sending the same request again can help.
  public let retry: String

  /// Whether this program judges it.
  public var isJudged: Bool { !askedOf.isEmpty && question != nil }

  /// Explains a code of the rulebook.
  public init(of code: RuleCode) {
    let text = Explanation.text(of: code)
    self.init(
      code: code.rawValue, question: code.question, askedOf: Explanation.places(of: code),
      source: Explanation.source(of: code), text: text)
  }

  /// Explains a code by its name, in either case; nil when the DUIS schema has none of that name.
  public init?(named name: String) {
    let name = name.uppercased()
    if let code = RuleCode(rawValue: name) {
      self.init(of: code)
      return
    }
    guard DUIS.responseCodes.contains(name) else { return nil }
    let meaning = Explanation.meanings[name]
    self.init(
      code: name, question: meaning?.text, askedOf: [],
      source: meaning?.source
        ?? "The DUIS 5.4 schema names it; its text is not public, so it is unknown",
      text: Text(
        rule: Explanation.successRule(of: name)
          ?? "This program never predicts it. It is recorded when it comes back",
        inferred: Explanation.successRule(of: name).map { _ in "Which of I0 and I99 it is" },
        next: meaning?.next ?? "Ask the DCC what it means", needs: nil,
        retry: meaning?.retry ?? "Unknown"))
  }

  private init(code: String, question: String?, askedOf: [String], source: String, text: Text) {
    self.code = code
    self.question = question
    self.askedOf = askedOf
    self.source = source
    rule = text.rule
    inferred = text.inferred
    next = text.next
    needs = text.needs
    retry = text.retry
  }

  /// Every code of the DUIS 5.4 schema: those of the rulebook first, then the others by name.
  public static var all: [Explanation] {
    RuleCode.allCases.map(Explanation.init(of:))
      + DUIS.responseCodes.filter { RuleCode(rawValue: $0) == nil }.sorted()
      .compactMap(Explanation.init(named:))
  }

  /// Where a code of the rulebook is asked.
  private static func places(of code: RuleCode) -> [String] {
    UpdateBranch.allCases.filter { UpdateInventoryRules.codes(for: $0).contains(code) }
      .map(\.rawValue)
      + (UpdateInventoryRules.queryCodes.contains(code) ? ["8.2"] : [])
      + (UpdateInventoryRules.prenotificationCodes.contains(code) ? ["12.2"] : [])
  }

  private static func source(of code: RuleCode) -> String {
    switch code {
    case .e1, .e2, .e3, .e4, .e5, .e11, .e12, .e19:
      "The public table of general DCC response codes, in own words"
    case .e080201, .e080202: "The documentation of a public client of SR 8.2, in own words"
    case .e080411, .e080412: "The DUIS 5.4 schema names it; no public document says what it asks"
    case .e080405, .e080406, .e080407, .e080408, .e080409, .e080410, .e080413, .e080414, .e080415:
      "DP213 (SEC Modification Report v0.1, 9 August 2022), in own words"
    }
  }

  /// When a request succeeds; nil for any other code.
  private static func successRule(of code: String) -> String? {
    let when = "when every rule asked holds, but for those without a public text"
    switch code {
    case Judgement.success: return "The answer to SR 8.4 and 12.2 \(when)"
    case Judgement.successWithContent: return "The answer to SR 8.2 \(when)"
    default: return nil
    }
  }

  /// The same for people.
  public var text: String {
    let lines: [(String, String?)] = [
      (
        "Asked of",
        Explanation.successRule(of: code) != nil
          ? nil : askedOf.isEmpty ? "nothing here" : askedOf.joined(separator: ", ")
      ),
      ("Rule", rule), ("Source", source), ("Inferred", inferred), ("Next", next),
      ("Needs", needs), ("Retry", retry),
    ]
    let question = question ?? "No public text: its meaning is unknown"
    return
      ([Explanation.wrapped(code, question)]
      + lines.compactMap { name, value in
        value.map { Explanation.wrapped(name, $0) }
      }).joined(separator: "\n")
  }

  /// A name and a text of at most 80 columns a line, the text in a column of its own.
  private static func wrapped(_ name: String, _ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].isEmpty {
        lines[lines.count - 1] = String(word)
      } else if lines[lines.count - 1].count + 1 + word.count <= 70 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    let gap = String(repeating: " ", count: 10)
    return name + gap.dropFirst(name.count) + lines.joined(separator: "\n" + gap)
  }

  /// The same for programs.
  public var json: JSON {
    .pairs([
      "code": .string(code), "question": .of(question),
      "branches": .array(askedOf.map { .string($0) }), "judged": .bool(isJudged),
      "rule": .string(rule), "source": .string(source), "inferred": .of(inferred),
      "next": .string(next), "needs": .of(needs), "retry": .string(retry),
      "rulebook": .integer(UpdateInventoryRules.rulebook),
    ])
  }
}
