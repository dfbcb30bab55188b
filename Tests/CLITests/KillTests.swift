import Foundation
import Testing

/// What was acknowledged is there, whatever becomes of the process.
@Suite(.serialized) struct `A submit of many files` {
  /// `SMI_KILLS` asks for more rounds.
  static let rounds = ProcessInfo.processInfo.environment["SMI_KILLS"].flatMap { Int($0) } ?? 8

  private let counters = 1...20
  private let whole = [
    "ServiceRequestReceived", "ServiceRequestValidated", "ServiceResponseIssued",
  ]

  /// The counters acknowledged in an answer, which is written file by file.
  private func acknowledged(_ output: String) -> [Int] {
    var found: [Int] = []
    var counter: Int?
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("SR 8.4 mpxn"), let text = line.split(separator: ":").last {
        counter = Int(text)
      } else if line.hasPrefix("Recorded at position ") || line.hasPrefix("Recorded before"),
        line.hasSuffix("."), let known = counter
      {
        found.append(known)
        counter = nil
      }
    }
    return found
  }

  /// What the log holds of each request.
  private func recorded(_ ledger: FilledLedger) throws -> [Int: [String]] {
    var requests: [Int: [String]] = [:]
    for counter in counters {
      let run = try ledger.run("timeline", "request", Request.id(counter), "--format", "json")
      guard run.exit == 0 else { continue }
      requests[counter] = try JSONText.array(run.output).compactMap { $0["type"] as? String }
    }
    return requests
  }

  private func files(_ ledger: FilledLedger) throws -> [String] {
    try counters.map { counter in
      try ledger.folder.write(
        "r\(counter).xml",
        Request.update(
          counter, device: Request.otherDevice, mpxn: Request.registeredToAnother))
    }
  }

  @Test func `that is killed keeps what it acknowledged, nothing half, each once in the end`()
    throws
  {
    var interrupted = 0
    for round in 0..<Self.rounds {
      let ledger = try FilledLedger()
      let files = try files(ledger)
      let process = try SMILedger.started(["submit"] + files + ["--ledger", ledger.path])
      usleep(UInt32.random(in: 5_000..<150_000))
      _ = process.killed()
      let said = acknowledged(try process.output())
      let held = try recorded(ledger)
      for counter in said { #expect(held[counter] != nil, "round \(round): \(counter) is lost") }
      for (counter, types) in held { #expect(types == whole, "round \(round): \(counter)") }
      #expect(held.count <= said.count + 1, "round \(round): acknowledged only after the sync")
      #expect(
        try ledger.events() == FilledLedger.imported + held.count * 3,
        "round \(round): a hole or a half")
      if !held.isEmpty, held.count < counters.count { interrupted += 1 }

      let again = try ledger.run(["submit"] + files)
      #expect(again.exit == 1, "\(again.errors)")
      #expect(acknowledged(again.output) == Array(counters))
      #expect(
        try ledger.events() == FilledLedger.imported + counters.count * 3,
        "round \(round): each once")
    }
    print("\(interrupted) of \(Self.rounds) rounds were interrupted between two requests.")
  }

  @Test func `by two processes at once records each request once`() throws {
    let ledger = try FilledLedger()
    let files = try files(ledger)
    let processes = try [files, files.reversed()].map {
      try SMILedger.started(["submit"] + $0 + ["--ledger", ledger.path])
    }
    let runs = try processes.map { try $0.finished(within: 60) }
    var fresh = 0
    for run in runs {
      #expect(run.exit == 1, "\(run.errors)")
      #expect(Set(acknowledged(run.output)) == Set(counters))
      fresh += run.output.components(separatedBy: "Recorded at position").count - 1
    }
    #expect(fresh == counters.count)
    #expect(try ledger.events() == FilledLedger.imported + counters.count * 3)
  }
}
