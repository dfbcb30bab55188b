import ArgumentParser
import Corrections
import Ledger
import Wire

/// What an entry shall say, as it is typed.
struct WantedOptions: ParsableArguments {
  @Option(
    help: """
      The wanted value: an MPxN; a status; details such as \
      DeviceFirmwareVersion=00000102;DeviceModel=0001; for other what is wrong, in words.
      """)
  var value: String?

  @Flag(help: "The field shall hold no MPxN.")
  var blank = false

  var isGiven: Bool { value != nil || blank }

  /// The value for a field.
  func wanted(for name: String) throws -> WantedValue {
    let field = try WantedOptions.field(name)
    if blank {
      guard value == nil, let place = field.mpxn else {
        throw ValidationError(
          "--blank empties importMPxN, secondaryImportMPAN or exportMPAN, without --value")
      }
      return .blank(place)
    }
    if field == .deletion {
      guard value == nil else {
        throw ValidationError("--field deletion takes no --value: the entry goes")
      }
      return .deletion
    }
    guard let value else { throw ValidationError("--field \(name) needs --value") }
    return try WantedOptions.wanted(value, for: field)
  }

  static func field(_ name: String) throws -> CorrectionField {
    if let field = CorrectionField(rawValue: name) { return field }
    let fields = CorrectionField.allCases.map(\.rawValue)
    let near = Nearest.of(name, among: fields).map { "; did you mean \($0)?" } ?? "."
    throw ValidationError(
      "there is no field \(Shown.typed(name))\(near) Fields: " + fields.joined(separator: ", "))
  }

  /// A value as it is typed, or stands in a file.
  static func wanted(_ text: String, for field: CorrectionField) throws -> WantedValue {
    switch field {
    case .importMPxN: return .mpxn(.importMPxN, try mpxn(text, .importMPxN))
    case .secondaryImportMPAN:
      return .mpxn(.secondaryImportMPAN, try mpxn(text, .secondaryImportMPAN))
    case .exportMPAN: return .mpxn(.exportMPAN, try mpxn(text, .exportMPAN))
    case .status:
      if let status = DeviceStatus(rawValue: text) { return .status(status) }
      let all = DeviceStatus.allCases.map(\.rawValue)
      let near = Nearest.of(text, among: all).map { "; did you mean \($0)?" } ?? ""
      throw ValidationError(
        "--value: expected one of \(all.joined(separator: ", ")); found \(Shown.typed(text))\(near)"
      )
    case .details: return .details(try details(text))
    case .deletion: return .deletion
    case .other:
      try Why.check(text, "--value")
      return .other(text)
    }
  }

  private static func mpxn(_ text: String, _ field: MPxNField) throws -> MPxN {
    guard let mpxn = MPxN(text) else {
      throw ValidationError("--value: expected an MPAN of 13 digits or an MPRN of up to 10 digits")
    }
    if mpxn.kind == .neither || (field != .importMPxN && mpxn.kind != .mpan) {
      let expected =
        field == .importMPxN
        ? "an MPAN of 13 digits or an MPRN of up to 10" : "an MPAN of 13 digits"
      throw ValidationError("--value: expected \(expected); found \(mpxn.digits.count) digits")
    }
    return mpxn
  }

  private static let names = [
    "DeviceManufacturer", "DeviceModel", "SMETSCHTSVersion", "DeviceFirmwareVersion",
    "ESMEVariant",
  ]

  /// `Name=value;Name=value`, by the names that DUIS uses.
  private static func details(_ text: String) throws -> DeviceDetails {
    var details = DeviceDetails()
    var given: Set<String> = []
    for part in text.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, names.contains(pair[0]) else {
        throw ValidationError(
          "--value: expected NAME=VALUE joined by ;, with the names "
            + "\(names.joined(separator: ", ")); found \(Shown.typed(part))")
      }
      guard given.insert(pair[0]).inserted else {
        throw ValidationError("--value: expected \(pair[0]) once; found it twice")
      }
      switch pair[0] {
      case "DeviceManufacturer": details.manufacturer = try checked(pair, 1...30)
      case "DeviceModel": details.model = try checked(pair, 1...30)
      case "SMETSCHTSVersion": details.smetsCHTSVersion = try checked(pair, 1...20)
      case "DeviceFirmwareVersion": details.firmwareVersion = try checked(pair, 1...8)
      default:
        guard let variant = ESMEVariant(rawValue: pair[1]) else {
          throw ValidationError(
            "--value: ESMEVariant: expected one of "
              + ESMEVariant.allCases.map(\.rawValue).joined(separator: ", "))
        }
        details.esmeVariant = variant
      }
    }
    guard !details.isEmpty else {
      throw ValidationError("--value: expected at least one of \(names.joined(separator: ", "))")
    }
    return details
  }

  private static func checked(_ pair: [String], _ length: ClosedRange<Int>) throws -> String {
    guard length.contains(pair[1].count) else {
      throw ValidationError(
        "--value: \(pair[0]): expected \(length.lowerBound) to \(length.upperBound) characters; "
          + "found \(pair[1].count)")
    }
    return pair[1]
  }
}
