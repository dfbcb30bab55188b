/// One decoded answer or alert of each kind, and a SMETS1 response that wraps one.
enum DecodedSamples {
  static let mpxns = answerText(
    ra("ReadDeviceConfigurationMPxNRsp", ra("Electricity", ra("ImportMPAN", "1200005432101"))),
    header: ra("ServiceReference", "6.2") + ra("ServiceReferenceVariant", "6.2.7")
      + "<ra:Timestamp ClockStatus='reliable'>2026-03-04T10:00:00Z</ra:Timestamp>")

  static let firmware = answerText(
    ra("ReadFirmwareVersionRsp", ra("FirmwareVersion", "00020130")),
    header: ra("SupplementaryRemotePartyID", "\(Who.user)")
      + ra("SupplementaryRemotePartyCounter", "77"))

  static let gas = answerText(
    "<ra:ReadDeviceConfigurationMPxNRsp MessageSuccess='true'>"
      + ra("Gas", ra("MPRN", "7400012306")) + "</ra:ReadDeviceConfigurationMPxNRsp>")

  static let activated = answerText(
    ra(
      "ActivateFirmwareRsp",
      "<ra:ActivateImageResponseCode ResponseCode='0'>success</ra:ActivateImageResponseCode>"
        + ra("FirmwareVersion", "00020130")))

  static let outcome = answerText(
    "<ra:SetDeviceConfigurationExportMPANRsp MessageSuccess='true'/>")

  static let encrypted = decodedText(
    ra(
      "ResponseMessage",
      "<ra:GBCSData format='encrypted' sequence='0' name='n' type='gbcs'>AAAA</ra:GBCSData>"
        + ra("DebugInfo", "")))

  static let alert = decodedText(
    ra(
      "DeviceAlertMessage",
      ra(
        "DeviceAlertContent",
        ra("GBCSHexAlertCode", "8183") + ra("AlertDescription", "Device joined SMHAN")
          + ra("Timestamp", "2026-03-04T10:00:00Z"))))

  static let smets1 = responseText(
    sr(
      "SMETS1ResponseMessage",
      """
      <sr:SMETS1SignedResponse xmlns:ra="http://www.dccinterface.co.uk/ResponseAndAlert" \
      schemaVersion="5.4"><sr:SMETS1Response><sr:Header/><sr:Body><sr:ResponseMessage>\
      <ra:SMETSData><ra:ReadFirmwareVersionRsp MessageSuccess="true"/></ra:SMETSData>\
      </sr:ResponseMessage></sr:Body></sr:SMETS1Response></sr:SMETS1SignedResponse>
      """))

  static let all = [mpxns, gas, firmware, activated, outcome, encrypted, alert]
}

/// `<ra:name>value</ra:name>`.
func ra(_ name: String, _ value: String) -> String { "<ra:\(name)>\(value)</ra:\(name)>" }
