import Answers
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
    return try WantedOptions.usage { try TypedText.wanted(value, for: field, "--value") }
  }

  static func field(_ name: String) throws -> CorrectionField {
    try usage { try TypedText.field(name) }
  }

  /// Says what is not understood as the parser's own errors are said.
  private static func usage<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as NotUnderstood {
      throw ValidationError(error.message)
    }
  }
}
