internal import EventLog
internal import Foundation

/// A backup that was written and read back.
public struct BackedUp: Sendable {
  /// The state that it holds.
  public let checkpoint: Checkpoint
  /// How many files of the log and of reference sets were written; the others were there.
  public let files: Int
  /// How many values of subjects it holds.
  public let subjects: Int
  /// How many documents it holds.
  public let documents: Int

  /// What a backup is doing.
  public enum Stage: String, CaseIterable, Sendable {
    /// Copying everything that can be erased.
    case values
    /// Writing what of the log is new.
    case log
    /// Reading everything back.
    case check
  }
}

extension Ledger {
  /// Backs the ledger up into a folder that is new, or holds an earlier backup of it.
  ///
  /// `log/` grows by what is new: the static layout of ``exportStaticLog(to:progress:)`` and the rows of
  /// each finished reference set; it holds no personal data. `subjects/` is rewritten whole: everything that
  /// can be erased, as it is at one moment, and which state of the log it belongs to. Until that file is in
  /// its place, the backup is the one before; only then is the checkpoint in `log/` replaced, so what it
  /// says was signed is never more than can be restored. The next backup completes one that was interrupted.
  /// Appends go on meanwhile. All of it is read back before this returns: records are hashed to the checkpoint's
  /// root, rows to the roots in their events, tokens and document names are made anew. The key is never in it.
  ///
  /// Memory does not grow with the log.
  ///
  /// - Throws: ``NotOurStaticLog`` where the folder is none of this ledger, ``FolderBusy``, ``CannotSign``,
  ///   ``DamagedBackup`` where what is read back is not what was written, ``LogError`` or ``FileFailure``.
  public func backUp(
    to folder: String, progress: (BackedUp.Stage, Int, Int) -> Void = { _, _, _ in }
  ) throws -> BackedUp {
    let layout = BackupLayout(folder: Ledger.absolutePath(folder))
    let files = StaticLog(ledger: self, folder: layout.log, isPrivate: true)
    // Somebody else's folder gets not even a lock.
    try mustBeBackup(layout)
    _ = try files.found()
    try WholeFile.makeFolder(layout.folder)
    return try files.whileLocked {
      let found = try files.found()
      if case .nothing = found, WholeFile.exists(layout.values), !files.isBegun {
        throw NotOurStaticLog(
          folder: layout.folder, what: "expected the log that its values belong to; found none")
      }
      try mustHoldState(of: layout)
      try WholeFile.makeFolder(layout.subjects)
      defer { for suffix in ["", "-journal"] { WholeFile.remove(layout.newValues + suffix) } }
      let last = try LastCheckpoint(folder: self.folder).read()
      let (checkpoint, counts) = try log.atOneMoment {
        let checkpoint = try self.checkpoint(after: last)
        let counts = try log.copyValues(to: layout.newValues, checkpoint: checkpoint.note) {
          progress(.values, $0, $1)
        }
        return (checkpoint, counts)
      }
      let written = try files.write(checkpoint, over: found) {
        progress(.log, $0, $1)
      } beforeLast: {
        let written = try log.finishedSets(upTo: checkpoint.size).reduce(0) { sum, set in
          try sum + (log.writeReferences(set.set, to: layout) ? 1 : 0)
        }
        try readBack(checkpoint, layout) { progress(.check, $0, $1) }
        // Nothing that the values ask for may be lost when they are not.
        try WholeFile.syncFileSystem(layout.folder)
        try WholeFile.sync(layout.newValues)
        try WholeFile.replace(layout.values, by: layout.newValues)
        return written
      }
      return BackedUp(
        checkpoint: checkpoint, files: written, subjects: counts.subjects,
        documents: counts.documents)
    }
  }

  private func mustBeBackup(_ layout: BackupLayout) throws {
    if Ledger.isInside(layout.folder, folder) {
      throw NotOurStaticLog(
        folder: layout.folder, what: "expected a folder outside the ledger's; found one in it")
    }
    let files = FileManager.default
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: layout.folder, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      throw NotOurStaticLog(folder: layout.folder, what: "expected a folder; found a file")
    }
    let names = try files.contentsOfDirectory(atPath: layout.folder)
    if let other = names.sorted().first(where: { !BackupLayout.names.contains($0) }) {
      throw NotOurStaticLog(
        folder: layout.folder,
        what:
          "expected an empty folder, or a backup of this ledger; found \(Ledger.visible(other)) in it"
      )
    }
    guard !WholeFile.exists(layout.values) || WholeFile.exists(layout.log) else {
      throw NotOurStaticLog(
        folder: layout.folder,
        what: "expected an empty folder, or a backup of this ledger; found one without its log")
    }
  }

  /// Refuses to write over values of a state that this ledger does not hold: after a backup that was
  /// interrupted they may be all that is left of a longer log than this one.
  private func mustHoldState(of layout: BackupLayout) throws {
    guard WholeFile.exists(layout.values), let values = try? ValuesFile(reading: layout.values),
      let note = try? values.header().checkpoint, let state = try? Checkpoint(reading: note)
    else { return }
    values.close()
    guard try !holds(state) else { return }
    throw NotOurStaticLog(
      folder: layout.folder,
      what:
        "expected values of an earlier state of this ledger; found those of \(state.size) events that it "
        + "does not begin with. Next: back up into another folder, and restore from this one to look"
    )
  }

  /// Reads everything back, as a restore would.
  private func readBack(
    _ checkpoint: Checkpoint, _ layout: BackupLayout, progress: (Int, Int) -> Void
  ) throws {
    let found = try BackupReader(layout, size: checkpoint.size).read(progress: progress)
    guard found.root.bytes == checkpoint.root else {
      throw DamagedBackup(
        file: "log/tile/entries",
        what:
          "expected records with the root \(Data(checkpoint.root).base64EncodedString()); found "
          + "\(found.root)")
    }
    for (set, named) in found.sets.sorted(by: { $0.key < $1.key }) {
      try ReferenceFile.check(ReferenceFile.read(set, in: layout), named: named.set)
    }
    let values = try ValuesFile(reading: layout.newValues)
    defer { values.close() }
    try values.check(upTo: checkpoint.size)
  }
}
