public import Corrections

/// A row of the Central Products List.
public struct ProductRow: Hashable, CSVRow {
  /// The entry.
  public let product: Product

  /// The first letters of ESME variants.
  private enum VariantLetter: String, CaseIterable {
    case singleElement = "A"
    case twinElement = "B"
    case polyphase = "C"
  }

  private static let deviceType = CSVColumn(0, "device_type")
  private static let esmeVariantFirst = CSVColumn(1, "esme_variant_first")
  private static let manufacturer = CSVColumn(2, "manufacturer")
  private static let model = CSVColumn(3, "model")
  private static let firmwareVersion = CSVColumn(4, "firmware_version")
  private static let status = CSVColumn(5, "status")
  private static let listedFrom = CSVColumn(6, "listed_from")
  private static let listedTo = CSVColumn(7, "listed_to")

  /// The columns of a products file.
  public static let columns = [
    deviceType, esmeVariantFirst, manufacturer, model, firmwareVersion, status, listedFrom,
    listedTo,
  ]

  /// An ESME is listed for a first letter of its variants, and nothing else is; a Type 2 device
  /// needs no firmware version.
  public init?(_ cells: inout CSVCells) {
    let type = cells.oneOf(Self.deviceType, DeviceType.self)
    let letter = cells.optionalOneOf(Self.esmeVariantFirst, VariantLetter.self)
    if let type { cells.checkLetter(of: type, Self.esmeVariantFirst) }
    cells.require(Self.manufacturer, "a manufacturer")
    let manufacturer = cells.hexText(Self.manufacturer, characters: 1...30)
    cells.require(Self.model, "a model")
    let model = cells.hexText(Self.model, characters: 1...30)
    if let type, !type.isType2 { cells.require(Self.firmwareVersion, "a firmware version") }
    let firmwareVersion = cells.firmwareVersion(Self.firmwareVersion)
    let status = cells.oneOf(Self.status, ProductStatus.self)
    let from = cells.optionalInstant(Self.listedFrom, as: .start)
    let to = cells.optionalInstant(Self.listedTo, as: .end)
    cells.checkOrder(from, to, Self.listedFrom, Self.listedTo)
    guard let type, let manufacturer, let model, let status else { return nil }
    product = Product(
      deviceType: type, esmeVariantFirst: letter?.rawValue, manufacturer: manufacturer,
      model: model, firmwareVersion: firmwareVersion, status: status, listedFrom: from,
      listedTo: to)
  }
}

extension CSVCells {
  fileprivate mutating func checkLetter(of type: DeviceType, _ column: CSVColumn) {
    let isEmpty = value(column).isEmpty
    if type == .esme, isEmpty {
      note(.empty, column, expected: "one of A, B, C for ESME", found: "nothing")
    } else if type != .esme, !isEmpty {
      note(.value, column, expected: "nothing for \(type.rawValue)", found: "a letter")
    }
  }

  /// Refuses an empty cell.
  fileprivate mutating func require(_ column: CSVColumn, _ expected: String) {
    _ = refusesEmpty(value(column), column, expected)
  }
}
