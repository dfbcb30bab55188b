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
    if kind == .correction, let id = CorrectionID(id) { try mustStand(id, ledger) }
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
        clocks: try clocks(ledger, evidence)
      ).json.text)
    if !evidence.disclosed.isEmpty {
      Output.hint(
        "It discloses \(Wording.count(evidence.disclosed.count, "value")) with their random bytes: "
          + "who holds it recognises their tokens in every record. --redact discloses none.")
    }
  }

  /// Refuses, before anything is recorded, a correction whose opening was annulled: it has no clocks.
  private func mustStand(_ id: CorrectionID, _ ledger: Ledger) throws {
    guard try ledger.correction(id) == nil, try !ledger.timeline(Tag.correction(id)).isEmpty else {
      return
    }
    throw NotFound(
      "\(id) was opened in error and counts as never opened, so it has no clocks. Evidence of its device "
        + "shows its events: smi-ledger evidence device EUI")
  }

  /// The clocks of a correction as it stood at the seal.
  private func clocks(_ ledger: Ledger, _ evidence: Evidence) throws -> JSON? {
    guard let id = CorrectionID(id), kind == .correction else { return nil }
    let upTo = evidence.sealed.event.upTo
    guard let correction = try ledger.correction(id, upTo: upTo) else { return nil }
    return CorrectionAnswer(
      correction, ledger, try ledger.terms(upTo: upTo), position: correction.position,
      at: evidence.at, upTo: upTo
    ).clocks
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
