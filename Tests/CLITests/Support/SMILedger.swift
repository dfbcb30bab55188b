import Foundation
import Testing

/// A finished run of the built program.
struct Run {
  let exit: Int32
  let output: String
  let errors: String
  let seconds: Double

  /// What was said on stderr, without its line feed.
  var sentence: String { errors.hasSuffix("\n") ? String(errors.dropLast()) : errors }

  /// Whether stderr holds exactly one line.
  var isOneLine: Bool { !sentence.isEmpty && errors.hasSuffix("\n") && !sentence.contains("\n") }
}

/// The built `smi-ledger`, run as a process whose output goes to files.
enum SMILedger {
  static let binary: String = {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    for start in [link ?? "", CommandLine.arguments[0], Package.root + "/.build/debug/x"] {
      var folder = (start as NSString).deletingLastPathComponent
      while folder.count > 1 {
        let path = folder + "/smi-ledger"
        if FileManager.default.isExecutableFile(atPath: path) { return path }
        folder = (folder as NSString).deletingLastPathComponent
      }
    }
    return "smi-ledger"
  }()

  /// Runs it to its end, or kills it after a time and says so.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], limit: Double = 60
  ) throws -> Run {
    try started(arguments, environment: environment).finished(within: limit)
  }

  /// Runs a shell script with the program as `$1` and the arguments after it.
  static func shell(
    _ script: String, _ arguments: [String], environment: [String: String] = [:],
    limit: Double = 60
  ) throws -> Run {
    try Started(
      "/bin/sh", ["-c", script, "sh", binary] + arguments, environment: environment
    ).finished(within: limit)
  }

  static func started(_ arguments: [String], environment: [String: String] = [:]) throws -> Started
  {
    try Started(binary, arguments, environment: environment)
  }
}

/// A run that may go on.
final class Started {
  let process = Process()
  private let folder: TemporaryFolder
  private let began = Date()

  init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
    folder = try TemporaryFolder()
    func file(_ name: String) throws -> FileHandle {
      try folder.write(name, "")
      return try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path(name)))
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("SMI_LEDGER") && !["NO_COLOR", "TERM"].contains($0.key) }
      .merging(["SWIFT_BACKTRACE": "enable=no"]) { _, new in new }
      .merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try file("output")
    process.standardError = try file("errors")
    try process.run()
  }

  func finished(within limit: Double) throws -> Run {
    while process.isRunning {
      if Date().timeIntervalSince(began) > limit {
        kill(process.processIdentifier, SIGKILL)
        Issue.record("ran for more than \(limit) s: \(process.arguments ?? [])")
      }
      usleep(2_000)
    }
    process.waitUntilExit()
    return Run(
      exit: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: try output(), errors: try folder.text("errors"),
      seconds: Date().timeIntervalSince(began))
  }

  /// What it has said so far.
  func output() throws -> String { try folder.text("output") }

  /// What it has said on stderr so far.
  func errors() throws -> String { try folder.text("errors") }

  /// Kills it; false when it had ended by itself.
  func killed() -> Bool {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
  }
}

/// Where the package lies.
enum Package {
  static let root: String = {
    var path = #filePath
    for _ in 0..<4 { path = (path as NSString).deletingLastPathComponent }
    return path
  }()

  static func example(_ name: String) -> String { root + "/schemas/examples/" + name }
}
