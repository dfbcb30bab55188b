import Corrections
import EventLog
import Foundation
import GRDB
import Testing
import Wire

@testable import Ledger

/// Personal data comes in by many doors; none of them leads into a record.
@Suite struct `Personal data stays out` {
  private static let secret = "1429876543210"
  private let importer = Corrections.Actor(user: nil, party: "ledger", role: nil, via: .import)

  private func file(_ test: TestLedger, _ text: String) throws -> String {
    let path = NSTemporaryDirectory() + "\(UUID().uuidString).csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func `from the columns of a CSV that hold text`() throws {
    let test = try TestLedger(filled: false)
    let secret = Self.secret
    let users = try file(
      test,
      """
      user_id,party,market_participant_ids,roles,status,name
      DCC-030,DCC,,DCC,active,Name \(secret)

      """)
    let inventory = try file(
      test,
      """
      DeviceID,DeviceType,DeviceStatus,ImportMPxN,UPRN,PostCode,AddressIdentifier
      00-DB-12-34-56-78-93-00,ESME,Commissioned,\(secret),142987654321,ZZ1 9ZZ,"FLAT \(secret)"
      """)
    let registrations = try file(
      test, "mpxn,kind,supplier,effective_from,effective_to\n\(secret),import,SUPA,2024-01-01,\n")
    for path in [users, inventory, registrations] {
      defer { try? FileManager.default.removeItem(atPath: path) }
      let options = ImportOptions()
      switch path {
      case users:
        _ = try test.ledger.importUsers(path, by: importer, at: test.now(), options: options)
      case inventory:
        _ = try test.ledger.importInventory(path, by: importer, at: test.now(), options: options)
      default:
        _ = try test.ledger.importRegistrations(
          path, mode: .update, by: importer, at: test.now(), options: options)
      }
    }
    try test.expectNowhere(
      [secret, "142987654321", "ZZ1 9ZZ", "FLAT", "Name "])
    #expect(try test.ledger.token(of: try point(secret)) != nil)
  }

  @Test(arguments: [
    "SMETSCHTSVersion", "DeviceManufacturer", "DeviceModel", "DeviceGBCSVersion", "HANVariant",
    "S1SP", "DeviceFirmwareVersion",
  ])
  func `from a column whose text does stand in a record, by refusing what may be one`(
    _ column: String
  ) throws {
    let test = try TestLedger(filled: false)
    let head = try test.ledger.head()
    let path = try file(
      test, "DeviceID,DeviceType,\(column)\n00-DB-12-34-56-78-93-00,ESME,\(Self.secret)\n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: (any Error).self) {
      try test.ledger.importInventory(
        path, by: importer, at: test.now(), options: ImportOptions())
    }
    #expect(try test.ledger.head() == head)
  }

  /// Requests whose every free text holds a meter point or something of a place.
  static let bodies: [(reference: String, body: String)] = [
    (
      "8.4",
      """
      <UpdateInventory><DeviceID>\(Fixture.device)</DeviceID>\
      <UpdateMPxN><ImportMPxN>\(secret)</ImportMPxN></UpdateMPxN></UpdateInventory>
      """
    ),
    (
      "8.4",
      """
      <UpdateInventory><DeviceID>\(Fixture.device)</DeviceID><UpdateDeviceDetails>\
      <DeviceManufacturer>\(secret)</DeviceManufacturer><DeviceModel>M\(secret)</DeviceModel>\
      <SMETSCHTSVersion>V\(secret)</SMETSCHTSVersion></UpdateDeviceDetails></UpdateInventory>
      """
    ),
    ("8.2", "<ReadInventory><MPxN>\(secret)</MPxN></ReadInventory>"),
    ("8.2", "<ReadInventory><UPRN>142987654321</UPRN></ReadInventory>"),
    (
      "8.2",
      """
      <ReadInventory><PropertyFilter><PostCode>ZZ1 9ZZ</PostCode>\
      <AddressIdentifier>FLAT \(secret)</AddressIdentifier></PropertyFilter></ReadInventory>
      """
    ),
    (
      "12.2",
      """
      <DevicePrenotification><DeviceID>\(Fixture.device)</DeviceID>\
      <DeviceManufacturer>\(secret)</DeviceManufacturer><DeviceModel>\(secret)</DeviceModel>\
      <DeviceType>ESME</DeviceType></DevicePrenotification>
      """
    ),
    (
      "6.23",
      """
      <UpdateSecurityCredentialsCoS><ImportMPxN>\(secret)</ImportMPxN>\
      </UpdateSecurityCredentialsCoS>
      """
    ),
    ("8.9", "<Read><ImportMPxN>\(secret)</ImportMPxN></Read>"),
    ("8.9", "<Element\(secret)><X>FLAT</X></Element\(secret)>"),
  ]

  @Test(arguments: bodies.indices)
  func `from the text of a request`(_ index: Int) throws {
    let test = try TestLedger()
    let (reference, body) = Self.bodies[index]
    let xml = """
      <Request xmlns="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4">\
      <!-- \(Self.secret) --><Header><RequestID>\(Fixture.supA):\(Fixture.broker):77</RequestID>\
      <CommandVariant>8</CommandVariant><ServiceReference>\(reference)</ServiceReference>\
      <ServiceReferenceVariant>\(reference)</ServiceReferenceVariant></Header>\
      <Body>\(body)</Body></Request>
      """
    let raw = Array(xml.utf8)
    let read: DUISDocument
    do { read = try DUIS.read(raw) } catch {
      #expect(!error.message.contains(Self.secret), "refused, and not repeated in the message")
      return
    }
    guard case .request(let request) = read else {
      Issue.record("not read as a request")
      return
    }
    let submitted = try test.ledger.submit(request, raw: raw, by: nil, at: test.now())
    if submitted.judgement?.accepted == false, case .updateInventory(_, .mpxn) = request.content {
      _ = try test.ledger.openCorrection(from: request.id, by: nil, at: test.now())
    }
    try test.expectNowhere([Self.secret, "142987654321", "ZZ1 9ZZ", "FLAT"])
  }
}
