/// What a DUIS file is named to be, and the ledger on which it is just that.
struct Sample {
  /// The ledger that it meets, beyond the published examples.
  enum Setup {
    case examples
    /// The device to come isn't in the inventory: it is known only of another ledger.
    case withoutInventory
    /// Another look at the inventory, as a CSV file's lines.
    case inventory(String)
    /// The published examples in an observer's ledger, after a request that was predicted `I99`.
    case observing(String)
  }

  enum Outcome: Equatable {
    /// A request that is judged: the 8.4 branch, or the service, and the code.
    case judged(_ branch: String, _ code: String)
    /// A request of a service that only a device can answer.
    case unjudged(_ service: String)
    /// A response or an alert: its code, and its flags.
    case recorded(_ code: String, flags: [String] = [])
    /// A response that is not the one predicted.
    case diverged(_ code: String)
    /// Not a document that the schema allows; the words that name the fault.
    case refused(_ words: String)
  }

  let outcome: Outcome
  var setup = Setup.examples

  /// A0 Pending, pre-notified by the sender of the samples.
  private static let pending = Setup.inventory(
    """
    DeviceID,DeviceType,DeviceStatus,DeviceManufacturer,DeviceModel,SMETSCHTSVersion,\
    DeviceFirmwareVersion,ESMEVariant,PrenotifiedBy
    00-DB-12-34-56-78-90-A0,ESME,Pending,AB01,010A030B,V5.1,0002012F,AD,90-B3-D5-1F-30-01-00-00

    """)
  /// A0 a twin element meter at the meter points and the address of the samples.
  private static let twin = Setup.inventory(
    """
    DeviceID,DeviceType,DeviceStatus,ImportMPxN,SecondaryImportMPAN,ESMEVariant,PostCode,\
    AddressIdentifier
    00-DB-12-34-56-78-90-A0,ESME,Commissioned,1200005432101,1655500011126,BDE,ZZ9 9ZZ,12

    """)
  private static let observing = Setup.observing("8.4_update_mpxn_import_esme.xml")

  static let named: [String: Sample] = [
    "12.2_prenotify_ESME.xml": Sample(outcome: .judged("12.2", "I99"), setup: .withoutInventory),
    "12.2_prenotify_IHD.xml": Sample(outcome: .judged("12.2", "I99")),
    "8.2_by_deviceid.xml": Sample(outcome: .judged("8.2", "I0")),
    "8.2_by_mpxn.xml": Sample(outcome: .judged("8.2", "I0"), setup: twin),
    "8.2_by_propertyfilter.xml": Sample(outcome: .judged("8.2", "I0"), setup: twin),
    "8.2_by_uprn.xml": Sample(outcome: .judged("8.2", "I0")),
    "8.2_response_DSPInventory.xml": Sample(
      outcome: .recorded("I0", flags: ["requestNotKnown"]), setup: observing),
    "8.4_ack_I99.xml": Sample(outcome: .recorded("I99"), setup: observing),
    "8.4_response_I0.xml": Sample(outcome: .recorded("I0"), setup: observing),
    "8.4_delete.xml": Sample(outcome: .judged("delete", "I99"), setup: pending),
    "8.4_details_empty_expect_E080408.xml": Sample(
      outcome: .judged("details", "E080408"), setup: pending),
    // The product of this firmware version isn't on the list.
    "8.4_details_firmware_only.xml": Sample(
      outcome: .judged("details", "E080409"), setup: pending),
    "8.4_details_full.xml": Sample(outcome: .judged("details", "I99"), setup: pending),
    "8.4_status_ch_Commissioned.xml": Sample(outcome: .judged("statusCH", "I99")),
    "8.4_status_ch_InstalledNotCommissioned.xml": Sample(outcome: .judged("statusCH", "I99")),
    "8.4_status_ch_Withdrawn.xml": Sample(outcome: .judged("statusCH", "I99")),
    "8.4_status_exceptch_InstalledNotCommissioned.xml": Sample(
      outcome: .judged("statusExceptCH", "I99")),
    "8.4_status_exceptch_Pending.xml": Sample(outcome: .judged("statusExceptCH", "I99")),
    "8.4_update_mpxn_export.xml": Sample(outcome: .judged("mpxn", "I99")),
    "8.4_update_mpxn_import_esme.xml": Sample(outcome: .judged("mpxn", "I99")),
    "8.4_update_mpxn_import_gsme.xml": Sample(outcome: .judged("mpxn", "I99")),
    "8.4_update_mpxn_secondary_import.xml": Sample(outcome: .judged("mpxn", "I99"), setup: twin),
    "dccalert_N1_meter_decommission.xml": Sample(outcome: .recorded("N1")),
    "dccalert_N999_version_mismatch.xml": Sample(
      outcome: .recorded("N999", flags: ["contentNotRead"])),
    "neg_export_12_digits.xml": Sample(outcome: .refused("expected 13 digits for ExportMPAN")),
    "neg_status_suspended.xml": Sample(outcome: .refused("for UpdateDeviceStatusExceptCH")),
    "neg_two_choices.xml": Sample(outcome: .refused("expected exactly one of UpdateDeviceStatus")),
    "neg_two_mpxns.xml": Sample(outcome: .refused("expected exactly one of ImportMPxN")),
    "12.2_DEVICE_PRE_NOTIFICATION_REQUEST_DUIS.XML": Sample(
      outcome: .judged("12.2", "I99"), setup: .withoutInventory),
    "8.2_READ_INVENTORY_REQUEST_DUIS-invalid.XML": Sample(
      outcome: .refused("expected RequestID")),
    "8.2_READ_INVENTORY_REQUEST_DUIS.XML": Sample(outcome: .judged("8.2", "I0")),
    "8.3_DECOMMISSION_DEVICE_REQUEST_DUIS.XML": Sample(outcome: .unjudged("8.3")),
    "8.4_UPDATE_INVENTORY_REQUEST_DUIS.XML": Sample(
      outcome: .judged("delete", "I99"), setup: pending),
    "CCS01_8.11_SUCCESS_REQUEST_DUIS.XML": Sample(outcome: .unjudged("8.11")),
    "ECS39a_6.20.1_SINGLE_SUCCESS_REQUEST_DUIS.XML": Sample(outcome: .unjudged("6.20.1")),
    "ECS70Commission_8.1.1_SUCCESS_REQUEST_DUIS.XML": Sample(outcome: .unjudged("8.1.1")),
    "acknowledgement-error.xml": Sample(outcome: .recorded("E65", flags: ["requestNotKnown"])),
    // What the device said lies in it as a message of its own, which is kept and not read.
    "readfw-response.xml": Sample(
      outcome: .recorded("I0", flags: ["contentNotRead", "requestNotKnown"])),
  ].merging(
    ["E1", "E11", "E12", "E13", "E19", "E2", "E4", "E5"].map(diverging)
      + (405...415).map { diverging("E080\($0)") }
  ) { first, _ in first }

  private static func diverging(_ code: String) -> (String, Sample) {
    ("8.4_error_\(code).xml", Sample(outcome: .diverged(code), setup: observing))
  }
}
