import CFaultVFS
import Foundation
import Testing

@testable import EventLog

/// A run on a VFS that remembers every write, and what a power cut may leave of it.
///
/// Fault model: what was synced is there; of each write since the last sync of its file all, a
/// first part in whole sectors of 512 bytes, or nothing is there, each by itself. A truncation
/// counts as a write. Lost names of files are not modelled.
struct PowerCutRun {
  enum Acknowledged: Int32 {
    case event = 0
    case rows = 1
  }

  let folder: TemporaryFolder
  private let vfs: OpaquePointer
  private let base: [UInt8]

  /// Appends alone and in groups, imports rows and copies the log back, over and over.
  init(synchronousNormal: Bool, rounds: Int) throws {
    folder = try TemporaryFolder(in: "/dev/shm")
    var configuration = LogConfiguration.test()
    configuration.indexChunk = 30
    configuration.indexSlice = 3
    configuration.checkpointPages = 25
    configuration.unsafeSynchronousNormal = synchronousNormal
    try EventLog.create(
      at: folder.ledger, configuration: configuration, first: .test("LedgerOpened")
    ).close()
    // The base is one file: nothing of it may depend on a log that was not synced.
    let raw = try RawDatabase(folder.database)
    try raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base = Array(FileManager.default.contents(atPath: folder.database) ?? Data())

    let name = "cut-\(UUID().uuidString)"
    vfs = try #require(fault_vfs_register(name))
    configuration.vfs = name
    let log = try EventLog.open(at: folder.ledger, configuration: configuration)
    let recorder = Recorder(vfs: vfs)
    for round in 0..<rounds {
      let appended = try log.append(
        .test(tags: ["device:\(round % 5)"], text: String(repeating: "x", count: round * 37 % 900)),
        .test(tags: ["request:\(round)"]))
      recorder.acknowledge(.event, appended.positions.upperBound)
      if round % 4 == 1 {
        _ = inParallel(4) { caller in
          if let appended = try? log.append(
            AppendRequest(
              key: AppendKey(kind: "k", within: "P", value: "\(round)-\(caller)"), content: [1],
              documents: [log.makeDocument(Array(repeating: 7, count: 300))]
            ) { _ in [.test(tags: ["device:\(caller)"])] })
          {
            recorder.acknowledge(.event, appended.positions.upperBound)
          }
        }
      }
      if round % 6 == 2 {
        let set = try log.newestUnfinishedSet() ?? (try log.beginSet(), 0)
        let rows = (1...30).map { index in
          (key: [UInt8](repeating: UInt8(index), count: 32), content: Array("{}".utf8))
        }
        try log.appendRows(toSet: set.set, startingAt: set.rows + 1, rows)
        recorder.acknowledge(.rows, set.set * 1000 + set.rows + 30)
        if set.rows > 60 {
          let finished = try log.referenceSet(set.set)
          let appended = try log.append(
            AppendRequest(references: finished) { _ in [.test("Imported")] })
          recorder.acknowledge(.event, appended.positions.upperBound)
        }
      }
    }
    log.close()
  }

  /// `@unchecked Sendable` because the VFS guards its list with a mutex.
  private struct Recorder: @unchecked Sendable {
    let vfs: OpaquePointer
    func acknowledge(_ kind: Acknowledged, _ value: Int) {
      fault_vfs_acknowledge(vfs, kind.rawValue, Int64(value))
    }
  }

  private struct Disk {
    var files: [String: [UInt8]]
    var pending: [String: [FaultOperation]] = [:]

    static func apply(_ operation: FaultOperation, length: Int, to bytes: inout [UInt8]) {
      let offset = Int(operation.offset)
      if operation.kind == Int32(FAULT_TRUNCATE) {
        if bytes.count > offset { bytes.removeLast(bytes.count - offset) }
        return
      }
      guard length > 0 else { return }
      if bytes.count < offset + length {
        bytes += [UInt8](repeating: 0, count: offset + length - bytes.count)
      }
      bytes.withUnsafeMutableBytes { target in
        UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + length]).copyMemory(
          from: UnsafeRawBufferPointer(start: operation.data, count: length))
      }
    }
  }

  /// Cuts the power at random operations, looks at what is left, and gives what was wrong.
  func cut(times: Int, seed: UInt64) throws -> (problems: [String], checkpoints: Int) {
    var random = SplitMix(seed: seed)
    let count = fault_vfs_count(vfs)
    let cuts = (0..<times).map { _ in Int.random(in: 0...count, using: &random) }.sorted()
    var disk = Disk(files: ["ledger.sqlite": base])
    var acknowledged: [Acknowledged: Int] = [.event: 1, .rows: 0]
    var problems: [String] = []
    var checkpoints = 0
    var next = 0
    for cut in cuts {
      while next < cut {
        let operation = fault_vfs_operation(vfs, next)
        next += 1
        if operation.kind == Int32(FAULT_ACK) {
          guard let kind = Acknowledged(rawValue: operation.file) else { continue }
          acknowledged[kind] = max(acknowledged[kind] ?? 0, Int(operation.offset))
          continue
        }
        let path = String(cString: fault_vfs_file_name(vfs, operation.file))
        let name = (path as NSString).lastPathComponent
        switch operation.kind {
        case Int32(FAULT_WRITE), Int32(FAULT_TRUNCATE):
          disk.pending[name, default: []].append(operation)
        case Int32(FAULT_SYNC):
          if name == "ledger.sqlite" { checkpoints += 1 }
          for write in disk.pending[name] ?? [] {
            Disk.apply(write, length: Int(write.length), to: &disk.files[name, default: []])
          }
          disk.pending[name] = nil
        case Int32(FAULT_DELETE):
          disk.files[name] = nil
          disk.pending[name] = nil
        default: break
        }
      }
      var left = disk.files
      for (name, writes) in disk.pending.sorted(by: { $0.key < $1.key }) {
        for write in writes where Bool.random(using: &random) {
          var length = Int(write.length)
          if Int.random(in: 0..<4, using: &random) == 0, length > 512 {
            length = Int.random(in: 0..<length / 512, using: &random) * 512
          }
          Disk.apply(write, length: length, to: &left[name, default: []])
        }
      }
      if let problem = try look(at: left, acknowledged, thoroughly: cut % 20 == 0) {
        problems.append("cut at operation \(cut) of \(count): \(problem)")
      }
    }
    return (problems, checkpoints)
  }

  private func look(
    at files: [String: [UInt8]], _ acknowledged: [Acknowledged: Int], thoroughly: Bool
  ) throws -> String? {
    let place = folder.path + "/cut"
    try? FileManager.default.removeItem(atPath: place)
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    for (name, bytes) in files {
      try Data(bytes).write(to: URL(filePath: place + "/" + name))
    }
    if thoroughly {
      let log = try EventLog.open(at: place, configuration: .test())
      defer { log.close() }
      let problems = try log.verifyContent()
      if !problems.isEmpty { return "\(problems)" }
      let before = try log.head().position
      guard try log.append(.test()).positions.lowerBound == before + 1 else { return "no append" }
    }
    let raw = try RawDatabase(place + "/ledger.sqlite")
    guard try raw.text("PRAGMA integrity_check") == "ok" else { return "the database is damaged" }
    let count = try raw.number("SELECT count(*) FROM event") ?? 0
    let last = try raw.number("SELECT max(position) FROM event") ?? 0
    if count != last { return "\(count) events up to position \(last)" }
    let known = acknowledged[.event] ?? 0
    if last < known { return "event \(known) was acknowledged, \(last) is the last" }
    let rows =
      try raw.number("SELECT max(set_id * 1000 + row) FROM reference_row") ?? 0
    if rows < acknowledged[.rows] ?? 0 { return "acknowledged reference rows are lost" }
    // An append is there whole or not at all: its first record says how many there are.
    let half = try raw.number(
      """
      SELECT count(*) FROM event WHERE position > \(last) - 5 AND position
        + json_extract(CAST(record AS TEXT), '$.append.count') - 1 > \(last)
      """)
    if half != 0 { return "half an append" }
    return nil
  }
}

@Suite struct `a power cut` {
  private static let cuts =
    ProcessInfo.processInfo.environment["SMI_POWER_CUTS"].flatMap { Int($0) } ?? 300
  private static let seed =
    ProcessInfo.processInfo.environment["SMI_SEED"].flatMap { UInt64($0) }
    ?? .random(in: 0 ... .max)

  @Test func `loses nothing that was acknowledged, and leaves nothing half`() throws {
    print("power cuts: \(Self.cuts), seed \(Self.seed)")
    let run = try PowerCutRun(synchronousNormal: false, rounds: 40)
    let (problems, checkpoints) = try run.cut(times: Self.cuts, seed: Self.seed)
    #expect(problems.isEmpty, "seed \(Self.seed): \(problems.prefix(5))")
    #expect(checkpoints > 3, "the log was never copied back, so that was not tried")
  }

  @Test func `loses acknowledged events when commits are not synced`() throws {
    let run = try PowerCutRun(synchronousNormal: true, rounds: 40)
    let (problems, _) = try run.cut(times: 300, seed: Self.seed)
    #expect(problems.count > 50, "the replay sees no losses where there must be some")
  }
}
