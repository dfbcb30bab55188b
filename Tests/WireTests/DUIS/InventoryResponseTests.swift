import Corrections
import Testing

@testable import Wire

@Suite struct `The devices of an 8.2 response` {
  private func rows(_ text: String) throws -> [InventoryRow] {
    guard case .inventory(let rows) = try readResponse(text).content else { throw NotRead() }
    return rows
  }

  private static let shortest =
    sr("DeviceID", Who.meter) + sr("DeviceType", "ESME")
    + "<sr:DeviceManufacturer/><sr:DeviceModel/>"

  @Test func `are read with all that they hold`() throws {
    let text = String(decoding: try sample("8.2_response_DSPInventory"), as: UTF8.self)
    let response = try readResponse(text)
    #expect(response.element == "DSPInventory")
    let rows = try rows(text)
    #expect(rows.map(\.deviceType) == [.chf, .esme, .gsme, .ihd])
    let meter = rows[1]
    #expect(meter.deviceID == Who.meter)
    #expect(meter.status == .commissioned)
    #expect(meter.details.esmeVariant == .BDE)
    #expect(meter.details.smetsCHTSVersion == "V5.1")
    #expect(meter.dateCommissioned == CivilDate("2021-06-01"))
    #expect(meter.importMPxN == MPxN("1200005432101"))
    #expect(meter.secondaryImportMPAN == MPxN("1655500011126"))
    #expect(meter.exportMPAN == MPxN("2377770010031"))
    #expect(meter.uprn == "123456789012")
    #expect(meter.postCode == "ZZ9 9ZZ")
    #expect(meter.cspRegion == .central)
    #expect(meter.empty == [.hanVariant, .s1sp, .connectivity])
    #expect(rows[0].empty.contains(.importMPxN))
    #expect(rows[3].empty.contains(.status))
  }

  @Test func `what is left out or blank is empty, but not what a response can't hold`() throws {
    let row = try rows(inventoryText(sr("Device", Self.shortest)))[0]
    #expect(row.details == DeviceDetails())
    #expect(
      Set(EntryField.allCases).subtracting(row.empty)
        == [.statusSince, .prenotifiedBy, .associatedDevices])
    let blank = Self.shortest.replacing(
      "<sr:DeviceModel/>",
      with: sr("DeviceModel", " ") + sr("SMETSCHTSVersion", " ")
        + sr("PropertyFilter", sr("PostCode", "      ") + sr("AddressIdentifier", "")))
    #expect(try rows(inventoryText(sr("Device", blank))) == [row])
  }

  @Test(arguments: ["2021-06-01", "2021-06-01Z", " 2021-06-01+01:00 ", "2021-06-01-05:30"])
  func `a date may carry a zone`(_ date: String) throws {
    let device = Self.shortest + sr("DateCommissioned", date)
    #expect(
      try rows(inventoryText(sr("Device", device)))[0].dateCommissioned == CivilDate("2021-06-01"))
  }

  @Test func `are seventeen at most`() throws {
    let device = sr("Device", Self.shortest)
    #expect(
      try rows(inventoryText(String(repeating: device, count: 17))).count == 17)
    let more = inventoryText("\n" + String(repeating: device + "\n", count: 18))
    #expect(refusal(more) == "a.xml:22:1: expected at most 17 Device; found one more")
    #expect(
      refusal(inventoryText(""))?.contains("expected Device; found the end of DSPInventory")
        == true)
  }

  private static let wrong: [(String, String)] = [
    (
      shortest.replacing("<sr:DeviceModel/>", with: ""),
      "expected DeviceModel; found the end of Device"
    ),
    (shortest.replacing("ESME", with: "SAPC"), "for DeviceType; found SAPC"),
    (shortest + sr("CPLStatus", "Gone"), "for CPLStatus; found Gone"),
    (shortest + sr("SMETSCHTSVersion", ""), "expected 1 to 20 characters for SMETSCHTSVersion"),
    (shortest + sr("DateCommissioned", "2021-02-30"), "expected a day that exists"),
    (shortest + sr("DateCommissioned", "01/06/2021"), "expected a day such as 2026-03-04"),
    (shortest + sr("DateCommissioned", "2021-06-01Zulu"), "expected a day such as 2026-03-04"),
    (shortest + sr("ImportMPxN", ""), "expected 1 to 13 digits for ImportMPxN; found nothing"),
    (shortest + sr("UPRN", "0"), "expected 1 to 12 digits, not all zero, for UPRN"),
    (shortest + sr("S1SP", "x") + sr("HANVariant", "x"), "found HANVariant"),
    (shortest + sr("S1SP", "x") + sr("S1SP", "x"), "found a second S1SP"),
    (shortest + sr("CSPRegion", "East"), "for CSPRegion; found East"),
    (shortest + sr("Connectivity", "Wired"), "expected one of Cellular, Virtual"),
    (shortest + sr("FirmwareVersion", "1"), "found FirmwareVersion"),
  ]

  @Test(arguments: wrong)
  func `are read as strictly as the schema says`(_ device: String, _ part: String) throws {
    let message = try #require(refusal(inventoryText(sr("Device", device))))
    #expect(message.contains(part), "\(message)")
  }

  @Test func `no message holds what is personal`() throws {
    for (device, secret) in [
      (sr("UPRN", "1234567890123"), "1234567890"), (sr("UPRN", "12345678901A"), "1234567"),
      (sr("ExportMPAN", "237777001003"), "237777"),
      (sr("PropertyFilter", sr("PostCode", "ZZ9")), "ZZ9"),
      (
        sr(
          "PropertyFilter",
          sr("PostCode", "ZZ9 9ZZ")
            + sr("AddressIdentifier", "12 EXAMPLE ROAD, EXAMPLE TOWN, SOMEWHERE")),
        "EXAMPLE"
      ),
    ] {
      let message = try #require(refusal(inventoryText(sr("Device", Self.shortest + device))))
      #expect(!message.contains(secret), "\(message)")
    }
  }

  @Test func `reading undoes writing`() throws {
    let sample = String(decoding: try sample("8.2_response_DSPInventory"), as: UTF8.self)
    let rows = try rows(sample) + rows(inventoryText(sr("Device", Self.shortest)))
    let id = RequestID(originator: Who.user, target: Who.dcc, counter: 2014)
    let response = ServiceResponse(
      requestID: id, code: "I0", at: try #require(Instant(stored: "2022-08-09T09:30:00.123Z")),
      serviceReference: "8.2", serviceReferenceVariant: "8.2", schemaVersion: "5.4")
    for count in 1...17 {
      let some = (0..<count).map { rows[$0 % rows.count] }
      let read = try readResponse(
        String(decoding: DUIS.write(response, inventory: some), as: UTF8.self))
      #expect(read.content == .inventory(some))
      #expect(read.requestID == id)
      #expect(read.responseID == id.changedOver)
      #expect(read.at == response.at)
      #expect(read.identitiesAgree)
    }
  }
}
