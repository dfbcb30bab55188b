import Testing

@testable import Corrections

@Suite struct `Flags on a status` {
  private func flags(_ told: (day: Int, event: Event)...) throws -> [DeviceFlag] {
    try folded(told).flags
  }

  @Test(arguments: DeviceStatus.allCases)
  func `are not raised by a step of the table, whatever made it known`(
    _ from: DeviceStatus
  ) throws {
    for to in StatusTransitions.steps[from] ?? [] {
      for basis in Basis.allCases {
        let flags = try flags((1, seen(entry(.esme, from))), (2, Told.became(to, basis)))
        #expect(flags.isEmpty, "\(from) to \(to) by \(basis)")
      }
    }
  }

  @Test func `are raised when an extract takes a device out of Decommissioned`() throws {
    let flags = try flags(
      (1, seen(entry(.esme, .decommissioned))), (2, seen(entry(.esme, .commissioned))))
    #expect(
      flags == [.transitionNotInTable(from: .decommissioned, to: .commissioned, position: 12)])
    #expect(flags.map(\.name) == ["transitionNotInTable"])
  }

  @Test(
    arguments: [DeviceType.esme, .gsme, .ppmid, .hcalcs], [Basis.decided, .response])
  func `are not raised by what SR 8.4 can set on a meter`(
    _ type: DeviceType, _ basis: Basis
  ) throws {
    for to in [DeviceStatus.pending, .installedNotCommissioned] {
      #expect(
        try flags((1, seen(entry(type, .decommissioned))), (2, Told.became(to, basis))).isEmpty)
    }
    #expect(
      try flags((1, seen(entry(type, .decommissioned))), (2, Told.became(.commissioned, basis)))
        .count == 1)
  }

  @Test(arguments: [DeviceType.chf, .gpf], [Basis.decided, .response])
  func `are not raised by what SR 8.4 can set on a hub`(
    _ type: DeviceType, _ basis: Basis
  ) throws {
    for to in [DeviceStatus.commissioned, .withdrawn, .installedNotCommissioned] {
      #expect(
        try flags((1, seen(entry(type, .decommissioned))), (2, Told.became(to, basis))).isEmpty)
    }
    #expect(
      try flags((1, seen(entry(type, .decommissioned))), (2, Told.became(.pending, basis)))
        .count == 1)
  }

  @Test(arguments: [Basis.alert, .snapshot])
  func `are raised by the same where an alert or an extract says it`(_ basis: Basis) throws {
    let flags = try flags(
      (1, seen(entry(.esme, .decommissioned))), (2, Told.became(.pending, basis)))
    #expect(flags == [.transitionNotInTable(from: .decommissioned, to: .pending, position: 12)])
  }

  @Test func `are not raised by what was set by hand`() throws {
    #expect(
      try flags((1, seen(entry(.esme, .withdrawn))), (2, Told.became(.recovery, .manual))).isEmpty)
  }

  @Test(arguments: [DeviceType.ihd, .cad])
  func `are raised by any status of a Type 2 device`(_ type: DeviceType) throws {
    let flags = try flags((1, seen(entry(type, .commissioned))))
    #expect(flags == [.statusOfType2(.commissioned, position: 11)])
    #expect(flags.map(\.name) == ["statusOfType2"])
  }

  @Test func `change nothing: the status is taken over all the same`() throws {
    let device = try folded(
      (1, seen(entry(.esme, .withdrawn))), (2, seen(entry(.esme, .recovered))))
    #expect(device.currentStatus?.value == .recovered)
    #expect(device.flags.count == 1)
  }

  @Test func `are raised once for a status that is said with its beginning`() throws {
    let since = february(2)
    let flags = try flags(
      (1, seen(entry(.esme, .decommissioned))),
      (3, seen(entry(.esme, .commissioned, since: since))),
      (4, seen(entry(.esme, .commissioned, since: since))))
    #expect(
      flags == [.transitionNotInTable(from: .decommissioned, to: .commissioned, position: 12)])
  }

  @Test func `are raised where a response was not the one predicted`() throws {
    let diverged = Event.responseDiverged(
      ResponseDiverged(
        requestID: The.request(7), party: "SUPA", serviceReference: "8.4", deviceID: The.device,
        predicted: "I99", returned: "E080410", rulebook: 2, findings: [], validated: 9,
        factsUpTo: 8, registrations: 5))
    let flags = try flags((1, seen(entry())), (2, diverged))
    #expect(flags == [.responseDiverged(predicted: "I99", returned: "E080410", position: 12)])
    #expect(flags.map(\.name) == ["responseDiverged"])
  }

  @Test func `are raised no more once a late word explains the step`() throws {
    let flags = try flags(
      (1, seen(entry(.esme, .decommissioned))), (5, seen(entry(.esme, .commissioned))),
      (3, Told.became(.installedNotCommissioned, .response)))
    #expect(flags.isEmpty)
  }

  @Test func `are raised where a late word shows that a step was none of the table`() throws {
    let flags = try flags(
      (1, seen(entry(.esme, .pending))), (5, seen(entry(.esme, .commissioned))),
      (3, Told.became(.decommissioned, .alert)))
    #expect(
      flags == [.transitionNotInTable(from: .decommissioned, to: .commissioned, position: 12)])
  }

  @Test func `are not raised between the statuses of two entries, one of which was deleted`() throws
  {
    let flags = try flags(
      (1, seen(entry(.esme, .decommissioned))), (2, Told.deleted),
      (3, seen(entry(.esme, .commissioned))), (4, seen(entry(.esme, .pending))))
    #expect(flags == [.transitionNotInTable(from: .commissioned, to: .pending, position: 14)])
  }

  @Test func `are raised once for a Type 2 device that is seen again with the same status`() throws
  {
    let look = seen(entry(.ihd, .pending))
    #expect(try flags((1, look), (2, look)) == [.statusOfType2(.pending, position: 11)])
  }
}
