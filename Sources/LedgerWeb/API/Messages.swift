import Answers
import Corrections
import HTTPTypes
import Ledger
import Wire

/// Service Requests, responses and alerts, as DUIS XML.
enum MessageRoutes {
  static let all = [
    Route(
      .submitRequest, .post, "/v1/service-requests", parameters: ["dry-run", "open", "at"],
      body: .xml, on: .write, submit),
    Route(.recordMessage, .post, "/v1/responses", body: .xml, on: .write, record),
  ]

  private static func submit(_ call: Call) throws -> Reply {
    guard case .request(let request) = try DUIS.read(call.body) else {
      throw WireError(
        .value, line: 1, column: 1, expected: "a Service Request",
        found: "a response or an alert", next: "Responses and alerts belong to /v1/responses")
    }
    let (who, ledger) = (try call.who, call.ledger)
    guard try !call.query.flag("dry-run") else { return try check(request, call) }
    guard call.query["at"] == nil else {
      throw WebProblem(.usage, "at: goes with dry-run=true; what is submitted is judged as of now")
    }
    let opens = try call.query.flag("open")
    var sight = Sight.masked
    let submitted = try ledger.submit(request, raw: call.body) {
      try mustBeTheirs(request, call)
      sight = try self.sight(of: request.deviceID, call)
      return who.actor(try who.user(ledger))
    }
    var answer = SubmittedAnswer(request, submitted, ledger, sight: sight)
    answer.withholdsResponse =
      try !submitted.inventory.allSatisfy { try self.sight(of: $0.deviceID, call) == .whole }
    if let id = answer.correction, try !call.mayKnow(of: id) { answer.correction = nil }
    if opens, submitted.judgement?.accepted == false {
      do {
        let opened = try ledger.wordingRefusals {
          try ledger.openCorrection(from: request.id, by: who.actor(try who.user(ledger)))
        }
        answer.correction = opened.correction.id
      } catch {
        throw WebProblem(error).continued(
          by: "The request is recorded at position \(submitted.position); no correction was opened"
        ).recorded(at: submitted.position)
      }
    }
    let reply: Reply
    if call.accepts.first == "application/xml", let xml = answer.response {
      reply = Reply(xml, as: "application/xml")
    } else {
      reply = .json(try answer.members())
    }
    return reply.with(.position, String(submitted.position))
  }

  /// Refuses a request that comes from no User ID of the token's party.
  static func mustBeTheirs(_ request: ServiceRequest, _ call: Call) throws {
    let who = try call.who
    guard try call.ledger.party(of: request.id.originator) == who.party else {
      throw WebProblem(
        .notAllowed,
        "a Service Request comes from a User ID of the token's party; \(request.id.originator) is none "
          + "of \(who.party). Nothing was recorded")
    }
  }

  /// What is only tried may be of somebody else where all may be seen.
  private static func check(_ request: ServiceRequest, _ call: Call) throws -> Reply {
    let ledger = call.ledger
    if call.right != .all { try mustBeTheirs(request, call) }
    let sight = try sight(of: request.deviceID, call)
    let time = try call.query.value("at", "a time such as 2026-03-09T09:30:00Z") {
      try? Times.instant($0)
    }
    let judged = try ledger.judge(request, at: time ?? ledger.now())
    let open = try judged.openCorrection.flatMap { try call.mayKnow(of: $0) ? $0 : nil }
    let wording =
      sight == .whole ? ledger.wording(for: judged) : EntryWording(ledger, sight: sight).wording
    return .json(
      JudgementAnswer(request, judged.judgement).members(wording) + [
        ("recorded", .of(try ledger.position(ofRequest: request.id))),
        ("correction", .of(open?.description)), ("dryRun", .bool(true)),
        ("position", .integer(judged.position)),
      ])
  }

  /// Whole meter points only of a device that is theirs to see.
  static func sight(of id: EUI64?, _ call: Call) throws -> Sight {
    guard call.right == .own else { return .whole }
    guard let id, let device = try call.ledger.device(id) else { return .masked }
    return try Right.own.covers(device, for: call.who, at: call.ledger.now(), call.ledger)
      ? .whole : .masked
  }

  private static func record(_ call: Call) throws -> Reply {
    let (who, ledger) = (try call.who, call.ledger)
    let document = try DUIS.read(call.body)
    let originator: EUI64? =
      switch document {
      case .request:
        throw WireError(
          .value, line: 1, column: 1, expected: "a response or an alert",
          found: "a Service Request", next: "Service Requests belong to /v1/service-requests")
      case .response(let response): response.requestID?.originator
      case .alert: nil
      }
    let isTheirs = try originator.map { try ledger.party(of: $0) == who.party } ?? false
    guard call.right == .all || isTheirs else {
      throw WebProblem(
        .notAllowed,
        "\(who.party) records responses to its own requests; this is none. Nothing was recorded")
    }
    let actor = who.actor(try who.user(ledger))
    let recorded =
      switch document {
      case .response(let response): try ledger.record(response, raw: call.body, by: actor)
      case .alert(let alert): try ledger.record(alert, raw: call.body, by: actor)
      case .request: preconditionFailure("a request was turned away above")
      }
    return .json(try RecordedAnswer(recorded, ledger: ledger).members)
      .with(.position, String(recorded.position))
  }
}

extension Call {
  /// Whether a correction may be named to who asks.
  func mayKnow(of id: CorrectionID) throws -> Bool {
    try ledger.correction(id).map { correction in
      try Rights.of(who.role, to: .showCorrection).covers(correction, for: who, ledger)
    } ?? false
  }

  /// The media types that are asked for, those that are wanted most first.
  var accepts: [String] {
    (header(.accept) ?? "").split(separator: ",").map { part -> (String, Double) in
      let parts = part.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap {
        Double($0.dropFirst(2))
      }
      return (parts.first == "text/xml" ? "application/xml" : parts.first ?? "", weight ?? 1)
    }.filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }.map(\.0)
  }

  /// Whether rows for a spreadsheet are asked for, by the path's ending or by Accept; else JSON.
  func wantsCSV(_ ending: String? = nil) throws -> Bool {
    switch ending {
    case "csv": return true
    case "json": return false
    default: break
    }
    let all = accepts
    if all.isEmpty { return false }
    for type in all {
      switch type {
      case "text/csv": return true
      case "application/json", "application/*", "*/*": return false
      case "text/*": return true
      default: continue
      }
    }
    throw WebProblem(
      .notAcceptable,
      "Accept: expected application/json or text/csv; found "
        + Shown.typed(header(.accept) ?? ""))
  }

  /// As of which knowledge, and what of it was true by when.
  func moment() throws -> Moment {
    var moment =
      try query["knownAt"].map { try Moment($0, of: "knownAt", ledger) }
      ?? Moment(newest: ledger)
    moment.effectiveAt = try query.value("effectiveAt", "a time such as 2026-03-09T09:30:00Z") {
      try? Times.instant($0)
    }
    return moment
  }

  /// Whether anything but the newest is asked for.
  var asksForThen: Bool { query["knownAt"] != nil || query["effectiveAt"] != nil }
}
