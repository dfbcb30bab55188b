import Foundation
import HTTPTypes
import Ledger

/// The log for C2SP `tlog-tiles` clients: checkpoint, tiles, and bundles of entries.
enum LogRoutes {
  static let all = [
    Route(.checkpoint, .get, "/v1/log/checkpoint") { call in
      .text(try call.server.checkpoint().note)
    },
    Route(.entries, .get, "/v1/log/tile/entries/{index*}") { call in
      let place = try place(call)
      guard let bytes = try call.ledger.entryBundle(place.index, width: place.width) else {
        throw WebProblem.notFound
      }
      return Reply(bytes, as: "application/octet-stream")
    },
    Route(.tile, .get, "/v1/log/tile/{level}/{index*}") { call in
      let place = try place(call)
      let level = try call.name("level") { $0.count == 1 ? Int($0) : nil }
      guard let bytes = try call.ledger.tile(level: level, place.index, width: place.width) else {
        throw WebProblem.notFound
      }
      return Reply(bytes, as: "application/octet-stream")
    },
  ]

  /// Which tile, and how much of it: `x001/x234/067`, with `.p/12` for the first twelve.
  private static func place(_ call: Call) throws -> (index: Int, width: Int) {
    guard let text = call.names["index"],
      let match = text.wholeMatch(of: /((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?/),
      let index = Int(match.1.filter(\.isNumber)), match.1.count == 3 || !match.1.hasPrefix("x000")
    else { throw WebProblem.notFound }
    let width = match.2.flatMap { Int($0) } ?? 256
    guard width <= 256, match.2 == nil || width < 256 else { throw WebProblem.notFound }
    return (index, width)
  }
}
