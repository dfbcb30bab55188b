import Corrections
import Testing

@testable import Wire

@Suite struct `Recognising responses and alerts` {
  private func response(_ name: String) throws -> ReceivedResponse? {
    guard case .response(let summary) = try DUIS.read(sample(name)) else { return nil }
    return summary
  }

  @Test func `an acknowledgement has no ResponseID`() throws {
    let summary = try #require(try response("8.4_ack_I99"))
    #expect(summary.code == "I99")
    #expect(summary.requestID?.counter == 2001)
    #expect(summary.responseID == nil)
    #expect(summary.identitiesAgree)
    #expect(summary.content == .none)
    #expect(summary.element == nil)
    #expect(summary.at == Instant(stored: "2022-08-09T09:30:00.123Z"))
    #expect(!summary.zoneWasMissing)
    #expect(summary.serviceReference == "8.4")
  }

  @Test func `a refusal gives its code, a full response both identities`() throws {
    #expect(try response("8.4_error_E080410")?.code == "E080410")
    let full = try #require(try response("8.4_response_I0"))
    #expect(full.responseID?.originator == full.requestID?.target)
  }

  @Test func `an alert gives its code and its device`() throws {
    guard case .alert(let alert) = try DUIS.read(sample("dccalert_N1_meter_decommission")) else {
      Issue.record("not an alert")
      return
    }
    #expect(alert.source == .dcc)
    #expect(alert.alertCode == "N1")
    #expect(alert.element == "DeviceStatusChangeEvent")
    #expect(alert.deviceID?.description == "00-DB-12-34-56-78-90-A0")
  }

  @Test func `a time without a zone is taken as UTC and flagged`() throws {
    let text = String(decoding: try sample("8.4_ack_I99"), as: UTF8.self)
    let bare = text.replacing("09:30:00.123Z", with: "09:30:00.123")
    guard case .response(let summary) = try DUIS.read(Array(bare.utf8)) else { return }
    #expect(summary.zoneWasMissing)
    #expect(summary.at == Instant(stored: "2022-08-09T09:30:00.123Z"))
  }

  private static let message = """
    <sr:ResponseMessage><sr:ServiceReference>6.2</sr:ServiceReference>\
    <sr:ServiceReferenceVariant>6.2.7</sr:ServiceReferenceVariant>\
    <sr:GBCSPayload>AAAA</sr:GBCSPayload></sr:ResponseMessage>
    """

  @Test func `a response without a RequestID is of the request that its ResponseID gives`() throws {
    let response = try readResponse(
      responseText(requestID: nil, responseID: "\(Who.meter):\(Who.user):7", Self.message))
    #expect(
      response.requestID == RequestID(originator: Who.user, target: Who.meter, counter: 7))
    #expect(response.identitiesAgree)
    #expect(response.content == .unread)
    #expect(response.element == "GBCSPayload")
    #expect(try readResponse(responseText(requestID: nil, Self.message)).requestID == nil)
  }

  @Test func `identities of two requests don't agree`() throws {
    let request = "\(Who.user):\(Who.meter):7"
    for (other, agrees) in [
      ("\(Who.meter):\(Who.user):7", true), ("\(Who.meter):\(Who.user):8", false),
      (request, false), ("\(Who.hub):\(Who.user):7", false),
    ] {
      let text = responseText(requestID: request, responseID: other, Self.message)
      #expect(try readResponse(text).identitiesAgree == agrees)
    }
  }

  @Test func `the same response sent again is told from another`() throws {
    let text = responseText(Self.message)
    let content = try readResponse(text).canonical
    let again = text.replacing("sr:", with: "x:").replacing(":sr", with: ":x")
      .replacing("><", with: ">\n<!-- c --><").replacing("-B3-", with: "-b3-")
    #expect(try readResponse(again).canonical == content)
    for (old, new) in [
      ("AAAA", "BAAA"), ("I0", "I99"), (":2001", ":2002"), ("00.123Z", "01.123Z"),
    ] {
      #expect(try readResponse(text.replacing(old, with: new)).canonical != content)
    }
  }

  @Test func `a code that isn't listed is read, and the lists are those of DUIS 5_4`() throws {
    #expect(try readResponse(responseText(code: "E080499", Self.message)).code == "E080499")
    #expect(DUIS.responseCodes.count == 194)
    #expect(DUIS.alertCodes.count == 66)
    #expect(DUIS.responseCodes.isSuperset(of: ["I0", "I99", "E080405", "E080415", "W110101"]))
    #expect(!DUIS.responseCodes.contains("E080499"))
    #expect(DUIS.responseCodes.allSatisfy { refusal(responseText(code: $0, Self.message)) == nil })
  }

  @Test func `neither part of a service reference may be there twice`() {
    for name in ["ServiceReference", "ServiceReferenceVariant"] {
      let text = Self.message.replacing("GBCSPayload", with: name)
      #expect(refusal(responseText(text))?.contains("found a second \(name)") == true)
    }
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
