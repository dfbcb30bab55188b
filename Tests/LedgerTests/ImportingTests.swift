import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `Importing files` {
  private let importer = Corrections.Actor(user: nil, party: "ledger", role: nil, via: .import)

  private func file(_ test: TestLedger, _ text: String) throws -> String {
    let path = test.folder + "/\(UUID().uuidString).csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func registrations(
    _ test: TestLedger, _ rows: [String], _ mode: RegistrationsImported.Mode = .update
  ) throws -> Imported {
    let path = try file(
      test,
      "mpxn,kind,supplier,effective_from,effective_to\n" + rows.joined(separator: "\n") + "\n")
    return try test.ledger.importRegistrations(
      path, mode: mode, by: importer, at: test.now(), options: ImportOptions())
  }

  private func supplier(_ test: TestLedger, _ mpxn: String) throws -> String? {
    let token = try #require(try test.ledger.token(of: try point(mpxn)))
    let rows = try test.ledger.registrations(of: token, upTo: try test.ledger.head())
    return RegistrationAnswer(rows: rows, at: test.now()).registration?.supplier
  }

  @Test func `the same files again record only that the SMI was seen again`() throws {
    let test = try TestLedger()
    let head = try test.ledger.head()
    let options = ImportOptions()
    let users = try test.ledger.importUsers(
      example("users.csv"), by: importer, at: test.now(), options: options)
    let inventory = try test.ledger.importInventory(
      example("inventory.csv"), by: importer, at: test.now(), options: options)
    let registered = try test.ledger.importRegistrations(
      example("registrations.csv"), mode: .update, by: importer, at: test.now(), options: options)
    #expect(users.unchanged == users.rows)
    #expect(inventory.unchanged == inventory.rows)
    #expect(registered.unchanged == registered.rows)
    #expect(try test.ledger.head() == head + 1)
    guard case .inventoryImported(let seen)? = try test.ledger.timeline(Tag.inventory).last?.event
    else {
      Issue.record("no import is told")
      return
    }
    #expect(seen.observed == 0 && seen.rows == inventory.rows && seen.coverage == .part)
  }

  @Test func `an extract of every device says so`() throws {
    let test = try TestLedger()
    _ = try test.ledger.importInventory(
      example("inventory.csv"), coverage: .full, by: importer, at: test.now(),
      options: ImportOptions())
    guard case .inventoryImported(let seen)? = try test.ledger.timeline(Tag.inventory).last?.event
    else {
      Issue.record("no import is told")
      return
    }
    #expect(seen.coverage == .full)
  }

  @Test func `an update changes what it lists and keeps the rest`() throws {
    let test = try TestLedger()
    let imported = try registrations(
      test, ["\(Fixture.ofB),import,SUPC,2026-02-01,", "\(Fixture.ofA),import,SUPA,2024-06-01,"])
    #expect(imported.added == 1)
    #expect(imported.unchanged == 1)
    #expect(try supplier(test, Fixture.ofB) == "SUPC")
    #expect(try supplier(test, Fixture.ofA) == "SUPA")
    #expect(try supplier(test, "1655500011126") == "SUPA")
  }

  @Test func `a full file ends what it leaves out`() throws {
    let test = try TestLedger()
    let imported = try registrations(test, ["\(Fixture.ofA),import,SUPA,2024-06-01,"], .full)
    #expect(imported.changed == 6)
    #expect(try supplier(test, Fixture.ofA) == "SUPA")
    #expect(try supplier(test, Fixture.ofB) == nil)
  }

  @Test func `one meter point may stand in many rows of one file`() throws {
    let test = try TestLedger()
    let rows = (0..<40).map { year in
      "1100000000090,import,SUP\(year % 2 == 0 ? "A" : "B"),\(1980 + year)-01-01,"
    }
    #expect(try registrations(test, rows).added == 40)
    #expect(try supplier(test, "1100000000090") == "SUPB")
    #expect(try test.ledger.log.verifyContent().isEmpty)
  }

  @Test func `a bad row in the middle takes nothing of the file`() throws {
    let test = try TestLedger()
    let head = try test.ledger.head()
    #expect {
      try registrations(
        test,
        ["1100000000090,import,SUPA,2024-01-01,", "1.1E+12,import,SUPA,2024-01-01,"])
    } throws: { error in
      let problems = error as? CSVProblems
      return problems?.total == 1 && problems?.problems.first?.line == 3
        && problems?.problems.first?.place == "mpxn"
    }
    #expect(try test.ledger.head() == head)
    #expect(try test.ledger.log.token(kind: "mpxn", value: "1100000000090") == nil)
  }

  @Test func `a dry run counts the same and records nothing`() throws {
    let test = try TestLedger()
    let path = try file(
      test,
      "mpxn,kind,supplier,effective_from,effective_to\n\(Fixture.ofB),import,SUPC,2026-02-01,\n")
    var options = ImportOptions()
    options.isDryRun = true
    let head = try test.ledger.head()
    let would = try test.ledger.importRegistrations(
      path, mode: .update, by: importer, at: test.now(), options: options)
    #expect(would.added == 1)
    #expect(try test.ledger.head() == head)
    options.isDryRun = false
    let did = try test.ledger.importRegistrations(
      path, mode: .update, by: importer, at: test.now(), options: options)
    #expect(did.added == would.added)
  }

  @Test func `an interrupted import counts for nobody and the same file goes on`() throws {
    let test = try TestLedger()
    let rows = (0..<9300).map { index in
      let number = String(index)
      return "9\(String(repeating: "0", count: 6 - number.count))\(number),gas,SUPG,2024-01-01,"
    }
    let path = try file(
      test,
      "mpxn,kind,supplier,effective_from,effective_to\n" + rows.joined(separator: "\n") + "\n")
    struct Killed: Error {}
    var options = ImportOptions()
    options.rowsOfSlice = 4_000
    func interrupted() throws {
      let slices = try RegistrationSlices(test.ledger, continuing: nil)
      let source = RegistrationSource(
        ledger: test.ledger, path: path, mode: .update, position: try test.ledger.head(),
        time: test.now(), rows: rows.count, options: options)
      var given = 0
      _ = try source.read { rows, subjects in
        given += rows.count
        if given > 4_500 { throw Killed() }
        try slices.add(rows, naming: subjects)
      }
    }
    #expect(throws: Killed.self) { try interrupted() }
    #expect(try test.ledger.log.newestUnfinishedSet()?.rows == 4_000)
    #expect(try test.ledger.log.verifyContent().isEmpty)
    #expect(try supplier(test, "9000010") == nil)
    let imported = try test.ledger.importRegistrations(
      path, mode: .update, by: importer, at: test.now(), options: ImportOptions())
    #expect(imported.added == 9300)
    #expect(try test.ledger.log.newestUnfinishedSet() == nil)
    #expect(try supplier(test, "9000010") == "SUPG")
    #expect(try test.ledger.log.verifyContent().isEmpty)
  }
}
