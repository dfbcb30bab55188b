package import Corrections
package import Ledger
import Wire

/// Reads what people and programs type of a correction; what is not understood is said under the name
/// that the value was given by, such as `--value`.
package enum TypedText {
  /// A text in a person's words, which is kept apart from the record.
  package static func check(_ text: String, _ name: String) throws {
    guard (1...4000).contains(text.count) else {
      throw NotUnderstood(
        "\(name): expected 1 to 4,000 characters; found \(Wording.grouped(text.count))")
    }
  }

  /// The field that a name stands for.
  package static func field(_ name: String) throws -> CorrectionField {
    if let field = CorrectionField(rawValue: name) { return field }
    let fields = CorrectionField.allCases.map(\.rawValue)
    let near = Nearest.of(name, among: fields).map { "; did you mean \($0)?" } ?? "."
    throw NotUnderstood(
      "there is no field \(Shown.typed(name))\(near) Fields: " + fields.joined(separator: ", "))
  }

  /// A value as it is typed, or stands in a file.
  package static func wanted(
    _ text: String, for field: CorrectionField, _ name: String
  ) throws -> WantedValue {
    switch field {
    case .importMPxN: return .mpxn(.importMPxN, try mpxn(text, .importMPxN, name))
    case .secondaryImportMPAN:
      return .mpxn(.secondaryImportMPAN, try mpxn(text, .secondaryImportMPAN, name))
    case .exportMPAN: return .mpxn(.exportMPAN, try mpxn(text, .exportMPAN, name))
    case .status:
      if let status = DeviceStatus(rawValue: text) { return .status(status) }
      let all = DeviceStatus.allCases.map(\.rawValue)
      let near = Nearest.of(text, among: all).map { "; did you mean \($0)?" } ?? ""
      throw NotUnderstood(
        "\(name): expected one of \(all.joined(separator: ", ")); found \(Shown.typed(text))\(near)"
      )
    case .details: return .details(try details(text, name))
    case .deletion: return .deletion
    case .other:
      try check(text, name)
      return .other(text)
    }
  }

  private static func mpxn(_ text: String, _ field: MPxNField, _ name: String) throws -> MPxN {
    guard let mpxn = MPxN(text) else {
      throw NotUnderstood("\(name): expected an MPAN of 13 digits or an MPRN of up to 10 digits")
    }
    if mpxn.kind == .neither || (field != .importMPxN && mpxn.kind != .mpan) {
      let expected =
        field == .importMPxN
        ? "an MPAN of 13 digits or an MPRN of up to 10" : "an MPAN of 13 digits"
      throw NotUnderstood("\(name): expected \(expected); found \(mpxn.digits.count) digits")
    }
    return mpxn
  }

  private static let names = [
    "DeviceManufacturer", "DeviceModel", "SMETSCHTSVersion", "DeviceFirmwareVersion",
    "ESMEVariant",
  ]

  /// `Name=value;Name=value`, by the names that DUIS uses.
  private static func details(_ text: String, _ name: String) throws -> DeviceDetails {
    var details = DeviceDetails()
    var given: Set<String> = []
    for part in text.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, names.contains(pair[0]) else {
        throw NotUnderstood(
          "\(name): expected NAME=VALUE joined by ;, with the names "
            + "\(names.joined(separator: ", ")); found \(Shown.typed(part))")
      }
      guard given.insert(pair[0]).inserted else {
        throw NotUnderstood("\(name): expected \(pair[0]) once; found it twice")
      }
      switch pair[0] {
      case "DeviceManufacturer": details.manufacturer = try checked(pair, 1...30, name)
      case "DeviceModel": details.model = try checked(pair, 1...30, name)
      case "SMETSCHTSVersion": details.smetsCHTSVersion = try checked(pair, 1...20, name)
      case "DeviceFirmwareVersion": details.firmwareVersion = try checked(pair, 1...8, name)
      default:
        guard let variant = ESMEVariant(rawValue: pair[1]) else {
          throw NotUnderstood(
            "\(name): ESMEVariant: expected one of "
              + ESMEVariant.allCases.map(\.rawValue).joined(separator: ", "))
        }
        details.esmeVariant = variant
      }
    }
    guard !details.isEmpty else {
      throw NotUnderstood("\(name): expected at least one of \(names.joined(separator: ", "))")
    }
    return details
  }

  private static func checked(_ pair: [String], _ length: ClosedRange<Int>, _ name: String) throws
    -> String
  {
    guard length.contains(pair[1].count) else {
      throw NotUnderstood(
        "\(name): \(pair[0]): expected \(length.lowerBound) to \(length.upperBound) characters; "
          + "found \(pair[1].count)")
    }
    return pair[1]
  }
}
