import EventLog
import Ledger

/// What the server counts, in the text form that Prometheus reads.
package final class Metrics: Sendable {
  private struct Served: Hashable {
    let operation: String
    let status: Int
  }

  private struct Times {
    var count = 0
    var seconds = 0.0
  }

  private let served = Guarded<[Served: Times]>([:])

  /// Counts an answer.
  package func count(_ operation: Operation?, _ status: Int, _ seconds: Double) {
    let key = Served(operation: operation?.rawValue ?? "unmatched", status: status)
    served.withLock {
      $0[key, default: Times()].count += 1
      $0[key, default: Times()].seconds += seconds
    }
  }

  /// Everything that is counted, as it stands.
  func text(_ server: Shared) throws -> String {
    var lines: [String] = []
    func add(_ name: String, _ type: String, _ help: String, _ values: [(String, String)]) {
      lines.append("# HELP \(name) \(help)")
      lines.append("# TYPE \(name) \(type)")
      lines += values.map { "\(name)\($0.0) \($0.1)" }
    }
    let head = try server.ledger.head()
    let log = server.ledger.log.statistics
    add("smi_ledger_position", "gauge", "Events in the log.", [("", "\(head)")])
    add(
      "smi_ledger_appends_total", "counter", "Appends of this process, by outcome.",
      [("{outcome=\"recorded\"}", "\(log.appends)"), ("{outcome=\"refused\"}", "\(log.refused)")])
    add(
      "smi_ledger_writer_queue", "gauge", "Appends under way or in line.", [("", "\(log.waiting)")])
    let buckets = zip(AppendStatistics.bounds, log.buckets).map { bound, count in
      ("_bucket{le=\"\(bound)\"}", "\(count)")
    }
    add(
      "smi_ledger_commit_seconds", "histogram", "From standing in line to being on the disk.",
      buckets + [
        ("_bucket{le=\"+Inf\"}", "\(log.appends + log.refused)"), ("_sum", "\(log.seconds)"),
        ("_count", "\(log.appends + log.refused)"),
      ])
    if let views = try server.ledger.viewState() {
      add(
        "smi_ledger_view_lag", "gauge", "Events that the views have not read.",
        [("", "\(head - views.position)")])
      add(
        "smi_ledger_open_corrections", "gauge", "Running corrections by holder, as the views say.",
        views.openByHolder.sorted { $0.key < $1.key }.map {
          ("{holder=\"\($0.key)\"}", "\($0.value)")
        })
    }
    add(
      "smi_ledger_calls", "gauge", "Blocking calls under way or waiting, by kind.",
      Workers.Kind.allCases.map { ("{kind=\"\($0)\"}", "\(server.workers.count($0))") })
    let all = served.withLock { $0 }.sorted {
      ($0.key.operation, $0.key.status) < ($1.key.operation, $1.key.status)
    }
    func labels(_ key: Served) -> String {
      "{operation=\"\(key.operation)\",status=\"\(key.status)\"}"
    }
    add(
      "smi_ledger_http_requests_total", "counter", "Answers by operation and status.",
      all.map { (labels($0.key), "\($0.value.count)") })
    add(
      "smi_ledger_http_seconds_total", "counter", "Time spent on them.",
      all.map { (labels($0.key), "\($0.value.seconds)") })
    return lines.joined(separator: "\n") + "\n"
  }
}
