/// The identity of one Service Request: `originator:target:counter`.
///
/// The counter is a UInt64 without leading zeros and strictly increases per originator, so the same
/// RequestID twice is the same request sent again. Source: DUIS 5.4 schema, type `RequestID`.
public struct RequestID: Hashable, Sendable {
  /// The User ID that sent the request.
  public let originator: EUI64
  /// The device, or for a non-device request the DCC's Access Control Broker.
  public let target: EUI64
  /// The originator's counter.
  public let counter: UInt64

  /// Makes an identity from its three parts.
  public init(originator: EUI64, target: EUI64, counter: UInt64) {
    self.originator = originator
    self.target = target
    self.counter = counter
  }

  /// Reads `EUI:EUI:counter`; anything else gives nil.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let originator = EUI64(parts[0]), let target = EUI64(parts[1]),
      let counter = UInt64(asciiDecimal: parts[2])
    else { return nil }
    self.init(originator: originator, target: target, counter: counter)
  }
}

extension RequestID: CustomStringConvertible {
  /// Upper-case hex, decimal counter: also the idempotency key of the request.
  public var description: String { text(separatedBy: 58) }

  /// The same with another ASCII character between the parts, for where a colon can't stand.
  public func text(separatedBy separator: UInt8) -> String {
    let rest = counter.description.utf8
    let start = 2 * (EUI64.length + 1)
    return String(unsafeUninitializedCapacity: start + rest.count) { buffer in
      originator.write(to: buffer, at: 0)
      buffer[EUI64.length] = separator
      target.write(to: buffer, at: EUI64.length + 1)
      buffer[start - 1] = separator
      _ = UnsafeMutableBufferPointer(rebasing: buffer[start...]).update(fromContentsOf: rest)
      return start + rest.count
    }
  }
}

extension UInt64 {
  /// Reads ASCII decimal digits without sign, blanks or leading zeros.
  init?(asciiDecimal text: some StringProtocol) {
    var value: UInt64 = 0
    var count = 0
    for byte in text.utf8 {
      guard (48...57).contains(byte), !(count == 1 && value == 0) else { return nil }
      let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = tens.addingReportingOverflow(UInt64(byte - 48))
      guard !overflowed, !carried else { return nil }
      value = sum
      count += 1
    }
    guard count > 0 else { return nil }
    self = value
  }
}
