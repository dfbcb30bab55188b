import ArgumentParser
import Corrections
import Foundation
import Ledger
import Wire

extension LedgerMode: ExpressibleByArgument {}

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a ledger.",
    usage: "smi-ledger init [--mode MODE] [--origin NAME] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger init
        smi-ledger init --mode observer --ledger /srv/ledger
        smi-ledger init --origin ledger.example/smi
      Exit codes: 0, 64, 73.
      See also: smi-ledger import --help
      """)

  @OptionGroup var globals: Globals

  @Option(help: "authority: this ledger decides SR 8.4. observer: the DCC decides, we predict.")
  var mode: LedgerMode = .authority

  @Option(help: "The name that checkpoints of this log carry, for ever.")
  var origin: String?

  func validate() throws {
    if let origin { try Init.mustBeOrigin(origin, of: "--origin") }
  }

  /// Refuses what can't be the name of a log.
  static func mustBeOrigin(_ origin: String, of option: String) throws {
    if !isOrigin(origin) {
      throw ValidationError(
        "\(option): expected 1–100 characters without blanks, + or control characters; found "
          + Shown.typed(origin))
    }
    if !CodeGuard.isCode(origin) {
      throw ValidationError(
        "\(option): expected a name with at most \(CodeGuard.mostDigits) digits, since it is kept "
          + "for ever; found more, which may be a meter point")
    }
  }

  func run() throws {
    try globals.refuseCSV("init")
    let id = UUID()
    let ledger = try Ledger.create(
      at: globals.folder, mode: mode,
      origin: origin ?? "smi-correction-ledger/\(id.uuidString.lowercased())", ledgerID: id)
    let position = try ledger.head()
    guard globals.format == .table else {
      Output.put(
        JSON.pairs([
          "ledger": .string(ledger.folder), "mode": .string(mode.rawValue),
          "origin": .string(ledger.opened.origin), "ledgerID": .string(ledger.opened.ledgerID),
          "publicKey": .string(ledger.opened.publicKey), "position": .integer(position),
        ]).text)
      return
    }
    Output.say("Made an \(mode.rawValue) ledger in \(ledger.folder), position \(position).")
    Output.say("Origin    \(ledger.opened.origin)")
    Output.say("Calendar  England and Wales; policy 1 (our choice, not taken from the SEC)")
    Output.say("Next      smi-ledger import users USERS.csv")
  }

  /// C2SP signed notes: no blanks, no plus sign.
  static func isOrigin(_ text: String) -> Bool {
    (1...100).contains(text.utf8.count)
      && !text.contains { $0.isWhitespace }
      && text.unicodeScalars.allSatisfy { scalar in
        scalar != "+" && ![.control, .format].contains(scalar.properties.generalCategory)
      }
  }
}
