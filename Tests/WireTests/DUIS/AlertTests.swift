import Corrections
import Testing

@testable import Wire

@Suite struct `Alerts of the DCC and of devices` {
  @Test(arguments: AlertSamples.branches)
  func `a branch that bears on the inventory is read`(
    _ branch: String, _ content: AlertContent
  ) throws {
    let alert = try readAlert(alertText(branch))
    #expect(alert.content == content)
    #expect(alert.deviceID == content.deviceID)
    #expect(alert.source == .dcc)
    #expect(alert.element.map { branch.hasPrefix("<sr:\($0)>") } == true)
  }

  @Test(arguments: AlertSamples.branches)
  func `a branch with more or less in it is refused`(
    _ branch: String, _ content: AlertContent
  ) throws {
    let end = try #require(branch.lastIndex(of: "<"))
    #expect(refusal(alertText(branch[..<end] + "<sr:X/>" + branch[end...])) != nil)
    #expect(refusal(alertText(branch + branch)) != nil)
    let name = try #require(try readAlert(alertText(branch)).element)
    #expect(refusal(alertText("<sr:\(name)/>")) != nil)
  }

  private static let others: [(String, EUI64?)] = [
    (
      sr(
        "SMETS1CHFirmwareNotification",
        sr("DeviceID", Who.hub) + sr("FirmwareVersion", "1")
          + sr("FirmwareVersionUpdateStatus", "UpdateRequested")), Who.hub
    ),
    (sr("PPMIDAlert", sr("DeviceID", Who.meter) + sr("DeviceAlertCode", "8F1D")), Who.meter),
    (sr("ALCSHCALCSConfigurationChange", sr("ESMEDeviceID", Who.meter)), Who.meter),
    (
      sr(
        "PowerOutageEvent",
        sr("CommsHubDeviceID", Who.hub) + sr("StartDateTime", "2026-03-04T10:00:00Z")
          + AlertSamples.points),
      Who.hub
    ),
    (sr("CommandFailure", sr("CommandRequestID", AlertSamples.id.description)), nil),
    (
      sr("SomethingNew", sr("Inner", sr("DeviceID", Who.meter)) + sr("CHFDeviceID", Who.hub)),
      Who.meter
    ),
    (sr("SomethingNew", sr("DeviceID", "x")), nil),
  ]

  @Test(arguments: others)
  func `any other branch is named with its device`(_ branch: String, _ device: EUI64?) throws {
    let alert = try readAlert(alertText(branch, code: "N18"))
    #expect(alert.content == .other)
    #expect(alert.deviceID == device)
  }

  @Test func `a code that isn't listed is read, and one that isn't a code is refused`() throws {
    let branch = sr("SomethingNew", "")
    #expect(try readAlert(alertText(branch, code: "N32")).alertCode == "N32")
    #expect(!DUIS.alertCodes.contains("N32"))
    for code in ["32", "N", "N1234567", "1200005432101", ""] {
      #expect(refusal(alertText(branch, code: code)) != nil, "\(code)")
    }
  }

  @Test func `how many were held back is passed over`() throws {
    let throttled = sr("ThrottledAlertSequenceId", "4") + sr("ThrottledAlertCount", "17")
    let alert = try readAlert(
      alertText(AlertSamples.change("DeviceSuspended", ""), throttled: throttled))
    #expect(alert.content == .suspended(Who.meter))
  }

  private static let wrong: [(String, String)] = [
    ("", "expected what the alert tells; found the end of DCCAlert"),
    (
      AlertSamples.change("DeviceSuspended", " "),
      "expected nothing for DeviceSuspended; found only blanks"
    ),
    (AlertSamples.change("DeviceGone", ""), "RecoveryComplete; found DeviceGone"),
    (
      AlertSamples.change(
        "MeterDecommissioningOrWithdrawal",
        sr("MeterDecommissionOrWithdrawal", AlertSamples.points)
          + String(repeating: AlertSamples.associated, count: 8)),
      "expected at most 7 AssociatedType1Device; found one more"
    ),
    (
      AlertSamples.change(
        "RecoveryCompleteACBCredentials", sr("NetworkOperatorCertificateType", "KeyAgreement")),
      "expected SupplierCertificateType; found NetworkOperatorCertificateType"
    ),
    (
      AlertSamples.change("MeterIdentity", sr("MeterMPxNs", sr("ExportMPAN", "2377770010031"))),
      "expected ImportMPxN; found ExportMPAN"
    ),
    (
      sr(
        "ChangeOfSupplier",
        sr("ChangeOfSupplierServiceRequestID", AlertSamples.id.description)
          + sr("ECoSErrorCode", "E1")),
      "expected 3 characters for ECoSErrorCode"
    ),
    (
      sr("PPMIDAlert", sr("DeviceID", Who.meter) + sr("DeviceAlertCode", "8F1")),
      "expected four hex digits for DeviceAlertCode; found 8F1"
    ),
  ]

  @Test(arguments: wrong)
  func `a branch that the schema doesn't allow is refused`(
    _ branch: String, _ part: String
  ) throws {
    let message = try #require(refusal(alertText(branch)))
    #expect(message.contains(part), "\(message)")
  }

  @Test func `an alert of a device is about its sender`() throws {
    func text(_ code: String) -> String {
      responseText(
        requestID: nil, responseID: "\(Who.meter):\(Who.user):7",
        sr("DeviceAlertMessage", sr("AlertCode", code) + sr("GBCSPayload", "AAAA")))
    }
    let joined = try readAlert(text("8183"))
    #expect(joined.source == .device)
    #expect(joined.content == .joinedHAN(Who.meter))
    #expect(joined.deviceID == Who.meter)
    let other = try readAlert(text("8f69"))
    #expect(other.alertCode == "8F69")
    #expect(other.content == .other)
    #expect(other.deviceID == Who.meter)
    for wrong in ["", "818", "81830", "8G83"] { #expect(refusal(text(wrong)) != nil) }
    #expect(
      refusal(text("8183").replacing("<sr:GBCSPayload>AAAA</sr:GBCSPayload>", with: "")) != nil)
  }

  @Test func `the same alert sent again is told from another`() throws {
    let text = alertText(AlertSamples.change("DeviceSuspended", ""))
    let content = try readAlert(text).canonical
    #expect(
      try readAlert(
        text.replacing("><", with: "> <!-- c --> <").replacing(
          "<sr:DeviceSuspended> <!-- c --> </sr:DeviceSuspended>", with: "<sr:DeviceSuspended/>")
      )
      .canonical == content)
    #expect(try readAlert(text.replacing("N1<", with: "N2<")).canonical != content)
    #expect(try readAlert(text.replacing(":7<", with: ":8<")).canonical != content)
  }
}
