/// What a request to a device, or about one, asks for, where its success changes what the SMI or the
/// device holds.
///
/// Source: DUIS 5.4 schema for what they hold; what they do to the SMI is remembered, not confirmed.
public enum DeviceService: Hashable, Sendable {
  /// SR 8.11: a hub lets a device in or lets it go; adding it may name the meter points.
  case hanDeviceLog(HANDeviceLogAction, MPxNs<MPxN>)
  /// SR 8.7.1 and 8.7.2: the device that is asked and another one are joined.
  case join(other: EUI64)
  /// SR 8.8.1 and 8.8.2: they are joined no more.
  case unjoin(other: EUI64)
  /// SR 6.23: the device passes to the supplier that asks, for this import meter point.
  case supplierChange(MPxN)
  /// SR 6.20.1 and 6.20.2: the device shall hold these meter points; the SMI is another place.
  case setMPxNs(MPxNs<MPxN>)
}

/// What SR 8.11 asks of a hub.
public enum HANDeviceLogAction: String, CaseIterable, Hashable, Sendable {
  /// Let the device in.
  case add = "Add"
  /// Let it go.
  case remove = "Remove"
}

/// Meter points for some of the three places; nil where none is given.
public struct MPxNs<Point: Hashable & Sendable>: Hashable, Sendable {
  /// For the import place: an MPAN, or an MPRN.
  public var importMPxN: Point?
  /// For the place of a second element.
  public var secondaryImportMPAN: Point?
  /// For the export place.
  public var exportMPAN: Point?

  /// Names some places; what is left out is not given.
  public init(
    importMPxN: Point? = nil, secondaryImportMPAN: Point? = nil, exportMPAN: Point? = nil
  ) {
    self.importMPxN = importMPxN
    self.secondaryImportMPAN = secondaryImportMPAN
    self.exportMPAN = exportMPAN
  }

  /// The one for a place.
  public subscript(field: MPxNField) -> Point? {
    switch field {
    case .importMPxN: importMPxN
    case .secondaryImportMPAN: secondaryImportMPAN
    case .exportMPAN: exportMPAN
    }
  }

  /// The same places with other values in them, such as tokens.
  public func map<Other: Hashable & Sendable>(
    _ other: (Point) throws -> Other
  ) rethrows -> MPxNs<Other> {
    MPxNs<Other>(
      importMPxN: try importMPxN.map(other),
      secondaryImportMPAN: try secondaryImportMPAN.map(other),
      exportMPAN: try exportMPAN.map(other))
  }

  /// Whether no place is named.
  public var isEmpty: Bool { self == MPxNs() }
}
