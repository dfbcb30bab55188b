import Answers
import ArgumentParser
import Corrections
import EventLog
import Foundation
import Ledger
import Wire

/// How an answer is written.
enum Format: String, CaseIterable, ExpressibleByArgument { case table, json, csv }

/// Which ledger, and how much is said beside the answer.
struct LedgerOptions: ParsableArguments {
  @Option(
    name: .long, help: "The ledger's folder; else $SMI_LEDGER, else ./ledger.",
    completion: .directory)
  var ledger: String?

  @Flag(name: .long, help: "No progress and no hints.")
  var quiet = false

  var folder: String {
    ledger ?? ProcessInfo.processInfo.environment["SMI_LEDGER"].flatMap { $0.isEmpty ? nil : $0 }
      ?? "ledger"
  }

  /// Where the folder was taken from, for `doctor`.
  var folderSource: String {
    if ledger != nil { return "--ledger" }
    let variable = ProcessInfo.processInfo.environment["SMI_LEDGER"] ?? ""
    return variable.isEmpty ? "default" : "SMI_LEDGER"
  }

  func validate() throws { Output.isQuiet = quiet }

  /// Opens the ledger to write.
  func open() throws -> Ledger { try Ledger.open(at: folder) }

  /// Opens the ledger to write, or for a dry run to read only.
  func open(dryRun: Bool) throws -> Ledger { dryRun ? try read() : try open() }

  /// Opens the ledger to write where that is allowed, and else to read only.
  func openIfWritable() throws -> Ledger {
    do {
      return try open()
    } catch LogError.readOnlyFolder {
      return try read()
    }
  }

  /// Opens the ledger to read only: the log is not written, the views may be brought up to date.
  func read() throws -> Ledger { try Ledger.open(at: folder, access: .readOnly) }

  /// Opens the ledger to look at it: nothing in the folder is written, but for the last checkpoint when one
  /// is signed.
  func look() throws -> Ledger {
    try Ledger.open(at: folder, access: .readOnly, keepsViews: false)
  }
}

/// Options that almost every command takes.
@dynamicMemberLookup
struct Globals: ParsableArguments {
  @OptionGroup var place: LedgerOptions

  @Option(name: .long, help: "table for people, json for programs, csv for spreadsheets.")
  var format: Format = .table

  func validate() throws { Output.wantsJSON = format == .json }

  func open() throws -> Ledger { try place.open() }
  func open(dryRun: Bool) throws -> Ledger { try place.open(dryRun: dryRun) }
  func openIfWritable() throws -> Ledger { try place.openIfWritable() }
  func read() throws -> Ledger { try place.read() }
  func look() throws -> Ledger { try place.look() }

  subscript<Value>(dynamicMember path: KeyPath<LedgerOptions, Value>) -> Value {
    place[keyPath: path]
  }

  /// Reads the time that an option gives.
  static func time(of option: String) -> (String) throws -> Instant {
    { text in
      do throws(TimeProblem) {
        return try Times.instant(text)
      } catch {
        throw ValidationError("\(option): expected \(error.expected); found \(Shown.typed(text))")
      }
    }
  }

  func refuseCSV(_ command: String) throws {
    guard format != .csv else {
      throw ValidationError("\(command) has no csv form; use --format table or json")
    }
  }
}

/// Who acts.
struct WhoOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "The user that acts, as imported; else $SMI_LEDGER_ACTOR.")
  var actor: String?

  var name: String? {
    actor
      ?? ProcessInfo.processInfo.environment["SMI_LEDGER_ACTOR"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The user that acts; refuses unknown and inactive ones.
  func user(_ ledger: Ledger) throws -> User? {
    guard let name else { return nil }
    guard let user = try ledger.user(name) else {
      throw NotAllowed(
        "there is no user \(Shown.typed(name)) in this ledger; smi-ledger import users adds users")
    }
    guard user.status == .active else {
      throw NotAllowed("user \(user.id) is \(user.status.rawValue), so they can't act")
    }
    return user
  }

  /// The user that acts, who must be named.
  func requiredUser(_ ledger: Ledger) throws -> User {
    guard let user = try user(ledger) else {
      throw ValidationError("who acts? name a user with --actor USER or SMI_LEDGER_ACTOR")
    }
    return user
  }

  /// The user that acts, who must be named and have a role that a command needs.
  func requiredUser(_ ledger: Ledger, of role: UserRole, for command: String) throws -> User {
    let user = try requiredUser(ledger)
    guard user.roles.contains(role) else {
      throw NotAllowed("\(user.id) has not the role \(role.rawValue), which \(command) needs")
    }
    return user
  }

  /// How a user named here is known.
  var via: Via { .asserted(account: getuid()) }

  func acting(_ user: User?) -> Corrections.Actor? {
    user.map { Corrections.Actor(user: $0.id, party: $0.party, role: nil, via: via) }
  }
}

/// Who acts, and when.
struct ActorOptions: ParsableArguments {
  @OptionGroup var who: WhoOptions

  @Option(
    name: .long,
    help: "When it is true in the world (RFC 3339); else now. What is recorded says both.")
  var at: String?

  /// The effective time that was given; nil when it is now.
  func givenTime(_ ledger: Ledger) throws -> Instant? {
    at == nil ? nil : try time(ledger)
  }

  /// The effective time of the command.
  func time(_ ledger: Ledger, mayBeAhead: Bool = false) throws -> Instant {
    guard let at else { return ledger.now() }
    let time: Instant
    do {
      time = try Times.instant(at)
    } catch {
      throw ValidationError("--at: expected \(error.expected); found \(Shown.typed(at))")
    }
    guard mayBeAhead || time <= ledger.now() else {
      throw ValidationError("--at: expected a time that has come; found \(Shown.typed(at))")
    }
    return time
  }

  /// The user that acts; refuses unknown and inactive ones.
  func user(_ ledger: Ledger) throws -> User? { try who.user(ledger) }

  /// The user that acts, who must be named.
  func requiredUser(_ ledger: Ledger) throws -> User { try who.requiredUser(ledger) }

  var via: Via { who.via }

  func acting(_ user: User?) -> Corrections.Actor? { who.acting(user) }

  /// The actor of an import, which needs no registered user: the first one brings the users.
  func importer(_ ledger: Ledger) throws -> Corrections.Actor {
    try acting(user(ledger))
      ?? Corrections.Actor(user: nil, party: Corrections.Actor.unknownParty, role: nil, via: via)
  }
}

extension Ledger {
  /// Catches the views up after something was recorded.
  ///
  /// When that fails the record stands, and the next reader of the views tries again: it is a hint.
  func catchUpViewsAfterRecording() {
    do {
      try catchUpViews(waiting: 2000)
    } catch {
      Output.hint("What was recorded stands; its lists and reports lag: \(Problem(error).sentence)")
    }
  }
}
