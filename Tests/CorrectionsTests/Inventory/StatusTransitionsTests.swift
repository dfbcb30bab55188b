import Testing

@testable import Corrections

/// The table is remembered, not confirmed; these tests say it a second time, in full.
@Suite struct `Transitions of a status` {
  /// What can follow, steps that nobody saw included: whatever it stood at, and what is named.
  private static let later: [(from: DeviceStatus, to: Set<DeviceStatus>)] = [
    (.pending, Set(DeviceStatus.allCases)),
    (.whitelisted, Set(DeviceStatus.allCases).subtracting([.pending])),
    (.installedNotCommissioned, Set(DeviceStatus.allCases).subtracting([.pending, .whitelisted])),
    (.commissioned, inUse), (.suspended, inUse), (.recovery, inUse), (.recovered, inUse),
    (.decommissioned, []), (.withdrawn, []),
  ]
  private static let inUse: Set<DeviceStatus> = [
    .commissioned, .suspended, .recovery, .recovered, .decommissioned, .withdrawn,
  ]

  @Test func `are told of every status`() {
    #expect(Set(Self.later.map(\.from)) == Set(DeviceStatus.allCases))
    #expect(Set(StatusTransitions.steps.keys) == Set(DeviceStatus.allCases))
  }

  @Test(arguments: later, [Basis.alert, .snapshot])
  func `that an alert or an extract tells of follow the table`(
    _ row: (from: DeviceStatus, to: Set<DeviceStatus>), _ basis: Basis
  ) {
    for type in DeviceType.allCases {
      for to in DeviceStatus.allCases {
        #expect(
          StatusTransitions.allow(from: row.from, to: to, type: type, basis: basis)
            == (to == row.from || row.to.contains(to)), "\(row.from) to \(to)")
      }
    }
  }

  @Test(arguments: later, [Basis.decided, .response])
  func `that a request made may also be what SR 8.4 can set on the type`(
    _ row: (from: DeviceStatus, to: Set<DeviceStatus>), _ basis: Basis
  ) {
    for type in DeviceType.allCases {
      let settable: Set<DeviceStatus> =
        [.chf, .gpf].contains(type)
        ? [.commissioned, .withdrawn, .installedNotCommissioned]
        : [.pending, .installedNotCommissioned]
      for to in DeviceStatus.allCases {
        #expect(
          StatusTransitions.allow(from: row.from, to: to, type: type, basis: basis)
            == (to == row.from || row.to.contains(to) || settable.contains(to)),
          "\(row.from) to \(to) of \(type)")
      }
    }
  }

  @Test(arguments: DeviceStatus.allCases, DeviceStatus.allCases)
  func `made by hand may be any`(_ from: DeviceStatus, _ to: DeviceStatus) {
    for type in DeviceType.allCases {
      #expect(StatusTransitions.allow(from: from, to: to, type: type, basis: .manual))
    }
  }

  @Test(arguments: DeviceStatus.allCases, Basis.allCases)
  func `may begin anywhere, since what stood before is not known`(
    _ to: DeviceStatus, _ basis: Basis
  ) {
    for type in DeviceType.allCases {
      #expect(StatusTransitions.allow(from: nil, to: to, type: type, basis: basis))
    }
  }

  @Test(
    arguments: [
      (DeviceStatus.pending, DeviceStatus.whitelisted), (.whitelisted, .installedNotCommissioned),
      (.installedNotCommissioned, .commissioned), (.commissioned, .suspended),
      (.suspended, .commissioned), (.commissioned, .recovery), (.recovery, .recovered),
      (.recovered, .commissioned),
    ])
  func `have one step for each message that is known`(_ from: DeviceStatus, _ to: DeviceStatus) {
    #expect(StatusTransitions.steps[from]?.contains(to) == true)
  }

  @Test func `have no step but those, and the two ways out of use`() {
    let count = StatusTransitions.steps.values.reduce(0) { $0 + $1.count }
    #expect(count == 22, "8 steps, and two ways out of 7 statuses")
    for (from, to) in StatusTransitions.steps where !to.isEmpty {
      #expect(to.isSuperset(of: [.decommissioned, .withdrawn]), "\(from)")
    }
  }
}
