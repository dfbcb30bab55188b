import Foundation
package import HTTPTypes

/// A path with its methods: one row of the table that the server, the rights and the OpenAPI document
/// share.
package struct Route: Sendable {
  package let operation: Operation
  package let method: HTTPRequest.Method
  /// Such as `/v1/corrections/{id}`; a name that ends in `*` takes all that follows.
  package let path: String
  package let parameters: [String]
  /// The most bytes of a body; 0 takes none.
  package let longestBody: Int
  /// Which media types a body may have.
  package let bodyTypes: [String]
  /// On whose threads it runs.
  package let workers: Workers.Kind
  /// Whether rows for a spreadsheet are the whole list, which runs among what is slow.
  package let isSlowAsCSV: Bool
  /// Whether it answers with a page: errors too, and a browser without a session is led to sign in.
  package let isPage: Bool
  /// Answers, on a thread that may block.
  package let handle: @Sendable (Call) throws -> Reply
  /// Whether there is nothing to answer yet; then it is asked again until it is, or the caller's patience
  /// ends.
  package var isWaiting: (@Sendable (Call) throws -> Bool)?

  package init(
    _ operation: Operation, _ method: HTTPRequest.Method, _ path: String,
    parameters: [String] = [], body: Body = .none, on workers: Workers.Kind = .read,
    isSlowAsCSV: Bool = false, isPage: Bool = false,
    waitingWhile isWaiting: (@Sendable (Call) throws -> Bool)? = nil,
    _ handle: @escaping @Sendable (Call) throws -> Reply
  ) {
    self.operation = operation
    self.method = method
    self.path = path
    self.parameters = parameters
    self.workers = workers
    self.isSlowAsCSV = isSlowAsCSV
    self.isPage = isPage
    self.isWaiting = isWaiting
    self.handle = handle
    switch body {
    case .none: (longestBody, bodyTypes) = (0, [])
    case .xml: (longestBody, bodyTypes) = (1 << 20, ["application/xml", "text/xml"])
    case .json: (longestBody, bodyTypes) = (64 << 10, ["application/json"])
    case .form:
      (longestBody, bodyTypes) = (64 << 10, ["application/x-www-form-urlencoded"])
    case .upload:
      (longestBody, bodyTypes) = (
        (1 << 20) + (64 << 10), ["multipart/form-data", "application/x-www-form-urlencoded"]
      )
    }
  }

  /// What a route takes.
  package enum Body: Sendable { case none, xml, json, form, upload }
}

/// The table of routes, looked up by path.
struct RouteTable: Sendable {
  private struct Pattern: Sendable {
    let segments: [String]
    var routes: [Route]

    /// What the names of the pattern stand for in a path; nil where it is of another form.
    func match(_ path: [Substring]) -> [String: String]? {
      var names: [String: String] = [:]
      for (index, segment) in segments.enumerated() {
        guard index < path.count else { return nil }
        guard segment.hasPrefix("{") else {
          guard segment == path[index] else { return nil }
          continue
        }
        let name = String(segment.dropFirst().dropLast())
        if name.hasSuffix("*") {
          names[String(name.dropLast())] = path[index...].joined(separator: "/")
          return names
        }
        guard let value = String(path[index]).removingPercentEncoding, !value.isEmpty else {
          return nil
        }
        names[name] = value
      }
      return path.count == segments.count ? names : nil
    }
  }

  private var patterns: [Pattern] = []

  init(_ routes: [Route]) {
    var places: [String: Int] = [:]
    for route in routes {
      if let place = places[route.path] {
        patterns[place].routes.append(route)
      } else {
        places[route.path] = patterns.count
        let segments = route.path.split(separator: "/").map(String.init)
        patterns.append(Pattern(segments: segments, routes: [route]))
      }
    }
    // A written segment comes before a named one.
    patterns.sort { left, right in
      left.segments.count(where: { $0.hasPrefix("{") })
        < right.segments.count(where: { $0.hasPrefix("{") })
    }
  }

  /// The route of a path and a method; the methods that there are where that one isn't.
  enum Found {
    case route(Route, [String: String])
    case otherMethods([HTTPRequest.Method])
    case nothing
  }

  func find(_ method: HTTPRequest.Method, _ path: Substring) -> Found {
    guard path.hasPrefix("/"), !path.contains("//") else { return .nothing }
    let segments =
      path == "/" ? [] : path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for pattern in patterns {
      guard let names = pattern.match(segments) else { continue }
      let asked: HTTPRequest.Method = method == .head ? .get : method
      if let route = pattern.routes.first(where: { $0.method == asked }) {
        return .route(route, names)
      }
      return .otherMethods(pattern.routes.map(\.method))
    }
    return .nothing
  }
}
