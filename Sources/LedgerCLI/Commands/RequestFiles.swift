import Answers
import Corrections
import Foundation
import Wire

/// Reads DUIS files, each no further than its limit.
enum RequestFiles {
  /// One document with its raw bytes.
  struct Loaded<Content> {
    let file: String
    let raw: [UInt8]
    let content: Content
  }

  /// The files that are named, and of each folder named its `.xml` files in the order of their names.
  ///
  /// A folder is looked into, not the folders in it.
  static func expand(_ paths: [String]) throws -> [String] {
    try paths.flatMap { path -> [String] in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
        isFolder.boolValue
      else { return [path] }
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: path)
      } catch {
        throw FileProblem.unreadable(path, reason: "it can't be listed")
      }
      let files = names.filter { $0.lowercased().hasSuffix(".xml") }.sorted()
        .map { (path.hasSuffix("/") ? path : path + "/") + $0 }
      guard !files.isEmpty else {
        throw NotFound("\(path) holds no .xml file; name files, or a folder that holds some")
      }
      return files
    }
  }

  /// A Service Request; responses and alerts are told where they belong.
  static func request(_ file: String) throws -> Loaded<ServiceRequest> {
    let raw = try bytes(file, limit: DUISLimits.default.bytes)
    switch try DUIS.read(raw, file: file) {
    case .request(let request): return Loaded(file: file, raw: raw, content: request)
    case .response(let response):
      throw elsewhere(
        file, "a Service Request", "a response (\(response.code))",
        "Responses and alerts belong to smi-ledger record")
    case .alert(let alert):
      throw elsewhere(
        file, "a Service Request", "an alert" + (alert.alertCode.map { " (\($0))" } ?? ""),
        "Responses and alerts belong to smi-ledger record")
    }
  }

  /// A response or an alert; requests are told where they belong.
  static func message(_ file: String) throws -> Loaded<Message> {
    let raw = try bytes(file, limit: DUISLimits.default.bytes)
    switch try DUIS.read(raw, file: file) {
    case .request(let request):
      throw elsewhere(
        file, "a response or an alert", "a Service Request (SR \(request.serviceReference))",
        "Service Requests belong to smi-ledger submit")
    case .response(let response):
      return Loaded(file: file, raw: raw, content: .response(response))
    case .alert(let alert): return Loaded(file: file, raw: raw, content: .alert(alert))
    }
  }

  enum Message {
    case response(ReceivedResponse)
    case alert(ReceivedAlert)
  }

  private static func elsewhere(
    _ file: String, _ expected: String, _ found: String, _ where: String
  ) -> WireError {
    WireError(
      .value, file: file, line: 1, column: 1, expected: expected, found: found,
      next: "\(`where`); nothing of this file was recorded")
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
