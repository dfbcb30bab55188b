public import Corrections

/// What is known of one code: its question, source, how it is judged here, what to do next.
public struct Explanation: Sendable {
  /// The code that is explained.
  public let code: RuleCode

  /// Explains a code; every code of the schema has an explanation, if only that none is public.
  public init(of code: RuleCode) { self.code = code }

  /// The published question, or that there is none.
  public var question: String { code.question ?? "No public text: its meaning is unknown" }

  /// The branches of SR 8.4 that it applies to.
  public var branches: [String] {
    UpdateBranch.allCases.filter { UpdateInventoryRules.codes(for: $0).contains(code) }
      .map(\.rawValue)
  }

  /// In which of its branches this version judges it.
  public var isJudged: String {
    let judged = UpdateBranch.allCases.filter {
      UpdateInventoryRules.codes(for: $0).contains(code) && UpdateInventoryRules.isJudged($0)
    }.map(\.rawValue)
    if judged.isEmpty { return "no" }
    return judged.count == branches.count ? "yes" : "for " + judged.joined(separator: " ")
  }

  /// Where the rule is published, and what is inferred.
  public var source: String {
    switch code {
    case .e080411, .e080412:
      "The DUIS schema names the code; DP213 does not list it. That it belongs to statusCH is "
        + "inferred."
    case .e080405, .e080406, .e080407, .e080408, .e080409, .e080410, .e080413, .e080414, .e080415:
      "DP213 (SEC Modification Report v0.1, 9 August 2022), in own words. The order of the checks "
        + "is inferred from the published table."
    }
  }

  /// How the question is answered here.
  public var rule: String {
    switch code {
    case .e080410:
      "For an MPxN: the sender's party is the Registered Supplier of the MPxN now in the same "
        + "field. An empty field holds. Nobody registered for it holds [inferred]. No registration "
        + "held: unknown. For other branches this version does not judge it."
    case .e080413:
      "importMPxN belongs on an ESME or a GSME; secondaryImportMPAN on an ESME whose variant "
        + "begins with B (twin element; no variant known: unknown); exportMPAN on an ESME. Digits "
        + "are never judged: a wrong check digit is a warning."
    case .e080414:
      "The status is Whitelisted, InstalledNotCommissioned or Commissioned. A device that is not "
        + "in the SMI fails here [inferred]."
    case .e080415:
      "The sender's party is the Registered Supplier of the new MPxN at the request's time: the "
        + "row with the latest start that has not ended. Two suppliers with one start, or no row "
        + "held: unknown."
    case .e080405, .e080406, .e080407, .e080408, .e080409:
      "This version records requests of this branch and does not judge them: the answer is unknown."
    case .e080411, .e080412: "Unknown. It blocks nothing."
    }
  }

  /// What to do when it refuses.
  public var next: String {
    switch code {
    case .e080405: "Check the device type, and whether the status belongs to statusCH."
    case .e080406:
      "Find who pre-notified the device; by design only the supplier that completed the "
        + "installation can correct it without the DSP."
    case .e080407: "Details and deletion are for Pending devices; else raise an Incident."
    case .e080408: "Give at least one detail."
    case .e080409: "Look the resulting device up on the Certified Products List."
    case .e080410:
      "Sending it again cannot help while another supplier is registered. Open a correction: if "
        + "the wanted MPxN is yours, the other supplier is asked to agree (twoSupplier)."
    case .e080411, .e080412: "Nothing is published; ask the DCC."
    case .e080413: "Check the field and the device type; a wrong device type needs an Incident."
    case .e080414:
      "Pending: the supplier that installed it completes the installation first. Other statuses "
        + "need an Incident."
    case .e080415:
      "Wait until the registration is yours, have it put right, or open a correction: the "
        + "Registered Supplier of the wanted MPxN is asked to agree (twoSupplier)."
    }
  }

  /// The same for people.
  public var text: String {
    """
    \(code.rawValue)  \(question)
    Branches  \(branches.joined(separator: ", "))
    Judged    \(isJudged)
    Rule      \(rule)
    Source    \(source)
    Next      \(next)
    """
  }

  /// The same for programs.
  public var json: JSON {
    .pairs([
      "code": .string(code.rawValue), "question": .of(code.question),
      "branches": .array(branches.map { .string($0) }), "judged": .string(isJudged),
      "rule": .string(rule), "source": .string(source), "next": .string(next),
      "rulebook": .integer(UpdateInventoryRules.rulebook),
    ])
  }
}
