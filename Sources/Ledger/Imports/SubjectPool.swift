import Corrections
import EventLog

/// The subjects that one append names, each value once.
final class SubjectPool {
  private struct Key: Hashable {
    let kind: String
    let value: String
  }

  private let log: EventLog
  private var byValue: [Key: Subject] = [:]
  /// Those of an append that is on its way: what it names is stored when the next one comes.
  private let before: [Key: Subject]

  init(_ log: EventLog, after before: SubjectPool? = nil) {
    self.log = log
    self.before = before?.byValue ?? [:]
  }

  /// The token of a value; nil for no value.
  func token(_ kind: String, _ value: String?) throws -> Token? {
    guard let value else { return nil }
    return Token(try subject(kind, value).token)
  }

  /// The subject of a value: the one that is held, or one made once for this append.
  func subject(_ kind: String, _ value: String) throws -> Subject {
    let key = Key(kind: kind, value: value)
    if let known = known(key) { return known }
    let subject = try log.makeSubject(kind: kind, value: value)
    byValue[key] = subject
    return subject
  }

  /// The subjects of many values in their order, with one look at the ledger; nil for no value.
  func find(_ values: [(kind: String, value: String?)]) throws -> [Subject?] {
    var missing: [(kind: String, value: String)] = []
    var places: [Key: Int] = [:]
    /// Known by now, or the place among those that are asked for.
    var found: [(subject: Subject?, missing: Int?)] = []
    found.reserveCapacity(values.count)
    for (kind, value) in values {
      guard let value else {
        found.append((nil, nil))
        continue
      }
      let key = Key(kind: kind, value: value)
      if let known = known(key) {
        found.append((known, nil))
      } else if let place = places[key] {
        found.append((nil, place))
      } else {
        places[key] = missing.count
        found.append((nil, missing.count))
        missing.append((kind, value))
      }
    }
    let made = try log.makeSubjects(missing)
    for subject in made { byValue[Key(kind: subject.kind, value: subject.value)] = subject }
    return found.map { $0.missing.map { made[$0] } ?? $0.subject }
  }

  private func known(_ key: Key) -> Subject? {
    if let known = byValue[key] { return known }
    guard let named = before[key] else { return nil }
    let subject = named.onceStored
    byValue[key] = subject
    return subject
  }

  /// All that were named, for an append that rests on no timeline of theirs: those that are held must be
  /// held still.
  var all: [Subject] { Array(byValue.values) }

  /// Those that the ledger does not hold yet.
  var new: [Subject] { byValue.values.filter { !$0.isStored } }
}
