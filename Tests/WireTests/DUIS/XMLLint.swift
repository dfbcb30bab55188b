import Foundation

@testable import Wire

/// The second opinion on the schema: `xmllint`, where it is installed.
enum XMLLint {
  static let path: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/xmllint" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  static let isMissing = "xmllint isn't on the PATH: install libxml2-utils"

  /// The folder of what outsiders may rely on.
  static let schemas = samples.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("schemas")

  /// Which of the documents a schema accepts, by their index; all in one process.
  static func accepted(
    _ documents: [[UInt8]], by schema: String = "duis-subset"
  ) throws -> Set<Int> {
    guard let path else { return [] }
    return try withFolder { folder in
      for (index, document) in documents.enumerated() {
        try Data(document).write(to: URL(fileURLWithPath: "\(folder)/\(index)"))
      }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.currentDirectoryURL = URL(fileURLWithPath: folder)
      process.arguments =
        ["--noout", "--nonet", "--schema", schemas.appendingPathComponent("\(schema).xsd").path]
        + documents.indices.map(String.init)
      let said = Pipe()
      process.standardError = said
      try process.run()
      let text = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      let end = " validates"
      return Set(
        text.split(separator: "\n").filter { $0.hasSuffix(end) }
          .compactMap { Int($0.dropLast(end.count)) })
    }
  }
}
