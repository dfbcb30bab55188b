import Foundation
import Testing

/// The files of this package, as the tests about itself read them.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root + "/" + path)
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: root + "/" + path, encoding: .utf8)
  }

  /// Every file under a folder, by its path from the root.
  static func files(under folder: String, ending suffix: String = "") throws -> [String] {
    let start = root + "/" + folder
    let found = FileManager.default.enumerator(atPath: start)?.compactMap { $0 as? String } ?? []
    try #require(!found.isEmpty, "nothing is under \(folder)")
    return found.filter { name in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: start + "/" + name, isDirectory: &isFolder)
      return exists && !isFolder.boolValue && name.hasSuffix(suffix)
    }.map { folder + "/" + $0 }.sorted()
  }

  static func folders(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder).filter { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: "\(root)/\(folder)/\(name)", isDirectory: &isFolder)
      return isFolder.boolValue
    }.sorted()
  }

  /// The files that are kept, when this is a clone; nil in a bare copy.
  static func tracked() throws -> [String]? {
    guard exists(".git") else { return nil }
    let run = try Program.run("/usr/bin/env", ["git", "-C", root, "ls-files"])
    guard run.exit == 0 else { return nil }
    return run.output.split(separator: "\n").map(String.init)
  }
}

/// A finished run of a program.
struct Program {
  let exit: Int32
  let output: String
  let errors: String

  /// The built `smi-ledger`, which stands beside the tests.
  static func smiLedger(_ arguments: [String], environment: [String: String] = [:]) throws
    -> Program
  {
    let here = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    var folder = here
    while folder.path != "/" {
      let binary = folder.appendingPathComponent("smi-ledger").path
      if FileManager.default.isExecutableFile(atPath: binary) {
        return try run(binary, arguments, environment: environment)
      }
      folder.deleteLastPathComponent()
    }
    throw NotBuilt(beside: here.path)
  }

  static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    input: String = ""
  ) throws -> Program {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, holding text: String) throws -> URL {
      let url = folder.appendingPathComponent(name)
      try Data(text.utf8).write(to: url)
      return url
    }
    let (input, output, errors) = (
      try file("in", holding: input), try file("out", holding: ""), try file("err", holding: "")
    )
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("SMI_LEDGER") }
      .merging(environment) { _, new in new }
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Program(
      exit: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tidy-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Whether a program is on the PATH.
  static func has(_ name: String) -> Bool {
    (try? run("/usr/bin/env", ["sh", "-c", "command -v \(name)"]).exit) == 0
  }

  struct NotBuilt: Error { let beside: String }
}
