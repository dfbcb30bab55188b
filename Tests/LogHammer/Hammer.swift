import CanonicalJSON
import EventLog
import Foundation

extension LogConfiguration {
  /// Tags are what the body lists under `tags`.
  static let hammer = LogConfiguration(
    clock: { Int64(Date().timeIntervalSince1970 * 1000) },
    tags: { _, _, body, add in
      for tag in body["tags"]?.array ?? [] { if let text = tag.string { add(text, "") } }
    })
}

/// Opens or makes the ledger, appends under keys, and prints `ack KEY FIRST LAST` after each append
/// returned.
func hammer(folder: String, name: String) throws {
  var configuration = LogConfiguration.hammer
  configuration.checkpointPages = 60
  configuration.indexChunk = 50
  configuration.indexSlice = 3
  let log = try EventLog.open(at: folder, configuration: configuration)
  say("open \(try log.head().position)")
  let run = UInt64.random(in: 0 ... .max)
  let parent = getppid()
  for number in 0... {
    guard getppid() == parent else { return }
    let key = "\(name)-\(run)-\(number)"
    let count = 1 + number % 4
    let appended = try log.append(
      AppendRequest(
        key: AppendKey(kind: "hammer", within: name, value: key), content: Array(key.utf8),
        documents: number % 3 == 0 ? [log.makeDocument(Array(key.utf8))] : []
      ) { _ in
        (0..<count).map { index in
          Draft(
            type: "Hammered", actor: Actor(party: name, via: "system"),
            body: .object([
              "key": .string(key), "index": .integer(Int64(index)),
              "tags": .array([.string("device:\(number % 50)"), .string("party:\(name)")]),
            ]))
        }
      })
    say("ack \(key) \(appended.positions.lowerBound) \(appended.positions.upperBound)")
  }
}

/// Prints a line at once: whoever kills this process has seen what was acknowledged.
func say(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
}
