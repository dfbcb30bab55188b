import Foundation
import Testing

/// How many rows the largest files have; `SMI_ROWS` asks for more, as `tools/soak` does.
private let rows = ProcessInfo.processInfo.environment["SMI_ROWS"].flatMap { Int($0) } ?? 2_000

/// Memory does not grow with the size of the log: the same limit holds for any number of rows.
@Suite(.serialized) struct `In 600 megabytes of address space` {
  @Test func `imports, rebuilds and verification go through however many rows there are`() throws {
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
    for command in [
      ["init"], ["import", "registrations", registrations.path],
      ["import", "inventory", inventory.path], ["rebuild"], ["verify"],
    ] {
      let began = Date()
      let code = try run(command + ["--ledger", ledger, "--quiet"])
      print("\(command[0]) \(rows) rows: \(Int(Date().timeIntervalSince(began))) s")
      #expect(code == 0, "\(command)")
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

  private func run(_ arguments: [String]) throws -> Int32 {
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("smi-ledger").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "ulimit -v 600000 && exec \"$0\" \"$@\"", program] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
