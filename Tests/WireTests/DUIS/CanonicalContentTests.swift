import Corrections
import Testing

@testable import Wire

@Suite struct `The canonical content of a request` {
  private func content(_ text: String) throws -> [UInt8] {
    guard case .request(let request) = try DUIS.read(Array(text.utf8)) else { return [] }
    return DUIS.canonicalContent(of: request)
  }

  private static let other =
    "<sr:A x='1' y='2'><sr:DeviceID>00-DB-12-34-56-78-90-A0</sr:DeviceID><sr:B>a b</sr:B></sr:A>"

  @Test func `spelling makes no difference`() throws {
    let plain = try content(updateRequest())
    let signature = "<s:Signature xmlns:s='http://www.w3.org/2000/09/xmldsig#'/>"
    #expect(!plain.isEmpty)
    #expect(try content(updateRequest(after: signature)) == plain)
    #expect(
      try content(updateRequest().replacing("sr:", with: "a:").replacing(":sr", with: ":a"))
        == plain)
    #expect(try content(updateRequest().replacing("><", with: "> \n <")) == plain)
    #expect(try content(updateRequest().replacing("00-DB", with: "00-db")) == plain)
    #expect(try content(updateRequest(attributes: "schemaVersion='5.1'")) == plain)
  }

  @Test func `spelling makes no difference in a body that isn't read`() throws {
    func request(_ body: String) -> String {
      updateRequest(reference: "8.9", variant: "8.9", body: body)
    }
    let plain = try content(request(Self.other))
    #expect(
      try content(request(Self.other.replacing("x='1' y='2'", with: "y=\"2\"  x=\"1\""))) == plain)
    #expect(try content(request(Self.other.replacing("><", with: "> <!-- c --> <"))) == plain)
    #expect(try content(request(Self.other.replacing("-DB-", with: "-db-"))) == plain)
    #expect(try content(request(Self.other.replacing("a b", with: "<![CDATA[a b]]>"))) == plain)
    #expect(try content(request(Self.other.replacing("a b", with: "a  b"))) != plain)
    #expect(try content(request(Self.other.replacing("x='1'", with: "x='2'"))) != plain)
    #expect(try content(request(Self.other.replacing("sr:B", with: "sr:C"))) != plain)
  }

  @Test func `another meaning gives other bytes`() throws {
    let texts = [
      updateRequest(), updateRequest(commandVariant: "1"),
      updateRequest("<sr:UpdateMPxN><sr:ImportMPxN>120000543210</sr:ImportMPxN></sr:UpdateMPxN>"),
      updateRequest("<sr:UpdateMPxN><sr:ExportMPAN>1200005432101</sr:ExportMPAN></sr:UpdateMPxN>"),
      updateRequest("<sr:DeleteDevice/>"), updateRequest("<sr:UpdateDeviceDetails/>"),
      updateRequest("<sr:UpdateDeviceDetails><sr:DeviceModel/></sr:UpdateDeviceDetails>"),
      updateRequest("<sr:UpdateDeviceStatusCH>Commissioned</sr:UpdateDeviceStatusCH>"),
      updateRequest(
        "<sr:UpdateDeviceStatusCH>InstalledNotCommissioned</sr:UpdateDeviceStatusCH>"),
      updateRequest(
        "<sr:UpdateDeviceStatusExceptCH>InstalledNotCommissioned</sr:UpdateDeviceStatusExceptCH>"),
    ]
    #expect(Set(try texts.map(content)).count == texts.count)
  }

  @Test func `its form stays as it is, since it is kept`() throws {
    #expect(
      String(decoding: try content(updateRequest()), as: UTF8.self) == """
        duis 1
        RequestID 52 90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:2001
        CommandVariant 1 8
        ServiceReference 3 8.4
        ServiceReferenceVariant 3 8.4
        DeviceID 23 00-DB-12-34-56-78-90-A0
        ImportMPxN 13 1200005432101

        """)
  }
}
