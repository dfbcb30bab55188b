import Corrections
import Testing

@testable import Wire

@Suite struct `Writing DUIS` {
  private static let requests = sampleNames.filter { name in
    !name.hasPrefix("neg_") && !name.contains("response") && !name.hasPrefix("dcc")
      && !name.contains("ack") && !name.contains("error")
  }

  @Test(arguments: requests)
  func `reading undoes writing`(_ name: String) throws {
    guard case .request(let request) = try DUIS.read(sample(name)) else {
      Issue.record("not a request")
      return
    }
    let written = try #require(DUIS.write(request: request))
    #expect(try DUIS.read(written) == .request(request))
    #expect(DUIS.write(request: request) == written)
  }

  @Test func `an answer is written as an acknowledgement, byte for byte`() throws {
    let id = try #require(RequestID("90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:2001"))
    let at = try #require(Instant(stored: "2022-08-09T09:30:00.123Z"))
    let response = ServiceResponse(
      requestID: id, code: "I99", at: at, serviceReference: "8.4",
      serviceReferenceVariant: "8.4", schemaVersion: "5.4")
    let text = String(decoding: DUIS.write(response), as: UTF8.self)
    let xsi = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
    let expected = String(decoding: try sample("8.4_ack_I99"), as: UTF8.self)
      .replacing(xsi, with: "")
    #expect(text == expected)
  }

  @Test func `text is escaped, and what XML can't hold is replaced`() throws {
    let id = try #require(RequestID("90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:1"))
    let details = DeviceDetails(manufacturer: "<&\">'\r\n\u{1}é", model: "")
    let request = ServiceRequest(
      id: id, schemaVersion: "5.4", commandVariant: 8, serviceReference: "8.4",
      serviceReferenceVariant: "8.4",
      content: .updateInventory(deviceID: EUI64(bits: 1), .details(details)))
    let written = try #require(DUIS.write(request: request))
    guard case .request(let again) = try DUIS.read(written),
      case .updateInventory(_, .details(let read)) = again.content
    else {
      Issue.record("not read again")
      return
    }
    #expect(read.manufacturer == "<&\">'\r\n\u{FFFD}é")
    #expect(read.model == "")
  }

  @Test func `a body that isn't read can't be written`() throws {
    let text = updateRequest(reference: "8.9", variant: "8.9", body: "<sr:A/>")
    guard case .request(let request) = try DUIS.read(Array(text.utf8)) else { return }
    #expect(DUIS.write(request: request) == nil)
  }
}
