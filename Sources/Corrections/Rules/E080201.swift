extension Rule {
  /// E080201 asks whether the request identifies one premises.
  ///
  /// Source: a public client of SR 8.2. What makes a premises is not public; here devices are of one
  /// premises that are associated, or have one UPRN or address, and more than the seventeen devices
  /// that an answer can hold are none (inferred). An observer holds only part of the SMI, so it can't
  /// tell.
  static let e080201 = Rule(.e080201) { facts in
    guard case .query(let answer) = facts.asks else {
      preconditionFailure("E080201 is asked of SR 8.2 only")
    }
    switch (answer, facts.mode) {
    case (.devices(let devices), _):
      return .holds(.onePremises, count(devices.count), inferred: true)
    case (.nothing, _): return .holds(.nothingFound, inferred: true)
    case (.severalPremises(let found), .authority), (.tooMany(let found), .authority):
      return .fails(.notOnePremises, count(found), inferred: true)
    case (.severalPremises(let found), .observer), (.tooMany(let found), .observer):
      return .unknown(.notOnePremises, count(found), missing: .device, inferred: true)
    }
  }

  static func count(_ found: Int) -> [Fact] { [Fact(.found, .text(String(found)))] }
}
