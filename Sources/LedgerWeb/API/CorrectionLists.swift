import Answers
import Corrections
import Foundation
import HTTPTypes
import Ledger
import Wire

/// Lists of corrections: made of what may be seen, page by page as of one position.
enum CorrectionLists {
  static let filters = [
    "holder", "party", "state", "code", "device", "route", "batch", "late", "olderThan", "all",
  ]

  static let all = [
    Route(
      .listCorrections, .get, "/v1/corrections",
      parameters: filters + ["knownAt", "limit", "cursor", "after"], isSlowAsCSV: true
    ) { try $0.wantsCSV() ? whole($0, isCSV: true) : page($0) },
    Route(
      .listCorrections, .get, "/v1/corrections.csv", parameters: filters + ["knownAt", "after"],
      on: .slow
    ) { try whole($0, isCSV: true) },
    Route(
      .listCorrections, .get, "/v1/corrections.json", parameters: filters + ["knownAt", "after"],
      on: .slow
    ) { try whole($0, isCSV: false) },
  ]

  private static func page(_ call: Call) throws -> Reply {
    let limit = try call.query.number("limit", in: 1...500) ?? 50
    let cursor = try call.query["cursor"].map { try Cursor($0, call) }
    let list = try List(call, cursor)
    let (answers, hasMore) = try list.page(limit: limit, after: cursor?.after ?? 0)
    let next =
      hasMore
      ? answers.last.map {
        Cursor(after: $0.correction.id.number, position: list.position, at: list.at).text(call)
      } : nil
    let reply = Reply.json([
      ("corrections", rows(answers)), ("position", .integer(list.position)),
      ("knownAt", .string(list.at.stored)), ("next", .of(next)),
    ])
    guard let next else { return reply }
    var query = call.pairs.filter { $0.name != "cursor" }
    query.append((name: "cursor", value: next))
    let text = query.map { "\($0.name)=\(encoded($0.value))" }.joined(separator: "&")
    return reply.with(.own("Link"), "</v1/corrections?\(text)>; rel=\"next\"")
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(
      withAllowedCharacters: CharacterSet(charactersIn: "-._~").union(.alphanumerics)) ?? ""
  }

  private static func whole(_ call: Call, isCSV: Bool) throws -> Reply {
    let list = try List(call, nil)
    let answers = try list.page(limit: .max, after: 0).answers
    return isCSV ? .csv(CorrectionRows.csv(answers)) : .json(rows(answers))
  }

  static func rows(_ answers: [CorrectionAnswer]) -> JSON {
    .array(answers.map { .object($0.members() + [("position", .integer($0.correction.position))]) })
  }

  /// What a call asks for, as of one position and moment.
  private final class List {
    private let call: Call
    private let filter: CorrectionFilter
    private let code: String?
    private let isLate: Bool?
    private let olderThan: Int?
    let at: Instant
    private(set) var position: Int

    init(_ call: Call, _ cursor: Cursor?) throws {
      self.call = call
      var filter = CorrectionFilter()
      filter.holder = try call.query.one("holder", of: Holder.self)
      filter.state = try call.query.one("state", of: Correction.State.self)
      filter.route = try call.query.one("route", of: Corrections.Route.self)
      filter.device = try call.query.value("device", "an EUI-64") { EUI64($0) }
      filter.party = call.query["party"]
      filter.batch = call.query["batch"]
      filter.includesEnded = try call.query.flag("all")
      self.filter = filter
      code = call.query["code"]
      isLate = try call.query["late"] == nil ? nil : call.query.flag("late")
      olderThan = try call.query.value("olderThan", "working days, such as 5wd") { text in
        text.hasSuffix("wd")
          ? Int(text.dropLast(2)).flatMap { (0...10_000).contains($0) ? $0 : nil } : nil
      }
      let known = try call.query["knownAt"].map { try Moment($0, of: "knownAt", call.ledger) }
      at = cursor?.at ?? known?.now ?? call.ledger.now()
      position = cursor?.position ?? known?.position ?? 0
    }

    func page(limit: Int, after: Int) throws -> (answers: [CorrectionAnswer], hasMore: Bool) {
      var query = PageQuery(filter, limit: limit)
      query.after = after
      query.position = position == 0 ? nil : position
      let (ledger, right, who) = (call.ledger, call.right, try call.who)
      let terms = try ledger.terms(upTo: query.position ?? ledger.head())
      func answer(_ correction: Correction) -> CorrectionAnswer {
        CorrectionAnswer(
          correction, ledger, terms, position: correction.position, at: at, upTo: query.position,
          sight: right.sight)
      }
      let page = try ledger.corrections(
        query, at: at, boundTo: right == .own ? who.party : nil
      ) { correction in
        guard try right.covers(correction, for: who, ledger) else { return false }
        guard code.map({ $0 == correction.firstCode }) ?? true else { return false }
        guard isLate != nil || olderThan != nil else { return true }
        let found = answer(correction)
        return (isLate.map { $0 == found.isLate } ?? true)
          && (olderThan.map { found.ageInWorkingDays > $0 } ?? true)
      }
      position = page.position
      return (page.corrections.map(answer), page.hasMore)
    }
  }
}

/// Where a list goes on, sealed so that nobody can make one up or take it to another list.
struct Cursor {
  let after: Int
  let position: Int
  let at: Instant

  init(after: Int, position: Int, at: Instant) {
    self.after = after
    self.position = position
    self.at = at
  }

  func text(_ call: Call) -> String { text(call, over: call.pairs) }

  /// The same for a list whose address says more than the one that was asked.
  func text(_ call: Call, over pairs: [(name: String, value: String)]) -> String {
    let said = "\(after).\(position).\(at.milliseconds)"
    return said + "." + Cursor.seal(said, call, pairs)
  }

  init(_ text: String, _ call: Call) throws {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, let after = Int(parts[0]), let position = Int(parts[1]),
      let at = Int64(parts[2]),
      isSameInConstantTime(
        Array(parts[3].utf8),
        Array(Cursor.seal(parts[0...2].joined(separator: "."), call, call.pairs).utf8))
    else {
      throw WebProblem(
        .usage,
        "cursor: expected one that this list gave; found another. Begin again without it")
    }
    self.init(after: after, position: position, at: Instant(milliseconds: at))
  }

  private static func seal(
    _ said: String, _ call: Call, _ pairs: [(name: String, value: String)]
  ) -> String {
    let list = pairs.filter { !["cursor", "limit", "after"].contains($0.name) }
      .map { "\($0.name)=\($0.value)" }
    let who = call.principal.map { "\($0.party) \($0.role.rawValue)" } ?? ""
    return call.server.seal(
      "cursor", ([call.route.path, said, who] + list).joined(separator: "\u{0}"))
  }
}
