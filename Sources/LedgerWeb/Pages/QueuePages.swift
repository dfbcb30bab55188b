import Answers
import Corrections
import HTTPTypes
import Ledger
import Pages
import Wire

/// The queue: what waits for whom, due first.
enum QueuePages {
  static let all: [Route] = [
    .page(
      .listCorrections, .get, "/", parameters: ["list", "cursor"] + QueuePage.filterNames, show),
    .page(
      .listCorrections, .get, "/queue.csv", parameters: ["list"] + QueuePage.filterNames, on: .slow
    ) { call in
      .csv(CorrectionRows.csv(try Queue(call, nil).whole())).file("corrections.csv")
    },
    .page(
      .listCorrections, .get, "/queue.json", parameters: ["list"] + QueuePage.filterNames, on: .slow
    ) { call in
      .json(CorrectionLists.rows(try Queue(call, nil).whole())).file("corrections.json")
    },
  ]

  private static let pageLength = 50

  private static func show(_ call: Call) throws -> Reply {
    let cursor = try call.query["cursor"].map { try Cursor($0, call) }
    let queue = try Queue(call, cursor)
    let page = try queue.page(after: cursor?.after ?? 0, limit: pageLength)
    let content = QueueContent(
      queue.list, counts: try queue.counts, discrepancies: try discrepancies(call),
      filters: queue.filters, answers: page.answers, total: page.total,
      cursor: page.next.map {
        Cursor(after: $0, position: queue.position, at: queue.at)
          .text(call, over: [("list", queue.list.rawValue)] + queue.filters)
      })
    return .page(
      QueuePage(
        content, for: try call.visitor, notice: nil, foot: try call.foot()
      ).html)
  }

  /// How many discrepancies stand open, as the list of them shows.
  private static func discrepancies(_ call: Call) throws -> Int? {
    let right = Rights.of(try call.who.role, to: .listDiscrepancies)
    guard right != .none else { return nil }
    var filter = DiscrepancyFilter()
    if right == .own { filter.party = try call.who.party }
    return try call.ledger.discrepancyCounts(filter).byRule.values
      .reduce(0) { $0 + ($1[.open] ?? 0) }
  }
}

/// The corrections that somebody may see, cut into the lists of the queue.
///
/// A badge and the list that it opens are one look: all that is open is read once, as of one position.
final class Queue {
  let call: Call
  let list: QueueList
  let filters: [(name: String, value: String)]
  let at: Instant
  private(set) var position: Int
  private let filter: CorrectionFilter
  private let isLate: Bool?
  private let open: [CorrectionAnswer]

  init(_ call: Call, _ cursor: Cursor?) throws {
    self.call = call
    filters = QueuePage.filterNames.compactMap { name in
      call.query[name].flatMap { $0.isEmpty ? nil : (name, $0) }
    }
    let filters = filters
    func value<Value>(_ name: String, _ expected: String, _ read: (String) -> Value?) throws
      -> Value?
    {
      guard let text = filters.first(where: { $0.name == name })?.value else { return nil }
      guard let value = read(text) else {
        throw WebProblem(.usage, "\(name): expected \(expected); found \(Shown.typed(text))")
      }
      return value
    }
    var filter = CorrectionFilter()
    filter.state = try value("state", "a state") { Correction.State(rawValue: $0) }
    filter.route = try value("route", "a route") { Corrections.Route(rawValue: $0) }
    filter.device = try value("device", "an EUI-64") { EUI64($0) }
    filter.party = try value("party", "a party") { $0 }
    isLate = try value("late", "true or false") { ["true": true, "false": false][$0] }
    at = cursor?.at ?? call.ledger.now()
    let lists = Queue.lists(try call.who.role)
    list = try Queue.asked(call, lists)
    filter.includesEnded = list == .all
    self.filter = filter
    let query = PageQuery(CorrectionFilter(), limit: .max)
    let (read, _, position) = try Queue.answers(
      call, query, at: at, position: cursor?.position)
    self.position = position
    open = read.sorted { $0.place < $1.place }
  }

  private static func asked(_ call: Call, _ lists: [QueueList]) throws -> QueueList {
    guard let text = call.query["list"] else { return lists[0] }
    guard let list = QueueList(rawValue: text), lists.contains(list) else {
      throw WebProblem(
        .usage,
        "list: expected one of \(lists.map(\.rawValue).joined(separator: ", ")); found "
          + Shown.typed(text))
    }
    return list
  }

  /// The lists that a role has, the first of them at the root of the pages.
  private static func lists(_ role: AccessRole) -> [QueueList] {
    switch role {
    case .supplier, .dsp: [.mine, .others, .all]
    case .servicecentre: [.mine, .others, .unowned, .all]
    case .secas, .auditor: [.open, .unowned, .all]
    }
  }

  private static func answers(
    _ call: Call, _ query: PageQuery, at moment: Instant, position: Int?,
    where fits: (CorrectionAnswer) -> Bool = { _ in true }
  ) throws -> (answers: [CorrectionAnswer], hasMore: Bool, position: Int) {
    var query = query
    query.position = position
    let (ledger, right, who) = (call.ledger, call.right, try call.who)
    let terms = try ledger.terms(upTo: position ?? ledger.head())
    func answer(_ correction: Correction) -> CorrectionAnswer {
      CorrectionAnswer(
        correction, ledger, terms, position: correction.position, at: moment, upTo: position,
        sight: right.sight)
    }
    let page = try ledger.corrections(
      query, at: moment, boundTo: right == .own ? who.party : nil
    ) { correction in
      try right.covers(correction, for: who, ledger) && fits(answer(correction))
    }
    return (page.corrections.map(answer), page.hasMore, page.position)
  }

  /// How long each list is; that of all is not counted.
  var counts: [(list: QueueList, count: Int?)] {
    get throws {
      let role = try call.who.role
      return try Queue.lists(role).map { list in
        guard list != .all else { return (list, nil) }
        return (list, try open.count { try isIn(list, $0) })
      }
    }
  }

  private func isIn(_ list: QueueList, _ answer: CorrectionAnswer) throws -> Bool {
    switch list {
    case .mine: try isTheirs(answer)
    case .others: try !isTheirs(answer)
    case .unowned: answer.correction.owner == nil && answer.correction.isOpen
    case .open, .all: true
    }
  }

  /// Whether it is the reader's turn.
  ///
  /// A proposal is everybody's at the DCC but its proposer's.
  private func isTheirs(_ answer: CorrectionAnswer) throws -> Bool {
    let who = try call.who
    switch who.role {
    case .supplier: return answer.correction.holderParties(at: answer.now).contains(who.party)
    case .dsp: return answer.holder == .dsp
    case .servicecentre:
      guard answer.holder == .dcc else { return false }
      guard let proposal = answer.correction.proposal, proposal.approver == nil else { return true }
      return proposal.proposer.user != who.token.user
    case .secas, .auditor: return false
    }
  }

  private func fits(_ answer: CorrectionAnswer) -> Bool {
    let code = filters.first { $0.name == "code" }?.value
    return filter.takes(answer.correction, at: at)
      && (code.map { $0 == answer.correction.firstCode } ?? true)
      && (isLate.map { $0 == answer.isLate } ?? true)
  }

  /// The list as it is narrowed, whole.
  func whole() throws -> [CorrectionAnswer] {
    guard list != .all else {
      return try Queue.answers(call, all(after: 0, limit: .max), at: at, position: nil, where: fits)
        .answers
    }
    return try open.filter { try isIn(list, $0) && fits($0) }
  }

  private func all(after: Int, limit: Int) -> PageQuery {
    var query = PageQuery(filter, limit: limit)
    query.after = after
    return query
  }

  /// One page of it; `next` is what the page after it begins behind.
  func page(
    after: Int, limit: Int
  ) throws -> (answers: [CorrectionAnswer], total: Int?, next: Int?) {
    if list == .all {
      let found = try Queue.answers(
        call, all(after: after, limit: limit), at: at, position: position,
        where: fits)
      position = found.position
      let isWhole = after == 0 && !found.hasMore
      return (
        found.answers, isWhole ? found.answers.count : nil,
        found.hasMore ? found.answers.last?.correction.id.number : nil
      )
    }
    let all = try whole()
    let page = Array(all.dropFirst(after).prefix(limit))
    let end = after + page.count
    return (page, all.count, end < all.count ? end : nil)
  }
}
