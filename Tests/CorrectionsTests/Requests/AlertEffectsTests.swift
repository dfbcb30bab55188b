import Testing

@testable import Corrections

/// What an alert about the device of the tests makes of it, on 9 February 2026.
@Suite struct `An alert` {
  private let held = [(1, added()), (2, Told.joined(The.hub))]

  @Test func `of a meter's identity is a look at what it names`() throws {
    var look = InventoryEntry(deviceType: .esme)
    look.importMPxN = World.token(World.mpan)
    look.details.esmeVariant = .BD
    let alert = AlertContent.meterIdentity(The.device, MPxNs(importMPxN: World.mpan), .BD)
    #expect(try World(held).effects(alert) == [seen(look, .alert)])
    #expect(try World().effects(alert).isEmpty, "of what type it is is not known")
  }

  @Test(
    arguments: [
      (.meterDecommissioned(The.device), .decommissioned),
      (.hubDecommissioned(The.device), .decommissioned), (.suspended(The.device), .suspended),
      (.restored(The.device), .commissioned),
      (.brokerCredentialsRecovered(The.device), .recovered),
      (.recovered(The.device), .commissioned),
    ] as [(AlertContent, DeviceStatus)])
  func `of a status sets it, unless it is held`(
    _ alert: AlertContent, _ status: DeviceStatus
  ) throws {
    #expect(
      try World(held).effects(alert) == [Told.became(status, .alert, from: .pending)])
    #expect(try World().effects(alert) == [Told.became(status, .alert)])
    #expect(try World([(1, added()), (3, Told.became(status))]).effects(alert).isEmpty)
    #expect(
      try World([(1, added()), (20, Told.became(status))]).effects(alert).count == 1,
      "held later is not held then")
  }

  @Test(arguments: DeviceStatus.allCases)
  func `of joining the HAN installs what was Pending or Whitelisted, and nothing else`(
    _ status: DeviceStatus
  ) throws {
    let effects = try World([(1, seen(entry(.esme, status)))]).effects(.joinedHAN(The.device))
    #expect(
      effects
        == ([.pending, .whitelisted].contains(status)
          ? [Told.became(.installedNotCommissioned, .alert, from: status)] : []))
    #expect(try World().effects(.joinedHAN(The.device)).isEmpty)
  }

  @Test func `of a removal deletes the entry, unless it is gone`() throws {
    let alert = AlertContent.removedFromInventory(The.device)
    #expect(try World(held).effects(alert) == [Told.deleted(.alert)])
    #expect(try World().effects(alert) == [Told.deleted(.alert)])
    #expect(try World([(1, added()), (3, Told.deleted)]).effects(alert).isEmpty)
  }

  @Test func `of a supplier's change tells that it passed, not to whom`() throws {
    #expect(
      try World(held).effects(.supplierChanged(The.device, MPxNs(importMPxN: World.mpan)))
        == [Told.passed(to: nil, for: World.token(World.mpan), .alert)])
    #expect(
      try World(held).effects(.supplierChanged(The.device, MPxNs()))
        == [Told.passed(to: nil, .alert)])
  }

  @Test func `of the request for a supplier's change does what was asked, unless it failed`() throws
  {
    let request = Told.received("6.23", .supplierChange(wantedMPxN))
    let world = try World(held, request)
    #expect(
      try world.effects(.supplierChangeAnswered(request.requestID, hasError: false)) == [
        Told.passed(
          to: The.id(The.supA), party: "SUPA", for: wantedMPxN, .alert, by: request.requestID)
      ])
    #expect(
      try world.effects(.supplierChangeAnswered(request.requestID, hasError: true)).isEmpty)
    #expect(
      try world.effects(.supplierChangeAnswered(The.request(9), hasError: false)).isEmpty)
  }

  @Test func `of a hub's device log does what SR 8.11 asked`() throws {
    let request = Told.received("8.11", .hanDeviceLog(.add, MPxNs(importMPxN: wantedMPxN)))
    let id = request.requestID
    #expect(
      try World([(1, added())], request).effects(.hanDeviceLogUpdated(id)) == [
        Told.became(.whitelisted, .alert, from: .pending, by: id),
        Told.mpxn(wantedMPxN, .alert, from: .empty, by: id), Told.joined(The.hub, .alert, by: id),
      ])
    #expect(try World(held).effects(.hanDeviceLogUpdated(id)).isEmpty, "no such request is held")
  }

  @Test func `of a firmware is what the SMI says, what the device says, or both`() throws {
    var look = InventoryEntry(deviceType: .gsme)
    look.details.firmwareVersion = "1"
    #expect(
      try World().effects(.firmwareMismatch(The.device, .gsme, smi: "1", device: "2"))
        == [seen(look, .alert), Told.said(firmware: "2")])
    #expect(
      try World(held).effects(.firmwareActivated(The.device, "2")) == [Told.said(firmware: "2")])
  }

  @Test func `of another variant is a look at an ESME`() throws {
    var look = InventoryEntry(deviceType: .esme)
    look.details.esmeVariant = .BD
    #expect(try World().effects(.variantChanged(The.device, .BD)) == [seen(look, .alert)])
  }

  @Test func `of something else changes nothing`() throws {
    #expect(try World(held).effects(.other).isEmpty)
  }
}
