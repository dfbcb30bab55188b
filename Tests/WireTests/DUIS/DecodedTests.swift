import Corrections
import Testing

@testable import Wire

@Suite struct `Decoded answers and alerts of devices` {
  private func mpxns(_ content: String) throws -> ResponseContent {
    try readResponse(answerText(ra("ReadDeviceConfigurationMPxNRsp", content))).content
  }

  @Test func `6.2.7 tells what the meter holds, what is empty, and nothing of the rest`() throws {
    let response = try readResponse(
      answerText(
        ra(
          "ReadDeviceConfigurationMPxNRsp",
          ra("Electricity", ra("ImportMPAN", "1200005432101") + ra("ExportMPAN", " "))),
        header: ra("ServiceReference", "6.2") + ra("ServiceReferenceVariant", "6.2.7")
          + "<ra:Timestamp ClockStatus='reliable'>2026-03-04T10:00:00Z</ra:Timestamp>"))
    let mpan = try #require(MPxN("1200005432101"))
    #expect(response.content == .onDevice(MPxNs(importMPxN: .mpxn(mpan), exportMPAN: .empty)))
    #expect(response.isDecoded)
    #expect(response.element == "ReadDeviceConfigurationMPxNRsp")
    #expect(response.serviceReferenceVariant == "6.2.7")
    #expect(response.code == "I0")
    #expect(response.at == Instant(stored: "2026-03-04T10:00:00.000Z"))
    #expect(!response.zoneWasMissing)
    #expect(
      response.requestID == RequestID(originator: Who.user, target: Who.meter, counter: 2001))
    #expect(response.responseID == nil)
    let gas = try mpxns(ra("Gas", ra("MPRN", "7400012306")))
    #expect(
      gas == .onDevice(MPxNs(importMPxN: .mpxn(try #require(MPxN("7400012306"))))))
    #expect(try mpxns(ra("Electricity", "")) == .onDevice(MPxNs()))
    #expect(try mpxns("") == .unread)
  }

  @Test func `an answer to a command that the DCC sent is of the user's request`() throws {
    let header =
      ra("SupplementaryRemotePartyID", "\(Who.user)") + ra("SupplementaryRemotePartyCounter", "77")
    let text = answerText(ra("ReadFirmwareVersionRsp", ""), header: header)
      .replacing("<ra:BusinessTargetID>\(Who.user)<", with: "<ra:BusinessTargetID>\(Who.dcc)<")
    #expect(
      try readResponse(text).requestID
        == RequestID(originator: Who.user, target: Who.meter, counter: 77))
    #expect(try readResponse(text).at == nil)
  }

  @Test(arguments: ["ReadFirmwareVersionRsp", "ActivateFirmwareRsp"])
  func `11.2 and 11.3 tell the firmware`(_ name: String) throws {
    func content(_ inner: String) throws -> ResponseContent {
      try readResponse(answerText("<ra:\(name)>\(inner)</ra:\(name)>")).content
    }
    #expect(try content(ra("FirmwareVersion", "00020130")) == .firmwareVersion("00020130"))
    #expect(try content("") == .unread)
    // Only 11.3 has a length in the schema.
    for wrong in ["", "000201301"] {
      let answer = Result { try content(ra("FirmwareVersion", wrong)) }
      switch name {
      case "ReadFirmwareVersionRsp": #expect(try answer.get() == .unread)
      default: #expect(throws: WireError.self) { try answer.get() }
      }
    }
  }

  @Test func `the outcome of any other answer is read where it says one`() throws {
    func content(_ answer: String) throws -> ResponseContent {
      try readResponse(answerText(answer)).content
    }
    let set = "SetDeviceConfigurationImportMPxNRsp"
    #expect(try content("<ra:\(set) MessageSuccess='true'/>") == .outcome(succeeded: true))
    #expect(try content("<ra:\(set) MessageSuccess='0'/>") == .outcome(succeeded: false))
    #expect(try content("<ra:\(set)/>") == .unread)
    #expect(
      try content("<ra:ReadFirmwareVersionRsp MessageSuccess='false'/>")
        == .outcome(succeeded: false))
    let failed = """
      <ra:ReadDeviceConfigurationMPxNRsp MessageSuccess='false'><ra:Gas/>\
      </ra:ReadDeviceConfigurationMPxNRsp>
      """
    #expect(try content(failed) == .outcome(succeeded: false))
    #expect(
      try content(
        "<ra:ActivateFirmwareRsp><ra:ActivateImageResponseCode ResponseCode='0'>success"
          + "</ra:ActivateImageResponseCode></ra:ActivateFirmwareRsp>") == .unread)
  }

  @Test func `what still waits to be decrypted isn't read`() throws {
    let data =
      "<ra:GBCSData format='encrypted' sequence='0' name='n' type='gbcs'>AAAA</ra:GBCSData>"
    let response = try readResponse(decodedText(ra("ResponseMessage", data)))
    #expect(response.content == .unread)
    #expect(response.element == "GBCSData")
  }

  @Test func `an alert is about the device that sent it`() throws {
    func text(_ code: String, header: String = "") -> String {
      decodedText(
        ra(
          "DeviceAlertMessage",
          ra(
            "DeviceAlertContent",
            ra("GBCSHexAlertCode", code) + ra("AlertDescription", "Device joined SMHAN")
              + ra("Timestamp", "2026-03-04T10:00:00"))), header: header)
    }
    let alert = try readAlert(text("8183"))
    #expect(alert.source == .device)
    #expect(alert.content == .joinedHAN(Who.meter))
    #expect(alert.responseID?.originator == Who.meter)
    #expect(alert.at == Instant(stored: "2026-03-04T10:00:00.000Z"))
    #expect(alert.zoneWasMissing)
    #expect(try readAlert(text("8f69")).alertCode == "8F69")
    let timeless = decodedText("<ra:DeviceAlertMessage/>")
    #expect(refusal(timeless)?.contains("expected a Timestamp in Header or") == true)
    let header = ra("Timestamp", "2026-03-04T10:00:00Z")
    #expect(try readAlert(decodedText("<ra:DeviceAlertMessage/>", header: header)).alertCode == nil)
  }

  @Test func `a SMETS1 response holds the same answer in its own wrapping`() throws {
    func text(_ inner: String) -> String {
      responseText(
        sr(
          "SMETS1ResponseMessage",
          sr("ServiceReference", "11.2") + sr("ServiceReferenceVariant", "11.2")
            + """
            <sr:SMETS1SignedResponse xmlns:ra="http://www.dccinterface.co.uk/ResponseAndAlert" \
            schemaVersion="5.4"><sr:SMETS1Response><sr:Header/><sr:Body>\(inner)</sr:Body>\
            </sr:SMETS1Response></sr:SMETS1SignedResponse>
            """))
    }
    let answer = ra("ReadFirmwareVersionRsp", ra("FirmwareVersion", "00020130"))
    let response = try readResponse(text(sr("ResponseMessage", ra("SMETSData", answer))))
    #expect(response.content == .firmwareVersion("00020130"))
    #expect(response.element == "ReadFirmwareVersionRsp")
    #expect(response.serviceReference == "11.2")
    #expect(!response.isDecoded)
    let other = try readResponse(text(sr("Other", "1")))
    #expect(other.content == .unread)
    #expect(other.element == "SMETS1SignedResponse")
    #expect(refusal(text("<unfinished>")) != nil)
  }

  private static let wrong: [(String, String)] = [
    ("<ra:ReadDeviceConfigurationMPxN/>", "whose name ends with Rsp; found ReadDevice"),
    ("<sr:XRsp xmlns:sr='urn:x'/>", "found XRsp in namespace urn:x"),
    ("", "expected the answer of a device; found the end of SMETSData"),
    ("<ra:XRsp Other='1'/>", "expected no attribute but MessageSuccess on XRsp; found Other"),
    ("<ra:XRsp MessageSuccess='yes'/>", "expected true or false for MessageSuccess; found yes"),
    ("<ra:XRsp/><ra:YRsp/>", "expected the end of SMETSData; found YRsp"),
    (
      """
      <ra:ReadDeviceConfigurationMPxNRsp><ra:Gas><ra:MPRN>12345678901</ra:MPRN></ra:Gas>\
      </ra:ReadDeviceConfigurationMPxNRsp>
      """,
      "expected 1 to 10 digits for MPRN; found 11 digits, …901"
    ),
    (
      """
      <ra:ReadDeviceConfigurationMPxNRsp><ra:Electricity/><ra:Gas/>\
      </ra:ReadDeviceConfigurationMPxNRsp>
      """,
      "expected exactly one of Electricity, Gas; found a second one, Gas"
    ),
  ]

  @Test(arguments: wrong)
  func `what the schema doesn't allow is refused`(_ answer: String, _ part: String) throws {
    let message = try #require(refusal(answerText(answer)))
    #expect(message.contains(part), "\(message)")
  }

  @Test func `a counter and a version must be there`() {
    let body = ra("ResponseMessage", "")
    #expect(refusal(decodedText(body)) == nil)
    #expect(refusal(decodedText(body, counter: "18446744073709551616")) != nil)
    #expect(refusal(decodedText(body).replacing(" schemaVersion=\"5.4\"", with: "")) != nil)
  }
}
