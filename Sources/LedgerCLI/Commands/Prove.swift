import Answers
import ArgumentParser
import Corrections
import Foundation
import Ledger
import Wire

struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Proves that an event is in the log, and that nothing was changed or left out.",
    usage: "smi-ledger prove inclusion|consistency|timeline ARGUMENTS [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger prove inclusion 1204 > 1204.tlog-proof
        smi-ledger prove inclusion 1204 --in march.checkpoint
        smi-ledger prove timeline correction COR-000001
      What is printed is checked without this program: RFC 6962, C2SP tlog-proof.
      Exit codes: 0, 1, 64, 65, 66, 74, 77.
      See also: smi-ledger verify --help
      """, subcommands: [ProveInclusion.self, ProveConsistency.self, ProveTimeline.self])

  static func json(_ hashes: [[UInt8]]) -> JSON {
    .array(hashes.map { .string(Data($0).base64EncodedString()) })
  }
}

struct ProveInclusion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inclusion",
    abstract: "That the event at a position is in the tree of a checkpoint.",
    usage: "smi-ledger prove inclusion POSITION [--in FILE] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger prove inclusion 1204 > 1204.tlog-proof
        smi-ledger prove inclusion 1204 --in march.checkpoint
        smi-ledger prove inclusion 1204 --format json
      The leaf is SHA-256 of a zero byte and the record; its index is the position
      less one.
      Exit codes: 0, 1, 64, 65, 66, 74, 77.
      See also: smi-ledger checkpoint --help
      """)

  @Argument(help: "The position of the event.")
  var position: Int

  @Option(name: .customLong("in"), help: "A checkpoint that was kept; else a new one is signed.")
  var checkpoint: String?

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("prove")
    let ledger = try globals.look()
    let given = try checkpoint.map(CheckpointFile.read)
    if let given { try mustBeOurs(given, ledger) }
    let proof = try ledger.proveInclusion(of: position, in: given)
    Output.put(
      globals.format == .json
        ? JSON.pairs([
          "position": .integer(proof.position), "index": .integer(proof.position - 1),
          "size": .integer(proof.checkpoint.size),
          "leaf": .string(Data(proof.leaf).base64EncodedString()),
          "path": Prove.json(proof.path), "checkpoint": .string(proof.checkpoint.note),
        ]).text : proof.text)
  }

  /// A proof in a tree that this log never was would fit nothing.
  private func mustBeOurs(_ given: Checkpoint, _ ledger: Ledger) throws {
    guard
      let signer = try ledger.signers().last(where: { given.isSigned(by: $0.key) == true }),
      signer.key.name == given.origin, signer.counts(for: given.size)
    else {
      throw NotFound(
        "the checkpoint is not signed by this ledger's key, so nobody could use the proof; "
          + "smi-ledger verify --since tells more")
    }
    guard position <= given.size else {
      throw NotFound(
        "the checkpoint covers \(given.size) events; event \(position) is later: leave out --in")
    }
    guard try ledger.holds(given) else {
      throw NotFound(
        "the checkpoint is none of this ledger: expected the origin \(given.origin) and the root "
          + "of its first \(given.size) events. smi-ledger verify --since tells more")
    }
  }
}

struct ProveConsistency: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consistency",
    abstract: "That the first so many events begin a later state of the log.",
    usage: "smi-ledger prove consistency OLD [NEW] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger prove consistency 1000
        smi-ledger prove consistency 1000 2000
        smi-ledger prove consistency 1000 2000 --format json
      OLD and NEW are numbers of events; without NEW it is the log as it is.
      Exit codes: 0, 1, 64, 66, 74, 77.
      See also: smi-ledger checkpoint --help
      """)

  @Argument(help: "How many events the earlier state held.")
  var old: Int

  @Argument(help: "How many the later one held.")
  var new: Int?

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("prove")
    guard old >= 1, new.map({ old <= $0 }) ?? true else {
      throw ValidationError("expected OLD from 1 on and at most NEW")
    }
    let proof = try globals.look().proveConsistency(from: old, to: new)
    Output.put(
      globals.format == .json
        ? JSON.pairs([
          "old": .integer(proof.old), "new": .integer(proof.checkpoint.size),
          "path": Prove.json(proof.path), "checkpoint": .string(proof.checkpoint.note),
        ]).text : proof.text)
  }
}
