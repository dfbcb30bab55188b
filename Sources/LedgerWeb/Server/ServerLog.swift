import Corrections
import Foundation
import Ledger
package import Logging
import Wire

/// Log lines as JSON, one object a line, on stderr.
package struct JSONLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level

  package init(_ level: Logger.Level = .info) { logLevel = level }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let own = event.metadata ?? [:]
    let all = metadata.filter { own[$0.key] == nil } + Array(own)
    let head: [(key: String, value: JSON)] = [
      ("time", .string(Ledger.systemClock().stored)), ("level", .string(event.level.rawValue)),
      ("message", .string("\(event.message)")),
    ]
    let rest = all.sorted { $0.key < $1.key }.map {
      (key: $0.key, value: JSON.string(text(of: $0.value)))
    }
    FileHandle.standardError.write(Data((JSON.object(head + rest).line + "\n").utf8))
  }

  private func text(of value: Logger.Metadata.Value) -> String {
    if case .string(let text) = value { text } else { "\(value)" }
  }
}
