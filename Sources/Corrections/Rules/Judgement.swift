/// What the rulebook says of one request: every finding, and what follows from them.
public struct Judgement: Hashable, Sendable {
  /// The number of the rulebook that was applied; see ``UpdateInventoryRules/rulebook``.
  public let rulebook: Int
  /// The code returned or predicted: `I99` or the first refusing code; nil when that can't be said.
  public let code: String?
  /// In the order of the rulebook.
  public let findings: [Finding]
  /// The shortest open way to the wanted entry; nil when nothing can be advised.
  public let route: Route?
  /// What is worth a look and changes nothing.
  public let warnings: [Warning]

  /// Puts a judgement together, such as one that was stored; to make one see the functions below.
  public init(
    rulebook: Int, code: String?, findings: [Finding], route: Route?, warnings: [Warning]
  ) {
    self.rulebook = rulebook
    self.code = code
    self.findings = findings
    self.route = route
    self.warnings = warnings
  }

  /// The one success code for SR 8.4.
  ///
  /// That it is I99 and not I0 is inferred; both mean success.
  public static let success = "I99"

  /// Whether the request is accepted; nil when that can't be said.
  public var accepted: Bool? { code.map { $0 == Judgement.success } }

  /// Judges an update of a meter point.
  ///
  /// An authority answers every request, so a published rule that can't be settled refuses with its
  /// code; an observer's prediction stays open instead.
  public static func ofMPxNUpdate(
    given facts: MPxNFacts, mode: LedgerMode, warnings: [Warning]
  ) -> Judgement {
    let findings = UpdateInventoryRules.mpxn.map { $0.finding(given: facts) }
    let refusing: Finding? =
      switch mode {
      case .authority:
        // Of a device that is not held the other findings are unknown for that very reason.
        findings.first { $0.answer == .fails && $0.because == .deviceNotKnown }
          ?? findings.first { $0.answer != .holds }
      case .observer: findings.first { $0.answer == .fails }
      }
    let code: String? =
      if let refusing {
        refusing.code.rawValue
      } else if findings.allSatisfy({ $0.answer == .holds }) {
        success
      } else {
        nil
      }
    return Judgement(
      rulebook: UpdateInventoryRules.rulebook, code: code, findings: findings,
      route: RouteAdvice(forRequester: facts.user?.party, given: facts)?.route,
      warnings: warnings)
  }

  /// The judgement of a branch whose rules this version does not hold: unknown, and saying so.
  public static func notJudged(_ branch: UpdateBranch) -> Judgement {
    Judgement(
      rulebook: UpdateInventoryRules.rulebook, code: nil,
      findings: UpdateInventoryRules.codes(for: branch).map {
        Finding(
          code: $0, answer: .unknown, because: .ruleNotBuilt, missing: .rule, retry: .onceKnown)
      }, route: nil, warnings: [])
  }
}

/// Something worth a look that never changes an answer.
public enum Warning: String, CaseIterable, Hashable, Sendable {
  /// The check digit of the wanted MPxN does not agree with its digits.
  case wrongCheckDigit
  /// 11 or 12 digits: neither an MPAN nor an MPRN.
  case neitherMPANNorMPRN
  /// A gas meter point on an ESME.
  case mprnOnESME
  /// An electricity meter point on a GSME.
  case mpanOnGSME
  /// The registration held for it is of another kind than the field.
  case registrationOfAnotherKind
  /// Another device of the inventory holds the wanted value.
  case heldByAnotherDevice
  /// The field holds the wanted value already.
  case alreadyHeld
  /// The originator is not among the users held.
  case originatorNotKnown
}
