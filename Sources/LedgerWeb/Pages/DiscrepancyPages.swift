import Answers
import Corrections
import HTTPTypes
import Ledger
import Pages
import Wire

/// The list of discrepancies, one of them, and what the DCC does about it.
enum DiscrepancyPages {
  static let all: [Route] = [
    .page(
      .listDiscrepancies, .get, "/discrepancies",
      parameters: DiscrepancyRoutes.filters + ["cursor"], list),
    .page(
      .showDiscrepancy, .get, "/discrepancies/{discrepancy}", parameters: ["recorded"]
    ) { .page(try page($0).html) },
    .page(
      .settleDiscrepancy, .post, "/discrepancies/{discrepancy}/dismiss", body: .form, on: .write,
      dismiss),
    .page(
      .settleDiscrepancy, .post, "/discrepancies/{discrepancy}/open", body: .form, on: .write, open),
  ]

  private static func list(_ call: Call) throws -> Reply {
    let (answers, _, next) = try DiscrepancyRoutes.page(call, limit: 50)
    let filter = try DiscrepancyRoutes.filter(call)
    let total = try call.ledger.discrepancyCount(filter)
    let filters = DiscrepancyRoutes.filters.compactMap { name in
      call.query[name].flatMap { $0.isEmpty ? nil : (name: name, value: $0) }
    }
    return .page(
      DiscrepancyListPage(
        answers, filters: filters, total: total, cursor: next?.text(call, over: filters),
        for: try call.visitor, foot: try call.foot()
      ).html)
  }

  private static func page(
    _ call: Call, wrong: String? = nil, typed: String = ""
  ) throws -> OneDiscrepancyPage {
    let answer = try DiscrepancyRoutes.one(call)
    let who = try call.who
    let events = try call.ledger.timeline(Tag.discrepancy(answer.discrepancy.id))
    let isTheirs = who.csrf != nil && Rights.of(who.role, to: .settleDiscrepancy) == .all
    return OneDiscrepancyPage(
      answer, mayAct: isTheirs && (try? actor(call)) != nil,
      linksDevice: try call.maySee(device: answer.discrepancy.suspicion.device),
      for: who.visitor, notice: try call.notice(events), wrong: wrong, typed: typed,
      foot: try call.foot())
  }

  private static func dismiss(_ call: Call) throws -> Reply {
    let id = try call.name("discrepancy") { DiscrepancyID($0) }
    let reason = try call.form["reason"] ?? ""
    do {
      try TypedText.check(reason, "reason")
    } catch {
      let sentence =
        reason.isEmpty ? "Say why it is none" : WebProblem(error).detail
      return .page(try page(call, wrong: sentence, typed: reason).html, status: .badRequest)
    }
    let actor = try actor(call)
    let position = try call.ledger.dismiss(id, reason: reason, by: actor)
    return .redirect(to: "/discrepancies/\(id)", recorded: position)
  }

  private static func open(_ call: Call) throws -> Reply {
    let id = try call.name("discrepancy") { DiscrepancyID($0) }
    let ledger = call.ledger
    guard let found = try ledger.discrepancy(id) else { throw WebProblem.notFound }
    let wording = EntryWording(ledger).wording
    let taken = try ledger.wordingRefusals {
      try ledger.takeUp(
        id, as: "reconcile-\(found.suspicion.rule.rawValue)",
        words: { "\($0.suspicion.rule.title): \(wording.because($0.suspicion))" },
        by: try actor(call))
    }
    if let opened = taken.compactMap(\.opened).first {
      return .redirect(to: "/corrections/\(opened.correction.id)", recorded: opened.position)
    }
    let sentences = taken.compactMap(\.refusal).map { refusal in
      WebProblem((refusal as? Refusal).map { ledger.worded($0) } ?? refusal).detail
    }
    throw WebProblem(.refused, sentences.first ?? "there is nothing to open")
  }

  /// Who acts: a user in the role of the DCC.
  private static func actor(_ call: Call) throws -> Actor {
    let who = try call.who
    let user = try who.user(call.ledger)
    guard user.roles.contains(.dcc) else {
      throw NotAllowed("this takes a user in the role DCC; \(user.id) has none")
    }
    return Actor(user: user.id, party: user.party, role: UserRole.dcc.rawValue, via: .token)
  }
}
