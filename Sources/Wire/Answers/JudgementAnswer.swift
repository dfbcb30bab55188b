public import Corrections

/// What `check` and `submit` answer, as programs read it.
public struct JudgementAnswer: Sendable {
  /// The request that was judged.
  public let requestID: RequestID
  /// The device that it is about, where it names one.
  public let deviceID: EUI64?
  /// The branch of 8.4, such as `mpxn`, or the service reference of another request.
  public let branch: String
  /// Nil for a request that no rulebook covers.
  public let judgement: Judgement?

  /// Makes an answer of what was judged; it is written out by ``members(_:)``.
  public init(requestID: RequestID, deviceID: EUI64?, branch: String, judgement: Judgement?) {
    self.requestID = requestID
    self.deviceID = deviceID
    self.branch = branch
    self.judgement = judgement
  }

  /// The members in their order; whole meter points, so only for whoever may see them.
  public func members(_ wording: Wording) -> [(key: String, value: JSON)] {
    [
      ("requestID", .string(requestID.description)), ("deviceID", .of(deviceID?.description)),
      ("branch", .string(branch)), ("code", .of(judgement?.code)),
      ("accepted", .of(judgement?.accepted)), ("route", .of(judgement?.route?.rawValue)),
      ("rulebook", .of(judgement?.rulebook)),
      ("warnings", .array(judgement?.warnings.map { .string($0.rawValue) } ?? [])),
      ("findings", .array(judgement?.findings.map { json($0, wording) } ?? [])),
    ]
  }

  private func json(_ finding: Finding, _ wording: Wording) -> JSON {
    var retryFrom: Instant?
    let helps: Bool
    switch finding.retry {
    case .no: helps = false
    case .from(let time): (helps, retryFrom) = (true, time)
    case .onceKnown: helps = true
    }
    return .pairs([
      "code": .string(finding.code.rawValue), "answer": .string(finding.answer.rawValue),
      "reason": .string(finding.because.rawValue), "because": .string(wording.because(finding)),
      "evidence": wording.evidence(finding.facts), "missing": .of(finding.missing?.rawValue),
      "inferred": .bool(finding.inferred),
      "next": .of(Wording.next(finding, judgement?.route)),
      "retryHelps": finding.answer == .holds ? .null : .bool(helps),
      "retryFrom": .of(retryFrom?.stored),
    ])
  }

}

extension Wording {
  /// One member per fact; where there are several of one name their values stand joined by `;`.
  public func evidence(_ facts: [Fact]) -> JSON {
    var members: [(key: String, value: JSON)] = []
    for name in FactName.allCases {
      let named = facts.filter { $0.name == name }
      guard let first = named.first else { continue }
      let value = named.map { fact in
        switch fact.value {
        case .text(let text): text
        case .token(let token): whole(token)
        case .time(let time): time.stored
        }
      }.joined(separator: ";")
      var inner: [(key: String, value: JSON)] = [("value", .string(value))]
      switch first.source {
      case .position(let position): inner.append(("position", .integer(position)))
      case .registrations(let position): inner.append(("import", .integer(position)))
      case nil: break
      }
      members.append((name.rawValue, .object(inner)))
    }
    return .object(members)
  }
}
