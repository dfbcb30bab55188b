internal import CanonicalJSON
internal import Corrections
internal import EventLog
internal import Foundation
internal import Wire

/// A backup that was read to its end, and agrees with itself and with the checkpoint in it.
struct CheckedBackup {
  let layout: BackupLayout
  /// The state that its values belong to; files of `log/` may go beyond it.
  let checkpoint: Checkpoint
  let opened: LedgerOpened
  let signers: [Signer]
  /// The tokens, documents and commitments whose erasure its log holds.
  private(set) var erased = ErasedNames()
  /// Each of those erasures by its position.
  private(set) var erasures: [Int: Upkeep] = [:]
  /// The last correction number that was given.
  let lastNumber: Int
  /// The last number of a discrepancy that was given.
  let lastDiscrepancy: Int
  private let found: BackupReader.Found

  var size: Int { checkpoint.size }
  var root: [UInt8] { checkpoint.root }

  init(_ layout: BackupLayout, progress: (Int, Int) -> Void) throws {
    self.layout = layout
    guard FileManager.default.fileExists(atPath: layout.folder) else {
      throw CannotRestore.noBackup(layout.folder, found: "no such folder")
    }
    guard WholeFile.exists(layout.values) else {
      throw CannotRestore.noBackup(
        layout.folder,
        found: WholeFile.exists(layout.log)
          ? "one that was begun and never completed" : "nothing of a backup")
    }
    let values = try ValuesFile(reading: layout.values)
    defer { values.close() }
    let note = try values.header().checkpoint
    do throws(Checkpoint.Malformed) {
      checkpoint = try Checkpoint(reading: note)
    } catch {
      throw DamagedBackup(
        file: "subjects/values.sqlite",
        what: "expected to name its state by a checkpoint; it does not: \(error.expected)")
    }
    guard checkpoint.size > 0 else { throw CannotRestore.emptyCheckpoint }

    var first: LedgerOpened?
    var restored: [LedgerRestored] = []
    var erased = ErasedNames()
    var erasures: [Int: Upkeep] = [:]
    let reader = BackupReader(layout, size: checkpoint.size)
    found = try reader.read(progress: progress) { record in
      let type = record.fields.type
      guard record.position == 1 || Self.types.contains(type) else { return }
      switch try StoredForm.decode(
        type: type, version: record.fields.version, body: record.fields.body)
      {
      case .ledgerOpened(let opened) where record.position == 1: first = opened
      case .upkeep(.ledgerRestored(let event)): restored.append(event)
      case .upkeep(let event):
        guard Self.types.contains(type) else { break }
        erased.add(event)
        erasures[record.position] = event
      default: break
      }
    }
    guard let first, first.format == 1 else {
      throw DamagedBackup(
        file: "log/tile/entries",
        what: "expected the first event to open a ledger of format 1; found another")
    }
    opened = first
    signers = Signer.all(first, restored: restored)
    (self.erased, self.erasures) = (erased, erasures)
    try Self.check(checkpoint, found, signers)
    for (set, named) in found.sets.sorted(by: { $0.key < $1.key }) {
      try ReferenceFile.check(ReferenceFile.read(set, in: layout), named: named.set)
    }
    try values.check(upTo: checkpoint.size)
    lastNumber = try values.counter("correction")
    lastDiscrepancy = try values.counter("discrepancy")
  }

  private static let types: Set<String> = ["LedgerRestored", "SubjectErased", "DocumentsErased"]

  private static func check(
    _ checkpoint: Checkpoint, _ found: BackupReader.Found, _ signers: [Signer]
  ) throws {
    guard found.root.bytes == checkpoint.root else {
      throw DamagedBackup(
        file: "log/tile/entries",
        what:
          "expected records with the root \(Data(checkpoint.root).base64EncodedString()) of its "
          + "checkpoint; found \(found.root): records and tiles were changed, or the checkpoint")
    }
    guard signers.covers(checkpoint) else {
      throw DamagedBackup(
        file: "subjects/values.sqlite",
        what: "expected a checkpoint that a key of this log signed; found one of "
          + "\(Ledger.visible(checkpoint.origin)) that none did")
    }
  }

  /// How many events were signed for at least, as the notes in its log say: a backup that was interrupted
  /// has signed for more than it holds.
  func signed() throws -> Int {
    try StaticLog.signed(in: layout.log).filter { signers.covers($0) }.map(\.size).max() ?? 0
  }

  /// The root over the first so many events.
  func root(at size: Int) throws -> [UInt8]? {
    guard size < self.size else { return size == self.size ? root : nil }
    return try BackupReader(layout, size: self.size).root(at: size).bytes
  }

  /// Hands everything to a ledger to be, but for values that were erased since.
  func fill(
    _ rebuilder: Rebuilder, leavingOut erased: Erasure, progress: (Int, Int) -> Void
  ) throws {
    _ = try BackupReader(layout, size: size).read(progress: progress) { try rebuilder.add($0) }
    for (set, named) in found.sets.sorted(by: { $0.key < $1.key }) {
      let rows = try ReferenceFile.read(set, in: layout) { row, key, content in
        try rebuilder.add(set: set, row: row, key: key, content: content)
      }
      try ReferenceFile.check(rows, named: named.set)
      try rebuilder.finish(set: set, at: named.position)
    }
    try rebuilder.addValues(from: layout.values, leavingOut: erased)
  }
}

extension [Signer] {
  /// Whether one of them signed a checkpoint, and counts for its size.
  func covers(_ checkpoint: Checkpoint) -> Bool {
    contains {
      $0.key.name == checkpoint.origin && $0.counts(for: checkpoint.size)
        && checkpoint.isSigned(by: $0.key) == true
    }
  }
}

/// The names of what was erased.
struct ErasedNames: Sendable {
  var tokens: Set<String> = []
  var documents: Set<String> = []
  var commitments: Set<Int> = []

  mutating func add(_ event: Upkeep) {
    switch event {
    case .subjectErased(let event): tokens.insert(event.token.text)
    case .documentsErased(let event):
      documents.formUnion(event.documents)
      commitments.formUnion(event.commitments)
    case .timelinesSealed, .evidenceExported, .ledgerRestored: break
    }
  }
}
