import Corrections
import EventLog

/// The subjects that one append names, each value once.
final class SubjectPool {
  private let log: EventLog
  private var byValue: [String: Subject] = [:]

  init(_ log: EventLog) { self.log = log }

  /// The token of a value; nil for no value.
  func token(_ kind: String, _ value: String?) throws -> Token? {
    guard let value else { return nil }
    return Token(try subject(kind, value).token)
  }

  /// The subject of a value: the one that is held, or one made once for this append.
  func subject(_ kind: String, _ value: String) throws -> Subject {
    let key = "\(kind):\(value)"
    if let known = byValue[key] { return known }
    let subject = try log.makeSubject(kind: kind, value: value)
    byValue[key] = subject
    return subject
  }

  /// Forgets what was named, once it is stored.
  func reset() { byValue = [:] }

  /// All that were named, for an append that rests on no timeline of theirs: those that are held must be
  /// held still.
  var all: [Subject] { Array(byValue.values) }

  /// Those that the ledger does not hold yet.
  var new: [Subject] { byValue.values.filter { !$0.isStored } }
}
