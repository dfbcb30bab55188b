import ArgumentParser
import Foundation
import Ledger
import Wire

struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Signs how many events there are and their root, to be kept elsewhere.",
    usage: "smi-ledger checkpoint [--key] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger checkpoint > march.checkpoint
        smi-ledger checkpoint --known-at 5000
        smi-ledger checkpoint --key
      It is a C2SP tlog-checkpoint: a signed note (Ed25519). Whoever keeps one outside
      this folder can tell with verify --since whether anything before it was changed.
      Exit codes: 0, 64, 66, 74, 77.
      See also: smi-ledger prove --help
      """)

  @Flag(help: "Print the key by which it is verified (name+hash+key), and sign nothing.")
  var key = false

  @OptionGroup var knownAt: KnownAtOptions
  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("checkpoint")
    let ledger = try globals.look()
    guard !key else {
      guard let verifier = ledger.verifierKey else {
        throw NotFound("the first event of this ledger names no key that notes are verified by")
      }
      return Output.put(
        globals.format == .json
          ? JSON.pairs(["key": .string(verifier.text)]).text : verifier.text + "\n")
    }
    let known = try knownAt.moment(ledger)
    let checkpoint = try ledger.checkpoint(at: known.isAsked ? known.position : nil)
    Output.put(
      globals.format == .json
        ? JSON.pairs([
          "origin": .string(checkpoint.origin), "size": .integer(checkpoint.size),
          "root": .string(Data(checkpoint.root).base64EncodedString()),
          "key": .of(ledger.verifierKey?.text), "note": .string(checkpoint.note),
        ]).text : checkpoint.note)
  }
}
