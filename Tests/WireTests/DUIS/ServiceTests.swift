import Corrections
import Testing

@testable import Wire

@Suite struct `Requests that change what is held` {
  private let mpan = MPxN("1200005432101")
  private let export = MPxN("2377770010031")
  private static let whitelist =
    sr("JoinTimePeriod", "90") + sr("InstallCode", "30313233343536373839414243444546")

  private func hanDeviceLog(_ rest: String, before: String = "") -> String {
    serviceRequest(
      "8.11", sr("UpdateHANDeviceLog", before + sr("DeviceID", Who.gasMeter) + rest),
      target: Who.hub)
  }

  @Test func `8.11 names the device to add, and its meter points`() throws {
    let text = hanDeviceLog(
      sr("RequestType", "Add")
        + sr(
          "AddDeviceToCHFWhitelist",
          Self.whitelist + sr("ImportMPxN", "1200005432101") + sr("ExportMPAN", "2377770010031")),
      before: sr("ExecutionDateTime", "2026-03-04T10:00:00Z"))
    let request = try readRequest(text)
    #expect(
      request.content
        == .service(
          element: "UpdateHANDeviceLog", deviceID: Who.gasMeter,
          .hanDeviceLog(.add, MPxNs(importMPxN: mpan, exportMPAN: export))))
    #expect(!request.unreadBody.canonical.isEmpty)
    let remove = try readRequest(hanDeviceLog(sr("RequestType", "Remove")))
    #expect(
      remove.content
        == .service(
          element: "UpdateHANDeviceLog", deviceID: Who.gasMeter, .hanDeviceLog(.remove, MPxNs())))
  }

  private static let wrongLogs: [(String, String)] = [
    (sr("RequestType", "Replace"), "expected one of Add, Remove for RequestType; found Replace"),
    (whitelist, "expected RequestType; found JoinTimePeriod"),
    (
      sr("RequestType", "Add") + sr("AddDeviceToCHFWhitelist", sr("JoinTimePeriod", "3601")),
      "expected 1 to 3600 for JoinTimePeriod; found 3601"
    ),
    (
      sr("RequestType", "Add")
        + sr("AddDeviceToCHFWhitelist", sr("JoinTimePeriod", "1") + sr("InstallCode", "123456789")),
      "expected 6 to 16 octets in hex for InstallCode; found 9 characters"
    ),
    (
      sr("RequestType", "Add")
        + sr("AddDeviceToCHFWhitelist", whitelist + sr("ExportMPAN", "237777001003")),
      "expected 13 digits for ExportMPAN; found 12 digits, …003"
    ),
    (
      sr("RequestType", "Add")
        + sr(
          "AddDeviceToCHFWhitelist",
          whitelist + sr("ExportMPAN", "2377770010031") + sr("ImportMPxN", "1200005432101")),
      "expected the end of AddDeviceToCHFWhitelist; found ImportMPxN"
    ),
    (
      sr("RequestType", "Add") + sr("RequestType", "Add"),
      "expected AddDeviceToCHFWhitelist or the end of UpdateHANDeviceLog; found a second"
    ),
  ]

  @Test(arguments: wrongLogs)
  func `8.11 is read as strictly as the schema says`(_ rest: String, _ part: String) throws {
    let message = try #require(refusal(hanDeviceLog(rest)))
    #expect(message.contains(part), "\(message)")
  }

  @Test(arguments: [
    ("8.7.1", "JoinServiceCritical", "4"), ("8.7.2", "JoinServiceNonCritical", "1"),
    ("8.8.1", "UnjoinServiceCritical", "4"), ("8.8.2", "UnjoinServiceNonCritical", "1"),
  ]) func `joining and unjoining name the other device`(
    _ variant: String, _ name: String, _ commandVariant: String
  ) throws {
    let body = sr(name, sr("OtherDeviceID", Who.proxy))
    let text = serviceRequest(variant, body, commandVariant: commandVariant)
    let service: DeviceService =
      name.hasPrefix("Join") ? .join(other: Who.proxy) : .unjoin(other: Who.proxy)
    #expect(
      try readRequest(text).content == .service(element: name, deviceID: Who.meter, service))
    #expect(refusal(text.replacing("OtherDeviceID", with: "DeviceID")) != nil)
    // Without a device that it is sent to there is none that it could join.
    #expect(
      try readRequest(serviceRequest(variant, body, commandVariant: "8")).content
        == .other(element: name, deviceID: nil))
  }

  @Test func `a signed pre-command takes the place of a critical body`() throws {
    let body = sr("SignedPreCommand", sr("GBCSPayload", "AAAA"))
    let request = try readRequest(serviceRequest("8.7.1", body, commandVariant: "5"))
    #expect(request.content == .other(element: "SignedPreCommand", deviceID: Who.meter))
    #expect(refusal(serviceRequest("8.7.2", body)) != nil)
  }

  @Test func `6.20 says what the device shall hold`() throws {
    let imports = "SetDeviceConfigurationImportMPxN"
    let two = sr("ImportMPAN", "1200005432101") + sr("SecondaryImportMPAN", "2377770010031")
    #expect(
      try readRequest(serviceRequest("6.20.1", sr(imports, sr("ImportMPANs", two)))).content
        == .service(
          element: imports, deviceID: Who.meter,
          .setMPxNs(MPxNs(importMPxN: mpan, secondaryImportMPAN: export))))
    #expect(
      try readRequest(serviceRequest("6.20.1", sr(imports, sr("ImportMPRN", "7400012306")))).content
        == .service(
          element: imports, deviceID: Who.meter,
          .setMPxNs(MPxNs(importMPxN: MPxN("7400012306")))))
    let exports = "SetDeviceConfigurationExportMPAN"
    #expect(
      try readRequest(serviceRequest("6.20.2", sr(exports, sr("ExportMPAN", "2377770010031"))))
        .content
        == .service(
          element: exports, deviceID: Who.meter, .setMPxNs(MPxNs(exportMPAN: export))))
    for wrong in [
      "", sr("ImportMPANs", ""), sr("ImportMPANs", sr("ImportMPAN", "120000543210")),
      sr("ImportMPRN", "12345678901"), sr("ImportMPRN", "74OOO12306"), sr("ImportMPRN", ""),
      sr("ImportMPRN", "1") + sr("ImportMPANs", two), sr("ExecutionDateTime", "tomorrow"),
    ] {
      #expect(refusal(serviceRequest("6.20.1", sr(imports, wrong))) != nil, "\(wrong)")
    }
  }

  private static let credentials =
    sr("SupplierFloorSeqNumber", "1")
    + sr("SupplierReplacementCertificates", sr("DigitalSigningCertificate", "AAAA"))
    + sr("CertificationPathCertificates", sr("Certificate", "AAAA"))
    + sr("ApplyTimeBasedCPVChecks", "false")

  @Test func `6.23 names the import meter point, and its certificates are passed over`() throws {
    let name = "UpdateSecurityCredentialsCoS"
    func text(_ content: String) -> String { serviceRequest("6.23", sr(name, content)) }
    #expect(
      try readRequest(text(Self.credentials + sr("ImportMPxN", "1200005432101"))).content
        == .service(
          element: name, deviceID: Who.meter, .supplierChange(try #require(mpan))))
    for wrong in [
      Self.credentials, Self.credentials + sr("ImportMPxN", "12000054321011"),
      Self.credentials + sr("ImportMPxN", ""),
      sr("ImportMPxN", "1200005432101") + Self.credentials,
    ] {
      #expect(refusal(text(wrong)) != nil, "\(wrong)")
    }
  }

  @Test func `8.3 holds its device and nothing else`() throws {
    func text(_ content: String) -> String {
      serviceRequest("8.3", sr("DecommissionDevice", content), commandVariant: "8", target: Who.dcc)
    }
    let request = try readRequest(text(sr("DeviceID", Who.meter)))
    #expect(request.content == .other(element: "DecommissionDevice", deviceID: Who.meter))
    #expect(!request.unreadBody.canonical.isEmpty)
    #expect(refusal(text(sr("DeviceID", Who.meter) + sr("X", "1"))) != nil)
    #expect(refusal(text("")) != nil)
  }

  @Test func `any other request to a device is about the one it is sent to`() throws {
    let clock = "<sr:CommissionDeviceSynchroniseClock/>"
    #expect(
      try readRequest(serviceRequest("8.1.1", clock, commandVariant: "4")).content
        == .other(element: "CommissionDeviceSynchroniseClock", deviceID: Who.meter))
    let hub = sr("CHFFaultReturn", sr("DeviceID", Who.hub))
    #expect(
      try readRequest(
        serviceRequest("8.14.3", hub, commandVariant: "8", target: Who.dcc)
      ).content == .other(element: "CHFFaultReturn", deviceID: Who.hub))
    #expect(
      try readRequest(
        serviceRequest("8.14.3", "<sr:CHFFaultReturn/>", commandVariant: "8", target: Who.dcc)
      ).content == .other(element: "CHFFaultReturn", deviceID: nil))
  }

  private static let together: [(String, String, String, String)] = [
    ("8.7", "8.8.1", "", "expected 8.7.1 or 8.7.2, as ServiceReference says, for"),
    ("8.7.1", "8.7.1", "", "expected 8.7 for ServiceReference; found 8.7.1"),
    ("8.9", "8.4", "", "expected 8.9, as ServiceReference says, for"),
    ("8.11", "8.11", "<sr:JoinServiceCritical/>", "expected UpdateHANDeviceLog, which goes with"),
    ("8.9", "8.9", "<sr:JoinServiceCritical/>", "goes with ServiceReferenceVariant 8.7.1"),
  ]

  @Test(arguments: together)
  func `reference, variant and body go together`(
    _ reference: String, _ variant: String, _ body: String, _ part: String
  ) throws {
    let text = updateRequest(reference: reference, variant: variant, body: body)
    let message = try #require(refusal(text))
    #expect(message.contains(part), "\(message)")
  }

  @Test func `what isn't kept still tells one request from another`() throws {
    func content(_ period: String) throws -> [UInt8] {
      let text = hanDeviceLog(
        sr("RequestType", "Add") + sr("AddDeviceToCHFWhitelist", Self.whitelist))
      return DUIS.canonicalContent(of: try readRequest(text.replacing(">90<", with: period)))
    }
    #expect(try content(">90<") == content("><!-- c -->90<"))
    #expect(try content(">90<") != content(">91<"))
  }

  @Test func `neither an install code nor a meter point stands in a message`() throws {
    let code = "303132333435363738394142434445461"
    let message = try #require(
      refusal(
        hanDeviceLog(
          sr("RequestType", "Add")
            + sr("AddDeviceToCHFWhitelist", sr("JoinTimePeriod", "1") + sr("InstallCode", code)))))
    #expect(!message.contains("3031"))
  }
}
