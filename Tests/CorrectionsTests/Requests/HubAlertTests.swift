import Testing

@testable import Corrections

/// What an alert about a hub makes of the devices that are joined with it.
@Suite struct `An alert of a hub` {
  private let newHub = EUI64(bits: 0x00DB_1234_5678_90D0)
  private let newProxy = EUI64(bits: 0x00DB_1234_5678_90D1)

  private func restored(to chf: EUI64? = nil, gpf: EUI64? = nil) -> AlertContent {
    .deviceLogRestored(
      oldCHF: The.hub, newCHF: chf ?? newHub, oldGPF: The.gasProxy, newGPF: gpf ?? newProxy)
  }

  /// A hub with the device and its own gas proxy function, which has the other device.
  private func world() throws -> World {
    var world = World()
    for (hub, others) in [
      (The.hub, [The.device, The.gasProxy]), (The.gasProxy, [The.otherDevice, The.hub]),
    ] {
      var look = entry(hub == The.hub ? .chf : .gpf)
      look.associatedDevices = others
      world.devices[hub] = Device.fold(hub, [observed(look, of: hub)])
    }
    return world
  }

  @Test func `of a restored log moves its devices, and leaves it its own functions`() throws {
    #expect(
      try world().effects(restored()) == [
        Told.parted(The.device, asked: The.hub, .alert),
        Told.joined(The.device, asked: newHub, .alert),
        Told.parted(The.otherDevice, asked: The.gasProxy, .alert),
        Told.joined(The.otherDevice, asked: newProxy, .alert),
      ])
  }

  @Test func `of a log restored to the same hub moves nothing`() throws {
    #expect(try world().effects(restored(to: The.hub, gpf: The.gasProxy)).isEmpty)
    #expect(try world().effects(restored(gpf: The.gasProxy)).count == 2)
  }

  @Test func `of a log restored from one that is not held moves nothing`() throws {
    #expect(try World().effects(restored()).isEmpty)
  }

  @Test func `of a removed PPMID parts it from the hub, if they were joined`() throws {
    let alert = AlertContent.ppmidRemoved(The.device, hub: The.hub)
    let parted = [Told.parted(The.hub, .alert)]
    #expect(try World([(1, added(.ppmid)), (2, Told.joined(The.hub))]).effects(alert) == parted)
    #expect(try World().effects(alert) == parted)
    #expect(try World([(1, added(.ppmid))]).effects(alert).isEmpty)
  }

  @Test(
    arguments: [
      .meterIdentity(The.device, MPxNs(), nil), .meterDecommissioned(The.device),
      .hubDecommissioned(The.device), .removedFromInventory(The.device), .suspended(The.device),
      .restored(The.device), .brokerCredentialsRecovered(The.device), .recovered(The.device),
      .supplierChanged(The.device, MPxNs()), .ppmidRemoved(The.device, hub: The.hub),
      .firmwareMismatch(The.device, .esme, smi: "1", device: "2"),
      .firmwareActivated(The.device, "2"), .variantChanged(The.device, .A), .joinedHAN(The.device),
      .deviceLogRestored(
        oldCHF: The.hub, newCHF: The.device, oldGPF: The.gasProxy, newGPF: The.otherDevice),
    ] as [AlertContent])
  func `or of a device is about that device, and no request`(_ alert: AlertContent) {
    #expect(alert.deviceID == The.device)
    #expect(alert.requestID == nil)
  }

  @Test func `or of a request is about the request, and something else about neither`() {
    for alert in [
      AlertContent.hanDeviceLogUpdated(The.request(2)),
      .supplierChangeAnswered(The.request(2), hasError: true),
    ] {
      #expect(alert.requestID == The.request(2))
      #expect(alert.deviceID == nil)
    }
    #expect(AlertContent.other.deviceID == nil)
    #expect(AlertContent.other.requestID == nil)
  }
}
