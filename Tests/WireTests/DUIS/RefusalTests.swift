import Corrections
import Testing

@testable import Wire

@Suite struct `Refusing what isn't DUIS` {
  @Test(arguments: [
    (
      "neg_export_12_digits",
      "a.xml:2:506: expected 13 digits for ExportMPAN; found 12 digits, …003"
    ),
    (
      "neg_status_suspended",
      """
      a.xml:2:507: expected one of Pending, InstalledNotCommissioned for \
      UpdateDeviceStatusExceptCH; found Suspended
      """
    ),
    (
      "neg_two_choices",
      """
      a.xml:2:494: expected exactly one of UpdateDeviceStatusExceptCH, UpdateDeviceStatusCH, \
      UpdateDeviceDetails, DeleteDevice, UpdateMPxN; found a second one, UpdateMPxN
      """
    ),
    (
      "neg_two_mpxns",
      """
      a.xml:2:535: expected exactly one of ImportMPxN, SecondaryImportMPAN, ExportMPAN; \
      found a second one, ExportMPAN
      """
    ),
  ]) func `each negative sample gives its one cause`(_ name: String, _ message: String) throws {
    #expect(refusal(try sample(name)) == message)
  }

  @Test func `an unknown branch is named with all that could stand there`() {
    #expect(
      refusal(updateRequest("\n      <sr:UpdateMPAN>1</sr:UpdateMPAN>")) == """
        a.xml:11:7: expected one of UpdateDeviceStatusExceptCH, UpdateDeviceStatusCH, \
        UpdateDeviceDetails, DeleteDevice, UpdateMPxN; found UpdateMPAN
        """)
  }

  private static let branches: [(String, String)] = [
    ("", "found the end of UpdateInventory"),
    (
      "<sr:UpdateMPxN/>",
      "expected one of ImportMPxN, SecondaryImportMPAN, ExportMPAN; found the end"
    ),
    (
      "<sr:UpdateMPxN><sr:ImportMPxN/></sr:UpdateMPxN>",
      "1 to 13 digits for ImportMPxN; found nothing"
    ),
    (
      "<sr:UpdateMPxN><sr:ImportMPxN> 1200005432101</sr:ImportMPxN></sr:UpdateMPxN>",
      "found …101 with blanks around it"
    ),
    (
      "<sr:UpdateMPxN><sr:ImportMPxN>12OOOO5432101</sr:ImportMPxN></sr:UpdateMPxN>",
      "found 12OOOO…101"
    ),
    (
      "<sr:UpdateMPxN><sr:ImportMPxN>12000054321011</sr:ImportMPxN></sr:UpdateMPxN>",
      "expected 1 to 13 digits for ImportMPxN; found 14 digits, …011"
    ),
    (
      "<sr:UpdateMPxN><sr:ImportMPxN><sr:X/></sr:ImportMPxN></sr:UpdateMPxN>",
      "expected only text in ImportMPxN; found element X"
    ),
    ("<sr:UpdateDeviceStatusCH>Pending</sr:UpdateDeviceStatusCH>", "found Pending"),
    ("<sr:UpdateDeviceStatusCH> </sr:UpdateDeviceStatusCH>", "found only blanks"),
    ("<sr:UpdateDeviceStatusCH/>", "for UpdateDeviceStatusCH; found nothing"),
    ("<sr:DeleteDevice>x</sr:DeleteDevice>", "expected nothing for DeleteDevice; found x"),
    (
      """
      <sr:UpdateDeviceDetails><sr:DeviceModel>1</sr:DeviceModel>\
      <sr:DeviceManufacturer>2</sr:DeviceManufacturer></sr:UpdateDeviceDetails>
      """,
      """
      expected one of SMETSCHTSVersion, FirmwareVersion, ESMEVariant or the end of \
      UpdateDeviceDetails; found DeviceManufacturer
      """
    ),
    (
      """
      <sr:UpdateDeviceDetails><sr:DeviceModel>1</sr:DeviceModel>\
      <sr:DeviceModel>2</sr:DeviceModel></sr:UpdateDeviceDetails>
      """,
      "found a second DeviceModel"
    ),
    (
      """
      <sr:UpdateDeviceDetails><sr:FirmwareVersion>123456789</sr:FirmwareVersion>\
      </sr:UpdateDeviceDetails>
      """,
      "expected 1 to 8 characters for FirmwareVersion; found 9 characters"
    ),
    (
      "<sr:UpdateDeviceDetails><sr:SMETSCHTSVersion/></sr:UpdateDeviceDetails>",
      "expected 1 to 20 characters for SMETSCHTSVersion; found nothing"
    ),
    (
      "<sr:UpdateDeviceDetails><sr:ESMEVariant>ABE</sr:ESMEVariant></sr:UpdateDeviceDetails>",
      "for ESMEVariant; found ABE"
    ),
    ("<sr:DeleteDevice a='1'/>", "expected no attribute on DeleteDevice; found a"),
    ("<DeleteDevice/>", "found DeleteDevice without the DUIS namespace"),
    ("<x:DeleteDevice xmlns:x='urn:x'/>", "found DeleteDevice in namespace urn:x"),
    ("<sr:DeleteDevice/>12 Example Road", "found text of 15 characters"),
  ]

  @Test(arguments: branches)
  func `a branch that the schema doesn't allow is refused`(_ branch: String, _ end: String) throws {
    let message = try #require(refusal(updateRequest(branch)))
    #expect(message.contains(end), "\(message)")
  }

  private static let documents: [(String, String)] = [
    (updateRequest(requestID: "90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-0G:1"), "second part"),
    (
      updateRequest(requestID: "90-B3-D5-1F-30-01-00-00:1"),
      "expected EUI:EUI:counter for RequestID"
    ),
    (
      updateRequest(requestID: "90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:02001"),
      "expected a counter from 0 to 18446744073709551615 without leading zeros"
    ),
    (
      updateRequest(
        requestID: "90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:18446744073709551616"),
      "found …616"
    ),
    (updateRequest(commandVariant: "0"), "expected 1 to 9 for CommandVariant; found 0"),
    (updateRequest(commandVariant: "10"), "expected 1 to 9 for CommandVariant; found 10"),
    (
      updateRequest(attributes: "schemaVersion='6.0'"),
      "expected one of the schema versions 5.0, 5.1, 5.2, 5.3, 5.4; found 6.0"
    ),
    (updateRequest(attributes: ""), "expected attribute schemaVersion on Request; found none"),
    (
      updateRequest(attributes: "schemaVersion='5.4' id='1'"),
      "expected no attribute but schemaVersion; found id"
    ),
    (updateRequest(variant: "8.2"), "expected 8.4, as ServiceReference says, for"),
    (
      updateRequest(reference: "8.2", variant: "8.2"),
      "expected ReadInventory, which goes with ServiceReference 8.2; found UpdateInventory"
    ),
    (
      updateRequest(reference: "8.9", variant: "8.9"),
      "found UpdateInventory, which goes with ServiceReference 8.4"
    ),
    (updateRequest(reference: "8.4 "), "found 8.4 with blanks around it"),
    (updateRequest(body: ""), "expected UpdateInventory, which goes with ServiceReference 8.4"),
    (
      updateRequest(reference: "8.9", variant: "8.9", body: "<sr:A/><sr:B/>"),
      "expected the end of Body; found B"
    ),
    (updateRequest(after: "<sr:X/>"), "expected a signature or the end of Request; found X"),
    (
      updateRequest().replacing("ServiceUserGateway", with: "Other"),
      "expected Request or Response of DUIS; found Request in namespace"
    ),
    (
      updateRequest(
        reference: "8.2", variant: "8.2",
        body: """
          <sr:ReadInventory><sr:PropertyFilter><sr:PostCode>ZZ9 9ZZ ZZ</sr:PostCode>\
          </sr:PropertyFilter></sr:ReadInventory>
          """
      ), "expected 6 to 8 characters for PostCode; found 10 characters"
    ),
  ]

  @Test(arguments: documents)
  func `a document that the schema doesn't allow is refused`(
    _ text: String, _ part: String
  ) throws {
    let message = try #require(refusal(text))
    #expect(message.contains(part), "\(message)")
  }

  @Test func `no message holds a whole meter point`() throws {
    let digits = "1200005432101"
    for text in [
      updateRequest("<sr:UpdateMPxN><sr:ExportMPAN>\(digits)0</sr:ExportMPAN></sr:UpdateMPxN>"),
      updateRequest(
        "<sr:UpdateMPxN><sr:ExportMPAN>12 0000 5432 101</sr:ExportMPAN></sr:UpdateMPxN>"),
      updateRequest(
        "<sr:UpdateMPxN><sr:ExportMPAN>12-0000-5432-101</sr:ExportMPAN></sr:UpdateMPxN>"),
      updateRequest(
        "<sr:UpdateMPxN><sr:ExportMPAN>12.0000.5432.101</sr:ExportMPAN></sr:UpdateMPxN>"),
      updateRequest("<sr:X\(digits)/>"), updateRequest(digits), updateRequest("<sr:X &\(digits)/>"),
    ] {
      let message = try #require(refusal(text))
      #expect(!message.contains(digits))
      #expect(message.filter(\.isNumber).count < 20)
      #expect(!message.contains("5432"), "\(message)")
    }
  }
}
