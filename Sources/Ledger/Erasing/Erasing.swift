public import Corrections
internal import EventLog
internal import Wire

/// What is to be erased.
public enum ErasableThing: Sendable {
  /// A value of a kind, wherever it stands.
  case value(SubjectKind, String)
  /// Every document that an event of a device names.
  case documents(of: EUI64)
}

/// What was erased, or would be.
public struct Erased: Sendable {
  /// How many tokens lost their value.
  public var values = 0
  /// How many documents went.
  public var documents = 0
  /// How many appends can no longer be compared with what was asked.
  public var commitments = 0
  /// Corrections that are open and name the value: nobody can tell any more what they are about.
  public var open: [CorrectionID] = []
  /// How many events say so.
  var recorded = 0
  /// Where it was recorded; nil when it was only tried, or when there was nothing to record.
  public var position: Int?
  /// Whether the write-ahead log was emptied; false while another process reads from it.
  public var isWALEmpty = true
  /// How many files of the folder were searched for the bytes.
  public var filesSearched = 0
  /// The files in which the bytes were found all the same, and how often.
  public var found: [(file: String, times: Int)] = []
}

/// Why nothing was erased.
public enum CannotErase: Error, Sendable {
  /// The ledger holds no such value, and no document that names it.
  case notHeld(SubjectKind)
  /// No event of the device names a document that is still there.
  case noDocuments(EUI64)
  /// The reason holds the very value; it would stay.
  case reasonNamesIt
  /// It is not held, and too short to be looked for in documents: it stands in many that are not about it.
  case tooShort(SubjectKind)
}

extension Ledger {
  /// Takes a personal value, or the documents of a device, out of the ledger for ever; every event and
  /// proof stays as it is, and shows `(erased)` in its place.
  ///
  /// With a value go the documents that hold it and the commitments from which it could be guessed. On
  /// return it is recorded (`SubjectErased`, `DocumentsErased`), on the disk, out of the write-ahead log,
  /// and every file of the folder has been searched for it; what that found is in the answer. With
  /// `dryRun` nothing changes. `progress` is told how many documents were searched, now and then.
  ///
  /// - Throws: ``CannotErase``, or ``LogError`` when the log can't be read or written.
  public func erase(
    _ thing: ErasableThing, reason: String, by user: User, via: Via, dryRun: Bool = false,
    progress: (Int) -> Void = { _ in }
  ) throws -> Erased {
    let search: ValueSearch?
    if case .value(_, let value) = thing { search = ValueSearch(value) } else { search = nil }
    guard search?.isIn(Array(reason.utf8)) != true else { throw CannotErase.reasonNamesIt }
    let actor = Corrections.Actor(
      user: user.id, party: user.party, role: UserRole.dcc.rawValue, via: via)
    var erased = Erased()
    if case .value(.mpxn, let digits) = thing { erased.open = try openCorrections(naming: digits) }
    let before = try head()
    var values = try record(thing, search, reason, by: actor, dryRun: dryRun, progress, &erased)
    if !dryRun {
      // Where others recorded something while documents were searched, it is looked for once more.
      if try head() - before > erased.recorded {
        values += try record(thing, search, reason, by: actor, dryRun: false, progress, &erased)
      }
      try writeErasures()
      try sweep(thing, values, &erased)
    }
    if erased.values == 0, case .value(let kind, _) = thing, search?.isTelling != true {
      throw CannotErase.tooShort(kind)
    }
    return try erased.throwing(unlessAnythingOf: thing)
  }

  /// Finds what is to go, has the log take it away and say so, and gives the values as they were held.
  ///
  /// In one append, or in several where there is much of it; the tokens go in the last, so that what leads
  /// to the rest is there until then.
  private func record(
    _ thing: ErasableThing, _ search: ValueSearch?, _ reason: String,
    by actor: Corrections.Actor, dryRun: Bool, _ progress: (Int) -> Void, _ erased: inout Erased
  ) throws -> [String] {
    let target = try retrying {
      let head = try head()
      let target = try ErasureTarget(thing, search, in: self, upTo: head, progress)
      guard !dryRun, !target.isEmpty else { return target }
      let parts = target.parts
      for (index, part) in parts.enumerated() {
        let tokens = index == parts.count - 1 ? target.tokens : []
        let document = log.makeDocument(Array(reason.utf8))
        let appended = try append(
          AppendRequest(
            condition: index == 0
              ? AppendCondition(noEventTagged: target.timelines + [Tag.erasures], after: head)
              : nil,
            documents: [document], erasing: target.erasure(of: part, with: tokens)
          ) { _ in
            target.events(of: part, with: tokens, device: target.device, document.name)
              .map { Ledger.draft(.upkeep($0), by: actor, at: nil, cause: nil) }
          })
        erased.position = erased.position ?? appended.positions.lowerBound
        erased.recorded += appended.positions.count
      }
      return target
    }
    erased.values += target.tokens.count
    erased.documents += target.documents.count
    erased.commitments += target.commitments.count
    return target.values
  }

  /// The corrections that are open and name a meter point.
  private func openCorrections(naming digits: String) throws -> [CorrectionID] {
    guard let token = try MPxN(digits).flatMap({ try token(of: $0) }) else { return [] }
    let named = try timeline(Tag.mpxn(token)).flatMap(\.event.corrections)
    return try Set(named).sorted().filter { try correction($0)?.isOpen == true }
  }

  /// Empties the write-ahead log, and searches every file of the folder for the values; where the database
  /// itself still holds one at the end of a page, it is written anew.
  private func sweep(
    _ thing: ErasableThing, _ values: [String], _ erased: inout Erased
  ) throws {
    erased.isWALEmpty = try log.emptyWAL(waiting: 10_000)
    // What a reader keeps in the write-ahead log would be found there.
    guard erased.isWALEmpty, case .value(_, let value) = thing else { return }
    func search() throws {
      erased.found = []
      for value in Set(values + [value]).sorted() where ValueSearch(value).isTelling {
        let searched = try FileSearch(value).search(folder)
        erased.filesSearched = searched.files
        erased.found += searched.found
      }
    }
    try search()
    guard erased.found.contains(where: { $0.file == EventLog.databaseFile }) else { return }
    try log.compact()
    erased.isWALEmpty = try log.emptyWAL(waiting: 10_000)
    if erased.isWALEmpty { try search() }
  }
}

extension Erased {
  fileprivate func throwing(unlessAnythingOf thing: ErasableThing) throws -> Erased {
    guard values == 0, documents == 0, commitments == 0, found.isEmpty else { return self }
    switch thing {
    case .value(let kind, _): throw CannotErase.notHeld(kind)
    case .documents(let device): throw CannotErase.noDocuments(device)
    }
  }
}
