import Answers
import Corrections
import EventLog
import HTTPTypes
import Ledger
import Wire

/// One correction, its timeline, and the request that settles it.
enum CorrectionReads {
  static let all = [
    Route(
      .showCorrection, .get, "/v1/corrections/{correction}",
      parameters: ["knownAt", "effectiveAt", "after"], show),
    Route(
      .correctionTimeline, .get, "/v1/corrections/{correction}/timeline",
      parameters: ["after", "wait"], waitingWhile: isQuiet, timeline),
    Route(
      .correctionRequest, .get, "/v1/corrections/{correction}/request",
      parameters: ["counter", "after"], request),
  ]

  /// What may be seen of a correction that is named; else it isn't there.
  static func thread(_ call: Call, _ moment: Moment) throws -> CorrectionThread {
    let id = try call.name("correction") { CorrectionID($0) }
    let thread = try CorrectionThread(id, call.ledger, moment, sight: call.right.sight)
    // What may be seen of what was known then is what may be seen of it now.
    let now = call.asksForThen ? try call.ledger.correction(id) : thread.correction
    guard let now, try call.right.covers(now, for: call.who, call.ledger) else {
      throw WebProblem.notFound
    }
    return thread
  }

  private static func show(_ call: Call) throws -> Reply {
    try call.ledger.log.atOneMoment { try show(call, try call.moment()) }
  }

  private static func show(_ call: Call, _ moment: Moment) throws -> Reply {
    let thread = try thread(call, moment)
    guard let correction = thread.correction else { throw WebProblem.notFound }
    let tag = "\"\(correction.position)\""
    if !call.asksForThen, call.header(.ifNoneMatch).map({ matches($0, tag) }) ?? false {
      return Reply([], as: "application/json", status: .notModified).with(.eTag, tag)
    }
    let answer = try thread.answer()
    let timeline = TimelineAnswer(
      events: thread.events, ledger: call.ledger, sight: call.right.sight)
    var members = answer.members()
    members.append(("warnings", .array(answer.warnings().map { .string($0.rawValue) })))
    members.append(("timeline", timeline.json()))
    members.append(("position", .integer(answer.position)))
    let reply = Reply.json(members + moment.members)
    return call.asksForThen ? reply : reply.with(.eTag, tag)
  }

  /// Whether a list of tags, as HTTP writes it, names one; a weak one counts as the same.
  static func matches(_ list: String, _ tag: String) -> Bool {
    list.split(separator: ",").contains { part in
      let one = String(part.filter { $0 != " " })
      return one == "*" || one == tag || one == "W/" + tag
    }
  }

  /// Whether nothing has happened after the position that a reader knows.
  private static func isQuiet(_ call: Call) throws -> Bool {
    guard let after = try call.query.number("after", in: 0...Int.max) else { return false }
    let thread = try thread(call, Moment(newest: call.ledger))
    return !thread.events.contains { $0.position > after }
  }

  private static func timeline(_ call: Call) throws -> Reply {
    try call.ledger.log.atOneMoment { try timeline(call, try Moment(newest: call.ledger)) }
  }

  private static func timeline(_ call: Call, _ moment: Moment) throws -> Reply {
    let after = try call.query.number("after", in: 0...Int.max) ?? 0
    let thread = try thread(call, moment)
    let events = TimelineAnswer(
      events: thread.events, ledger: call.ledger, sight: call.right.sight)
    let newer = events.after(after)
    if try call.wantsCSV() { return .csv(newer.csv()) }
    return .json([
      ("timeline", newer.json()),
      ("position", .integer(thread.events.last?.position ?? after)),
    ])
  }

  private static func request(_ call: Call) throws -> Reply {
    let thread = try thread(call, Moment(newest: call.ledger))
    let counter = try call.query.value("counter", "a whole number of at most 20 digits") {
      UInt64($0)
    }
    let user = try call.right == .own ? call.who.token.user.flatMap { EUI64($0) } : nil
    let ready = try call.ledger.wordingRefusals {
      try call.ledger.request(for: thread.id, by: user, counter: counter)
    }
    return call.accepts.first == "application/xml"
      ? Reply(ready.xml, as: "application/xml") : .json(ready.members)
  }
}
