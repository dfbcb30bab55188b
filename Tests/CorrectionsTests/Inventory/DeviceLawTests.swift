import Testing

@testable import Corrections

/// What is true of every device, whatever is told of it in whatever order.
@Suite struct `Laws of a device` {
  private let moments = (-40...40).map { february($0).advanced(byMilliseconds: 1) }

  private func fold(_ told: [(at: Instant, event: Event)]) throws -> Device {
    try #require(Device.fold(The.device, positioned(told)))
  }

  @Test(arguments: Array(1...60) as [UInt64])
  func `folding step by step is folding at once, at any position`(seed: UInt64) {
    var histories = DeviceHistories(seed: seed)
    let events = positioned(histories.told(40))
    var stepwise: Device?
    for (index, event) in events.enumerated() {
      Device.evolve(&stepwise, id: The.device, with: event)
      #expect(stepwise == Device.fold(The.device, events.prefix(index + 1)), "at \(index)")
    }
  }

  @Test(arguments: Array(101...300) as [UInt64])
  func `what was true at a moment does not depend on the order in which it was told`(
    seed: UInt64
  ) throws {
    var histories = DeviceHistories(seed: seed)
    let told = histories.told()
    let one = try fold(told)
    let other = try fold(histories.reordered(told))
    for moment in moments {
      #expect(one.atMoment(moment) == other.atMoment(moment), "seed \(seed), \(moment)")
    }
    for field in MPxNField.allCases {
      #expect(one.history(field).steps == other.history(field).steps)
    }
    #expect(one.status.steps == other.status.steps)
  }

  @Test(arguments: Array(301...500) as [UInt64])
  func `what is true now does not depend on it either`(seed: UInt64) throws {
    var histories = DeviceHistories(seed: seed)
    let told = histories.told()
    let one = try fold(told)
    let other = try fold(histories.reordered(told))
    #expect(one.type == other.type)
    #expect(one.prenotifiedBy == other.prenotifiedBy, "seed \(seed)")
    #expect(one.installer?.value == other.installer?.value, "seed \(seed)")
    #expect(one.supplierChange?.value == other.supplierChange?.value, "seed \(seed)")
    #expect(one.dateCommissioned == other.dateCommissioned, "seed \(seed)")
    #expect(one.listing == other.listing, "seed \(seed)")
    #expect(one.onDevice(.importMPxN)?.value == other.onDevice(.importMPxN)?.value)
    #expect(one.firmwareOnDevice?.value == other.firmwareOnDevice?.value)
    #expect(one.flags.map(\.name).sorted() == other.flags.map(\.name).sorted(), "seed \(seed)")
  }

  @Test(arguments: Array(501...700) as [UInt64])
  func `every step that is outside the table is flagged, and no other`(seed: UInt64) throws {
    var histories = DeviceHistories(seed: seed)
    let events = positioned(histories.told(40))
    let device = try #require(Device.fold(The.device, events))
    let flagged = device.flags.filter {
      ["transitionNotInTable", "statusOfType2"].contains($0.name)
    }
    #expect(Set(flagged) == expectedFlags(device, events), "seed \(seed)")
    #expect(Set(flagged).count == flagged.count)
  }

  @Test func `the histories reach every kind of flag, a deleted device and every status`() throws {
    var names: Set<String> = []
    var statuses: Set<DeviceStatus> = []
    var removed = 0
    for seed in 1...60 as ClosedRange<UInt64> {
      var histories = DeviceHistories(seed: seed)
      let device = try fold(histories.told(40))
      names.formUnion(device.flags.map(\.name))
      statuses.formUnion(device.status.entries.map(\.value))
      removed += device.removed == nil ? 0 : 1
    }
    #expect(
      names == [
        "transitionNotInTable", "statusOfType2", "mpxnDiffersOnDevice", "firmwareDiffersOnDevice",
      ])
    #expect(statuses == Set(DeviceStatus.allCases))
    #expect((1..<60).contains(removed))
  }

  /// The flags by the table, worked out from the events alone.
  private func expectedFlags(_ device: Device, _ events: [Recorded]) -> Set<DeviceFlag> {
    var flags: Set<DeviceFlag> = []
    var (isThere, held, said) = (true, DeviceStatus?.none, DeviceStatus?.none)
    let words = events.flatMap(\.words).sorted { ($0.at, $0.position) < ($1.at, $1.position) }
    for word in words {
      if let status = word.status {
        if device.type.isType2 {
          if said != status { flags.insert(.statusOfType2(status, position: word.position)) }
        } else if let held,
          !StatusTransitions.allow(from: held, to: status, type: device.type, basis: word.basis)
        {
          flags.insert(.transitionNotInTable(from: held, to: status, position: word.position))
        }
        (held, said) = (status, status)
      }
      isThere = word.isThere ?? isThere
      if !isThere { held = nil }
    }
    return flags
  }
}
