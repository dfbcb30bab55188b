/// One check, named by the code that it refuses with.
struct Rule: Sendable {
  let code: RuleCode
  let judge: @Sendable (RequestFacts) -> Verdict

  init(_ code: RuleCode, _ judge: @escaping @Sendable (RequestFacts) -> Verdict) {
    self.code = code
    self.judge = judge
  }

  /// A check of the branch `mpxn` alone; the rulebook puts it to no other.
  init(_ code: RuleCode, mpxn judge: @escaping @Sendable (MPxNFacts) -> Verdict) {
    self.init(code) { facts in
      guard case .mpxn(let facts) = facts.asks else {
        preconditionFailure("\(code) is asked of updates of an MPxN only")
      }
      return judge(facts)
    }
  }

  /// Applies the check to what is known.
  func finding(given facts: RequestFacts) -> Finding {
    let verdict = judge(facts)
    return Finding(
      code: code, answer: verdict.answer, because: verdict.because, facts: verdict.facts,
      missing: verdict.missing, inferred: verdict.inferred, retry: verdict.retry)
  }

  /// Applies the check to what is known of an update of a meter point.
  func finding(given facts: MPxNFacts) -> Finding { finding(given: RequestFacts(facts)) }
}

/// What a rule says, before its code is put to it.
struct Verdict {
  let answer: Finding.Answer
  let because: Reason
  let facts: [Fact]
  let missing: FactName?
  let inferred: Bool
  let retry: Finding.Retry

  static func holds(_ because: Reason, _ facts: [Fact] = [], inferred: Bool = false) -> Verdict {
    Verdict(
      answer: .holds, because: because, facts: facts, missing: nil, inferred: inferred, retry: .no)
  }

  static func fails(
    _ because: Reason, _ facts: [Fact] = [], inferred: Bool = false, retry: Finding.Retry = .no
  ) -> Verdict {
    Verdict(
      answer: .fails, because: because, facts: facts, missing: nil, inferred: inferred,
      retry: retry)
  }

  static func unknown(
    _ because: Reason, _ facts: [Fact] = [], missing: FactName, inferred: Bool = false,
    retry: Finding.Retry = .onceKnown
  ) -> Verdict {
    Verdict(
      answer: .unknown, because: because, facts: facts, missing: missing, inferred: inferred,
      retry: retry)
  }
}
