import Foundation
import Testing

extension FilledLedger {
  /// Reports that a device should hold another import MPxN; gives back the number of the correction.
  @discardableResult
  func report(
    _ device: String = Request.otherDevice, wants mpxn: String = Request.registeredToAnother,
    by user: String = Request.supA, at time: String? = nil
  ) throws -> String {
    let run = try run(
      [
        "correction", "open", "--device", device, "--field", "importMPxN", "--value", mpxn,
        "--actor", user, "--format", "json",
      ] + (time.map { ["--at", $0] } ?? []))
    try #require(run.exit == 0, "\(run.errors)")
    return try #require(try JSONText.object(run.output)["id"] as? String)
  }

  /// Does something to a correction, which must succeed.
  @discardableResult
  func act(_ action: String, _ id: String, by user: String, _ more: String...) throws -> Run {
    let run = try run(["correction", action, id, "--actor", user] + more)
    try #require(run.exit == 0, "\(action): \(run.errors)")
    return run
  }

  /// An answer as JSON.
  func object(_ arguments: String...) throws -> [String: Any] {
    let run = try run(arguments + ["--format", "json"])
    try #require(run.exit == 0, "\(arguments): \(run.errors)")
    return try JSONText.object(run.output)
  }

  /// The numbers of the corrections that a list shows.
  func listed(_ arguments: String...) throws -> [String] {
    let run = try run(["correction", "list"] + arguments + ["--format", "json"])
    try #require(run.exit == 0, "\(arguments): \(run.errors)")
    return try JSONText.array(run.output).compactMap { $0["id"] as? String }
  }

  /// The position of the last event of a correction under a name.
  func position(of type: String, _ id: String) throws -> Int {
    let run = try run("timeline", "correction", id, "--format", "json")
    let events = try JSONText.array(run.output).filter { $0["type"] as? String == type }
    return try #require(events.last?["position"] as? Int, "\(type)")
  }
}
