import Answers
import Corrections
import EventLog
package import HTTPTypes
import Ledger
package import Wire

/// Why something was not answered, as RFC 9457 has it: stable kinds, each with one status and title.
package enum ProblemKind: String, CaseIterable, Sendable {
  case malformed, usage, unauthorised, notAllowed, notFound, methodNotAllowed, notAcceptable
  case refused, requestIDReused, messageReused, keyReused, movedOn, tooLarge, unsupportedMediaType
  case misdirected, busy, notReachedYet, unavailable

  package var status: HTTPResponse.Status {
    switch self {
    case .malformed, .usage: .badRequest
    case .unauthorised: .unauthorized
    case .notAllowed: .forbidden
    case .notFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .notAcceptable: .notAcceptable
    case .refused, .requestIDReused, .messageReused, .keyReused: .conflict
    case .movedOn: .preconditionFailed
    case .tooLarge: .contentTooLarge
    case .unsupportedMediaType: .unsupportedMediaType
    case .misdirected: .misdirectedRequest
    case .busy, .notReachedYet, .unavailable: .serviceUnavailable
    }
  }

  package var title: String {
    switch self {
    case .malformed: "The body is not what it claims to be"
    case .usage: "A parameter is not in the form that is asked for"
    case .unauthorised: "No token that is good"
    case .notAllowed: "Not allowed"
    case .notFound: "Not found"
    case .methodNotAllowed: "No such method here"
    case .notAcceptable: "No such form of the answer"
    case .refused: "It makes no sense in this state"
    case .requestIDReused: "The RequestID was used for something else"
    case .messageReused: "Too many messages of one identity"
    case .keyReused: "The Idempotency-Key was used for something else"
    case .movedOn: "It has moved on since it was read"
    case .tooLarge: "The body is too large"
    case .unsupportedMediaType: "No such form of a body"
    case .misdirected: "Another host is asked for"
    case .busy: "Too much at once"
    case .notReachedYet: "The position is not reached yet"
    case .unavailable: "The ledger can't answer now"
    }
  }

  /// What it means and what to do, for the page of its kind.
  package var explanation: String {
    switch self {
    case .malformed:
      "Nothing of the body was recorded. errors names each place, what was expected there and what was "
        + "found."
    case .usage:
      "A parameter, a header or a member of the body is missing, unknown or of another form. detail names it."
    case .unauthorised:
      "Send Authorization: Bearer TOKEN. Unknown, expired and revoked tokens are answered alike."
    case .notAllowed:
      "The token's role, or the user that acts with it, may not do this; nothing was recorded."
    case .notFound:
      "There is no such thing, or none that this token may see: the two are answered alike."
    case .methodNotAllowed: "Allow names the methods that there are."
    case .notAcceptable: "Accept, or the ending of the path, asks for a form that there is not."
    case .refused:
      "What was asked is understood and makes no sense as things stand; nothing was recorded. detail says "
        + "how they stand."
    case .requestIDReused: "A new request needs a new counter. Nothing was recorded."
    case .messageReused: "Nothing was recorded."
    case .keyReused: "Another action needs another key. Nothing was recorded."
    case .movedOn: "Read it again, and repeat with the new ETag. Nothing was recorded."
    case .tooLarge: "A body is at most 1 MiB of XML, or 64 KiB of JSON."
    case .unsupportedMediaType:
      "Content-Type is application/xml for messages, else application/json."
    case .misdirected:
      "A server on a loopback address answers to localhost, 127.0.0.1 and [::1] only."
    case .busy: "Nothing was recorded. Repeat after Retry-After seconds: a repeat counts once."
    case .notReachedYet: "The log has not reached the position of after. Repeat after Retry-After."
    case .unavailable:
      "What went wrong is in the operator's log, under the request id. Of a write it is not known whether it "
        + "was recorded: repeat it, a repeat counts once."
    }
  }
}

/// One problem, on its way to whoever asked.
package struct WebProblem: Error, Sendable {
  package private(set) var kind: ProblemKind
  package private(set) var detail: String
  package var errors: [WireError] = []
  package var next: String?
  package var headers: HTTPFields = [:]
  /// What the operator's log says beside it.
  package var cause: String?

  package init(_ kind: ProblemKind, _ detail: String) {
    self.kind = kind
    self.detail = detail
    switch kind {
    case .busy, .notReachedYet: headers[.retryAfter] = "1"
    case .unavailable: headers[.retryAfter] = "30"
    case .unauthorised: headers[.wwwAuthenticate] = "Bearer"
    default: break
    }
  }

  /// What is answered wherever there is nothing, or nothing for them.
  package static let notFound = WebProblem(
    .notFound, "there is no such thing here, or none that this token may see")

  static let unauthorised = WebProblem(
    .unauthorised, "expected Authorization: Bearer with a token that is good; found none")

  /// The sentence that the command line says of an error.
  package init(_ error: any Error) {
    switch error {
    case let problem as WebProblem: self = problem
    case let error as MovedOn:
      self.init(
        .movedOn,
        "\(error.id) moved on at position \(error.found) while you read \(error.expected); nothing was "
          + "recorded. Read it again and repeat")
    case is NoSuchCorrection, is NotFound: self = .notFound
    case let error as NotAllowed: self.init(.notAllowed, error.message)
    default: self.init(Problem(error))
    }
  }

  private init(_ problem: Problem) {
    let kind: ProblemKind? =
      switch (problem.kind, problem.exit) {
      case ("refused", 77): .notAllowed
      case ("refused", 64): .usage
      case ("malformed", _), ("value", _): .malformed
      case ("tooLarge", 65): .tooLarge
      case ("busy", _): .busy
      default: ProblemKind(rawValue: problem.kind).flatMap { Self.passedOn.contains($0) ? $0 : nil }
      }
    guard let kind else {
      // Such a sentence may name files of this machine.
      self.init(.unavailable, "the ledger can't answer now; the operator's log says why")
      cause = problem.sentence
      return
    }
    self.init(kind, problem.sentence)
    errors = problem.errors
  }

  private static let passedOn: Set<ProblemKind> = [
    .usage, .refused, .requestIDReused, .messageReused, .keyReused, .notFound,
  ]

  /// The same with another sentence after it.
  func continued(by text: String) -> WebProblem {
    var longer = self
    longer.detail += ". " + text
    return longer
  }

  /// The same of something that was recorded as far as that went: nothing of it is missing.
  func recorded(at position: Int) -> WebProblem {
    var longer = self
    if kind == .notFound { longer.kind = .refused }
    longer.headers[.position] = String(position)
    return longer
  }

  /// The document; `position` is where the log stands.
  package func reply(requestID: String, position: Int?) -> Reply {
    let document = JSON.pairs([
      "type": .string("/problems/\(kind.rawValue)"), "title": .string(kind.title),
      "status": .integer(kind.status.code), "detail": .string(detail),
      "position": .of(position), "next": .of(next),
      "errors": .array(
        errors.prefix(1000).map { error in
          .pairs([
            "line": .of(error.line), "column": .of(error.column), "place": .of(error.place),
            "expected": .string(error.expected), "found": .string(error.found),
          ])
        }), "requestId": .string(requestID),
    ])
    return Reply(
      document.utf8, as: "application/problem+json", status: kind.status,
      headers: headers)
  }
}
