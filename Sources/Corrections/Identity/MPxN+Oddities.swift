/// What can be odd about the digits of a meter point, beside its check digits.
extension MPxN {
  /// Neither the 13 digits of an MPAN nor the 6 to 10 of an MPRN; that those are six or more is
  /// remembered.
  public var hasUnusualLength: Bool {
    let count = digits.utf8.count
    return count < 6 || kind == .neither
  }

  /// One digit throughout, as a placeholder has it (inferred).
  public var isOneDigitThroughout: Bool {
    let bytes = digits.utf8
    return bytes.count >= 6 && bytes.allSatisfy { $0 == bytes.first }
  }

  /// An MPAN whose first two digits are those of no known distributor, which are 10 to 38; the list is
  /// open-ended.
  public var namesUnknownDistributor: Bool {
    guard kind == .mpan, let distributor = Int(digits.prefix(2)) else { return false }
    return !(10...38).contains(distributor)
  }

  /// An MPRN on an ESME, or an MPAN on a GSME.
  public func isOfOtherFuel(than type: DeviceType) -> Bool {
    switch (type, kind) {
    case (.esme, .mprn), (.gsme, .mpan): true
    default: false
    }
  }
}
