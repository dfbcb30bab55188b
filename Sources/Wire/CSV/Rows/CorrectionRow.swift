public import Corrections

/// One row of a file of wanted changes.
///
/// What is wrong with a row's values is kept in the row, so that the others can go on; what is wrong
/// with the shape of the file refuses the whole of it.
public struct CorrectionRow: Hashable, CSVRow {
  /// The device whose entry is wrong, as the file says it; shown back as it stands.
  public let deviceText: String
  /// The name of the field as the file says it.
  public let fieldText: String
  /// The device; nil when it can't be read.
  public let deviceID: EUI64?
  /// What of the entry is wrong; nil when it can't be read.
  public let field: CorrectionField?
  /// What the entry should say, as it is typed; of a meter point the digits.
  public let requested: String
  /// What is wrong with the row, if anything is.
  public let problem: WireError?

  private static let device = CSVColumn(0, "device_id")
  private static let fieldColumn = CSVColumn(1, "field")
  private static let wanted = CSVColumn(2, "requested")

  /// The columns of such a file.
  public static let columns = [device, fieldColumn, wanted]

  /// Reads a row, also one that has problems.
  public init?(_ cells: inout CSVCells) {
    // Problems are noted in a copy, so that they don't refuse the file.
    var trial = cells
    deviceText = String(decoding: trial.value(Self.device).prefix(40), as: UTF8.self)
    fieldText = String(decoding: trial.value(Self.fieldColumn).prefix(40), as: UTF8.self)
    deviceID = trial.eui(Self.device)
    field = trial.oneOf(Self.fieldColumn, CorrectionField.self)
    let mpxn: MPxN? =
      switch field {
      case .importMPxN: trial.mpxn(Self.wanted, digits: 1...13)
      case .secondaryImportMPAN, .exportMPAN: trial.mpxn(Self.wanted, digits: 13...13)
      case .status, .details, .deletion, .other, nil: nil
      }
    requested =
      field?.mpxn == nil ? trial.text(Self.wanted, atMost: 4000) ?? "" : mpxn?.digits ?? ""
    problem = trial.rowProblems.first
  }
}
