import Foundation
import Testing

/// A folder that goes when nobody holds it any more.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "cli-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { path + "/" + name }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }
}

/// Every name under a path with what it holds, to see whether anything was touched.
///
/// A `-shm` does not count: it holds who reads at the moment, and nothing that lasts.
func everything(under path: String) throws -> [String: Data] {
  let files = FileManager.default
  var found: [String: Data] = [:]
  var isFolder: ObjCBool = false
  guard files.fileExists(atPath: path, isDirectory: &isFolder) else { return [:] }
  let names =
    isFolder.boolValue
    ? [""] + (files.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []) : [""]
  for name in names where !name.hasSuffix("-shm") {
    let item = name.isEmpty ? path : path + "/" + name
    if let link = try? files.destinationOfSymbolicLink(atPath: item) {
      found[name] = Data("→ \(link)".utf8)
      continue
    }
    _ = files.fileExists(atPath: item, isDirectory: &isFolder)
    found[name] =
      isFolder.boolValue ? Data() : try Data(contentsOf: URL(fileURLWithPath: item))
  }
  return found
}
