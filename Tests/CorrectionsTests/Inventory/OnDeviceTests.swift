import Testing

@testable import Corrections

@Suite struct `What the device itself holds` {
  @Test func `raises no flag where it agrees with the SMI`() throws {
    let device = try folded(
      (1, added(.esme, DeviceDetails(firmwareVersion: "0002012f"))),
      (2, Told.mpxn(heldMPxN)), (3, Told.said(.mpxn(heldMPxN), firmware: "0002012F")))
    #expect(device.onDevice(.importMPxN)?.value == .mpxn(heldMPxN))
    #expect(device.firmwareOnDevice?.value == "0002012F")
    #expect(device.flags.isEmpty)
  }

  @Test func `is flagged where it is another meter point, and changes nothing in the SMI`() throws {
    let device = try folded(
      (1, added()), (2, Told.mpxn(heldMPxN)), (3, Told.said(.mpxn(wantedMPxN))))
    #expect(device.current(.importMPxN)?.value == heldMPxN)
    #expect(
      device.flags == [
        .mpxnDiffersOnDevice(
          .importMPxN, smi: .mpxn(heldMPxN), device: .mpxn(wantedMPxN), position: 13)
      ])
    #expect(device.flags.map(\.name) == ["mpxnDiffersOnDevice"])
  }

  @Test func `is flagged where one of the two places is empty`() throws {
    let device = try folded((1, added()), (3, Told.said(.mpxn(wantedMPxN))))
    #expect(
      device.flags == [
        .mpxnDiffersOnDevice(.importMPxN, smi: .empty, device: .mpxn(wantedMPxN), position: 12)
      ])
    let bare = try folded((1, added()), (2, Told.mpxn(heldMPxN)), (3, Told.said(.empty)))
    #expect(bare.flags.count == 1)
  }

  @Test func `is not flagged while nobody has said what the SMI holds`() throws {
    var silent = entry(.esme)
    silent.empty = []
    let device = try folded((1, seen(silent)), (3, Told.said(.mpxn(wantedMPxN), firmware: "F")))
    #expect(device.flags.isEmpty)
  }

  @Test func `is flagged no more once the SMI has followed`() throws {
    let device = try folded(
      (1, added(.esme, DeviceDetails(firmwareVersion: "1"))),
      (2, Told.said(.mpxn(wantedMPxN), firmware: "2")), (3, Told.mpxn(wantedMPxN)),
      (4, Told.described(DeviceDetails(firmwareVersion: "2"))))
    #expect(device.flags.isEmpty)
  }

  @Test func `is flagged where it is another firmware`() throws {
    let device = try folded(
      (1, added(.esme, DeviceDetails(firmwareVersion: "0002012F"))),
      (3, Told.said(firmware: "00020130")))
    #expect(
      device.flags == [
        .firmwareDiffersOnDevice(smi: "0002012F", device: "00020130", position: 12)
      ])
    #expect(device.details.firmwareVersion == "0002012F")
  }

  @Test func `is what it said last: a late word of an earlier time changes nothing`() throws {
    let device = try folded(
      (1, added()), (5, Told.said(.mpxn(wantedMPxN), firmware: "2")),
      (3, Told.said(.mpxn(heldMPxN), firmware: "1")))
    #expect(device.onDevice(.importMPxN)?.value == .mpxn(wantedMPxN))
    #expect(device.firmwareOnDevice?.value == "2")
    #expect(device.onDevice(.exportMPAN) == nil, "nothing was said of it")
  }
}
