/// Everything that can go wrong with a ledger, by name.
///
/// Each case says whether something was recorded. ``outcomeUnknown(code:what:)`` is the only one
/// that can't tell: the same key, asked again after the ledger was opened anew, can.
public enum LogError: Error, Sendable {
  // Opening and creating
  /// No ledger stands there.
  case notFound(folder: String)
  /// Something stands there that is no ledger.
  case notALedger(folder: String, found: String)
  /// A newer version of the program wrote it.
  case newerVersion(found: Int, known: Int)
  /// The folder or a file in it can't be written, or for reading not even be prepared.
  case readOnlyFolder(folder: String)
  /// A new ledger can't be made there; nothing was left behind.
  case cannotCreate(folder: String, why: String)

  // Appending: nothing was recorded, and nothing is wrong with the ledger
  /// An event with one of the tags came after the position that the caller had read to.
  case conflict(Conflict)
  /// The key was used before, for something else.
  case keyReusedWithOtherContent(firstPosition: Int)
  /// A subject got its token, or lost it, since the caller looked; make it again and retry.
  case subjectMinted(kind: String)
  /// A limit of the stored form would be passed.
  case tooLarge(what: String, limit: Int, found: Int)
  /// The caller asked for what the stored form can't hold. A mistake of the program, not of its
  /// user.
  case invalidRequest(String)
  /// The caller's own closure refused.
  case draftsFailed(any Error)
  /// The clock stands more than 5 s before the last record.
  case clockBehind(seconds: Int, lastRecordedAt: Int64)
  /// Another import has written rows of this set, or the set is finished.
  case referenceRowsMoved(set: Int, expected: Int, found: Int)

  // The world failed
  /// Somebody else held the lock for too long; nothing was recorded.
  case busy(seconds: Int)
  /// The disk is full; nothing was recorded, and the ledger goes on once there is room.
  case diskFull(what: String)
  /// Reading or writing failed before anything was committed; nothing was recorded.
  case ioFailure(code: Int, what: String)
  /// The commit itself failed: what was to be recorded is there whole or not at all. The log has
  /// stopped.
  case outcomeUnknown(code: Int, what: String)
  /// The log has stopped after an unknown outcome, or was closed; open it again.
  case stopped
  /// What is stored is not what was written; `verify` says more.
  case damaged(position: Int?, what: String)
}

/// Which event stands in the way of a condition.
public struct Conflict: Hashable, Sendable {
  /// The tag that both share.
  public let tag: String
  /// The position that the caller had read to: no event with the tag was to come after it.
  public let after: Int
  /// The position of the event that came after it.
  public let found: Int

  /// Says what a caller rested on and what came meanwhile.
  public init(tag: String, after: Int, found: Int) {
    self.tag = tag
    self.after = after
    self.found = found
  }
}

extension LogError: CustomStringConvertible {
  /// What was expected and found, what it means, and the next step.
  public var description: String {
    switch self {
    case .notFound(let folder):
      "no ledger in \(folder); init makes one"
    case .notALedger(let folder, let found):
      "expected a ledger in \(folder); found \(found)"
    case .newerVersion(let found, let known):
      "expected a ledger of version \(known) or older; found version \(found): use a newer program"
    case .readOnlyFolder(let folder):
      "\(folder) can't be written, and a ledger needs that even for its locks"
    case .cannotCreate(let folder, let why):
      "can't make a ledger in \(folder): \(why); nothing was left there"
    case .conflict(let conflict):
      "\(conflict.tag) moved on at position \(conflict.found) while you read \(conflict.after); "
        + "read it again and retry"
    case .keyReusedWithOtherContent(let firstPosition):
      "the same key was used at position \(firstPosition) with other content; nothing was recorded"
    case .subjectMinted(let kind):
      "the token of this \(kind) changed meanwhile; make the subject again and retry"
    case .tooLarge(let what, let limit, let found):
      "\(what): at most \(limit), found \(found); nothing was recorded"
    case .invalidRequest(let what):
      "this can't be recorded: \(what)"
    case .draftsFailed(let error):
      "\(error)"
    case .clockBehind(let seconds, let last):
      "the clock stands \(seconds) s before the last record (\(Timestamp.text(last))); "
        + "set the clock right, or record that it was wrong before"
    case .referenceRowsMoved(let set, let expected, let found):
      "reference set \(set): expected \(expected) rows, found \(found); another import is at work"
    case .busy(let seconds):
      "somebody else held the ledger for \(seconds) s; nothing was recorded, try again"
    case .diskFull(let what):
      "the disk is full (\(what)); nothing was recorded, free some space and try again"
    case .ioFailure(let code, let what):
      "input/output error \(code) (\(what)); nothing was recorded"
    case .outcomeUnknown(let code, let what):
      "the commit failed with error \(code) (\(what)): whether it was recorded is not known; "
        + "start again and ask with the same key"
    case .stopped:
      "this log has stopped; open it again"
    case .damaged(let position, let what):
      position.map { "position \($0): \(what)" } ?? what
    }
  }
}
