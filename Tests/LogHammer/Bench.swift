import CanonicalJSON
import EventLog
import Foundation
import GRDBSQLite

/// Measures the log on the disk where the folder lies.
struct Bench {
  let folder: String

  func run(_ what: [String]) throws {
    let all = [
      "json", "raw", "one", "threads", "batches", "fill", "timeline", "read", "verify", "open",
    ]
    for name in what.isEmpty ? all : what {
      let parts = name.split(separator: "=")
      let number = parts.count > 1 ? Int(parts[1]) : nil
      switch String(parts[0]) {
      case "json": try json()
      case "raw": try raw(number ?? 1)
      case "one": try one()
      case "threads": try threads(number ?? 32)
      case "batches": try batches(callers: number ?? 1)
      case "fill": try fill(number ?? 1_000_000)
      case "timeline": try timeline()
      case "read": try read()
      case "verify": try verify()
      case "open": try open()
      default: print("no such measurement: \(name)")
      }
    }
  }

  private static func cpu() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  private func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return Double((ContinuousClock.now - start).components.attoseconds) / 1e18
      + Double((ContinuousClock.now - start).components.seconds)
  }

  private var configuration: LogConfiguration {
    var configuration = LogConfiguration.hammer
    let environment = ProcessInfo.processInfo.environment
    if let chunk = environment["CHUNK"].flatMap({ Int($0) }) { configuration.indexChunk = chunk }
    if let pages = environment["PAGES"].flatMap({ Int($0) }) {
      configuration.checkpointPages = pages
    }
    return configuration
  }

  private func log() throws -> EventLog {
    if FileManager.default.fileExists(atPath: folder + "/ledger.sqlite") {
      return try EventLog.open(at: folder, configuration: configuration)
    }
    return try EventLog.create(at: folder, configuration: configuration, first: draft(0))
  }

  /// An event of about 450 bytes with four tags, of a device that comes up about five times in a
  /// million.
  private func draft(_ number: Int, device: Int? = nil) -> Draft {
    let device =
      device ?? Int(
        truncatingIfNeeded: UInt64(truncatingIfNeeded: number &+ 12345) &* 0x9E37_79B9_7F4A_7C15
          >> 33) % 200_000
    let eui = "00-DB-12-34-56-\(String(device + 0x100000, radix: 16).uppercased())"
    return Draft(
      type: "ServiceRequestReceived",
      actor: Actor(user: "90-B3-D5-1F-30-01-00-00", party: "P12345", role: "IS", via: "token"),
      body: .object([
        "device": .string(eui), "branch": "mpxn",
        "tags": .array([
          .string("device:\(eui)"), .string("party:P12345"),
          .string("request:90-B3-\(number)-\(device)"),
        ]),
      ]))
  }

  private func json() throws {
    let log = try log()
    let appended = try log.append(
      AppendRequest(key: AppendKey(kind: "submit", within: "P12345", value: UUID().uuidString)) {
        _ in [draft(1)]
      })
    guard let event = try log.event(at: appended.positions.lowerBound) else { return }
    var sum = 0
    let count = 300_000
    let reading = try seconds {
      for _ in 0..<count { sum += try Value(reading: event.record).object?.members.count ?? 0 }
    }
    let value = try Value(reading: event.record)
    var output: [UInt8] = []
    let writing = try seconds {
      for _ in 0..<count {
        output.removeAll(keepingCapacity: true)
        try value.write(to: &output)
        sum += output.count
      }
    }
    let records = try seconds {
      for _ in 0..<count { sum += try Record(reading: event.record).tags.count }
    }
    print(
      "json: \(event.record.count) bytes; read \(Int(Double(count) / reading))/s, "
        + "write \(Int(Double(count) / writing))/s, record \(Int(Double(count) / records))/s",
      sum > 0)
  }

  private func raw(_ batch: Int) throws {
    var handle: OpaquePointer?
    let path = folder + "-raw.sqlite"
    for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    sqlite3_open(path, &handle)
    sqlite3_exec(
      handle,
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=2000; CREATE TABLE e(position INTEGER PRIMARY KEY, record BLOB NOT NULL, leaf BLOB, marks BLOB) STRICT",
      nil, nil, nil)
    var begin: OpaquePointer?
    var insert: OpaquePointer?
    var commit: OpaquePointer?
    sqlite3_prepare_v2(handle, "BEGIN IMMEDIATE", -1, &begin, nil)
    sqlite3_prepare_v2(handle, "INSERT INTO e VALUES(?,?,?,?)", -1, &insert, nil)
    sqlite3_prepare_v2(handle, "COMMIT", -1, &commit, nil)
    let record = [UInt8](repeating: 65, count: 584)
    var times: [Double] = []
    let count = batch == 1 ? 6000 : 150_000
    let cpu = Self.cpu()
    var number = 0
    let total = seconds {
      for _ in 1...count / batch {
        times.append(
          seconds {
            sqlite3_step(begin)
            sqlite3_reset(begin)
            for _ in 1...batch {
              number += 1
              sqlite3_bind_int64(insert, 1, Int64(number))
              record.withUnsafeBytes {
                _ = sqlite3_bind_blob(insert, 2, $0.baseAddress, 584, nil)
                _ = sqlite3_bind_blob(insert, 3, $0.baseAddress, 32, nil)
                _ = sqlite3_bind_blob(insert, 4, $0.baseAddress, 32, nil)
                sqlite3_step(insert)
                sqlite3_reset(insert)
              }
            }
            sqlite3_step(commit)
            sqlite3_reset(commit)
          })
      }
    }
    for statement in [begin, insert, commit] { sqlite3_finalize(statement) }
    sqlite3_close(handle)
    report("raw C, \(batch) a commit", count, total, times, cpu: cpu)
  }

  private func report(
    _ what: String, _ count: Int, _ total: Double, _ times: [Double], cpu: Double = 0
  ) {
    let sorted = times.sorted()
    func at(_ part: Double) -> String {
      String(format: "%.2f", sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))] * 1000)
    }
    print(
      "\(what): \(Int(Double(count) / total))/s; ms p50 \(at(0.5)) p99 \(at(0.99)) max \(at(1))"
        + (cpu > 0
          ? String(format: "; cpu µs each %.1f", (Self.cpu() - cpu) / Double(count) * 1e6) : ""))
  }

  private func one() throws {
    let log = try log()
    var times: [Double] = []
    let count = 6000
    let cpu = Self.cpu()
    let total = try seconds {
      for number in 0..<count {
        times.append(try seconds { _ = try log.append(request(number)) })
      }
    }
    report("one caller, one event a commit", count, total, times, cpu: cpu)
  }

  private func request(_ number: Int) -> AppendRequest {
    AppendRequest(
      key: AppendKey(
        kind: "submit", within: "P12345",
        value: "90-B3-D5-1F-30-01-00-00:\(UInt64.random(in: 0 ... .max))"),
      content: [1, 2, 3]
    ) { _ in [draft(number)] }
  }

  private func threads(_ callers: Int) throws {
    let log = try log()
    let each = 2500
    let results = Results(callers)
    let cpu = Self.cpu()
    let total = seconds {
      let threads = (0..<callers).map { caller in
        let thread = Thread {
          var times: [Double] = []
          let mine = seconds {
            for number in 0..<each {
              times.append(seconds { _ = try? log.append(request(number)) })
            }
          }
          results.add(caller, times, mine)
        }
        thread.start()
        return thread
      }
      while results.done < callers { usleep(200) }
      _ = threads
    }
    let spread = (results.totals.max() ?? 0) / max(results.totals.min() ?? 1, 1e-9)
    report("\(callers) callers, one event each", callers * each, total, results.times, cpu: cpu)
    print("  slowest ÷ fastest caller \(String(format: "%.2f", spread))")
  }

  private func batches(callers: Int) throws {
    let log = try log()
    let each = 1500 / callers
    let results = Results(callers)
    let cpu = Self.cpu()
    let total = seconds {
      for caller in 0..<callers {
        Thread {
          var times: [Double] = []
          let mine = seconds {
            for number in 0..<each {
              let drafts = (0..<100).map { draft(number * 100 + $0) }
              times.append(
                seconds {
                  _ = try? log.append(
                    AppendRequest(
                      key: AppendKey(
                        kind: "batch", within: "P", value: "\(UInt64.random(in: 0 ... .max))")
                    ) { _ in drafts })
                })
            }
          }
          results.add(caller, times, mine)
        }.start()
      }
      while results.done < callers { usleep(200) }
    }
    report(
      "batches of 100, \(callers) callers (events)", callers * each * 100, total, results.times,
      cpu: cpu)
  }

  private func fill(_ count: Int) throws {
    let log = try log()
    let total = try seconds {
      for number in 0..<count / 1000 {
        _ = try log.append(AppendRequest { _ in (0..<1000).map { draft(number * 1000 + $0) } })
      }
    }
    print("fill: \(Int(Double(count) / total)) events/s in appends of 1000")
    let size =
      try FileManager.default.attributesOfItem(atPath: folder + "/ledger.sqlite")[.size] as? Int
      ?? 0
    let events = try log.head().position
    print("  database \(size / max(1, events)) bytes an event at \(events)")
  }

  private func timeline() throws {
    let log = try log()
    let head = try log.head().position
    var tags: [String] = []
    for _ in 0..<2000 {
      let record = try log.event(at: .random(in: 1...head))?.read()
      if let tag = record?.tags.first { tags.append(tag) }
    }
    var found = 0
    var times: [Double] = []
    let total = try seconds {
      for tag in tags { times.append(try seconds { found += try log.timeline(tag).count }) }
    }
    report("timeline (\(found / max(1, tags.count)) events each)", tags.count, total, times)
  }

  private func read() throws {
    let log = try log()
    var bytes = 0
    var count = 0
    let total = try seconds {
      try log.forEachEvent { event in
        bytes += event.record.count
        count += 1
      }
    }
    print("read: \(Int(Double(count) / total)) events/s, \(bytes / max(1, count)) bytes a record")
    count = 0
    let decoding = try seconds {
      try log.forEachEvent { event in
        count += try event.read().tags.isEmpty ? 0 : 1
      }
    }
    print("read and decode: \(Int(Double(count) / decoding)) events/s")
  }

  private func verify() throws {
    let log = try log()
    let cpu = Self.cpu()
    var problems = 0
    let total = try seconds { problems = try log.verifyContent().count }
    let count = try log.head().position
    report("verify (\(problems) problems)", count, total, [total], cpu: cpu)
  }

  private func open() throws {
    let total = try seconds { _ = try log() }
    print("open: \(Int(total * 1000)) ms")
  }
}

final class Results: @unchecked Sendable {
  private let lock = NSLock()
  private(set) var times: [Double] = []
  private(set) var totals: [Double]
  private var finished = 0

  init(_ callers: Int) { totals = Array(repeating: 0, count: callers) }

  var done: Int { lock.withLock { finished } }

  func add(_ caller: Int, _ times: [Double], _ total: Double) {
    lock.withLock {
      self.times += times
      totals[caller] = total
      finished += 1
    }
  }
}
