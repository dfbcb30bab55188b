import Answers
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Ledger
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Wire

/// Answers requests: finds the route, looks who asks and what they may, and lets the handler answer on a
/// thread that may block.
struct Responder: HTTPResponder {
  let shared: Shared
  let table: RouteTable
  /// The host names that a loopback server answers to; nil where any will do.
  let hosts: Set<String>?

  func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
    let began = ContinuousClock.now
    let id = "\(context.id)"
    var route: Route?
    let asker = Asker()
    var reply: Reply
    var cause: String?
    do {
      let path = (request.head.path ?? "/").prefix { $0 != "?" && $0 != "#" }
      try mustBeOurs(request)
      let names: [String: String]
      (route, names) = try find(request.method, path)
      guard let route else { throw WebProblem.notFound }
      reply = try await answer(request, route, names, asker)
      // Pages say by themselves that nothing was found.
      if reply.status == .notFound { await evenOut(since: began) }
    } catch {
      let problem = WebProblem(error)
      cause = problem.cause
      if problem.kind == .notFound { await evenOut(since: began) }
      // Who has no token learns nothing of the log.
      let position =
        asker.principal == nil
        ? nil : try? await shared.workers.run(.read) { [shared] in try shared.ledger.head() }
      reply = await answered(problem, request, route, requestID: id, position: position)
    }
    reply.headers[.requestID] = id
    for (name, value) in Self.always where reply.headers[name] == nil {
      reply.headers[name] = value
    }
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    shared.metrics.count(route?.operation, reply.status.code, seconds)
    log(context.logger, id, request, route, asker.principal, reply, seconds, cause)
    return reply.response(isHead: request.method == .head)
  }

  /// Answers what isn't there, or isn't theirs, at the next of evenly spaced moments only: looking who is
  /// registered for what is hidden takes longer than finding nothing.
  private func evenOut(since began: ContinuousClock.Instant) async {
    let step = Duration.milliseconds(25)
    let steps = ((ContinuousClock.now - began) / step).rounded(.up)
    // Cancelled means that nobody waits for the answer.
    try? await Task.sleep(until: began + step * Int(max(steps, 1)))
  }

  private static let always: [(HTTPField.Name, String)] = [
    (.xContentTypeOptions, "nosniff"), (.cacheControl, "no-store"),
    (.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
    (.own("Referrer-Policy"), "no-referrer"),
  ]

  /// Whether a server on a loopback address is asked by one of its own names: a page of another site must
  /// not reach it by a name of its own that leads there.
  private func mustBeOurs(_ request: Request) throws {
    guard let hosts else { return }
    let host = (request.head.authority ?? "").lowercased()
    let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
    guard hosts.contains(String(name)) else {
      throw WebProblem(
        .misdirected,
        "Host: expected localhost, 127.0.0.1 or [::1]; found \(Shown.typed(String(name)))")
    }
  }

  private func find(
    _ method: HTTPRequest.Method, _ path: Substring
  ) throws -> (Route, [String: String]) {
    switch table.find(method, path) {
    case .route(let route, let names): return (route, names)
    case .nothing: throw WebProblem.notFound
    case .otherMethods(let methods):
      let all = methods.flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] }
      var problem = WebProblem(
        .methodNotAllowed,
        "expected \(all.joined(separator: " or ")); found \(Shown.typed(method.rawValue))")
      problem.headers[.allow] = all.joined(separator: ", ")
      throw problem
    }
  }

  private func answer(
    _ request: Request, _ route: Route, _ names: [String: String], _ asker: Asker
  ) async throws -> Reply {
    let needsToken = !Rights.open.contains(route.operation)
    let credential = needsToken ? try credential(request, route) : nil
    let text = (request.head.path ?? "").drop { $0 != "?" }.dropFirst()
    let query = try Query(text.prefix { $0 != "#" }, allowed: route.parameters)
    let patience =
      try route.isWaiting == nil
      ? Call.longestCatchUp : query.number("wait", in: 0...Call.longestWait) ?? Call.longestWait
    let (head, shared) = (request.head, self.shared)
    @Sendable func admit(_ principal: Principal?) throws {
      guard let principal else { throw WebProblem.unauthorised }
      asker.principal = principal
      if Rights.of(principal.role, to: route.operation) == .none {
        throw route.method == .get
          ? WebProblem.notFound
          : WebProblem(.notAllowed, "a token of the role \(principal.role.rawValue) can't do this")
      }
    }
    @Sendable func authenticate() throws {
      guard let credential else { return }
      try admit(shared.principal(credential))
    }
    // Nobody's body is taken in before it is known whose it is.
    if route.longestBody > 0, let credential {
      if let principal = shared.rememberedPrincipal(credential) {
        try admit(principal)
      } else {
        try await shared.workers.run(.read, authenticate)
      }
    }
    let body = try await body(of: request, route)
    @Sendable func call() -> Call {
      Call(
        head: head, route: route, names: names, query: query, body: body,
        principal: asker.principal, server: shared)
    }
    if let isWaiting = route.isWaiting {
      try await wait(patience) {
        try authenticate()
        return try isWaiting(call())
      }
    } else if query["after"] != nil {
      try await wait(patience) {
        try authenticate()
        return try !call().hasReachedAfter
      }
    }
    // Who asks is looked at first: a form that there is not is said after that.
    let isSlow = route.isSlowAsCSV && (try? call().wantsCSV()) == true
    let kind = isSlow ? .slow : route.workers
    return try await shared.workers.run(kind) {
      // Again, since a body may have taken its time.
      try authenticate()
      let call = call()
      try call.mustHaveReached()
      if route.isPage, route.method == .post { try call.mustBeOwnForm() }
      return try route.handle(call)
    }
  }

  /// Asks again and again, at most for the longest wait there is, or until the server is to end.
  private func wait(
    _ seconds: Int, while isWaiting: @escaping @Sendable () throws -> Bool
  ) async throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while try await shared.workers.run(.read, isWaiting), ContinuousClock.now < end,
      !Task.isShuttingDownGracefully, !Task.isCancelled
    {
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  /// What says who asks: a token, else a session's cookie.
  ///
  /// A cookie is good for pages, and for reading: what the API changes takes a token, which no other site
  /// can make a browser send.
  private func credential(_ request: Request, _ route: Route) throws -> Credential {
    if let header = request.headers[.authorization] {
      guard header.utf8.count < 200, header.lowercased().hasPrefix("bearer ") else {
        throw WebProblem.unauthorised
      }
      return .token(String(header.dropFirst(7)))
    }
    guard route.isPage || route.method == .get,
      let session = SessionCookie.read(request.headers[.cookie], isSecure: shared.isSecure)
    else { throw WebProblem.unauthorised }
    return .session(session)
  }

  /// A problem as whoever asked can read it: a page for a browser, else a document.
  private func answered(
    _ problem: WebProblem, _ request: Request, _ route: Route?, requestID: String, position: Int?
  ) async -> Reply {
    let path = request.head.path ?? "/"
    let isPage =
      route?.isPage
      ?? (!path.hasPrefix("/v1") && (request.headers[.accept] ?? "").contains("text/html"))
    guard isPage, problem.kind != .misdirected else {
      return problem.reply(requestID: requestID, position: position)
    }
    let session = SessionCookie.read(request.headers[.cookie], isSecure: shared.isSecure)
    let (method, operation) = (request.method, route?.operation)
    // Who looks decides only what stands around the sentence: without the ledger it goes without.
    let visitor = try? await shared.workers.run(.read) { [shared] in
      try session.flatMap { try shared.principal(.session($0)) }?.visitor
    }
    return ProblemPages.reply(
      problem, path: path, isGet: method == .get || method == .head,
      isSignIn: operation == .signIn, visitor: visitor ?? nil, requestID: requestID)
  }

  private func body(of request: Request, _ route: Route) async throws -> [UInt8] {
    let tooLarge = WebProblem(
      .tooLarge, "expected a body of at most \(route.longestBody) bytes; found more")
    if let length = request.headers[.contentLength].flatMap({ Int($0) }),
      length > route.longestBody
    {
      throw tooLarge
    }
    var bytes: [UInt8] = []
    for try await buffer in request.body {
      guard bytes.count + buffer.readableBytes <= route.longestBody else { throw tooLarge }
      bytes.append(contentsOf: buffer.readableBytesView)
    }
    let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased()
      .replacing(" ", with: "")
    guard bytes.isEmpty || route.bodyTypes.contains(type) else {
      throw WebProblem(
        .unsupportedMediaType,
        "Content-Type: expected \(route.bodyTypes.joined(separator: " or ")); found "
          + (type.isEmpty ? "none" : Shown.typed(type)))
    }
    return bytes
  }

  /// One line: the route, never the path as it was typed, since that may hold a meter point.
  private func log(
    _ logger: Logger, _ id: String, _ request: Request, _ route: Route?, _ principal: Principal?,
    _ reply: Reply, _ seconds: Double, _ cause: String?
  ) {
    var metadata: Logger.Metadata = [
      "request": "\(id)", "method": "\(Shown.typed(request.method.rawValue))",
      "route": "\(route?.path ?? "unmatched")", "status": "\(reply.status.code)",
      "ms": "\((seconds * 10_000).rounded() / 10)",
    ]
    if let principal {
      metadata["token"] = "\(principal.token.id)"
      metadata["party"] = "\(principal.party)"
    }
    if let cause { metadata["cause"] = "\(Shown.visible(cause))" }
    logger.log(level: cause == nil ? .info : .error, "answered", metadata: metadata)
  }
}

/// Who asks, once that is known: the log names them of what is refused, too.
private final class Asker: Sendable {
  private let found = Mutex<Principal?>(nil)

  var principal: Principal? {
    get { found.withLock { $0 } }
    set { found.withLock { $0 = newValue } }
  }
}

extension Call {
  /// The longest that a request waits for something to happen, in seconds.
  static let longestWait = 20

  /// How long a read waits for the log to reach a position, in seconds.
  static let longestCatchUp = 5

  /// Whether the log has reached the position that a read asks for.
  var hasReachedAfter: Bool {
    get throws {
      guard let after = try query.number("after", in: 0...Int.max) else { return true }
      return try ledger.head() >= after
    }
  }

  /// Refuses to answer from a log that has not reached the position that is asked for.
  func mustHaveReached() throws {
    guard route.isWaiting == nil, try !hasReachedAfter else { return }
    throw WebProblem(
      .notReachedYet,
      "the log stands at \(try ledger.head()); after asks for \(query["after"] ?? "")")
  }
}
