public import Corrections

/// An entry of the Central Products List.
public struct ProductRow: Hashable, CSVRow {
  public let deviceType: DeviceType
  /// The first letter of the ESME variants it stands for; nil for other devices.
  public let esmeVariantFirst: VariantLetter?
  public let manufacturer: String
  public let model: String
  /// Nil for Type 2 devices, which need none.
  public let firmwareVersion: String?
  public let status: Status
  public let listedFrom: Instant
  /// Exclusive; nil while it is listed.
  public let listedTo: Instant?

  /// Single element, twin element, polyphase.
  public enum VariantLetter: String, CaseIterable, Hashable, Sendable { case A, B, C }

  /// The status of a product or of a firmware version.
  public enum Status: String, CaseIterable, Hashable, Sendable {
    case active = "Active"
    case cancelled = "Cancelled"
    case expired = "Expired"
    case withdrawn = "Withdrawn"
  }

  private static let deviceType = CSVColumn(0, "device_type")
  private static let esmeVariantFirst = CSVColumn(1, "esme_variant_first")
  private static let manufacturer = CSVColumn(2, "manufacturer")
  private static let model = CSVColumn(3, "model")
  private static let firmwareVersion = CSVColumn(4, "firmware_version")
  private static let status = CSVColumn(5, "status")
  private static let listedFrom = CSVColumn(6, "listed_from")
  private static let listedTo = CSVColumn(7, "listed_to")

  public static let columns = [
    deviceType, esmeVariantFirst, manufacturer, model, firmwareVersion, status, listedFrom, listedTo,
  ]

  public init?(_ cells: inout CSVCells) {
    let type = cells.oneOf(Self.deviceType, DeviceType.self)
    esmeVariantFirst = cells.optionalOneOf(Self.esmeVariantFirst, VariantLetter.self)
    let manufacturer = cells.hexText(Self.manufacturer, characters: 1...30)
    let model = cells.hexText(Self.model, characters: 1...30)
    firmwareVersion = cells.firmwareVersion(Self.firmwareVersion)
    let status = cells.oneOf(Self.status, Status.self)
    let from = cells.instant(Self.listedFrom, as: .start)
    listedTo = cells.optionalInstant(Self.listedTo, as: .end)
    cells.checkOrder(from, listedTo, Self.listedFrom, Self.listedTo)
    if let type {
      cells.check(type, hasVariant: !cells.value(Self.esmeVariantFirst).isEmpty)
      if !type.isType2 { cells.require(Self.firmwareVersion, "a firmware version") }
    }
    cells.require(Self.manufacturer, "a manufacturer")
    cells.require(Self.model, "a model")
    guard let type, let manufacturer, let model, let status, let from else { return nil }
    deviceType = type
    self.manufacturer = manufacturer
    self.model = model
    self.status = status
    listedFrom = from
  }

  fileprivate static let variantColumn = esmeVariantFirst
}

extension CSVCells {
  /// An ESME is listed for a first letter of its variant, and nothing else is.
  fileprivate mutating func check(_ type: DeviceType, hasVariant: Bool) {
    guard (type == .esme) != hasVariant else { return }
    note(
      hasVariant ? .value : .empty, ProductRow.variantColumn,
      expected: hasVariant ? "nothing for \(type.rawValue)" : "one of A, B, C for ESME",
      found: hasVariant ? "a letter" : "nothing")
  }

  /// Refuses an empty cell.
  fileprivate mutating func require(_ column: CSVColumn, _ expected: String) {
    _ = refusesEmpty(value(column), column, expected)
  }
}
