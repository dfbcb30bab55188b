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
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let head: [(key: String, value: JSON)] = [
      ("time", .string(Ledger.systemClock().stored)), ("level", .string(event.level.rawValue)),
      ("message", .string("\(event.message)")),
    ]
    let rest = all.sorted { $0.key < $1.key }.map {
      (key: $0.key, value: JSON.string("\($0.value)"))
    }
    FileHandle.standardError.write(Data((JSON.object(head + rest).line + "\n").utf8))
  }
}
