public import Corrections
internal import EventLog
internal import Foundation

/// What is to be restored, and what it is held against.
public struct RestoreRequest: Sendable {
  /// The folder of the backup.
  public var backup: String
  /// Where the ledger is to be: a folder that is empty or not there.
  public var folder: String
  /// The last checkpoint that was signed and kept apart.
  public var checkpoint: Checkpoint
  /// What was erased, as `erasures.jsonl` says; nil where nobody can tell.
  public var erasures: [KeptErasure]?
  /// The file with the private key; nil leaves the ledger without.
  public var key: String?
  /// The name under which it goes on where the log is shorter than the checkpoint.
  public var fork: String?
  /// Who restores it.
  public var actor: Corrections.Actor
  /// Whether only to look, and to make nothing.
  public var isDryRun = false

  /// Puts a request together.
  public init(
    backup: String, folder: String, checkpoint: Checkpoint, erasures: [KeptErasure]?,
    key: String? = nil, fork: String? = nil, actor: Corrections.Actor, isDryRun: Bool = false
  ) {
    self.backup = backup
    self.folder = folder
    self.checkpoint = checkpoint
    self.erasures = erasures
    self.key = key
    self.fork = fork
    self.actor = actor
    self.isDryRun = isDryRun
  }

  /// What a restore is doing.
  public enum Stage: String, CaseIterable, Sendable {
    /// Reading the backup, and comparing it with itself.
    case check
    /// Making the ledger.
    case build
    /// Verifying what was made.
    case verify
  }
}

/// A ledger that was made anew from a backup, or would be.
public struct Restored: Sendable {
  /// The folder, absolute.
  public let folder: String
  /// How many events the backup holds.
  public let size: Int
  /// Their root, 32 bytes.
  public let root: [UInt8]
  /// How many events the checkpoint covers that are lost.
  public let missing: Int
  /// How many erasures were told of; nil where nobody could tell.
  public let erasuresTold: Int?
  /// How many of them were made again.
  public let erasuresAgain: Int
  /// How many of them stand after the backup's last event: a sign that later events are lost.
  public let erasuresAfter: Int
  /// The name that its checkpoints carry from here on.
  public let origin: String
  /// Whether that is a new one.
  public let isFork: Bool
  /// The last correction number that is left out, so that none that a lost event gave is given again.
  public let numbersAfter: Int
  /// Whether it can sign.
  public let hasKey: Bool
  /// Where it is recorded; nil when it was only tried.
  public let position: Int?
}

/// Why nothing was restored; nothing was left behind.
public enum CannotRestore: Error, Sendable {
  /// There is no such folder, or nothing of a backup in it.
  case noBackup(String, found: String)
  /// The checkpoint that was kept apart is signed by no key that the log names.
  case otherCheckpoint(origin: String, expected: String)
  /// The checkpoint covers no event, so nothing can be held against it.
  case emptyCheckpoint
  /// The log is shorter than the checkpoint that was kept apart.
  case shorter(size: Int, signed: Int)
  /// The first events are not those that the checkpoint covers.
  case otherHistory(size: Int, expected: String, found: String)
  /// The erasures that were told of lack one that the backup's log holds.
  case erasureMissing(position: Int)
  /// The key is not the one that the ledger names.
  case otherKey(String, expected: String)
  /// The new name is one that the log had before.
  case sameName(String)
  /// What was made does not verify.
  case unsound([Verification.Problem])
}

extension Ledger {
  /// Makes a whole new ledger from a backup, held against the last checkpoint that was kept apart.
  ///
  /// First the backup is read: records to its checkpoint's root, tiles, rows, tokens, document names. Then
  /// the ledger is made beside its place, erasures that the backup does not know are made again,
  /// `LedgerRestored` is appended, and all of it is verified at depth content. Only then does it take its
  /// place. Where anything is not as expected, nothing is left behind and nothing is signed.
  ///
  /// A log that is shorter than the checkpoint goes on only as a fork: under a new name and with a fresh
  /// key. Correction numbers go on after the next full thousand in any case: what was appended after the
  /// last checkpoint and the backup is lost without a trace, and its numbers were told to people.
  ///
  /// - Throws: ``CannotRestore``, ``DamagedBackup``, ``CannotSign`` for a key that can't be read,
  ///   ``LogError/cannotCreate(folder:why:)``, or what else the log and the system say.
  public static func restore(
    _ request: RestoreRequest, clock: @escaping @Sendable () -> Instant = systemClock,
    progress: (RestoreRequest.Stage, Int, Int) -> Void = { _, _, _ in }
  ) throws -> Restored {
    let folder = absolutePath(request.folder)
    try EventLog.mustBeFree(folder)
    let layout = BackupLayout(folder: absolutePath(request.backup))
    guard !isInside(folder, layout.folder) else {
      throw LogError.cannotCreate(folder: folder, why: "it is in the backup's folder")
    }
    return try whileNobodyBacksUp(layout) {
      let backup = try CheckedBackup(layout) { progress(.check, $0, $1) }
      let plan = try RestorePlan(request, of: backup)
      let position =
        request.isDryRun ? nil : try make(folder, plan, backup, clock: clock, progress: progress)
      return Restored(
        folder: folder, size: backup.size, root: backup.root, missing: plan.missing,
        erasuresTold: request.erasures?.count, erasuresAgain: plan.erasures.count,
        erasuresAfter: plan.erasuresAfter,
        origin: plan.fork?.origin ?? backup.signers.last?.key.name ?? backup.opened.origin,
        isFork: plan.fork != nil, numbersAfter: plan.numbersAfter, hasKey: plan.key != nil,
        position: position)
    }
  }

  /// Makes the ledger, and gives where it is recorded.
  private static func make(
    _ folder: String, _ plan: RestorePlan, _ backup: CheckedBackup,
    clock: @escaping @Sendable () -> Instant,
    progress: (RestoreRequest.Stage, Int, Int) -> Void
  ) throws -> Int {
    var position = 0
    let configuration = configuration(clock: clock)
    do {
      try EventLog.rebuild(at: folder, configuration: configuration) { rebuilder in
        try backup.fill(rebuilder, leavingOut: plan.erasure) { progress(.build, $0, $1) }
      } complete: { log in
        let ledger = Ledger(
          folder: folder, log: log, opened: backup.opened, keepsViews: false, clock: clock)
        try ledger.recordErasures(plan)
        position = try ledger.recordRestore(plan, of: backup)
        try ledger.mustBeSound(backup) { progress(.verify, $0, position) }
        try ledger.leaveCompanions(plan, of: backup)
      }
    } catch LogError.draftsFailed(let error) {
      throw error
    }
    return position
  }

  /// Leaves what belongs beside the log, to take its place before the log does: without it a restored
  /// ledger would sign for less than was signed, or tell nobody of its erasures.
  private func leaveCompanions(_ plan: RestorePlan, of backup: CheckedBackup) throws {
    if let key = plan.key {
      try WholeFile.leave(Array(key.text.utf8), for: folder + "/ledger.key")
    }
    try WholeFile.leave(
      Array(backup.checkpoint.note.utf8), for: LastCheckpoint(folder: folder).file)
    let lines = try erasureLines()
    if !lines.isEmpty { try WholeFile.leave(lines, for: erasureFile) }
  }

  /// Records that the ledger was made anew, and leaves out the numbers that lost events may have given.
  private func recordRestore(_ plan: RestorePlan, of backup: CheckedBackup) throws -> Int {
    let event = LedgerRestored(
      size: backup.size, root: Data(backup.root).base64EncodedString(),
      erasures: plan.erasures.count, checkpoint: plan.checkpoint, fork: plan.fork)
    let appended = try append(
      AppendRequest(numbers: ["correction", "discrepancy"]) { context in
        context.skipNumbers(of: "correction", through: plan.numbersAfter)
        context.skipNumbers(of: "discrepancy", through: plan.discrepanciesAfter)
        return [
          Ledger.draft(.upkeep(.ledgerRestored(event)), by: plan.actor, at: nil, cause: nil)
        ]
      })
    return appended.positions.lowerBound
  }

  /// Verifies everything that was made, and that it begins with the backup.
  private func mustBeSound(_ backup: CheckedBackup, progress: (Int) -> Void) throws {
    var problems = try log.verifyContent(progress: progress).map {
      Verification.Problem(position: $0.position, what: $0.what)
    }
    let root = try log.root(at: backup.size)
    if root.bytes != backup.root {
      problems.append(
        Verification.Problem(
          position: nil,
          what: "expected the root \(Data(backup.root).base64EncodedString()) over the first "
            + "\(backup.size) events; found \(root)"))
    }
    guard problems.isEmpty else { throw CannotRestore.unsound(problems) }
  }

  /// Keeps backups out of a folder while it is read, where its lock can be opened.
  private static func whileNobodyBacksUp<R>(
    _ layout: BackupLayout, _ body: () throws -> R
  ) throws -> R {
    guard let lock = try? FolderLock(path: StaticLog.lockFile(in: layout.log), mayCreate: false)
    else { return try body() }
    do throws(FolderLock.Failure) {
      try lock.lock(shared: true, timeout: 10_000)
    } catch {
      throw FolderBusy(folder: layout.folder, seconds: 10)
    }
    defer { lock.unlock() }
    return try body()
  }
}
