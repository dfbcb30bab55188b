import Testing

@testable import Corrections

@Suite struct `Devices that are pre-notified` {
  @Test func `are Pending from then on, with three empty places and who told of them`() throws {
    let details = DeviceDetails(model: "010A030B", esmeVariant: .BD)
    let device = try folded((3, added(by: The.maker, details)))
    #expect(device.type == .esme)
    #expect(device.currentStatus?.value == .pending)
    #expect(device.currentStatus?.from == february(3))
    #expect(device.currentStatus?.isExact == true)
    #expect(device.details == details)
    #expect(device.prenotifier?.value == The.id(The.maker))
    #expect(device.prenotifier?.position == 11)
    for field in MPxNField.allCases {
      #expect(device.history(field).current?.value == .some(nil), "\(field) was left empty")
    }
    #expect(device.installer == nil)
    #expect(device.associatedDevices.isEmpty)
    #expect(device.isInSMI(at: february(3)))
    #expect(device.flags.isEmpty)
  }

  @Test func `come after what was told of them, and that still counts`() throws {
    let device = try folded(
      (5, Told.mpxn(wantedMPxN)), (6, Told.became(.commissioned, .alert)), (3, added()))
    #expect(device.current(.importMPxN)?.value == wantedMPxN)
    #expect(device.currentStatus?.value == .commissioned)
    #expect(device.status.value(at: february(4))?.value == .pending)
    #expect(device.position == 13)
    #expect(Device.fold(The.device, [recorded(Told.mpxn(wantedMPxN), at: 11)]) == nil)
  }

  @Test(arguments: [DeviceType.ihd, .cad])
  func `have no status where their type has none`(_ type: DeviceType) throws {
    let device = try folded((3, added(type)))
    #expect(device.status.isEmpty)
    #expect(device.flags.isEmpty)
  }

  @Test func `are joined with the Gas Proxy Function that is named`() throws {
    let device = try folded((3, added(.gsme, gpf: The.gasProxy)))
    #expect(device.associatedDevices == [The.gasProxy])
  }

  @Test func `and deleted are gone from that moment`() throws {
    let device = try folded((3, added()), (5, Told.deleted))
    #expect(device.isInSMI(at: february(5).advanced(byMilliseconds: -1)))
    #expect(!device.isInSMI(at: february(5)))
    #expect(device.removed?.position == 12)
  }

  @Test func `anew begin again: details, installer, listing and day of commissioning are gone`()
    throws
  {
    var listed = entry(.esme, nil, importMPxN: heldMPxN)
    listed.postCode = token("P")
    listed.dateCommissioned = day("2026-02-04")
    let device = try folded(
      (1, added(by: The.supA, DeviceDetails(model: "OLD", esmeVariant: .BD))),
      (2, Told.answer("8.1.1", to: The.request(2))), (3, Told.passed(to: The.id(The.supB))),
      (4, seen(listed)), (5, Told.deleted),
      (6, added(by: The.maker, DeviceDetails(manufacturer: "00AB"))))
    #expect(device.isInSMI(at: february(6)))
    #expect(device.details == DeviceDetails(manufacturer: "00AB"))
    #expect(device.installer == nil)
    #expect(device.supplierChange == nil)
    #expect(device.dateCommissioned == nil)
    #expect(device.listing.postCode == nil)
    #expect(device.prenotifier?.value == The.id(The.maker))
    #expect(device.current(.importMPxN) == nil)
  }

  @Test func `anew keep the histories of the entry that was there before`() throws {
    let device = try folded(
      (1, added(by: The.supA, DeviceDetails(model: "OLD"))), (2, Told.mpxn(heldMPxN)),
      (3, Told.became(.whitelisted)), (5, Told.deleted), (6, added()))
    #expect(device.history(.importMPxN).entries.map(\.value) == [nil, heldMPxN, nil])
    #expect(device.status.entries.map(\.value) == [.pending, .whitelisted, .pending])
    #expect(device.details(at: february(4)).model == "OLD")
    #expect(device.detailHistory(\.model).entries.map(\.value) == ["OLD", nil])
  }

  @Test(arguments: [DeviceType.esme, .chf])
  func `anew are not flagged for the status of the entry that is gone`(_ type: DeviceType) throws {
    let device = try folded(
      (1, added(type)), (2, Told.became(.installedNotCommissioned)),
      (3, Told.became(.commissioned)), (5, Told.deleted), (6, added(type)))
    #expect(device.flags.isEmpty)
  }

  @Test func `late leave what is known of a later time`() throws {
    var listed = entry(.esme, .commissioned, importMPxN: heldMPxN)
    listed.postCode = token("P")
    listed.dateCommissioned = day("2026-02-08")
    let device = try folded(
      (9, seen(listed)), (8, Told.answer("8.1.1", to: The.request(2))),
      (3, added(by: The.maker, DeviceDetails(model: "010A030B"))))
    #expect(device.currentStatus?.value == .commissioned)
    #expect(device.status.entries.map(\.value) == [.pending, .commissioned])
    #expect(device.current(.importMPxN)?.value == heldMPxN)
    #expect(device.installer?.value == The.id(The.supA))
    #expect(device.listing.postCode == token("P"))
    #expect(device.dateCommissioned == day("2026-02-08"))
    #expect(device.prenotifier?.value == The.id(The.maker), "nobody had said")
    #expect(device.details.model == "010A030B")
  }

  @Test func `late do not stand before who told of them last`() throws {
    let device = try folded((6, added(by: The.maker)), (3, added(by: The.supB)))
    #expect(device.prenotifier?.value == The.id(The.maker))
  }

  @Test func `late do not stand before who a later look named once more`() throws {
    var named = entry(.esme, nil)
    named.prenotifiedBy = The.id(The.maker)
    let device = try folded((3, seen(named)), (6, seen(named)), (5, added(by: The.supB)))
    #expect(device.prenotifier?.value == The.id(The.maker))
  }

  @Test func `anew know nothing of the place that an older look tells of late`() throws {
    var listed = entry(.esme, nil)
    listed.postCode = token("P")
    listed.dateCommissioned = day("2026-02-01")
    let device = try folded(
      (1, added()), (4, added()), (2, seen(listed)), (3, Told.passed(to: The.id(The.supB))))
    #expect(device.listing.postCode == nil)
    #expect(device.dateCommissioned == nil)
    #expect(device.supplierChange == nil)
  }
}
