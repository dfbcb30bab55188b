import Foundation
import HTTPTypes
import Pages
import Wire

/// Problems as pages, in the same frame as the rest.
enum ProblemPages {
  static func reply(
    _ problem: WebProblem, path: String, isGet: Bool, isSignIn: Bool, visitor: Frame.Visitor?,
    requestID: String
  ) -> Reply {
    if problem.kind == .unauthorised, !isSignIn {
      let next = isGet && path != "/" ? "?next=\(Address.encoded(path))" : ""
      var reply = Reply.redirect(to: "/sign-in" + next)
      reply.headers[.cacheControl] = "no-store"
      return reply
    }
    let page = ProblemPage(
      heading(problem.kind), sentences(problem), for: visitor, links: links(visitor),
      foot: "Request id \(requestID)")
    var reply = Reply.page(page.html, status: problem.kind.status)
    for field in problem.headers where field.name != .wwwAuthenticate {
      reply.headers[field.name] = field.value
    }
    return reply
  }

  private static func heading(_ kind: ProblemKind) -> String {
    switch kind {
    case .notFound: "There is no such page"
    case .notAllowed: "Not allowed"
    case .movedOn: "It moved on while you read"
    case .refused, .requestIDReused, .messageReused, .keyReused: "Nothing was recorded"
    case .tooLarge: "That is too large"
    case .busy, .notReachedYet, .unavailable: "The ledger can’t answer now"
    case .unauthorised: "Sign in first"
    case .malformed, .usage: "That can’t be read"
    case .methodNotAllowed, .notAcceptable, .unsupportedMediaType, .misdirected:
      "That can’t be asked here"
    }
  }

  private static func sentences(_ problem: WebProblem) -> [String] {
    let detail = problem.detail.capitalised
    let next: String? =
      switch problem.kind {
      case .notFound: "Check the address, or find it by its number."
      case .busy, .notReachedYet:
        "Wait a moment and load the page again. A form sent twice counts once."
      case .unavailable:
        "Try again in half a minute. Of a form it is not known whether it was recorded: a form sent twice "
          + "counts once."
      case .tooLarge: "A request is at most 1 MiB."
      case .movedOn: "Read it again, and decide on what stands now."
      case .malformed, .usage, .unauthorised, .notAllowed, .methodNotAllowed, .notAcceptable,
        .refused, .requestIDReused, .messageReused, .keyReused, .unsupportedMediaType, .misdirected:
        problem.next
      }
    return [detail.hasSuffix(".") ? detail : detail + "."] + (next.map { [$0] } ?? [])
  }

  private static func links(_ visitor: Frame.Visitor?) -> [(name: String, address: String)] {
    visitor == nil ? [("Sign in", "/sign-in")] : [("Go to the corrections", "/")]
  }
}
