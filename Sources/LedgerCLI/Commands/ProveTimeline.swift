import ArgumentParser
import Corrections
import EventLog
import Ledger
import Wire

struct ProveTimeline: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "That the timeline of a correction or a device leaves nothing out.",
    usage: "smi-ledger prove timeline correction|device ID [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger prove timeline correction COR-000001
        smi-ledger prove timeline device 00-DB-12-34-56-78-90-A0
        smi-ledger prove timeline correction COR-000001 --format json
      It rests on a seal, and seals first where that is needed. It presumes that the
      content of the log was verified since: verify counts every seal anew. The whole
      in one file, with its events: smi-ledger evidence.
      Exit codes: 0, 64, 66, 74, 75, 77.
      See also: smi-ledger seal --help
      """)

  @Argument(help: "correction or device.")
  var kind: EvidenceCommand.Kind

  @Argument(help: "Its number, or its EUI-64.")
  var id: String

  @OptionGroup var globals: Globals
  @OptionGroup var who: WhoOptions

  func run() throws {
    try globals.refuseCSV("prove")
    let ledger = try globals.open()
    let timeline = try NamedTimeline(kind.rawValue, id)
    let actor = try who.operating(ledger)
    guard
      let proven = try sealing(
        ledger, { try ledger.proveCompleteness(of: timeline.tag, by: actor, progress: $0) })
    else { throw timeline.notThere }
    let (proof, sealed) = (proven.proof, proven.sealed)
    guard globals.format == .table else {
      return Output.put(
        JSON.pairs([
          "tag": .string(proof.tag), "count": .integer(proof.count),
          "last": .integer(proof.last), "seal": sealed.json,
          "siblings": .array(proof.siblings.map { .string($0.description) }),
          "events": .array(
            proven.events.map {
              .pairs([
                "position": .integer($0.position), "leaf": .string($0.leaf.description),
              ])
            }),
        ]).text)
    }
    Output.say(
      "\(timeline.id) has \(Wording.count(proof.count, "event")) up to \(sealed.event.upTo), the last "
        + "at \(proof.last), and no other.")
    Output.say("Sealed: \(sealed.sentence)")
    Output.say(
      "It presumes that the content of the log was verified since the seal: smi-ledger verify.")
  }
}
