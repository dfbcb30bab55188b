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
    // First, since the page is then read as of the position that was counted.
    let counts = try queue.counts
    let page = try queue.page(after: cursor?.after ?? 0, limit: pageLength)
    let content = QueueContent(
      queue.list, counts: counts, discrepancies: try discrepancies(call),
      filters: queue.filters, answers: page.answers, total: page.total,
      cursor: page.next.map {
        $0.text(call, over: [("list", queue.list.rawValue)] + queue.filters)
      })
    return .page(QueuePage(content, for: try call.visitor, foot: try call.foot()).html)
  }

  /// How many discrepancies stand open, as the list of them shows.
  private static func discrepancies(_ call: Call) throws -> Int? {
    let right = Rights.of(try call.who.role, to: .listDiscrepancies)
    guard right != .none else { return nil }
    var filter = DiscrepancyFilter()
    if right == .own { filter.party = try call.who.party }
    return try call.ledger.discrepancyCount(filter)
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
  /// As of which position it is read: the cursor's, else that of the first look.
  private var position: Int?
  private let filter: CorrectionFilter
  private let isLate: Bool?
  /// All that is open, due first, once it was needed.
  private var opened: [CorrectionAnswer]?

  init(_ call: Call, _ cursor: Cursor?) throws {
    self.call = call
    filters = QueuePage.filterNames.compactMap { name in
      call.query[name].flatMap { $0.isEmpty ? nil : (name, $0) }
    }
    let query = call.query
    var filter = CorrectionFilter()
    filter.state = try query.one("state", of: Correction.State.self)
    filter.route = try query.one("route", of: Corrections.Route.self)
    filter.device = try query.filled("device", "an EUI-64") { EUI64($0) }
    filter.party = try query.filled("party", "a party") { $0 }
    isLate = try query.filled("late", "true or false") { ["true": true, "false": false][$0] }
    at = cursor?.at ?? call.ledger.now()
    position = cursor?.position
    list = try Queue.asked(call, Queue.lists(try call.who.role))
    filter.includesEnded = list == .all
    self.filter = filter
  }

  private var open: [CorrectionAnswer] {
    get throws {
      if let opened { return opened }
      let read = try answers(PageQuery(CorrectionFilter(), limit: .max)).answers
      let sorted = read.map { (place: $0.place, answer: $0) }.sorted { $0.place < $1.place }
        .map(\.answer)
      opened = sorted
      return sorted
    }
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

  /// What the reader may see of a query, and of that what fits; the first one says as of which position.
  private func answers(
    _ query: PageQuery, where fits: ((Correction, () -> Bool) -> Bool)? = nil
  ) throws -> (answers: [CorrectionAnswer], hasMore: Bool, position: Int) {
    var query = query
    let (known, moment) = (position, at)
    query.position = known
    let (ledger, right, who) = (call.ledger, call.right, try call.who)
    let terms = try ledger.terms(upTo: known ?? ledger.head())
    func answer(_ correction: Correction) -> CorrectionAnswer {
      CorrectionAnswer(
        correction, ledger, terms, position: correction.position, at: moment, upTo: known,
        sight: right.sight)
    }
    let page = try ledger.corrections(
      query, at: moment, boundTo: right == .own ? who.party : nil
    ) { correction in
      guard try right.covers(correction, for: who, ledger) else { return false }
      return fits?(correction, { answer(correction).isLate }) ?? true
    }
    position = page.position
    return (page.corrections.map(answer), page.hasMore, page.position)
  }

  /// How long each list is; that of all is not counted.
  var counts: [(list: QueueList, count: Int?)] {
    get throws {
      let (role, open) = (try call.who.role, try self.open)
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

  /// Whether the filters let one through; whether it is late is worked out only where that is asked.
  private func fits(_ correction: Correction, _ isLateNow: () -> Bool) -> Bool {
    let code = filters.first { $0.name == "code" }?.value
    return filter.takes(correction, at: at)
      && (code.map { $0 == correction.firstCode } ?? true)
      && (isLate.map { $0 == isLateNow() } ?? true)
  }

  /// The list as it is narrowed, whole.
  func whole() throws -> [CorrectionAnswer] {
    guard list != .all else {
      return try answers(all(after: 0, limit: .max), where: fits).answers
    }
    return try open.filter { answer in
      try isIn(list, answer) && fits(answer.correction) { answer.isLate }
    }
  }

  private func all(after: Int, limit: Int) -> PageQuery {
    var query = PageQuery(filter, limit: limit)
    query.after = after
    return query
  }

  /// One page of it; `next` is where the page after it begins.
  func page(
    after: Int, limit: Int
  ) throws -> (answers: [CorrectionAnswer], total: Int?, next: Cursor?) {
    if list == .all {
      let found = try answers(all(after: after, limit: limit), where: fits)
      let isWhole = after == 0 && !found.hasMore
      let last = found.hasMore ? found.answers.last?.correction.id.number : nil
      return (
        found.answers, isWhole ? found.answers.count : nil,
        last.map { Cursor(after: $0, position: found.position, at: at) }
      )
    }
    let all = try whole()
    let page = Array(all.dropFirst(after).prefix(limit))
    let end = after + page.count
    return (page, all.count, end < all.count ? cursor(after: end) : nil)
  }

  private func cursor(after: Int) -> Cursor? {
    position.map { Cursor(after: after, position: $0, at: at) }
  }
}
