import Corrections
import EventLog
import Ledger
package import Wire

/// Whatever went wrong, as one sentence, an exit code of the table, and a stable kind for programs.
package struct Problem {
  package let kind: String
  package let exit: Int32
  package let sentence: String
  package var errors: [WireError] = []
  package var total = 0

  package init(_ kind: String, _ exit: Int32, _ sentence: String) {
    self.kind = kind
    self.exit = exit
    self.sentence = sentence
  }

  package init(_ error: any Error) {
    switch error {
    case let error as WireError:
      self.init("malformed", 65, Problem.ofFile(error.message))
      errors = [error]
      total = 1
    case let problems as CSVProblems:
      self.init(
        "malformed", 65,
        Problem.ofFile(
          problems.problems.prefix(20).map(\.message).joined(separator: "\n")
            + (problems.total > 20
              ? "\n\(Wording.grouped(problems.total - 20)) more; --format json lists them" : ""),
          isLong: problems.total > 1))
      errors = problems.problems
      total = problems.total
    case let problem as FileProblem: self = Problem.of(problem)
    case let error as LogError: self = Problem.of(error)
    case let refused as Refused:
      self.init("refused", refused.exit, refused.sentence)
    case let error as CannotOpen: self = Problem.of(error)
    case let error as NotSendable: self = Problem.of(error)
    case let error as CannotAnnul: self = Problem.of(error)
    case let error as CannotErase: self = Problem.of(error)
    case let error as NotKnownYet: self = Problem.of(error)
    case let error as CannotDismiss: self = Problem.of(error)
    case let error as CannotReconcile: self = Problem.of(error)
    case let error as NoSuchCorrection:
      self.init(
        "notFound", 66, "\(error.id) isn't in this ledger at position \(error.position)")
    case let error as RequestIDReused:
      self.init(
        "requestIDReused", 1,
        "RequestID …:\(error.requestID.counter) was recorded at position \(error.position) with "
          + "other content; nothing was recorded. A new request needs a new counter")
    case let error as MessageReused:
      self.init(
        "messageReused", 1,
        "nine messages of one identity (\(error.identity)) that say different things are recorded, "
          + "the last at position \(error.position); this one was not recorded")
    case let error as RequestBackdated:
      self.init(
        "refused", 1,
        "request …:\(error.requestID.counter) would be accepted, but --at lies before what is known "
          + "of the field since \(error.newest); an authority decides on what is held now. Nothing "
          + "was recorded; submit it without --at")
    case let error as DetailsWithheld:
      self.init(
        "refused", 1,
        "request …:\(error.requestID.counter) would be accepted, but a text in its details has so "
          + "many digits that it could be a meter point, and those never stand in the ledger. "
          + "Nothing was recorded; send it with a shorter text")
    case let error as any WithProblem: self = error.problem
    case let error as NotOurStaticLog:
      self.init("cannotCreate", 73, "\(Shown.pasted(error.folder)): \(error.what)")
    case let error as CannotSign: self = Problem.of(error)
    case let error as CannotGrant: self = Problem.of(error)
    case let error as CannotRestore: self = Problem.of(error)
    case let error as DamagedBackup: self = Problem.of(error)
    case let error as FolderBusy: self = Problem.of(error)
    case let error as FileFailure: self = Problem.of(error)
    case let error as StoredFormError: self = Problem.of(error)
    case let failure as FolderLock.Failure: self = Problem.of(failure)
    default: self.init("failure", 74, "\(error)")
    }
  }

  /// The same with the file that it is about, where the sentence does not begin with it.
  package func naming(_ file: String) -> Problem {
    guard !sentence.contains(file) else { return self }
    var named = Problem(kind, exit, "\(file): \(sentence)")
    named.errors = errors
    named.total = total
    return named
  }

  /// What is wrong with a file, and that none of it was taken.
  private static func ofFile(_ text: String, isLong: Bool = false) -> String {
    let end = "othing of this file was recorded"
    return text.contains(end) ? text : text + (isLong ? "\n" : ". ") + "N" + end
  }

  /// The same with another sentence after it.
  package func continued(by text: String) -> Problem {
    var longer = Problem(kind, exit, "\(sentence). \(text)")
    longer.errors = errors
    longer.total = total
    return longer
  }

  private static func of(_ problem: FileProblem) -> Problem {
    switch problem {
    case .missing: Problem("notFound", 66, "\(problem)")
    case .isFolder: Problem("notFound", 66, "\(problem)")
    case .unreadable: Problem("inputOutput", 74, "\(problem)")
    case .unwritable: Problem("cannotCreate", 73, "\(problem)")
    case .sameFile: Problem("usage", 64, "\(problem)")
    case .changed: Problem("malformed", 65, "\(problem)")
    case .full: Problem("inputOutput", 74, "\(problem)")
    }
  }

  private static func of(_ error: LogError) -> Problem {
    let sentence = "\(error)"
    switch error {
    case .notFound(let folder):
      return Problem(
        "notFound", 66,
        "there is no ledger in \(folder). Name another folder with --ledger or SMI_LEDGER; "
          + "smi-ledger init makes a ledger")
    case .notALedger:
      return Problem(
        "notFound", 66,
        "\(sentence). Nothing was changed; name the ledger's folder with --ledger or SMI_LEDGER")
    case .newerVersion: return Problem("newerVersion", 65, sentence)
    case .readOnlyFolder(let folder):
      return Problem(
        "notAllowed", 77,
        "\(folder) can't be written from here; nothing was recorded. Get the right to write to it, "
          + "or use what only reads: check, device, timeline, correction show, verify")
    case .cannotCreate:
      return Problem(
        "cannotCreate", 73, "\(sentence). Name a new or empty folder with --ledger")
    case .conflict, .subjectMinted, .referenceRowsMoved, .busy, .clockBehind:
      return Problem("busy", 75, sentence)
    case .keyReusedWithOtherContent: return Problem("keyReused", 1, sentence)
    case .tooLarge: return Problem("tooLarge", 65, sentence)
    case .draftsFailed(let inner): return Problem(inner)
    case .invalidRequest, .diskFull, .ioFailure, .outcomeUnknown, .stopped, .damaged:
      return Problem("inputOutput", 74, sentence)
    }
  }

  private static func of(_ error: CannotOpen) -> Problem {
    switch error {
    case .noSuchRequest(let id, let position):
      Problem(
        "notFound", 66,
        "request \(id) isn't in this ledger at position \(position). Submit it first: "
          + "smi-ledger submit FILE.xml")
    case .noSuchDevice(let id, let position):
      Problem(
        "notFound", 66,
        "device \(id) isn't in this ledger at position \(position). The SMI may know it: import "
          + "an inventory extract")
    case .requestAccepted(let id, let position):
      Problem(
        "refused", 1,
        "request \(id) was accepted (position \(position)): there is nothing to correct")
    case .notAnUpdate(let id, let reference):
      Problem(
        "refused", 1, "request \(id) is an SR \(reference); only an SR 8.4 has a field to correct")
    case .beforeRequest(let id, let time):
      Problem(
        "refused", 1,
        "the time lies before request \(id), which was received at \(time); nothing was recorded")
    case .beforeDevice(let id, let time):
      Problem(
        "refused", 1,
        "the time lies before device \(id) was added to the SMI (\(time)); nothing was recorded")
    case .deviceNotHeard(let id, let field):
      Problem(
        "notFound", 66,
        "device \(id) itself has not been heard of \(field.rawValue): record the response of a read "
          + "(SR 6.2.7, 11.2) first, or give --value")
    case .beforeHeard(let id, let time):
      Problem(
        "refused", 1,
        "the time lies before device \(id) said it (\(time)); nothing was recorded")
    case .askedOtherwise(let id, let position):
      Problem(
        "refused", 1,
        "this batch asked for another value there at position \(position) (\(id)); nothing was recorded. "
          + "Want this one instead: smi-ledger correction change \(id) --value VALUE, or another --batch"
      )
    case .detailsWithheld:
      Problem(
        "refused", 1,
        "a text among the details may be a meter point, so no record may hold them; nothing was "
          + "recorded")
    case .senderNotKnown(let id):
      Problem(
        "refused", 1,
        "the User ID \(id.originator) that sent it belongs to no party held; "
          + "smi-ledger import users adds users")
    }
  }

  private static func of(_ error: CannotAnnul) -> Problem {
    switch error {
    case .noSuchEvent(let position, let head):
      noPosition(position, head)
    case .exempt(let position, "RegistrationsImported"):
      Problem(
        "refused", 1,
        "\(position) is an import of registrations, and later ones are a difference to it: import the "
          + "right file instead (--full ends what it does not list)")
    case .exempt(let position, let type):
      Problem("refused", 1, "\(position) is a \(type), which nothing annuls")
    case .annulledAlready(let position, let by):
      Problem("refused", 1, "\(position) was annulled at position \(by) already")
    case .opensBeside(let position, let id, let other):
      Problem(
        "refused", 1,
        "without \(position) \(id) would be open again, and \(other) is open for the same field of the "
          + "device; nothing was recorded. End that one first: smi-ledger correction show \(other)")
    }
  }

  /// A position that a person typed, and that may be a meter point.
  private static func noPosition(_ position: Int, _ head: Int) -> Problem {
    Problem(
      "notFound", 66,
      "there is no position \(Shown.typed("\(position)")); the log ends at \(head)")
  }

  private static func of(_ error: CannotErase) -> Problem {
    switch error {
    case .notHeld(let kind):
      Problem(
        "notFound", 66,
        "this ledger holds no such \(kind.rawValue) any more, and no document that names it; nothing was "
          + "erased")
    case .tooShort(let kind):
      Problem(
        "notFound", 66,
        "this ledger holds no such \(kind.rawValue), and so short a value stands in many documents that "
          + "are not about it; nothing was erased")
    case .noDocuments(let device):
      Problem("notFound", 66, "no document of \(device) is held; nothing was erased")
    case .reasonNamesIt:
      Problem(
        "usage", 64,
        "--reason holds the very value that is to go; say why in other words. Nothing was erased")
    }
  }

  private static func of(_ error: NotKnownYet) -> Problem {
    switch error {
    case .beforeTheLedger(let time, let opened):
      Problem("notFound", 66, "--known-at \(time): this ledger was opened at \(opened)")
    case .beyondTheLog(let position, let head):
      noPosition(position, head)
    }
  }

  private static func of(_ error: NotSendable) -> Problem {
    switch error {
    case .notExpressible(let id, let advice):
      Problem(
        "refused", 1,
        "\(id): SR 8.4 has no way to ask for it"
          + (advice.map { "; route \($0.route.rawValue): \(Wording.sentence($0.route))" } ?? ""))
    case .senderNotKnown(let id):
      Problem(
        "refused", 1,
        "\(id): no active User ID of the party that must send is known; name the one that sends with "
          + "--actor USER")
    case .severalSenders(let id, let party, let users):
      Problem(
        "usage", 64,
        "\(id): several User IDs of \(party) could send it; name one with --actor: "
          + users.map(\.description).joined(separator: ", "))
    case .erased(let id):
      Problem("refused", 1, "\(id): the MPxN that is wanted was erased, so no 8.4 can be written")
    case .noCounterLeft(let id):
      Problem(
        "refused", 1, "\(id): the sender has used the last counter there is; name one: --counter N")
    }
  }

  private static func of(_ error: StoredFormError) -> Problem {
    switch error {
    case .unknownType(let type):
      Problem(
        "newerVersion", 65,
        "this ledger holds an event \(type), which this version doesn't know: use a newer program")
    case .unknownVersion(let type, let version):
      Problem(
        "newerVersion", 65,
        "this ledger holds \(type) in version \(version), which this version doesn't know: use a "
          + "newer program")
    case .unknownCode(let type, let field, let code):
      Problem(
        "newerVersion", 65,
        "this ledger holds \(type) with \(field) \(Shown.visible(code)), which this version "
          + "doesn't know: use a newer program")
    case .malformed(let type, let field, let expected):
      Problem(
        "damaged", 74,
        "a stored \(type) is not what was written: \(field): expected \(expected). "
          + "smi-ledger verify says more")
    }
  }

  private static func of(_ failure: FolderLock.Failure) -> Problem {
    switch failure {
    case .cannotOpen(let path, _):
      Problem("notAllowed", 77, "\(path) can't be opened for writing, which a lock needs")
    case .timedOut(let milliseconds):
      Problem(
        "busy", 75,
        "another process held the lock for \(milliseconds / 1000) s; repeat the command")
    }
  }
}
