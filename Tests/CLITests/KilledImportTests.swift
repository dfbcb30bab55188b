import EventLog
import Foundation
import Ledger
import Testing

@Suite(.serialized) struct `An import that is killed` {
  /// `SMI_KILLS` asks for more rounds; `tools/soak --only 'An import that is killed' --kills 50`.
  static let rounds =
    min(200, ProcessInfo.processInfo.environment["SMI_KILLS"].flatMap { Int($0) } ?? 4)
  private static let households = 2_000

  private let inventory: [String]
  private let registrations: [String]

  init() {
    var inventory = ["DeviceID,DeviceType,DeviceStatus,ImportMPxN,UPRN,PostCode,AddressIdentifier"]
    var registrations = ["mpxn,kind,supplier,effective_from,effective_to"]
    for house in 0..<Self.households {
      let (point, gas) = (1_000_000_000_000 + house, 2_000_000_000 + house)
      let place = "\(house + 1),ZZ\(house % 90) 9ZZ,\(house) EXAMPLE ROAD"
      for (number, words) in [
        "ESME,Commissioned,\(point)", "GSME,Commissioned,\(gas)", "PPMID,Commissioned,",
      ].enumerated() {
        let low = String(house * 3 + number + 0x10000, radix: 16, uppercase: true)
        inventory.append(
          "00-DB-12-34-56-0\(low.prefix(1))-\(low.dropFirst().prefix(2))-\(low.suffix(2)),\(words),\(place)"
        )
      }
      registrations.append("\(point),import,SUPA,2016-03-01,2019-02-28")
      registrations.append("\(point),import,SUPB,2019-03-01,")
      registrations.append("\(gas),gas,SUPC,2016-03-01,")
    }
    self.inventory = inventory
    self.registrations = registrations
  }

  /// What a ledger says, with values for tokens: two ledgers never have a token in common.
  private struct Said: Equatable {
    var looks: [String]
    var rows: [String]
    var types: [String: Int]
    var values: Int
  }

  private func said(_ folder: String) throws -> Said {
    let ledger = try Ledger.open(at: folder, access: .readOnly)
    defer { ledger.log.close() }
    var said = Said(looks: [], rows: [], types: [:], values: 0)
    var values: [String: String] = [:]
    for kind in ["mpxn", "uprn", "postcode", "address"] {
      try ledger.log.forEachSubject(kind: kind) { values[$0] = "\(kind) \($1)" }
    }
    said.values = values.count
    func named(_ text: String) throws -> String {
      // A token has 43 characters of its own alphabet, between quotation marks.
      try text.split(separator: "\"", omittingEmptySubsequences: false).map { part in
        guard part.utf8.count == 43, EventLog.bytes(ofToken: String(part)) != nil else {
          return String(part)
        }
        return try #require(values[String(part)], "a token that stands for nothing")
      }.joined(separator: "\"")
    }
    try ledger.forEachStored(from: 1, through: ledger.head()) { events in
      for event in events {
        said.types[event.type, default: 0] += 1
        if event.type == "InventoryObserved" {
          said.looks.append("\(event.effectiveAt) " + (try named(event.body)))
        }
      }
    }
    for set in try ledger.log.finishedSets() {
      try ledger.log.forEachRow(ofSet: set.set) { row in
        said.rows.append(try named(String(decoding: row.content, as: UTF8.self)))
      }
    }
    said.looks.sort()
    said.rows.sort()
    return said
  }

  private func words(_ kind: String, _ file: String, _ ledger: String) -> [String] {
    ["import", kind, file, "--at", "2026-03-01T00:00:00Z", "--ledger", ledger]
  }

  @Test func `and run again says what one that nobody disturbed says`() throws {
    let folder = try TemporaryFolder()
    let files = [
      "registrations": try folder.write("r.csv", registrations.joined(separator: "\n") + "\n"),
      "inventory": try folder.write("i.csv", inventory.joined(separator: "\n") + "\n"),
    ]
    let kinds = ["registrations", "inventory"]
    func made(_ name: String) throws -> String {
      let ledger = folder.path(name)
      let run = try SMILedger.run(["init", "--origin", "test.invalid/cli", "--ledger", ledger])
      try #require(run.exit == 0, "\(run.errors)")
      return ledger
    }
    let undisturbed = try made("undisturbed")
    var seconds: [String: Double] = [:]
    for kind in kinds {
      let run = try SMILedger.run(words(kind, files[kind] ?? "", undisturbed), limit: 120)
      try #require(run.exit == 0, "\(run.errors)")
      seconds[kind] = run.seconds
    }
    let wanted = try said(undisturbed)
    #expect(wanted.looks.count == inventory.count - 1)
    #expect(wanted.rows.count == registrations.count - 1)

    var killed = 0
    for round in 0..<Self.rounds {
      let ledger = try made("round\(round)")
      for kind in kinds {
        // Once or twice, at a random moment of the time that it takes.
        for _ in 0...round % 2 {
          let process = try SMILedger.started(words(kind, files[kind] ?? "", ledger))
          usleep(UInt32(Double.random(in: 0..<1) * (seconds[kind] ?? 1) * 1_000_000))
          if process.killed() { killed += 1 }
        }
        let run = try SMILedger.run(words(kind, files[kind] ?? "", ledger), limit: 120)
        try #require(run.exit == 0, "round \(round), \(kind): \(run.errors)")
      }
      let found = try said(ledger)
      #expect(found == wanted, "round \(round)")
      let verified = try SMILedger.run(["verify", "--ledger", ledger])
      #expect(verified.exit == 0, "round \(round): \(verified.output)")
      try FileManager.default.removeItem(atPath: ledger)
    }
    print("killed \(killed) imports in \(Self.rounds) rounds; each ended as an undisturbed one")
    #expect(killed > Self.rounds / 2)
  }
}
