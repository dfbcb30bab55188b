public import Corrections

/// One device as an extract of the SMI shows it.
///
/// Only `DeviceID` and `DeviceType` must be columns of the file. A missing column says nothing; an
/// empty cell says that the SMI holds nothing there.
public struct InventoryRow: Hashable, CSVRow {
  /// The device that the row is about.
  public let deviceID: EUI64
  /// What kind of device it is.
  public let deviceType: DeviceType
  /// Its SMI status; nil for a Type 2 device too.
  public let status: DeviceStatus?
  /// Manufacturer, model, versions and variant.
  public let details: DeviceDetails
  /// The status of its firmware version on the products list.
  public let firmwareVersionStatus: ProductStatus?
  /// The status of its model on the products list.
  public let cplStatus: ProductStatus?
  /// The day on which it was commissioned.
  public let dateCommissioned: CivilDate?
  /// 1 to 13 digits.
  public let importMPxN: MPxN?
  /// 13 digits.
  public let secondaryImportMPAN: MPxN?
  /// 13 digits.
  public let exportMPAN: MPxN?
  /// The fields that the file has a column for and this row leaves empty.
  public let empty: Set<EntryField>
  /// 1 to 12 digits; personal data.
  public let uprn: String?
  /// Personal data.
  public let postCode: String?
  /// Personal data.
  public let addressIdentifier: String?
  /// The region of the communications service provider.
  public let cspRegion: CSPRegion?
  /// The version of GBCS that the device follows.
  public let gbcsVersion: String?
  /// Which bands a hub can use.
  public let hanVariant: String?
  /// The provider of a SMETS1 device.
  public let s1sp: String?
  /// How a hub is connected.
  public let connectivity: Connectivity?
  /// Since when the status holds, where the extract tells.
  public let statusSince: Instant?
  /// The User ID that added the device.
  public let prenotifiedBy: EUI64?
  /// The devices it is joined with.
  public let associatedDeviceIDs: [EUI64]

  /// The regions of the DUIS 5.4 schema.
  public enum CSPRegion: String, CaseIterable, Hashable, Sendable {
    /// The North region.
    case north = "North"
    /// The Central region.
    case central = "Central"
    /// The South region.
    case south = "South"
    /// The North region, by 4G.
    case north4G = "4G North"
    /// The Central region, by 4G.
    case central4G = "4G Central"
    /// The South region, by 4G.
    case south4G = "4G South"
    /// Not known to the SMI.
    case unknown = "Unknown"
    /// A SMETS1 device, in the place of a region.
    case smets1 = "SMETS1"
  }

  /// How a hub is connected, in the words of the DUIS 5.4 schema.
  public enum Connectivity: String, CaseIterable, Hashable, Sendable {
    /// `Cellular`.
    case cellular = "Cellular"
    /// `Virtual`.
    case virtual = "Virtual"
  }

  /// The names of DUIS, and three of our own.
  public static let columns = InventoryColumns.all

  /// Reads a row; nil when anything in it is refused.
  public init?(_ cells: inout CSVCells) {
    typealias Columns = InventoryColumns
    let deviceID = cells.eui(Columns.deviceID)
    let type = cells.oneOf(Columns.deviceType, DeviceType.self)
    status = cells.optionalOneOf(Columns.deviceStatus)
    details = DeviceDetails(
      manufacturer: cells.hexText(Columns.deviceManufacturer, characters: 1...30),
      model: cells.hexText(Columns.deviceModel, characters: 1...30),
      smetsCHTSVersion: cells.text(Columns.smetsCHTSVersion, atMost: 20),
      firmwareVersion: cells.firmwareVersion(Columns.deviceFirmwareVersion),
      esmeVariant: cells.optionalOneOf(Columns.esmeVariant))
    firmwareVersionStatus = cells.optionalOneOf(Columns.deviceFirmwareVersionStatus)
    cplStatus = cells.optionalOneOf(Columns.cplStatus)
    dateCommissioned = cells.optionalDay(Columns.dateCommissioned)
    importMPxN = cells.optionalMPxN(Columns.importMPxN, digits: 1...13)
    secondaryImportMPAN = cells.optionalMPxN(Columns.secondaryImportMPAN, digits: 13...13)
    exportMPAN = cells.optionalMPxN(Columns.exportMPAN, digits: 13...13)
    empty = cells.emptyFields()
    uprn = cells.uprn(Columns.uprn)
    postCode = cells.text(Columns.postCode, atMost: 8)
    addressIdentifier = cells.text(Columns.addressIdentifier, atMost: 30)
    cspRegion = cells.optionalOneOf(Columns.cspRegion)
    gbcsVersion = cells.text(Columns.deviceGBCSVersion, atMost: 30)
    hanVariant = cells.text(Columns.hanVariant, atMost: 60)
    s1sp = cells.text(Columns.s1sp, atMost: 60)
    connectivity = cells.optionalOneOf(Columns.connectivity)
    statusSince = cells.optionalInstant(Columns.statusSince, as: .start)
    prenotifiedBy = cells.optionalEUI(Columns.prenotifiedBy)
    associatedDeviceIDs = cells.euis(Columns.associatedDeviceID)
    guard let deviceID, let type else { return nil }
    self.deviceID = deviceID
    deviceType = type
  }
}

/// The columns of an inventory extract: the names of DUIS, and three of our own.
enum InventoryColumns {
  static let deviceID = CSVColumn(0, "DeviceID")
  static let deviceType = CSVColumn(1, "DeviceType")
  static let deviceStatus = column(2, "DeviceStatus")
  static let deviceManufacturer = column(3, "DeviceManufacturer")
  static let deviceModel = column(4, "DeviceModel")
  static let smetsCHTSVersion = column(5, "SMETSCHTSVersion")
  static let deviceFirmwareVersion = column(6, "DeviceFirmwareVersion")
  static let deviceFirmwareVersionStatus = column(7, "DeviceFirmwareVersionStatus")
  static let cplStatus = column(8, "CPLStatus")
  static let dateCommissioned = column(9, "DateCommissioned")
  static let importMPxN = column(10, "ImportMPxN")
  static let secondaryImportMPAN = column(11, "SecondaryImportMPAN")
  static let exportMPAN = column(12, "ExportMPAN")
  static let esmeVariant = column(13, "ESMEVariant")
  static let uprn = column(14, "UPRN")
  static let postCode = column(15, "PostCode")
  static let addressIdentifier = column(16, "AddressIdentifier")
  static let cspRegion = column(17, "CSPRegion")
  static let deviceGBCSVersion = column(18, "DeviceGBCSVersion")
  static let hanVariant = column(19, "HANVariant")
  static let s1sp = column(20, "S1SP")
  static let connectivity = column(21, "Connectivity")
  static let statusSince = column(22, "StatusSince")
  static let prenotifiedBy = column(23, "PrenotifiedBy")
  static let associatedDeviceID = column(24, "AssociatedDeviceID")

  static let all = [
    deviceID, deviceType, deviceStatus, deviceManufacturer, deviceModel, smetsCHTSVersion,
    deviceFirmwareVersion, deviceFirmwareVersionStatus, cplStatus, dateCommissioned, importMPxN,
    secondaryImportMPAN, exportMPAN, esmeVariant, uprn, postCode, addressIdentifier, cspRegion,
    deviceGBCSVersion, hanVariant, s1sp, connectivity, statusSince, prenotifiedBy,
    associatedDeviceID,
  ]

  /// The index of each field's column, in the order of the fields.
  static let byField = EntryField.allCases.map { of($0).index }

  /// The column of a field.
  static func of(_ field: EntryField) -> CSVColumn {
    switch field {
    case .addressIdentifier: addressIdentifier
    case .associatedDevices: associatedDeviceID
    case .connectivity: connectivity
    case .cplStatus: cplStatus
    case .cspRegion: cspRegion
    case .dateCommissioned: dateCommissioned
    case .esmeVariant: esmeVariant
    case .exportMPAN: exportMPAN
    case .firmwareVersion: deviceFirmwareVersion
    case .firmwareVersionStatus: deviceFirmwareVersionStatus
    case .gbcsVersion: deviceGBCSVersion
    case .hanVariant: hanVariant
    case .importMPxN: importMPxN
    case .manufacturer: deviceManufacturer
    case .model: deviceModel
    case .postCode: postCode
    case .prenotifiedBy: prenotifiedBy
    case .s1sp: s1sp
    case .secondaryImportMPAN: secondaryImportMPAN
    case .smetsCHTSVersion: smetsCHTSVersion
    case .status: deviceStatus
    case .statusSince: statusSince
    case .uprn: uprn
    }
  }

  private static func column(_ index: Int, _ name: String) -> CSVColumn {
    CSVColumn(index, name, isRequired: false)
  }
}

extension CSVCells {
  /// The fields that the file has a column for and the row leaves empty.
  ///
  /// Rows leave the same few sets of columns empty, so each set is made once.
  fileprivate mutating func emptyFields() -> Set<EntryField> {
    var bits: UInt64 = 0
    for (bit, column) in InventoryColumns.byField.enumerated() {
      let place = header.places[column]
      if place >= 0, isEmpty(at: place) { bits |= 1 << UInt64(bit) }
    }
    if let known = memos.empty[bits] { return known }
    let fields = EntryField.allCases.enumerated().filter { bits >> UInt64($0.offset) & 1 == 1 }
    let empty = Set(fields.map(\.element))
    if memos.empty.count < 1024 { memos.empty[bits] = empty }
    return empty
  }

  /// 1 to 12 digits, nil when empty.
  fileprivate mutating func uprn(_ column: CSVColumn) -> String? {
    let value = CSVText.withoutTextMark(value(column))
    if value.isEmpty { return nil }
    let isDigits = value.allSatisfy { (48...57).contains($0) }
    guard isDigits, value.count <= 12, value.contains(where: { $0 != 48 }) else {
      refuse(value, column, "1 to 12 digits, not all zero")
      return nil
    }
    return String(decoding: value, as: UTF8.self)
  }
}
