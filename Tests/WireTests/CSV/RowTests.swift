import Corrections
import Testing

@testable import Wire

@Suite struct `The rows of each kind of file` {
  @Test func `a registration`() throws {
    let text =
      registrationHeader + "1200005432101,export,SUPA,2026-07-01,2026-10-24\n"
      + "7400012306,gas,SUPB,2026-01-01T00:00:00+01:00,2026-01-02T00:00:00Z\n" + registration
    let (rows, lines, _) = try rows(text, as: RegistrationRow.self)
    #expect(lines == [2, 3, 4])
    #expect(rows[0].kind == .export)
    #expect(rows[0].effectiveFrom.stored == "2026-06-30T23:00:00.000Z")
    #expect(rows[0].effectiveTo?.stored == "2026-10-24T23:00:00.000Z")
    #expect(rows[1].mpxn.digits == "7400012306")
    #expect(rows[1].effectiveFrom.stored == "2025-12-31T23:00:00.000Z")
    #expect(rows[1].effectiveTo?.stored == "2026-01-02T00:00:00.000Z")
    #expect(rows[2].effectiveTo == nil)
  }

  @Test func `a registration of gas has an MPRN and one of electricity an MPAN`() {
    let gas = registrationHeader + "1200005432101,gas,SUPA,2026-01-01,\n"
    #expect(
      problems(gas, as: RegistrationRow.self).first?.contains("expected 1 to 10 digits") == true)
    let electricity = registrationHeader + "7400012306,import,SUPA,2026-01-01,\n"
    #expect(
      problems(electricity, as: RegistrationRow.self).first?.contains("expected 13 digits") == true)
  }

  @Test func `an end that isn't after its start is refused, a single day isn't`() {
    let before = registrationHeader + "1200005432101,import,SUPA,2026-01-02,2026-01-01\n"
    #expect(
      problems(before, as: RegistrationRow.self) == [
        "march.csv line 2, effective_to: expected an end after effective_from, found 2026-01-01"
      ])
    let day = registrationHeader + "1200005432101,import,SUPA,2026-01-01,2026-01-01\n"
    #expect(problems(day, as: RegistrationRow.self) == [])
  }

  @Test func `a wrong check digit is a warning`() throws {
    let text = registrationHeader + "1312345678111,import,SUPA,2026-01-01,\n"
    let summary = try rows(text, as: RegistrationRow.self).summary
    #expect(
      summary.warnings.map(\.description) == [
        "line 2, mpxn: the check digit of …111 is wrong; it is kept"
      ])
    #expect(summary.warningCounts == [.wrongCheckDigit: 1])
  }

  @Test func `a user, with the role names of older versions`() throws {
    let text = """
      user_id,party,market_participant_ids,roles,status,name
      90-b3-d5-1f-30-01-00-00,SUPA,SUPA; SUPX,EIS;EES;GIS;ENO;GNO;IS,active,
      DCC-017,DCC,,DCC,suspended,Pat Example
      """
    let rows = try rows(text, as: UserRow.self).rows
    #expect(rows[0].id == "90-B3-D5-1F-30-01-00-00")
    #expect(rows[0].marketParticipantIDs == ["SUPA", "SUPX"])
    #expect(
      rows[0].roles == [
        .importSupplier, .exportSupplier, .gasSupplier, .electricityDistributor, .gasTransporter,
      ])
    #expect(rows[0].name == nil)
    #expect(rows[1].id == "DCC-017")
    #expect(rows[1].status == .suspended)
    #expect(rows[1].name == "Pat Example")
  }

  @Test(arguments: [
    ("D C,DCC,,DCC,active,", "an EUI-64, or letters, digits and .-, found D C"),
    ("D_1,DCC,,DCC,active,", "found D_1"), ("D1,DCC,,,active,", "roles: expected one of IS"),
    ("D1,DCC,,XX,active,", "found XX"), ("D1,DCC,,DCC,Active,", "found Active"),
    ("D1,,,DCC,active,", "party: expected letters, digits and .-_, found nothing"),
    ("01-Dec,DCC,,DCC,active,", "took it for a day"),
  ]) func `a user that can't be one is refused`(_ row: String, _ part: String) {
    let header = "user_id,party,market_participant_ids,roles,status,name\n"
    let all = problems(header + row, as: UserRow.self)
    #expect(all.count == 1)
    #expect(all.first?.contains(part) == true, "\(all)")
  }

  private let productHeader =
    "device_type,esme_variant_first,manufacturer,model,firmware_version,status,listed_from,"
    + "listed_to\n"

  @Test func `a product`() throws {
    let text =
      productHeader + "ESME,A,AB01,010A030B,0002012F,Active,2021-01-01,2026-03-31\n"
      + "IHD,,AB02,00000001,,Withdrawn,,\n" + "CHF,,AB01,010A030B,102,Active,2021-01-01,\n"
    let (rows, _, summary) = try rows(text, as: ProductRow.self)
    #expect(rows[0].product.esmeVariantFirst == "A")
    #expect(rows[0].product.listedTo?.stored == "2026-03-31T23:00:00.000Z")
    #expect(rows[1].product.firmwareVersion == nil)
    #expect(rows[1].product.listedFrom == nil)
    #expect(summary.warningCounts == [.shortFirmwareVersion: 1])
  }

  @Test(arguments: [
    ("ESME,,AB01,010A030B,0002012F,Active,,", "expected one of A, B, C for ESME, found nothing"),
    ("GSME,A,AB01,010A030B,0002012F,Active,,", "expected nothing for GSME"),
    (
      "GSME,,AB01,010A030B,,Active,,",
      "firmware_version: expected a firmware version, found nothing"
    ),
    ("GSME,,,010A030B,0002012F,Active,,", "manufacturer: expected a manufacturer, found nothing"),
    ("GSME,,AB01,010A030B,1.2345E+71,Active,,", "found 1.2345E+71. A spreadsheet took the hex"),
    ("GSME,,AB01,1.2E+05,0002012F,Active,,", "model: expected 1 to 30 characters, found 1.2E+05"),
    ("GSME,,AB01,010A030B,1.2.3,Active,,", "expected hex digits, found 1.2.3"),
    ("GSME,,AB01,010A030B,0002012F,active,,", "status: expected one of Active"),
    ("METER,,AB01,010A030B,0002012F,Active,,", "device_type: expected one of ESME"),
  ]) func `a product that can't be one is refused`(_ row: String, _ part: String) {
    let all = problems(productHeader + row, as: ProductRow.self)
    #expect(all.count == 1, "\(all)")
    #expect(all.first?.contains(part) == true, "\(all)")
  }

  @Test func `a device of the inventory, with every column`() throws {
    let header = InventoryRow.columns.map(\.name).joined(separator: ",")
    let text = """
      \(header)
      00-DB-12-34-56-78-90-A0,ESME,Commissioned,AB01,010A030B,V5.1,0002012F,Active,Active,\
      2021-06-01Z,1200005432101,1655500011126,2377770010031,BDE,123456789012,ZZ9 9ZZ,\
      "12,,EXAMPLE ROAD,,,TOWN",4G North,4.2,Single Band (2.4GHz only),SP1,Cellular,\
      2021-06-01T10:00:00Z,90-B3-D5-1F-30-01-00-00,00-DB-12-34-56-78-90-A1; 00-DB-12-34-56-78-90-A2
      """
    let row = try #require(try rows(text, as: InventoryRow.self).rows.first)
    #expect(row.status == .commissioned)
    #expect(
      row.details
        == DeviceDetails(
          manufacturer: "AB01", model: "010A030B", smetsCHTSVersion: "V5.1",
          firmwareVersion: "0002012F", esmeVariant: .BDE))
    #expect(row.cplStatus == .active)
    #expect(row.dateCommissioned == CivilDate("2021-06-01"))
    #expect(row.secondaryImportMPAN?.digits == "1655500011126")
    #expect(row.uprn == "123456789012")
    #expect(row.addressIdentifier == "12,,EXAMPLE ROAD,,,TOWN")
    #expect(row.cspRegion == .north4G)
    #expect(row.connectivity == .cellular)
    #expect(row.statusSince?.stored == "2021-06-01T10:00:00.000Z")
    #expect(row.prenotifiedBy?.description == "90-B3-D5-1F-30-01-00-00")
    #expect(row.associatedDeviceIDs.count == 2)
  }

  @Test func `only DeviceID and DeviceType must be there`() throws {
    let row = try #require(
      try rows("DeviceType,DeviceID\nCAD,00-DB-12-34-56-78-90-A0", as: InventoryRow.self).rows.first
    )
    #expect(row.deviceType == .cad)
    #expect(row.status == nil)
    #expect(row.details.isEmpty)
  }

  @Test func `no message holds an address, a postcode or a whole number`() {
    let text = """
      DeviceID,DeviceType,PostCode,AddressIdentifier,UPRN,DeviceStatus,ImportMPxN
      00-DB-12-34-56-78-90-A0,ESME,ZZ9 9ZZ ZZ9 9ZZ,12 EXAMPLE ROAD EXAMPLETOWN UNTIL LONG,\
      1234567890123,12 EXAMPLE ROAD,ZZ9 9ZZ
      00-DB-12-34-56-78-90-A0,ZZ9 9ZZ,,,12 EXAMPLE ROAD TOWN,,12000054321010
      """
    let all = problems(text, as: InventoryRow.self)
    #expect(all.count == 8, "\(all)")
    for message in all {
      #expect(!message.contains("EXAMPLE") && !message.contains("9ZZ"), "\(message)")
      #expect(!message.contains("123456") && !message.contains("12000"), "\(message)")
    }
  }
}
