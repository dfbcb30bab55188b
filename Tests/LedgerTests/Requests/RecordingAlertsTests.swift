import Corrections
import EventLog
import Foundation
import Testing
import Wire

@testable import Ledger

@Suite struct `Recording alerts` {
  @Test func `changes the status that the SMI holds, in either kind of ledger`() throws {
    for mode in [LedgerMode.authority, .observer] {
      let test = try TestLedger(mode: mode)
      let recorded = try test.record(
        Message.alert("N16", Message.statusChange(Fixture.other, "<DeviceSuspended/>")))
      #expect(recorded.flags.isEmpty)
      #expect(recorded.consequences.count == 1)
      let device = try test.device(Fixture.other)
      #expect(device.currentStatus?.value == .suspended)
      #expect(device.flags.isEmpty)
    }
  }

  @Test func `with a code that DUIS does not name flags it, and takes it at its word`() throws {
    let test = try TestLedger()
    let recorded = try test.record(
      Message.alert("N77", Message.statusChange(Fixture.other, "<DeviceSuspended/>")))
    #expect(recorded.flags == [.codeNotKnown])
    #expect(try test.device(Fixture.other).currentStatus?.value == .suspended)
  }

  @Test func `of what is not read is kept, and flagged`() throws {
    let test = try TestLedger()
    let recorded = try test.record(Message.alert("N999", "<SomethingNew><X>1</X></SomethingNew>"))
    #expect(recorded.flags == [.contentNotRead])
    #expect(recorded.consequences.isEmpty)
  }

  @Test func `about a device that isn't held flags that`() throws {
    let test = try TestLedger()
    let recorded = try test.record(
      Message.alert(
        "N16", Message.statusChange("00-DB-00-00-00-00-00-01", "<DeviceSuspended/>")))
    #expect(recorded.flags == [.deviceNotKnown])
  }

  @Test func `twice records it once; two of one second are two`() throws {
    let test = try TestLedger(mode: .observer)
    let (first, second) = (
      try asking(
        "8.11",
        .service(
          element: "UpdateHANDeviceLog", deviceID: try eui(Fixture.pending),
          .hanDeviceLog(.add, MPxNs())), to: Fixture.hub, counter: 1),
      try asking(
        "8.11",
        .service(
          element: "UpdateHANDeviceLog", deviceID: try eui("00-DB-12-34-56-78-90-A1"),
          .hanDeviceLog(.add, MPxNs())), to: Fixture.hub, counter: 2)
    )
    try test.submit(first)
    try test.submit(second)
    let one = try test.record(Message.hanDeviceLog(first.id))
    let two = try test.record(Message.hanDeviceLog(second.id))
    #expect(!two.repeated && two.position > one.position)
    let head = try test.ledger.head()
    #expect(try test.record(Message.hanDeviceLog(first.id)).position == one.position)
    #expect(try test.ledger.head() == head)
    #expect(try test.device(Fixture.pending).currentStatus?.value == .whitelisted)
    #expect(try test.device(Fixture.hub).associatedDevices.count == 2)
  }

  @Test func `of a meter's identity shows in no record, however it names the meter point`() throws {
    let test = try TestLedger()
    try test.record(
      Message.alert(
        "N49",
        Message.statusChange(
          Fixture.other,
          """
          <MeterIdentity><MeterMPxNs><ImportMPxN>1400001234567</ImportMPxN></MeterMPxNs>\
          </MeterIdentity>
          """)))
    #expect(try test.held(Fixture.other) == "1400001234567")
    for record in try test.records() {
      #expect(!String(decoding: record, as: UTF8.self).contains("1400001234567"))
    }
  }

  @Test func `of a firmware version that the device runs differs from the SMI on both`() throws {
    let test = try TestLedger()
    try test.record(
      Message.alert(
        "N54",
        """
        <FirmwareVersionMismatch><DeviceID>\(Fixture.other)</DeviceID>\
        <DeviceType>ESME</DeviceType><FirmwareVersionSMI>0002012F</FirmwareVersionSMI>\
        <FirmwareVersionDevice>00020130</FirmwareVersionDevice></FirmwareVersionMismatch>
        """))
    let device = try test.device(Fixture.other)
    #expect(device.details.firmwareVersion == "0002012F")
    #expect(device.firmwareOnDevice?.value == "00020130")
    #expect(device.flags.map(\.name) == ["firmwareDiffersOnDevice"])
  }
}
