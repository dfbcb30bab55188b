import Testing

@testable import Corrections

/// What is true of every request and alert that changes the entry of a device, on any device.
@Suite struct `Laws of effects` {
  private typealias Asked = ServiceRequestReceived.Asked

  private static let requests: [(reference: String, asks: Asked)] = [
    ("8.11", .hanDeviceLog(.add, MPxNs(importMPxN: wantedMPxN, exportMPAN: token("E")))),
    ("8.11", .hanDeviceLog(.remove, MPxNs())), ("8.1.1", .other(element: "E")),
    ("8.7.1", .join(element: "E", other: The.otherDevice)),
    ("8.7.2", .join(element: "E", other: The.hub)),
    ("8.8.1", .unjoin(element: "E", other: The.otherDevice)),
    ("8.8.2", .unjoin(element: "E", other: The.gasProxy)), ("8.3", .other(element: "E")),
    ("8.4", .status(.statusExceptCH, .pending)), ("8.4", .status(.statusCH, .withdrawn)),
    ("8.4", .details(DeviceDetails(model: "2", esmeVariant: .BD))), ("8.4", .branch(.delete)),
    ("8.4", .mpxn(.importMPxN, wantedMPxN)), ("8.4", .mpxn(.exportMPAN, token("A"))),
  ]

  private static let alerts: [AlertContent] = [
    .meterDecommissioned(The.device), .hubDecommissioned(The.device), .suspended(The.device),
    .restored(The.device), .brokerCredentialsRecovered(The.device), .recovered(The.device),
    .joinedHAN(The.device), .removedFromInventory(The.device),
    .ppmidRemoved(The.device, hub: The.hub),
  ]

  /// A device, and moments at which nothing else is told of it.
  private func device(_ seed: UInt64) throws -> (Device, [Instant]) {
    var histories = DeviceHistories(seed: seed)
    let device = try #require(Device.fold(The.device, positioned(histories.told())))
    return (device, [-2, 3, 9, 17, 40].map { february($0).advanced(byMilliseconds: 1) })
  }

  /// The device once these events are recorded after all others, as of a moment.
  private func after(_ events: [Event], at moment: Instant, _ device: Device) throws -> Device {
    var after: Device? = device
    for (index, event) in events.enumerated() {
      Device.evolve(
        &after, id: The.device, with: recorded(event, at: 1000 + index, effective: moment))
    }
    return try #require(after)
  }

  @Test(arguments: Array(1...40) as [UInt64])
  func `a request that is answered twice changes nothing the second time`(seed: UInt64) throws {
    let (device, moments) = try device(seed)
    var changes = 0
    for (reference, asks) in Self.requests {
      let request = Told.received(reference, asks)
      for moment in moments {
        let events = request.effects(basis: .response, on: device, at: moment)
        changes += events.count
        let after = try after(events, at: moment, device)
        #expect(
          request.effects(basis: .response, on: after, at: moment).isEmpty,
          "\(reference) \(asks), seed \(seed), \(moment)")
      }
    }
    #expect(changes > 20, "most of them change something")
  }

  @Test(arguments: Array(101...140) as [UInt64])
  func `an alert that comes twice changes nothing the second time`(seed: UInt64) throws {
    let (device, moments) = try device(seed)
    for alert in Self.alerts {
      for moment in moments {
        var world = World()
        world.devices[The.device] = device
        let events = try alert.effects(given: world, at: moment)
        world.devices[The.device] = try after(events, at: moment, device)
        #expect(
          try alert.effects(given: world, at: moment).isEmpty, "\(alert), seed \(seed), \(moment)")
      }
    }
  }

  @Test(arguments: Array(201...220) as [UInt64])
  func `what was held before the answer stays as it was`(seed: UInt64) throws {
    let (device, moments) = try device(seed)
    for (reference, asks) in Self.requests {
      for moment in moments {
        let events = Told.received(reference, asks)
          .effects(basis: .response, on: device, at: moment)
        let after = try after(events, at: moment, device)
        for earlier in (-40...40).map(february) where earlier < moment {
          let before = device.atMoment(earlier)
          // Of a moment before the first word on details, what was said first is taken.
          #expect(
            after.atMoment(earlier) == before || asks.branch == .details,
            "\(reference) \(asks), seed \(seed), \(moment)")
        }
      }
    }
  }
}
