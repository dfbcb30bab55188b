import Answers
import Corrections
import HTTPTypes
import Ledger
import Pages
import Wire

/// A month's figures, and evidence of one thing.
enum ReportRoutes {
  static let all = [
    Route(
      .report, .get, "/v1/reports/{month}",
      parameters: ["party", "deviceType", "route", "knownAt", "effectiveAt", "after"], on: .slow,
      report),
    Route(
      .evidence, .post, "/v1/evidence/{id}", parameters: ["redact"], on: .slow, evidence),
  ]

  private static func report(_ call: Call) throws -> Reply {
    let parts = try call.name("month") { $0 }.split(separator: ".", maxSplits: 1)
    guard let month = parts.first.flatMap({ Month(String($0)) }),
      parts.count == 1 || ["csv", "json"].contains(parts[1])
    else { throw WebProblem.notFound }
    let period = ReportPeriod(month)
    let moment = try call.moment()
    guard period.start <= call.ledger.now() else { throw WebProblem.notFound }
    if let effective = moment.effectiveAt, effective < period.start {
      throw WebProblem(.usage, "effectiveAt: expected a time in \(month) or after it")
    }
    let filter = try filter(call)
    let answer = ReportAnswer(
      try call.ledger.report(
        period, of: filter, knownAt: moment.askedPosition, effectiveAt: moment.effectiveAt))
    return try call.wantsCSV(parts.count == 2 ? String(parts[1]) : nil)
      ? .csv(answer.csv) : .json(answer.json)
  }

  /// What narrows a report, bound to what the reader may see.
  static func filter(_ call: Call) throws -> ReportFilter {
    var filter = ReportFilter(party: call.query["party"])
    filter.deviceType = try call.query.one("deviceType", of: DeviceType.self)
    filter.route = try call.query.one("route", of: Corrections.Route.self)
    if call.right == .own {
      // Another party's figures are not there for them, whether or not there are any.
      guard try [nil, call.who.party].contains(filter.party) else { throw WebProblem.notFound }
      filter.party = try call.who.party
    }
    return filter
  }

  /// Hands out evidence; that it was handed out is recorded, so this is no GET.
  private static func evidence(_ call: Call) throws -> Reply {
    try evidence(of: call.name("id") { $0 }, isRedacted: call.query.flag("redact"), call)
  }

  /// Evidence of what a text names.
  static func evidence(of text: String, isRedacted: Bool, _ call: Call) throws -> Reply {
    let (who, ledger) = (try call.who, call.ledger)
    let kind: String
    let tag: String
    if let id = CorrectionID(text) {
      (kind, tag) = ("correction", Tag.correction(id))
      guard let correction = try ledger.correction(id),
        try call.right.covers(correction, for: who, ledger)
      else { throw WebProblem.notFound }
    } else if let id = EUI64(text), call.right == .all, try ledger.device(id) != nil {
      (kind, tag) = ("device", Tag.device(id))
    } else {
      throw WebProblem.notFound
    }
    let actor = Actor(user: who.token.user, party: who.party, role: nil, via: .token)
    guard
      let evidence = try ledger.evidence(
        of: tag, redacted: isRedacted, by: actor)
    else { throw WebProblem.notFound }
    let moment = Moment(position: evidence.sealed.event.upTo, now: evidence.at, isAsked: true)
    let clocks = try CorrectionID(text).map {
      try CorrectionThread($0, ledger, moment).answer().clocks
    }
    return .json(
      EvidenceAnswer(evidence: evidence, kind: kind, id: text, clocks: clocks).json
    ).with(.position, String(evidence.sealed.position))
  }
}
