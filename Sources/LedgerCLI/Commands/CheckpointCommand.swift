import Answers
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
      The largest is kept in last-checkpoint, too: a log that lost events since is not
      signed for.
      Exit codes: 0, 1, 64, 66, 74, 75, 77.
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
      guard let verifier = try ledger.verifierKey else {
        throw NotFound("the first event of this ledger names no key that notes are verified by")
      }
      return say(verifier, earlier: try ledger.signers().dropLast())
    }
    let known = try knownAt.moment(ledger)
    let checkpoint = try ledger.checkpoint(at: known.isAsked ? known.position : nil)
    Output.put(
      globals.format == .json
        ? JSON.pairs([
          "origin": .string(checkpoint.origin), "size": .integer(checkpoint.size),
          "root": .string(Data(checkpoint.root).base64EncodedString()),
          "key": .of(try ledger.verifierKey?.text), "note": .string(checkpoint.note),
        ]).text : checkpoint.note)
  }

  /// The key that counts now, and those of before the ledger was restored as a fork.
  private func say(_ verifier: VerifierKey, earlier: some Collection<Signer>) {
    guard globals.format == .table else {
      return Output.put(
        JSON.pairs([
          "key": .string(verifier.text),
          "earlier": .array(
            earlier.map { .pairs(["key": .string($0.key.text), "upTo": .of($0.upTo)]) }),
        ]).text)
    }
    Output.put(verifier.text + "\n")
    for signer in earlier {
      Output.hint(
        "Up to \(Wording.count(signer.upTo ?? 0, "event")) one signed by this key counts, too: "
          + signer.key.text)
    }
  }
}
