import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct EvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "One file that shows a correction or a device to who trusts nobody.",
    usage: "smi-ledger evidence correction|device ID [--redact] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger evidence correction COR-000001 > COR-000001.json
        smi-ledger evidence device 00-DB-12-34-56-78-90-A0 --redact > device.json
        smi-ledger evidence correction COR-000001 --actor DCC-017 > COR-000001.json

      The file is JSON: every event, that each is in the signed log, that no other is
      on the timeline, the values behind tokens, the calendar and policy behind the
      clocks. tools/verify-evidence checks it without this program. It is sealed first
      where that is needed, and that it was handed out is recorded.
      Whoever holds a value from it recognises its token in every record, later ones
      too; --redact discloses none.
      Exit codes: 0, 64, 66, 74, 75, 77.
      See also: smi-ledger prove timeline --help
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument { case correction, device }

  @Argument(help: "correction or device.")
  var kind: Kind

  @Argument(help: "Its number, or its EUI-64.")
  var id: String

  @Flag(help: "Disclose no values: tokens and commitments only.")
  var redact = false

  @OptionGroup var place: LedgerOptions
  @OptionGroup var who: WhoOptions

  func run() throws {
    let ledger = try place.open()
    let timeline = try NamedTimeline(kind.rawValue, id)
    // One that counts as never opened has no clocks; that is said before anything is recorded.
    _ = try clocks(ledger, Moment(newest: ledger))
    let actor = try who.operating(ledger)
    guard
      let evidence = try sealing(
        ledger, { try ledger.evidence(of: timeline.tag, redacted: redact, by: actor, progress: $0) }
      )
    else { throw timeline.notThere }
    ledger.catchUpViewsAfterRecording()
    Output.put(
      EvidenceAnswer(
        evidence: evidence, kind: kind.rawValue, id: timeline.id,
        clocks: try clocks(
          ledger,
          Moment(
            position: evidence.sealed.event.upTo, now: evidence.at, isAsked: true))
      ).json.text)
    if !evidence.disclosed.isEmpty {
      Output.hint(
        "It discloses \(Wording.count(evidence.disclosed.count, "value")) with their random bytes: "
          + "who holds it recognises their tokens in every record. --redact discloses none.")
    }
  }

  /// The clocks of a correction as of a moment; nil for a device.
  private func clocks(_ ledger: Ledger, _ moment: Moment) throws -> JSON? {
    guard kind == .correction, let id = CorrectionID(id) else { return nil }
    return try CorrectionThread(id, ledger, moment).answer().clocks
  }
}

/// The timeline of a correction or a device that was named.
struct NamedTimeline {
  let tag: String
  let id: String

  init(_ kind: String, _ text: String) throws {
    if kind == "device" {
      guard let id = EUI64(text) else {
        throw ValidationError("device: expected an EUI-64; found \(Shown.typed(text))")
      }
      (tag, self.id) = (Tag.device(id), id.description)
    } else {
      guard let id = CorrectionID(text) else {
        throw ValidationError(
          "correction: expected a number such as COR-000118; found \(Shown.typed(text))")
      }
      (tag, self.id) = (Tag.correction(id), id.description)
    }
  }

  var notThere: NotFound { NotFound("no event of \(id) is in this ledger") }
}
