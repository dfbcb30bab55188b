import Corrections
import Foundation
import Wire

/// Reads Service Requests from files, no further than their limit.
enum RequestFiles {
  /// One request with its raw bytes.
  struct Loaded {
    let file: String
    let raw: [UInt8]
    let request: ServiceRequest
  }

  static func load(_ file: String) throws -> Loaded {
    let raw = try bytes(file, limit: DUISLimits.default.bytes)
    switch try DUIS.read(raw, file: file) {
    case .request(let request): return Loaded(file: file, raw: raw, request: request)
    case .response(let response):
      throw belongsToRecord(file, "a response (\(response.code))")
    case .alert(let alert):
      throw belongsToRecord(file, "an alert" + (alert.alertCode.map { " (\($0))" } ?? ""))
    }
  }

  private static func belongsToRecord(_ file: String, _ found: String) -> WireError {
    WireError(
      .value, file: file, line: 1, column: 1, expected: "a Service Request", found: found,
      next: "Responses and alerts belong to smi-ledger record, which this version does not have; "
        + "nothing of this file was recorded")
  }

  /// The file's bytes; one past the limit tells the reader that there are more.
  private static func bytes(_ file: String, limit: Int) throws -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
      throw FileProblem.missing(file)
    }
    if isFolder.boolValue { throw FileProblem.isFolder(file) }
    guard let handle = FileHandle(forReadingAtPath: file) else {
      throw FileProblem.unreadable(file, reason: String(cString: strerror(errno)))
    }
    defer { try? handle.close() }
    return Array(try handle.read(upToCount: limit + 1) ?? Data())
  }
}
