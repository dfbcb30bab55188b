import Answers
import ArgumentParser
import Corrections
import Foundation
import Ledger
import Wire

struct Erase: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes a personal value, or a device's documents, out for ever.",
    usage: "smi-ledger erase KIND VALUE --reason \"WHY\" [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger erase mpxn 2000000000013 --reason "request 17" --actor DCC-017
        smi-ledger erase person DCC-004 --reason "has left" --actor DCC-017 --yes
        smi-ledger erase device-documents 00-DB-12-34-56-78-90-A0 --reason 7 --dry-run

      The value goes, and with it every document that holds it and every commitment
      from which it could be guessed. Events, proofs, counts and reports stay as they
      are and show (erased) in its place. The same value, should it come again, gets a
      new token; the two are not joined. Afterwards each file of the ledger is searched
      for it. It can't be undone. Keep erasures.jsonl apart from the ledger: restore
      takes it, so that what was erased since a backup does not come back.
      Exit codes: 0, 1, 64, 66, 74, 75, 77.
      See also: smi-ledger backup --help
      """)

  /// What can be named to be erased.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case mpxn, uprn, postcode, address, person, reference
    case deviceDocuments = "device-documents"
  }

  @Argument(
    help: """
      mpxn, uprn, postcode, address, person, reference (the number of a ticket) or \
      device-documents.
      """)
  var kind: Kind

  @Argument(help: "The value; of a person the user id or the name, of documents the EUI-64.")
  var value: String

  @OptionGroup var why: Why

  @Flag(help: "Say what would go, and change nothing.")
  var dryRun = false

  @Flag(help: "Don't ask: it can't be undone.")
  var yes = false

  @OptionGroup var globals: Globals
  @OptionGroup var who: WhoOptions

  func run() throws {
    try globals.refuseCSV("erase")
    let ledger = try globals.open(dryRun: dryRun)
    let user = try who.requiredUser(ledger, of: .dcc, for: "erase")
    let thing = try thing(ledger)
    if !dryRun, !yes { try confirm(ledger, thing, by: user) }
    let erased = try erase(ledger, thing, by: user, dryRun: dryRun)
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    if globals.format == .json { Output.put(json(erased).text) } else { say(erased) }
    if !erased.isWALEmpty { throw ExitCode(75) }
    if !erased.found.isEmpty { throw ExitCode(1) }
  }

  private func erase(
    _ ledger: Ledger, _ thing: ErasableThing, by user: User, dryRun: Bool
  ) throws -> Erased {
    let line = ProgressLine("searching documents", unit: "documents")
    defer { line.end() }
    return try ledger.erase(
      thing, reason: why.text(), by: user, via: who.via, dryRun: dryRun
    ) { line.count($0) }
  }

  /// Asks at a terminal; where nobody can be asked, `--yes` has to say it.
  private func confirm(_ ledger: Ledger, _ thing: ErasableThing, by user: User) throws {
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw ValidationError("erase can't be undone: say so with --yes, or look with --dry-run")
    }
    let planned = try erase(ledger, thing, by: user, dryRun: true)
    Output.write(
      "This takes away \(parts(planned)), for ever. Type erase to go on: ", to: .standardError)
    guard readLine() == "erase" else { throw NotAllowed("nothing was erased") }
  }

  private func thing(_ ledger: Ledger) throws -> ErasableThing {
    switch kind {
    case .deviceDocuments:
      guard let id = EUI64(value) else {
        throw ValidationError("device-documents: expected an EUI-64; found \(Shown.typed(value))")
      }
      return .documents(of: id)
    case .mpxn:
      guard let mpxn = MPxN(value) else {
        throw ValidationError("mpxn: expected 1 to 13 digits; found \(value.count) characters")
      }
      return .value(.mpxn, mpxn.digits)
    case .person:
      guard let user = try ledger.user(value) else { return .value(.person, value) }
      guard let name = try user.name.flatMap({ try ledger.value(behind: $0) }) else {
        throw NotFound("no name of user \(user.id) is held")
      }
      return .value(.person, name)
    case .uprn, .postcode, .address, .reference:
      guard let kind = SubjectKind(rawValue: kind.rawValue) else {
        preconditionFailure("\(kind.rawValue) is a kind of subject")
      }
      return .value(kind, value)
    }
  }

  private func parts(_ erased: Erased) -> String {
    let parts = [
      erased.values > 0 ? Wording.count(erased.values, "value") : nil,
      erased.documents > 0 ? Wording.count(erased.documents, "document") : nil,
      erased.commitments > 0
        ? Wording.count(erased.commitments, "commitment") + " to what was asked" : nil,
    ].compactMap { $0 }
    guard let last = parts.last else { return "nothing" }
    return parts.count == 1
      ? last : parts.dropLast().joined(separator: ", ") + " and " + last
  }

  private func say(_ erased: Erased) {
    guard !dryRun else {
      Output.say("Would take away \(parts(erased)).")
      sayOpen(erased)
      Output.say("Nothing was changed.")
      return
    }
    Output.say(
      "Took away \(parts(erased))" + (erased.position.map { " (\($0))." } ?? ".")
        + " Events and proofs are as they were.")
    sayOpen(erased)
    if erased.filesSearched > 0 {
      Output.say(
        erased.found.isEmpty
          ? "Searched \(Wording.count(erased.filesSearched, "file")) of the ledger: it is in none, "
            + "written like that."
          : "Searched \(Wording.count(erased.filesSearched, "file")) of the ledger; the same "
            + "characters still stand in "
            + erased.found.map { "\($0.file), \(Wording.count($0.times, "time"))" }
            .joined(separator: "; ")
            + ". Records hold no such value, so there it is a number that happens to be the same, or it is a "
            + "file that is none of the ledger's.")
    }
    if !erased.isWALEmpty {
      Output.say(
        "Another process reads from the write-ahead log, which still holds it. When that has ended, run the "
          + "same again: it finds nothing to erase, and empties the log.")
    }
    Output.hint(
      "Backups made before still hold it: make one now, and keep erasures.jsonl apart from the "
        + "ledger, for restore.")
  }

  private func sayOpen(_ erased: Erased) {
    guard !erased.open.isEmpty else { return }
    Output.say(
      "Open and about it: \(erased.open.map(\.description).joined(separator: ", ")). They go on showing "
        + "(erased); withdraw them, or open others with the value that is right.")
  }

  private func json(_ erased: Erased) -> JSON {
    .pairs([
      "kind": .string(kind.rawValue), "values": .integer(erased.values),
      "documents": .integer(erased.documents), "commitments": .integer(erased.commitments),
      "openCorrections": .array(erased.open.map { .string($0.description) }),
      "position": .of(erased.position), "writeAheadLogEmptied": .bool(erased.isWALEmpty),
      "filesSearched": .integer(erased.filesSearched),
      "foundIn": .array(
        erased.found.map {
          .pairs(["file": .string($0.file), "times": .integer($0.times)])
        }), "dryRun": .bool(dryRun),
    ])
  }
}
