import Corrections
import Testing

@testable import Wire

@Suite struct `Recognising responses and alerts` {
  private func response(_ name: String) throws -> ResponseSummary? {
    guard case .response(let summary) = try DUIS.read(sample(name)) else { return nil }
    return summary
  }

  @Test func `an acknowledgement has no ResponseID`() throws {
    let summary = try #require(try response("8.4_ack_I99"))
    #expect(summary.code == "I99")
    #expect(summary.requestID?.counter == 2001)
    #expect(summary.responseID == nil)
    #expect(summary.content == nil)
    #expect(summary.at == Instant(stored: "2022-08-09T09:30:00.123Z"))
    #expect(!summary.zoneWasMissing)
    #expect(summary.serviceReference == "8.4")
  }

  @Test func `a refusal gives its code, a full response both identities`() throws {
    #expect(try response("8.4_error_E080410")?.code == "E080410")
    let full = try #require(try response("8.4_response_I0"))
    #expect(full.responseID?.originator == full.requestID?.target)
  }

  @Test func `the content of a response is named, not read`() throws {
    #expect(try response("8.2_response_DSPInventory")?.content == "DSPInventory")
  }

  @Test func `an alert gives its code and its device`() throws {
    guard case .alert(let alert) = try DUIS.read(sample("dccalert_N1_meter_decommission")) else {
      Issue.record("not an alert")
      return
    }
    #expect(alert.source == .dcc)
    #expect(alert.alertCode == "N1")
    #expect(alert.content == "DeviceStatusChangeEvent")
    #expect(alert.deviceID?.description == "00-DB-12-34-56-78-90-A0")
  }

  @Test func `a time without a zone is taken as UTC and flagged`() throws {
    let text = String(decoding: try sample("8.4_ack_I99"), as: UTF8.self)
    let bare = text.replacing("09:30:00.123Z", with: "09:30:00.123")
    guard case .response(let summary) = try DUIS.read(Array(bare.utf8)) else { return }
    #expect(summary.zoneWasMissing)
    #expect(summary.at == Instant(stored: "2022-08-09T09:30:00.123Z"))
  }

  @Test(arguments: [
    ("09:30:00.123Z", "25:30:00Z", "expected a time that exists"),
    ("09:30:00.123Z", "09:30:60Z", "expected seconds from 00 to 59"),
    ("2022-08-09T", "09/08/2022 ", "expected a time such as"),
    ("I99", "X99", "expected one of I, E, W and a number for ResponseCode; found X99"),
    ("<sr:ResponseCode>", "<sr:Foo/><sr:ResponseCode>", "found Foo"),
  ]) func `a header that the schema doesn't allow is refused`(
    _ old: String, _ new: String, _ part: String
  ) throws {
    let text = String(decoding: try sample("8.4_ack_I99"), as: UTF8.self)
    let message = try #require(refusal(text.replacing(old, with: new)))
    #expect(message.contains(part), "\(message)")
  }
}
