import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct CorrectionOpen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Opens a correction of a refused request or a wanted value, or joins the open one.",
    usage: """
      smi-ledger correction open --request REQUEST-ID [OPTIONS]
      smi-ledger correction open --device EUI --field F --value V [OPTIONS]
      smi-ledger correction open --device EUI --field F --as-device-says
      smi-ledger correction open --from FILE.csv [--batch LABEL] [OPTIONS]
      """,
    discussion: """
      Examples:
        smi-ledger correction open --request REQUEST-ID
        smi-ledger correction open --device EUI --field importMPxN --value MPXN
        smi-ledger correction open --from wrong-meters.csv --batch march

      Where the device itself holds another meter point or firmware than the SMI (device show flags
      it), --as-device-says wants that, and names the event in which the device said it.
      A file has the columns device_id, field, requested: one correction a row, never one of many
      devices. Each row's outcome is written as CSV in the same order; running the file again opens
      nothing twice. Its name is their label where it holds a digit, such as march-2026.csv; any other
      name may be a person's, and a label is never erased, so name one with --batch then.
      Exit codes: 0, 1, 64, 65, 66, 74, 75, 77.
      See also: smi-ledger correction show --help
      """)

  @Option(help: "A RequestID that was refused.")
  var request: RequestID?

  @Option(help: "The device, with --field and --value.")
  var device: EUI64?

  @Option(
    help:
      "What of the entry is wrong: \(CorrectionField.allCases.map(\.rawValue).joined(separator: ", ")).",
    completion: .list(CorrectionField.allCases.map(\.rawValue)))
  var field: String?

  @OptionGroup var wanted: WantedOptions

  @Flag(help: "Want what the device itself said it holds, where the SMI says something else.")
  var asDeviceSays = false

  @Option(help: "A CSV file with one correction a row.", completion: .file(extensions: ["csv"]))
  var from: String?

  @Option(help: "A label to find them by; else the name of the file, if it holds a digit.")
  var batch: String?

  @Flag(help: "Say what would happen, and record nothing.")
  var dryRun = false

  @OptionGroup var globals: Globals
  @OptionGroup var actor: ActorOptions

  func validate() throws {
    let isOne = device != nil || field != nil || wanted.isGiven || asDeviceSays
    switch (request != nil, isOne, from != nil) {
    case (true, false, false), (false, false, true): break
    case (false, true, false):
      guard device != nil, let field else {
        throw ValidationError("give --request, --from, or --device with --field and --value")
      }
      if asDeviceSays {
        guard !wanted.isGiven else {
          throw ValidationError("--as-device-says takes no --value and no --blank")
        }
        _ = try WantedOptions.field(field)
      } else {
        _ = try wanted.wanted(for: field)
      }
    default:
      throw ValidationError("give one of --request, --from, or --device with --field and --value")
    }
    if let batch, from == nil || !Batch.isLabel(batch) {
      throw ValidationError(
        "--batch: expected, with --from, 1 to 40 letters, digits, . _ - with at most 5 digits; "
          + "found \(Shown.typed(batch))")
    }
  }

  func run() throws {
    if let from {
      try Batch(from, batch, self).run()
      return
    }
    try globals.refuseCSV("correction open")
    let ledger = try globals.open(dryRun: dryRun)
    let time = try actor.givenTime(ledger)
    let wanted = try field.flatMap { asDeviceSays ? nil : try self.wanted.wanted(for: $0) }
    let opened = try ledger.wordingRefusals {
      if let request {
        return try ledger.openCorrection(
          from: request, by: actor.acting(try actor.user(ledger)), at: time, dryRun: dryRun)
      }
      let user = try actor.requiredUser(ledger)
      if asDeviceSays, let device, let field, let who = actor.acting(user) {
        return try ledger.openCorrection(
          asSaidBy: device, of: WantedOptions.field(field), by: who, at: time, dryRun: dryRun)
      }
      guard let device, let wanted, let who = actor.acting(user) else {
        throw ValidationError("give --request, --from, or --device with --field and --value")
      }
      return try ledger.openCorrection(
        device: device, wanted, by: who, at: time, dryRun: dryRun)
    }
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    guard globals.format == .json else {
      Output.say(OpenedText(opened, ledger, wanting: wanted).text)
      return
    }
    let isTried = dryRun && !opened.joined && !opened.repeated
    let typed = isTried ? Typed(value: wanted, wanted: opened.correction.requested) : Typed()
    let answer = CorrectionAnswer(
      opened.correction, ledger, try ledger.terms(), position: opened.correction.position,
      typed: typed)
    Output.put(JSON.object(answer.members(of: opened, wanting: wanted, dryRun: dryRun)).text)
  }
}
