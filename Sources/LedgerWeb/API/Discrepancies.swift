import Answers
import Corrections
import HTTPTypes
import Ledger
import Pages
import Wire

/// Suspected errors that a rule found: lists of those that may be seen, and one.
enum DiscrepancyRoutes {
  static let filters = DiscrepancyListPage.filterNames

  static let all = [
    Route(
      .listDiscrepancies, .get, "/v1/discrepancies",
      parameters: filters + ["limit", "cursor", "after"],
      list),
    Route(
      .listDiscrepancies, .get, "/v1/discrepancies.csv", parameters: filters + ["after"], on: .slow
    ) { call in
      let rows = try whole(call).map {
        Table.csvLine($0.row(xml: nil), freeText: DiscrepancyAnswer.freeText)
      }
      return .csv(Table.csvLine(DiscrepancyAnswer.columns) + rows.joined())
    },
    Route(
      .listDiscrepancies, .get, "/v1/discrepancies.json", parameters: filters + ["after"], on: .slow
    ) { call in
      .json(.array(try whole(call).map { .object($0.members) }))
    },
    Route(
      .showDiscrepancy, .get, "/v1/discrepancies/{discrepancy}", parameters: ["after"]
    ) { call in
      .json(try one(call).members)
    },
  ]

  /// What a call asks for, bound to what the reader may see.
  static func filter(_ call: Call) throws -> DiscrepancyFilter {
    let query = call.query
    var filter = DiscrepancyFilter()
    filter.rule = try query.one("rule", of: DiscrepancyRule.self)
    filter.confidence = try query.one("confidence", of: Confidence.self)
    filter.device = try query.filled("device", "an EUI-64") { EUI64($0) }
    filter.party = try query.filled("party", "a party") { $0 }
    if query["state"] == "all" {
      filter.state = nil
    } else if let state = try query.one("state", of: Discrepancy.State.self, or: "all") {
      filter.state = state
    }
    if call.right == .own {
      // What concerns another party only is not there for them.
      guard try [nil, call.who.party].contains(filter.party) else { throw WebProblem.notFound }
      filter.party = try call.who.party
    }
    return filter
  }

  /// The answers of a page, with the corrections that may be named.
  static func answers(_ found: [Discrepancy], _ call: Call) throws -> [DiscrepancyAnswer] {
    let runs = call.ledger.lastRuns()
    return try found.map { discrepancy in
      var answer = DiscrepancyAnswer(
        discrepancy, call.ledger, runs: runs, sight: call.right.sight)
      if let correction = answer.correction, try !call.mayKnow(of: correction) {
        answer.correction = nil
      }
      return answer
    }
  }

  /// One page as of one position, and what the next one begins behind.
  static func page(
    _ call: Call, limit: Int
  ) throws -> (answers: [DiscrepancyAnswer], position: Int, next: Cursor?) {
    let cursor = try call.query["cursor"].map { try Cursor($0, call) }
    let page = try call.ledger.discrepancyPage(
      filter(call), after: cursor?.after ?? 0, limit: limit, position: cursor?.position)
    let last = page.hasMore ? page.discrepancies.last?.id.number : nil
    return (
      try answers(page.discrepancies, call), page.position,
      last.map {
        Cursor(after: $0, position: page.position, at: cursor?.at ?? call.ledger.now())
      }
    )
  }

  private static func whole(_ call: Call) throws -> [DiscrepancyAnswer] {
    try answers(
      call.ledger.discrepancyPage(filter(call), after: 0, limit: .max).discrepancies, call)
  }

  private static func list(_ call: Call) throws -> Reply {
    let limit = try call.query.number("limit", in: 1...500) ?? 50
    let (answers, position, next) = try page(call, limit: limit)
    let text = next?.text(call)
    let reply = Reply.json([
      ("discrepancies", .array(answers.map { .object($0.members) })),
      ("position", .integer(position)), ("next", .of(text)),
    ])
    guard let text else { return reply }
    let pairs = call.pairs.filter { $0.name != "cursor" } + [(name: "cursor", value: text)]
    return reply.with(
      .own("Link"), "<\(Address("/v1/discrepancies", pairs).text)>; rel=\"next\"")
  }

  /// The one that is named, where it may be seen; else it isn't there.
  static func one(_ call: Call) throws -> DiscrepancyAnswer {
    let id = try call.name("discrepancy") { DiscrepancyID($0) }
    guard let found = try call.ledger.discrepancy(id), try covers(found, call.right, call) else {
      throw WebProblem.notFound
    }
    return try answers([found], call)[0]
  }

  /// Whether one may be named to who asks.
  static func isSeen(_ id: DiscrepancyID, _ call: Call) throws -> Bool {
    let right = Rights.of(try call.who.role, to: .showDiscrepancy)
    return try call.ledger.discrepancy(id).map { try covers($0, right, call) } ?? false
  }

  private static func covers(_ found: Discrepancy, _ right: Right, _ call: Call) throws -> Bool {
    switch right {
    case .all, .masked: true
    case .own: found.suspicion.parties.contains(try call.who.party)
    case .queue, .none: false
    }
  }
}
