public import Corrections

/// Who is registered for a meter point, from when and until when.
public struct RegistrationRow: Hashable, CSVRow {
  /// The meter point.
  public let mpxn: MPxN
  /// What the supplier is registered for.
  public let kind: Registration.Kind
  /// The market participant id of the supplier.
  public let supplier: String
  /// Inclusive.
  public let effectiveFrom: Instant
  /// Exclusive; nil while it is open.
  public let effectiveTo: Instant?

  private static let mpxn = CSVColumn(0, "mpxn")
  private static let kind = CSVColumn(1, "kind")
  private static let supplier = CSVColumn(2, "supplier")
  private static let effectiveFrom = CSVColumn(3, "effective_from")
  private static let effectiveTo = CSVColumn(4, "effective_to")

  /// The columns of a registrations file.
  public static let columns = [mpxn, kind, supplier, effectiveFrom, effectiveTo]

  /// Electricity has MPANs of 13 digits, gas MPRNs of up to 10.
  public init?(_ cells: inout CSVCells) {
    let kind = cells.oneOf(Self.kind, Registration.Kind.self)
    let lengths =
      switch kind {
      case .import, .export: 13...13
      case .gas: 1...10
      case nil: 1...13
      }
    let mpxn = cells.mpxn(Self.mpxn, digits: lengths)
    let supplier = cells.code(Self.supplier)
    let from = cells.instant(Self.effectiveFrom, as: .start)
    effectiveTo = cells.optionalInstant(Self.effectiveTo, as: .end)
    cells.checkOrder(from, effectiveTo, Self.effectiveFrom, Self.effectiveTo)
    guard let kind, let mpxn, let supplier, let from else { return nil }
    self.kind = kind
    self.mpxn = mpxn
    self.supplier = supplier
    effectiveFrom = from
  }
}

extension CSVCells {
  /// Refuses an end that isn't after its start.
  mutating func checkOrder(
    _ start: Instant?, _ end: Instant?, _ startColumn: CSVColumn, _ endColumn: CSVColumn
  ) {
    guard let start, let end, end <= start else { return }
    note(
      .value, endColumn, expected: "an end after \(startColumn.name)",
      found: Shown.text(String(decoding: value(endColumn), as: UTF8.self)))
  }
}
