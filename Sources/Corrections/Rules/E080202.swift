extension Rule {
  /// E080202 asks whether the premises contain devices.
  ///
  /// Source: a public client of SR 8.2. That a device which is not in the SMI is answered so, too, is
  /// inferred. An observer holds only part of the SMI, so it can't tell.
  static let e080202 = Rule(.e080202) { facts in
    guard case .query(let answer) = facts.asks else {
      preconditionFailure("E080202 is asked of SR 8.2 only")
    }
    switch (answer, facts.mode) {
    case (.devices(let devices), _): return .holds(.devicesFound, count(devices.count))
    case (.severalPremises(let found), _), (.tooMany(let found), _):
      return .holds(.devicesFound, count(found))
    case (.nothing, .authority): return .fails(.nothingFound, inferred: true)
    case (.nothing, .observer): return .unknown(.nothingFound, missing: .device, inferred: true)
    }
  }
}
