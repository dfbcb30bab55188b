import Answers
import Corrections
import Foundation
import HTTPTypes
import Ledger
import Pages
import Wire

/// What is done to a correction by a form of its page.
enum CorrectionForms {
  static let all: [Route] = [
    .page(.act, .post, "/corrections/{correction}/{action}", body: .form, on: .write, act)
  ]

  private static func act(_ call: Call) throws -> Reply {
    let (who, ledger) = (try call.who, call.ledger)
    let thread = try CorrectionReads.thread(call, Moment(newest: ledger))
    guard let correction = thread.correction else { throw WebProblem.notFound }
    let name = try call.name("action") { ActionName(rawValue: $0) }
    let form = try call.form
    let kind = try kind(name, form)
    var typed = form.members(name.members)
    // What says which of two it is says so when nothing stands in it, too.
    switch kind {
    case .ask: typed["ask"] = typed["ask"] ?? ""
    case .closeIncident: typed["close"] = typed["close"] ?? ""
    case .command: break
    }
    let user = try who.user(ledger)
    guard let position = form["position"].flatMap({ Int($0) }),
      let key = form["key"].flatMap({ UUID(uuidString: $0) })
    else {
      throw WebProblem(
        .malformed, "expected a form of this page; found one without what the page gave it")
    }
    do {
      let action = try name.action(JSONBody(typed: typed), correction.field)
      let acted = try ledger.wordingRefusals {
        try ledger.act(
          action, on: thread.id, by: user, via: .token,
          guarded: ActGuard(expected: position, key: key.uuidString.lowercased()))
      }
      return .redirect(to: "/corrections/\(thread.id)", recorded: acted.position)
    } catch let moved as MovedOn {
      return try movedOn(moved, typed, call)
    } catch let error as Refused {
      return try again(call, kind, typed, WebProblem(error), nil)
    } catch let error as NotUnderstood {
      return try again(call, kind, typed, WebProblem(error), name)
    } catch let problem as WebProblem where problem.kind == .usage {
      return try again(call, kind, typed, problem, name)
    }
  }

  /// Which form it is; two of them post to the path of another.
  private static func kind(_ name: ActionName, _ form: FormBody) throws -> ActionForms.Kind {
    if name == .inform, form.has("ask") { return .ask }
    if name == .escalate, form.has("close") { return .closeIncident }
    guard let command = CommandName(rawValue: name.rawValue) else { throw WebProblem.notFound }
    return .command(command)
  }

  /// The page again, with what was typed and what is wrong with it; `name` says whose fields may be meant.
  private static func again(
    _ call: Call, _ kind: ActionForms.Kind, _ typed: [String: String], _ problem: WebProblem,
    _ name: ActionName?
  ) throws -> Reply {
    let field = name.flatMap { name in
      name.members.first { problem.detail.hasPrefix($0 + ": ") }
    }
    let isEmpty = field.map { (typed[$0] ?? "").isEmpty } ?? false
    let sentence =
      isEmpty
      ? "Fill this in; nothing was recorded"
      : field.map { String(problem.detail.dropFirst($0.count + 2)) } ?? problem.detail
    let page = try CorrectionPages.page(
      call,
      failed: (
        kind, typed,
        [Frame.Wrong(sentence.capitalised, in: field)]
      ))
    return .page(page.html, status: problem.kind.status)
  }

  /// The calm page for who decided on what does not stand any more; what they typed is not lost.
  private static func movedOn(
    _ moved: MovedOn, _ typed: [String: String], _ call: Call
  ) throws -> Reply {
    let id = moved.id
    let words = typed.sorted { $0.key < $1.key }.filter { $0.value.count > 3 }
      .map { "You typed: \($0.value)" }
    return .page(
      ProblemPage(
        "It moved on while you read",
        [
          "\(id) moved on at position \(moved.found) while you read \(moved.expected); nothing was "
            + "recorded. Read it again and decide on what stands now."
        ] + words, for: try call.visitor,
        links: [("Read \(id) again", "/corrections/\(id)#happened")], foot: try call.foot()
      ).html, status: .preconditionFailed)
  }
}

extension JSONBody {
  /// What a form says, as the same members that the API takes.
  init(typed: [String: String]) {
    self.init(
      members: typed.reduce(into: [:]) { members, field in
        members[field.key] =
          switch field.key {
          case "blank": .truth(field.value == "true")
          case "category": .number(Int(field.value) ?? 0)
          default: .text(field.value)
          }
      })
  }
}
