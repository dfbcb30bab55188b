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

  /// The success code of a request whose answer carries nothing else.
  ///
  /// That it is I99 and not I0 is inferred; both mean success.
  public static let success = "I99"

  /// The success code of a request whose answer carries something, such as SR 8.2.
  public static let successWithContent = "I0"

  /// Whether a code means success.
  public static func isSuccess(_ code: String) -> Bool {
    code == success || code == successWithContent
  }

  /// Whether the request is accepted; nil when that can't be said.
  public var accepted: Bool? { code.map(Judgement.isSuccess) }

  /// Judges a request.
  ///
  /// An authority answers every request, so a published rule that can't be settled refuses with its
  /// code; an observer's prediction stays open instead. What is not published blocks nothing.
  public static func of(_ facts: RequestFacts, warnings: [Warning]) -> Judgement {
    let findings = UpdateInventoryRules.codes(for: facts.asks).map {
      UpdateInventoryRules.rule($0).finding(given: facts)
    }
    let published = findings.filter(\.code.isPublished)
    let refusing: Finding? =
      switch facts.mode {
      case .authority: published.first { $0.answer == .fails || refuses($0, among: published) }
      case .observer: published.first { $0.answer == .fails }
      }
    let code: String? =
      if let refusing {
        refusing.code.rawValue
      } else if published.allSatisfy({ $0.answer == .holds }) {
        facts.asks.isQuery ? successWithContent : success
      } else {
        nil
      }
    return Judgement(
      rulebook: UpdateInventoryRules.rulebook, code: code, findings: findings,
      route: RouteAdvice.route(for: facts, findings), warnings: warnings)
  }

  /// Whether an unknown refuses by itself.
  ///
  /// Of a device that is not held many findings are unknown for that very reason; then the rule that
  /// asks whether it exists is the one that refuses.
  private static func refuses(_ finding: Finding, among findings: [Finding]) -> Bool {
    guard finding.answer == .unknown else { return false }
    return finding.because != .deviceNotKnown
      || !findings.contains { $0.answer == .fails && $0.because == .deviceNotKnown }
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
  /// A text among the details may be a meter point, so details stand in the document only.
  case detailsWithheld
}
