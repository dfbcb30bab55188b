import Corrections
import EventLog

/// What tells a report from every other one, and what it led to the first time.
extension Ledger {
  /// The kind of command that the row of a batch is.
  static let batchKind = "openBatch"

  /// The key under which a party opens one correction, by the name that it chose.
  func onceKey(_ name: String?, of party: String) -> AppendKey? {
    name.map { AppendKey(kind: "openOnce", within: party, value: $0) }
  }

  /// Refuses what a key gave that was used for something else.
  func mustBeOf(_ device: EUI64, _ field: CorrectionField, _ opened: Opened) throws {
    guard opened.repeated, let position = opened.position,
      opened.correction.knownDevice != device || opened.correction.field != field
    else { return }
    throw LogError.keyReusedWithOtherContent(firstPosition: position)
  }

  /// The key of a report as long as what it recorded stands; where that was recorded in error the same
  /// report is another one.
  ///
  /// Rows in other words are other faults, and no key may hold words: they are counted.
  func standing(_ key: AppendKey, wanting wanted: StoredValue? = nil) throws -> AppendKey {
    var value = key.value
    var turn = 1
    var standing = key
    while let position = try log.position(of: standing) {
      if let annulled = try annulled(position) {
        value = "\(value) after \(annulled)"
      } else if key.kind == Ledger.batchKind, let wanted, wanted.field == .other,
        try !isSame(wanted, at: position)
      {
        turn += 1
        value = "\(key.value) \(turn)"
      } else {
        break
      }
      standing = AppendKey(kind: key.kind, within: key.within, value: value)
    }
    return standing
  }

  /// Where it is said that a report, or the opening of the correction that it joined, was recorded in
  /// error; nil while both stand.
  private func annulled(_ position: Int) throws -> Int? {
    if let annulment = try timeline(Tag.event(position)).first { return annulment.position }
    guard let recorded = try log.event(at: position)?.recorded() else { return nil }
    let (id, _) = try subject(of: recorded)
    guard try correction(id) == nil else { return nil }
    return try timeline(Tag.correction(id)).annulments.values.map(\.position).max()
  }

  /// What the report with a key led to the first time; nil when there was none.
  ///
  /// Without a wanted value it may have wanted any.
  func outcome(of key: AppendKey?, wanting wanted: StoredValue? = nil) throws -> Opened? {
    guard let key, let position = try log.position(of: key),
      let recorded = try log.event(at: position)?.recorded()
    else { return nil }
    let (id, joined) = try subject(of: recorded)
    let correction = try existing(id)
    guard try wanted.map({ try isSame($0, at: position) }) ?? true else {
      guard key.kind != Ledger.batchKind else {
        throw CannotOpen.askedOtherwise(id, position: position)
      }
      throw LogError.keyReusedWithOtherContent(firstPosition: position)
    }
    return Opened(
      correction: correction, joined: joined, repeated: true, position: position, events: [])
  }

  /// Whether the report at a position wanted that value; another one may be wanted since.
  private func isSame(_ wanted: StoredValue, at position: Int) throws -> Bool {
    guard let recorded = try log.event(at: position)?.recorded() else { return false }
    var first = try correction(try subject(of: recorded).0, upTo: position)?.requested
    if case .correctionJoined(let event) = recorded.event { first = event.requested }
    guard let first else { return false }
    return try first == wanted.value || isWorded(first, as: wanted) || isErased(first)
  }

  /// Whether a meter point was erased, so that nobody can tell whether it is the one that is wanted.
  private func isErased(_ value: EntryValue) throws -> Bool {
    guard case .mpxn(let token) = value else { return false }
    return try mpxn(token) == nil
  }

  /// Whether a value in words says what a wanted one says, or was erased, so that nobody can tell.
  func isWorded(_ value: EntryValue, as wanted: StoredValue) throws -> Bool {
    guard case .text(let document) = value, case .text = wanted.value else { return false }
    let kept = try log.document(named: document)
    return kept == nil || kept == wanted.documents.first?.bytes
  }

  /// The correction that a report opened, joined or opened again.
  func subject(of recorded: Recorded) throws -> (CorrectionID, joined: Bool) {
    switch recorded.event {
    case .correctionRequested(let event): (event.correction, false)
    case .correctionJoined(let event): (event.correction, true)
    case .correctionReopened(let event): (event.correction, false)
    default:
      throw LogError.damaged(position: recorded.position, what: "expected an opened correction")
    }
  }
}
