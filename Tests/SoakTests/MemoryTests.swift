import Foundation
import Testing

/// How many rows the largest files have; `SMI_ROWS` asks for more, as `tools/soak` does.
private let rows = ProcessInfo.processInfo.environment["SMI_ROWS"].flatMap { Int($0) } ?? 2_000

/// Memory does not grow with the size of the log: the same limit holds for any number of rows.
@Suite(.serialized) struct `In 500 megabytes of memory` {
  private static let limit = 500

  @Test
  func
    `imports, rebuilds, verification, backup and restore go through however many rows there are`()
    throws
  {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("soak-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let registrations = folder.appendingPathComponent("registrations.csv")
    let inventory = folder.appendingPathComponent("inventory.csv")
    try write(registrations, "mpxn,kind,supplier,effective_from,effective_to") { row in
      "\(1_000_000_000_000 + row),import,SUPA,2024-06-01,"
    }
    try write(inventory, "DeviceID,DeviceType,DeviceStatus,ImportMPxN") { row in
      "00-DB-12-34-\(octet(row >> 24))-\(octet(row >> 16))-\(octet(row >> 8))-\(octet(row)),"
        + "ESME,Commissioned,\(1_000_000_000_000 + row)"
    }
    let ledger = folder.appendingPathComponent("ledger").path
    let backup = folder.appendingPathComponent("backup").path
    for (command, ledger) in [
      (["init"], ledger), (["import", "registrations", registrations.path], ledger),
      (["import", "inventory", inventory.path], ledger), (["rebuild"], ledger),
      (["verify"], ledger), (["backup", backup], ledger),
      (
        ["restore", backup, "--checkpoint", backup + "/log/checkpoint", "--no-erasures"],
        ledger + "-restored"
      ),
    ] {
      let began = Date()
      let (code, peak) = try run(command + ["--ledger", ledger, "--quiet"])
      let seconds = Int(Date().timeIntervalSince(began))
      print("\(command.prefix(2)), \(rows) rows: \(seconds) s, at most \(peak) MB")
      #expect(code == 0, "\(command)")
      #expect(peak <= Self.limit, "\(command)")
    }
  }

  private func octet(_ number: Int) -> String {
    let digits = String(number & 255, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }

  private func write(_ file: URL, _ heading: String, _ row: (Int) -> String) throws {
    try Data((heading + "\n").utf8).write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }
    try handle.seekToEnd()
    for start in stride(from: 0, to: rows, by: 10_000) {
      let lines = (start..<min(rows, start + 10_000)).map(row).joined(separator: "\n")
      try handle.write(contentsOf: Data((lines + "\n").utf8))
    }
  }

  /// Runs the program to its end; gives its exit code and the most memory it was seen to hold.
  private func run(_ arguments: [String]) throws -> (code: Int32, peakInMegabytes: Int) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("smi-ledger")
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    var peak = 0
    while process.isRunning {
      peak = max(peak, highWater(of: process.processIdentifier))
      Thread.sleep(forTimeInterval: 0.01)
    }
    process.waitUntilExit()
    return (process.terminationStatus, peak)
  }

  /// The kernel's own note of a process's peak; nothing where there is none.
  private func highWater(of process: Int32) -> Int {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    guard let match = status.firstMatch(of: /VmHWM:\s+(\d+) kB/) else { return 0 }
    return (Int(match.1) ?? 0) / 1024
  }
}
