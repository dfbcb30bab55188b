import Corrections
import Testing

@testable import Wire

@Suite struct `Reading DUIS requests` {
  private let device = EUI64(bits: 0x00DB_1234_5678_90A0)
  private let hub = EUI64(bits: 0x00DB_1234_5678_90A2)

  private func content(of name: String) throws -> ServiceRequest.Content? {
    guard case .request(let request) = try DUIS.read(sample(name)) else { return nil }
    #expect(request.commandVariant == 8)
    #expect(request.schemaVersion == "5.4")
    return request.content
  }

  @Test func `every branch of 8.4 is read`() throws {
    let mpan = try #require(MPxN("1200005432101"))
    let secondary = try #require(MPxN("1655500011126"))
    let export = try #require(MPxN("2377770010031"))
    let full = DeviceDetails(
      manufacturer: "AB01", model: "010A030B", smetsCHTSVersion: "V5.1",
      firmwareVersion: "0002012F", esmeVariant: .AD)
    let expected: [(String, EUI64, InventoryUpdate)] = [
      ("8.4_update_mpxn_import_esme", device, .mpxn(.importMPxN, mpan)),
      ("8.4_update_mpxn_secondary_import", device, .mpxn(.secondaryImportMPAN, secondary)),
      ("8.4_update_mpxn_export", device, .mpxn(.exportMPAN, export)),
      ("8.4_status_exceptch_Pending", device, .statusExceptCH(.pending)),
      (
        "8.4_status_exceptch_InstalledNotCommissioned", device,
        .statusExceptCH(.installedNotCommissioned)
      ),
      ("8.4_status_ch_Commissioned", hub, .statusCH(.commissioned)),
      ("8.4_status_ch_Withdrawn", hub, .statusCH(.withdrawn)),
      ("8.4_status_ch_InstalledNotCommissioned", hub, .statusCH(.installedNotCommissioned)),
      ("8.4_details_full", device, .details(full)),
      ("8.4_details_firmware_only", device, .details(DeviceDetails(firmwareVersion: "00020130"))),
      ("8.4_details_empty_expect_E080408", device, .details(DeviceDetails())),
      ("8.4_delete", device, .delete),
    ]
    for (name, device, update) in expected {
      #expect(try content(of: name) == .updateInventory(deviceID: device, update), "\(name)")
    }
  }

  @Test func `every question of 8.2 is read`() throws {
    let mpan = try #require(MPxN("1200005432101"))
    #expect(try content(of: "8.2_by_deviceid") == .readInventory(.deviceID(device)))
    #expect(try content(of: "8.2_by_mpxn") == .readInventory(.mpxn(mpan)))
    #expect(try content(of: "8.2_by_uprn") == .readInventory(.uprn("123456789012")))
    #expect(
      try content(of: "8.2_by_propertyfilter")
        == .readInventory(.property(postCode: "ZZ9 9ZZ", addressIdentifier: "12")))
  }

  @Test func `a pre-notification is read with what it gives`() throws {
    let ihd = DevicePrenotification(
      deviceID: EUI64(bits: 0x00DB_1234_5678_9103), type: .ihd,
      details: DeviceDetails(manufacturer: "AB01", model: "010A030B"), associatedGPFDeviceID: nil)
    #expect(try content(of: "12.2_prenotify_IHD") == .prenotification(ihd))
    guard case .prenotification(let esme) = try content(of: "12.2_prenotify_ESME") else {
      Issue.record("not a pre-notification")
      return
    }
    #expect(esme.details.esmeVariant == .ADE)
  }

  @Test func `any other request is recognised with its device`() throws {
    let body = """
      <sr:DecommissionDevice><sr:DeviceID>00-db-12-34-56-78-90-a0</sr:DeviceID>\
      </sr:DecommissionDevice>
      """
    let text = updateRequest(reference: "8.3", variant: "8.3", body: body)
    guard case .request(let request) = try DUIS.read(Array(text.utf8)) else { return }
    #expect(request.content == .other(element: "DecommissionDevice", deviceID: device))
    let nested = updateRequest(
      reference: "8.9", variant: "8.9",
      body: "<sr:A><sr:B><sr:DeviceID>x</sr:DeviceID></sr:B></sr:A>")
    guard case .request(let other) = try DUIS.read(Array(nested.utf8)) else { return }
    #expect(other.content == .other(element: "A", deviceID: nil))
  }

  @Test func `a wrong check digit is read`() {
    #expect(refusal(updateRequest(branch("ImportMPxN", "1312345678111"))) == nil)
  }

  @Test(arguments: ["1", "1234567890", "12345678901", "1200005432101"])
  func `an import MPxN has 1 to 13 digits`(_ digits: String) {
    #expect(refusal(updateRequest(branch("ImportMPxN", digits))) == nil)
  }

  private func branch(_ name: String, _ value: String) -> String {
    "<sr:UpdateMPxN><sr:\(name)>\(value)</sr:\(name)></sr:UpdateMPxN>"
  }

  @Test func `hex is read without regard to case`() throws {
    let lower = updateRequest(requestID: "90-b3-d5-1f-30-01-00-00:90-b3-d5-1f-30-00-00-02:2001")
    #expect(try DUIS.read(Array(lower.utf8)) == DUIS.read(Array(updateRequest().utf8)))
  }

  @Test func `blanks around an EUI or a RequestID are passed over`() throws {
    let padded = updateRequest(
      requestID: "\n 90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:2001\t")
    #expect(try DUIS.read(Array(padded.utf8)) == DUIS.read(Array(updateRequest().utf8)))
  }

  @Test func `CDATA, comments and character references don't change a value`() throws {
    let odd = updateRequest(
      branch("ImportMPxN", "<![CDATA[12000]]><!-- <x> -->&#48;&#x35;<?p q?>432101"))
    #expect(try DUIS.read(Array(odd.utf8)) == DUIS.read(Array(updateRequest().utf8)))
  }

  @Test func `the namespace counts and the prefix doesn't`() throws {
    let plain = updateRequest().replacing("<sr:", with: "<").replacing("</sr:", with: "</")
      .replacing("xmlns:sr", with: "xmlns")
    let other = updateRequest().replacing("sr:", with: "x-1:").replacing(":sr", with: ":x-1")
    let whole = try DUIS.read(Array(updateRequest().utf8))
    #expect(try DUIS.read(Array(plain.utf8)) == whole)
    #expect(try DUIS.read(Array(other.utf8)) == whole)
  }

  @Test func `a signature is passed over, never verified`() throws {
    let signature = """
      <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/>\
      &#13;<x y="z"/></ds:Signature>
      """
    let signed = updateRequest(after: signature)
    #expect(try DUIS.read(Array(signed.utf8)) == DUIS.read(Array(updateRequest().utf8)))
  }

  @Test(arguments: DUIS.schemaVersions)
  func `each known schema version is read`(_ version: String) {
    #expect(refusal(updateRequest(attributes: "schemaVersion='\(version)'")) == nil)
  }

  @Test func `attributes of XML Schema are passed over`() {
    let attributes = """
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" \
      schemaVersion="5.4"
      """
    #expect(refusal(updateRequest(attributes: attributes)) == nil)
  }

  @Test func `the order of requests is kept`() throws {
    let text = updateRequest().replacing(
      "<sr:CommandVariant>",
      with: """
        <sr:FirstInSequence>true</sr:FirstInSequence>\
        <sr:PrecedingServiceRequestID>90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:7\
        </sr:PrecedingServiceRequestID><sr:CommandVariant>
        """)
    guard case .request(let request) = try DUIS.read(Array(text.utf8)) else { return }
    #expect(request.firstInSequence == true)
    #expect(request.precedingRequestID?.counter == 7)
  }
}
