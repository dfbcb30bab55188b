import Corrections
import EventLog
import Foundation
import Ledger
import OwnThread
import Synchronization
import Wire

/// Judges 8.4s end to end: XML in, judged, durable, response out.
///
/// Each device has a meter point and a spare one of the same supplier, so every request passes and
/// changes the inventory, and can be put back by the next one.
enum JudgeBench {
  private static let suppliers = 50

  /// Makes an authority's ledger with that many devices, and twice as many registrations.
  static func fill(folder: String, devices: Int) throws -> [(String, Answer)] {
    let ledger = try Ledger.create(at: folder, mode: .authority, origin: "bench.invalid/ledger")
    let files = folder + "-files"
    try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: files) }
    let actor = Corrections.Actor(user: nil, party: "BENCH", role: nil, via: .import)
    let time = Instant(milliseconds: 1_767_225_600_000)
    let options = ImportOptions()
    let clock = ContinuousClock()
    let before = clock.now
    try write(
      files + "/users.csv", "user_id,party,market_participant_ids,roles,status,name", suppliers
    ) { "\(EUI64(bits: user($0))),SUP\($0),SUP\($0),IS,active," }
    _ = try ledger.importUsers(files + "/users.csv", by: actor, at: time, options: options)
    try write(
      files + "/registrations.csv", "mpxn,kind,supplier,effective_from,effective_to", 2 * devices
    ) { "\(mpxn($0)),import,SUP\($0 % devices % suppliers),2024-01-01," }
    _ = try ledger.importRegistrations(
      files + "/registrations.csv", mode: .update, by: actor, at: time, options: options)
    try write(
      files + "/inventory.csv", "DeviceID,DeviceType,DeviceStatus,ImportMPxN,StatusSince", devices
    ) { "\(EUI64(bits: device($0))),ESME,Commissioned,\(mpxn($0)),2024-01-01" }
    _ = try ledger.importInventory(files + "/inventory.csv", by: actor, at: time, options: options)
    return [
      ("devices", .count(devices)), ("seconds", .number((clock.now - before).seconds)),
      ("events", .count(try ledger.head())),
    ]
  }

  /// Submits requests from some callers for some seconds, each about a device of its own.
  static func run(
    folder: String, devices: Int, seconds: Double, callers: Int
  ) throws -> [(String, Answer)] {
    let ledger = try Ledger.open(at: folder)
    let start = UInt64(Date().timeIntervalSince1970 * 1000) << 20
    let perCaller = Int(seconds * 8_000) / callers + 1
    var random = start
    let shares = try (0..<callers).map { caller in
      try (0..<perCaller).map { index in
        random = mix(random)
        // A caller's devices are its own, so that callers never wait for one another's decisions.
        let device = Int(random % UInt64(devices / callers)) * callers + caller
        let spare = devices + device
        return try xml(
          device: device, wanting: index.isMultiple(of: 2) ? spare : device,
          counter: start + UInt64(caller * perCaller + index))
      }
    }
    let outcomes = Mutex<[(took: Double, done: Int, refused: Int, latencies: Latencies)]>([])
    let gate = DispatchSemaphore(value: 0)
    let threads = shares.map { share in
      OwnThread {
        gate.wait()
        var latencies = Latencies()
        var done = 0
        var refused = 0
        let clock = ContinuousClock()
        let began = clock.now
        var before = began
        for bytes in share where before - began < .seconds(seconds) {
          let response: ServiceResponse
          do {
            guard case .request(let request) = try DUIS.read(bytes),
              let given = try ledger.submit(request, raw: bytes, by: nil, at: nil).response
            else { fatalError("a request of the bench was not answered") }
            response = given
          } catch {
            fatalError("\(error)")
          }
          if DUIS.write(response).isEmpty || response.code != Judgement.success { refused += 1 }
          done += 1
          let now = clock.now
          latencies.add(now - before)
          before = now
        }
        outcomes.withLock { $0.append(((before - began).seconds, done, refused, latencies)) }
      }
    }
    for _ in shares { gate.signal() }
    for thread in threads { thread.join() }
    let all = outcomes.withLock { $0 }
    var latencies = Latencies()
    for outcome in all { latencies.add(outcome.latencies) }
    let done = all.map(\.done).reduce(0, +)
    let longest = all.map(\.took).max() ?? 0
    return [
      ("events", .count(done)), ("errors", .count(all.map(\.refused).reduce(0, +))),
      ("seconds", .number(longest)), ("rate", .number(Double(done) / longest)),
    ] + latencies.answer
  }

  private static func xml(device: Int, wanting point: Int, counter: UInt64) throws -> [UInt8] {
    guard let mpxn = MPxN(mpxn(point)),
      let xml = DUIS.write(
        request: ServiceRequest(
          id: RequestID(
            originator: EUI64(bits: user(device % suppliers)),
            target: EUI64(bits: 0x90B3_D51F_3000_0002), counter: counter), schemaVersion: "5.4",
          commandVariant: 8, serviceReference: "8.4", serviceReferenceVariant: "8.4",
          content: .updateInventory(
            deviceID: EUI64(bits: self.device(device)), .mpxn(.importMPxN, mpxn))))
    else { fatalError("a request of the bench can't be written") }
    return xml
  }

  private static func user(_ index: Int) -> UInt64 { 0x90B3_D51F_4000_0000 + UInt64(index) }
  private static func device(_ index: Int) -> UInt64 { 0x00DB_2000_0000_0000 + UInt64(index) }

  /// Thirteen digits; their check digit is no business of the rules.
  private static func mpxn(_ index: Int) -> String { String(1_000_000_000_000 + index) }

  private static func write(
    _ path: String, _ header: String, _ rows: Int, _ row: (Int) -> String
  ) throws {
    let lines = try Lines(path)
    try lines.add(header)
    for index in 0..<rows { try lines.add(row(index)) }
    try lines.end()
  }
}
