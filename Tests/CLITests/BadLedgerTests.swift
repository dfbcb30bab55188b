import Foundation
import GRDBSQLite
import Testing

/// A path given as a ledger that is none, or none for this program.
enum NoLedger: String, CaseIterable {
  case missing, emptyFolder, file, randomBytes, emptyDatabase, folderAsDatabase
  case otherDatabase, otherDatabaseWithLog, newerVersion, newerVersionInTheLog, versionZero

  var exit: Int32 {
    switch self {
    case .newerVersion, .newerVersionInTheLog: 65
    case .missing, .emptyFolder, .file, .randomBytes, .emptyDatabase, .folderAsDatabase,
      .otherDatabase, .otherDatabaseWithLog, .versionZero:
      66
    }
  }

  var says: String {
    switch self {
    case .missing, .emptyFolder: "there is no ledger in"
    case .file: "found a file"
    case .randomBytes: "found a file that is no SQLite database"
    case .emptyDatabase: "found an empty file"
    case .folderAsDatabase: "found a ledger.sqlite that is no file"
    case .otherDatabase, .otherDatabaseWithLog: "found an SQLite database of another program"
    case .newerVersion, .newerVersionInTheLog: "found version 99: use a newer program"
    case .versionZero: "found one of version 0, which no program has written"
    }
  }

  /// Makes it at a path where nothing is yet.
  func make(at path: String) throws {
    let files = FileManager.default
    let database = path + "/ledger.sqlite"
    switch self {
    case .missing: return
    case .file:
      try Data("a file".utf8).write(to: URL(fileURLWithPath: path))
      return
    case .folderAsDatabase:
      try files.createDirectory(atPath: database, withIntermediateDirectories: true)
      return
    case .newerVersion, .newerVersionInTheLog, .versionZero:
      let filled = try FilledLedger()
      try withExtendedLifetime(filled) { try files.copyItem(atPath: filled.path, toPath: path) }
      let version = self == .versionZero ? 0 : 99
      try NoLedger.run(
        "PRAGMA user_version = \(version)", in: database, keepsLog: self == .newerVersionInTheLog)
      return
    case .emptyFolder, .randomBytes, .emptyDatabase, .otherDatabase, .otherDatabaseWithLog: break
    }
    try files.createDirectory(atPath: path, withIntermediateDirectories: true)
    switch self {
    case .randomBytes:
      var dice = SystemRandomNumberGenerator()
      let bytes = (0..<9000).map { _ in UInt8.random(in: 0...255, using: &dice) }
      try Data(bytes).write(to: URL(fileURLWithPath: database))
    case .emptyDatabase: try Data().write(to: URL(fileURLWithPath: database))
    case .otherDatabase: try NoLedger.run("CREATE TABLE note(text)", in: database)
    case .otherDatabaseWithLog:
      try NoLedger.run("PRAGMA journal_mode = WAL; CREATE TABLE note(text)", in: database)
    case .missing, .emptyFolder, .file, .folderAsDatabase, .newerVersion, .newerVersionInTheLog,
      .versionZero:
      break
    }
  }

  /// Runs SQL; with `keepsLog` a second connection keeps the `-wal` from being taken in on close.
  static func run(_ sql: String, in database: String, keepsLog: Bool = false) throws {
    var handle: OpaquePointer?
    try #require(sqlite3_open(database, &handle) == SQLITE_OK)
    try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
    if keepsLog {
      // What is copied away while the connection is open comes back after it.
      let copies = try ["", "-wal"].map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: database + $0)))
      }
      sqlite3_close(handle)
      for (suffix, data) in copies {
        try data.write(to: URL(fileURLWithPath: database + suffix))
      }
    } else {
      sqlite3_close(handle)
    }
  }
}

/// Every command that opens a ledger.
let commandsThatOpen: [[String]] = [
  ["submit", Package.example("accepted.xml")], ["check", Package.example("accepted.xml")],
  ["import", "users", Package.example("users.csv")], ["device", "show", Request.device],
  ["device", "history", Request.device], ["timeline", "party", "SUPA"], ["correction", "list"],
  ["correction", "show", "COR-000001"],
  ["correction", "open", "--request", Request.id(1)],
  ["correction", "consent", "COR-000001", "--actor", "DCC-017"],
  ["report", "--month", "2026-03"], ["verify"], ["rebuild"], ["doctor"],
]

@Suite struct `A folder that is no ledger` {
  @Test(arguments: NoLedger.allCases)
  func `gets one line that says what to do, and is left as it is`(_ kind: NoLedger) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("ledger")
    try kind.make(at: path)
    let before = try everything(under: folder.path)
    for command in commandsThatOpen {
      let run = try SMILedger.run(command + ["--ledger", path])
      #expect(run.exit == kind.exit, "\(command): \(run.output)\(run.errors)")
      #expect(run.output.isEmpty, "\(command)")
      #expect(run.isOneLine, "\(command): \(run.errors)")
      #expect(run.sentence.contains(kind.says), "\(command): \(run.sentence)")
      let json = try SMILedger.run(command + ["--ledger", path, "--format", "json"])
      #expect(json.exit == kind.exit && json.output.isEmpty && json.isOneLine, "\(json.errors)")
      #expect(try JSONText.object(json.errors)["detail"] as? String == run.sentence)
    }
    #expect(try everything(under: folder.path) == before)
  }

  @Test(arguments: NoLedger.allCases.filter { $0 != .missing && $0 != .emptyFolder })
  func `does not become one by init`(_ kind: NoLedger) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("ledger")
    try kind.make(at: path)
    let before = try everything(under: folder.path)
    let run = try SMILedger.run(["init", "--ledger", path])
    #expect(run.exit == 73)
    #expect(run.isOneLine && run.sentence.hasSuffix("Name a new or empty folder with --ledger"))
    #expect(try everything(under: folder.path) == before)
  }

  @Test func `and has no folder above it can't be made one`() throws {
    let folder = try TemporaryFolder()
    let run = try SMILedger.run(["init", "--ledger", folder.path("a/b")])
    #expect(run.exit == 73)
    #expect(run.isOneLine, "\(run.errors)")
    #expect(try everything(under: folder.path).count == 1)
  }
}

@Suite struct `A ledger that can only be read` {
  /// Runs the program where a path is mounted read-only; nil where mounting is not allowed.
  private func run(_ arguments: [String], readOnly path: String) throws -> Run? {
    let mount = "mount --bind \"$RO\" \"$RO\" && mount -o remount,ro,bind \"$RO\""
    let trial = try SMILedger.shell(
      "unshare -m sh -c '\(mount) && ! touch \"$RO/touched\"' 2>/dev/null", [],
      environment: ["RO": path])
    guard trial.exit == 0 else { return nil }
    return try SMILedger.shell(
      "exec unshare -m sh -c '\(mount) && exec \"$@\"' sh \"$@\"", arguments,
      environment: ["RO": path])
  }

  @Test func `refuses what writes with exit 77, and answers what reads`() throws {
    let ledger = try FilledLedger()
    let before = try everything(under: ledger.folder.path)
    let reads = ["check", "device", "timeline", "verify", "report", "doctor"]
    for command in commandsThatOpen {
      guard let run = try run(command + ["--ledger", ledger.path], readOnly: ledger.folder.path)
      else {
        print("skipped: a read-only ledger, since this user may not mount (unshare -m)")
        return
      }
      if reads.contains(command[0]) || command == ["correction", "list"] {
        #expect(run.exit == 0, "\(command): \(run.errors)")
      } else if command.starts(with: ["correction", "show"]) {
        #expect(run.exit == 66 && run.sentence.contains("COR-000001 isn't in this ledger"))
      } else {
        #expect(run.exit == 77, "\(command): \(run.output)\(run.errors)")
        #expect(run.isOneLine && run.output.isEmpty)
        #expect(run.sentence.contains("can't be written from here; nothing was recorded"))
      }
    }
    let made = try run(
      ["init", "--ledger", ledger.folder.path("new")], readOnly: ledger.folder.path)
    #expect(made?.exit == 73)
    #expect(made?.isOneLine == true, "\(made?.errors ?? "")")
    #expect(try everything(under: ledger.folder.path) == before)
  }
}
