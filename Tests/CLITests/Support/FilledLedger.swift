import Foundation
import Testing

/// A ledger of its own for one test, filled from the published examples.
final class FilledLedger {
  /// How many events it holds before a test adds any, and the position of the first that one adds.
  static let imported = 25
  static let next = imported + 1

  let folder: TemporaryFolder
  var path: String { folder.path("ledger") }

  init(mode: String = "authority", inventory: Bool = true) throws {
    folder = try TemporaryFolder()
    let template =
      try inventory
      ? (mode == "authority" ? FilledLedger.authority : FilledLedger.observer).get()
      : FilledLedger.make(mode, ["users", "products", "registrations"])
    try FileManager.default.copyItem(atPath: template, toPath: path)
  }

  @discardableResult
  func run(
    _ arguments: String..., environment: [String: String] = [:], limit: Double = 60
  ) throws -> Run {
    try run(arguments, environment: environment, limit: limit)
  }

  @discardableResult
  func run(
    _ arguments: [String], environment: [String: String] = [:], limit: Double = 60
  ) throws -> Run {
    try SMILedger.run(arguments + ["--ledger", path], environment: environment, limit: limit)
  }

  /// How many events it holds, as `verify` counts them after reading each one again.
  func events() throws -> Int {
    let run = try run("verify", "--format", "json")
    #expect(run.exit == 0, "\(run.output)\(run.errors)")
    return try #require(try JSONText.object(run.output)["events"] as? Int)
  }

  // Made once; every test works on a copy.
  private static let authority = Result { try make("authority") }
  private static let observer = Result { try make("observer") }

  private static func make(
    _ mode: String, _ kinds: [String] = ["users", "products", "registrations", "inventory"]
  ) throws -> String {
    let folder = NSTemporaryDirectory() + "cli-template-\(UUID().uuidString)"
    Leftovers.add(folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let ledger = folder + "/ledger"
    var commands = [["init", "--mode", mode, "--origin", "test.invalid/cli"]]
    for kind in kinds {
      commands.append(
        ["import", kind, Package.example("\(kind).csv"), "--at", "2026-03-01T00:00:00Z"])
    }
    for command in commands {
      let run = try SMILedger.run(command + ["--ledger", ledger])
      try #require(run.exit == 0, "\(command): \(run.errors)")
    }
    return ledger
  }
}

extension FilledLedger {
  /// One in which SUPA opened a correction of another device on 3 March 2026.
  static func opened() throws -> FilledLedger {
    let ledger = try FilledLedger()
    let run = try ledger.run(
      "correction", "open", "--device", Request.otherDevice, "--field", "importMPxN", "--value",
      Request.registeredToAnother, "--actor", Request.supA, "--at", "2026-03-03T09:00:00Z")
    try #require(run.exit == 0, "\(run.errors)")
    return ledger
  }
}

extension FilledLedger {
  /// One in which a correction went from 3 to 7 March 2026, and all of it was recorded late:
  /// opened at 26, agreed at 30, proposed at 31, approved at 32, applied at 33, resolved at 36.
  static func fixed() throws -> FilledLedger {
    let ledger = try opened()
    for (action, user, time) in [
      ("consent", Request.supB, "04T09"), ("propose", "DCC-017", "05T09"),
      ("approve", "DCC-021", "05T15"), ("apply", "DSP-004", "06T09"),
      ("verify", "DCC-017", "07T09"),
    ] {
      try ledger.act(action, "COR-000001", by: user, "--at", "2026-03-\(time):00:00Z")
    }
    return ledger
  }

  /// An answer for people, which must be there.
  func text(_ arguments: String...) throws -> String {
    let run = try run(arguments)
    try #require(run.exit == 0, "\(arguments): \(run.errors)")
    return run.output
  }
}

extension SMILedger {
  /// Makes a ledger of made-up corrections over some days from January 2021.
  static func madeUp(_ folder: String, corrections: Int, days: Int, seed: Int) throws {
    let bench = (binary as NSString).deletingLastPathComponent + "/ledger-bench"
    let run = try shell(
      "exec \"$2\" corrections \"$3\" \(corrections) \(days) \(seed)", [bench, folder])
    try #require(run.exit == 0, "\(run.errors)")
  }
}

/// Folders that are taken away when the tests end.
private enum Leftovers {
  nonisolated(unsafe) private static var folders: [String] = []  // because: set once, read at exit

  static func add(_ folder: String) {
    folders.append(folder)
    atexit {
      for folder in Leftovers.folders { try? FileManager.default.removeItem(atPath: folder) }
    }
  }
}

/// Requests made from the published example.
enum Request {
  static let supA = "90-B3-D5-1F-30-01-00-00"
  static let supB = "90-B3-D5-1F-30-03-00-00"
  static let device = "00-DB-12-34-56-78-90-A0"
  static let otherDevice = "00-DB-12-34-56-78-92-00"
  static let registeredToSender = "1200005432101"
  static let registeredToAnother = "2001234501019"

  static func id(_ counter: Int, by originator: String = "90-B3-D5-1F-30-01-00-00") -> String {
    "\(originator):90-B3-D5-1F-30-00-00-02:\(counter)"
  }

  /// An SR 8.4; it lies in lines as the example does, so that a test can name them.
  static func update(
    _ counter: Int, device: String = device, mpxn: String = registeredToSender,
    by originator: String = "90-B3-D5-1F-30-01-00-00", change: String? = nil,
    version: String = "5.4"
  ) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="\(version)">
      <sr:Header>
        <sr:RequestID>\(id(counter, by: originator))</sr:RequestID>
        <sr:CommandVariant>8</sr:CommandVariant>
        <sr:ServiceReference>8.4</sr:ServiceReference>
        <sr:ServiceReferenceVariant>8.4</sr:ServiceReferenceVariant>
      </sr:Header>
      <sr:Body>
        <sr:UpdateInventory>
          <sr:DeviceID>\(device)</sr:DeviceID>
          \(change ?? "<sr:UpdateMPxN><sr:ImportMPxN>\(mpxn)</sr:ImportMPxN></sr:UpdateMPxN>")
        </sr:UpdateInventory>
      </sr:Body>
    </sr:Request>

    """
  }
}
