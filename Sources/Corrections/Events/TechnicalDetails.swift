/// Meter technical details said at which meter point a device is: a second source beside the SMI.
public struct TechnicalDetailsObserved: Hashable, Sendable {
  /// The device, by the id that the details carry beside the meter's serial number.
  public let deviceID: EUI64
  /// What the meter point is registered as.
  public let kind: Registration.Kind
  /// The meter point.
  public let mpxn: Token

  /// Makes the event of its parts; from when it is so is the effective time.
  public init(deviceID: EUI64, kind: Registration.Kind, mpxn: Token) {
    self.deviceID = deviceID
    self.kind = kind
    self.mpxn = mpxn
  }
}

extension MPxNField {
  /// The place in which what meter technical details of a kind say belongs; they tell of no second
  /// element.
  public init(technicalDetails kind: Registration.Kind) {
    switch kind {
    case .import, .gas: self = .importMPxN
    case .export: self = .exportMPAN
    }
  }
}

/// A file of meter technical details was read to its end.
public struct TechnicalDetailsImported: Hashable, Sendable {
  /// Rows in the file.
  public let rows: Int
  /// Those that said something new.
  public let observed: Int

  /// Makes the event of its parts.
  public init(rows: Int, observed: Int) {
    self.rows = rows
    self.observed = observed
  }
}
