internal import EventLog
internal import Foundation

/// What a verification found, and what that comes to.
public struct Verification: Sendable {
  /// How deep it looked.
  public let depth: Depth
  /// How many events the log holds.
  public let events: Int
  /// The RFC 6962 root over all records, base64; nil when it could not be computed.
  public let root: String?
  /// The checkpoint that the log was compared with.
  public let since: Checkpoint?
  /// Who signed that checkpoint, and for which sizes that counts; nil where it was not signed by a key that
  /// the ledger names.
  public let signer: Signer?
  /// Everything that is not as it was written, in the order in which it was found; empty when
  /// sound.
  public let problems: [Problem]
  /// What could not be looked at, as a sentence.
  public let missing: String?

  /// How deep a verification looks.
  public enum Depth: String, CaseIterable, Hashable, Sendable {
    /// The tree alone, from its tiles: whether what an older checkpoint covers still begins the log.
    case consistency
    /// Every record, reference row, value and index column, read and hashed anew.
    case content
  }

  /// What a verification comes to.
  public enum Answer: String, CaseIterable, Hashable, Sendable {
    /// All that this depth looks at is as it was written.
    case proven
    /// Something is not.
    case broken
    /// Nothing was found, and something that it takes is missing.
    case notEstablished
  }

  /// The answer: what is broken is said before what is missing.
  public var answer: Answer {
    problems.isEmpty ? missing == nil ? .proven : .notEstablished : .broken
  }

  /// One thing that is not as it was written.
  public struct Problem: Hashable, Sendable {
    /// The event, where it is one.
    public let position: Int?
    /// What was expected, what was found, and what it means.
    public let what: String
  }

  /// Verifies a ledger; writes nothing.
  ///
  /// It streams, so memory does not grow with the log. That the first event can't be read is a
  /// problem like any other. With a checkpoint, its signature is verified by `key`, else by the key that
  /// the ledger names, and its root compared with that of the first so many events; without one,
  /// a rewrite of the whole log that is sound in itself can't be found.
  ///
  /// - Throws: ``LogError`` when the ledger can't be read at all.
  public static func run(
    at folder: String, depth: Depth = .content, since: Checkpoint? = nil,
    key: VerifierKey? = nil, progress: @escaping (Int, Int) -> Void
  ) throws -> Verification {
    do {
      return try whole(at: folder, depth: depth, since: since, key: key, progress: progress)
    } catch LogError.damaged(let position, let what) {
      let problem = Problem(
        position: position,
        what:
          "expected a database that can be read to its end; found pages that were overwritten or cut: "
          + what)
      return Verification(
        depth: depth, events: 0, root: nil, since: since, signer: nil, problems: [problem],
        missing: nil)
    }
  }

  private static func whole(
    at folder: String, depth: Depth, since: Checkpoint?, key: VerifierKey?,
    progress: @escaping (Int, Int) -> Void
  ) throws -> Verification {
    let log = try EventLog.open(
      at: Ledger.absolutePath(folder), access: .readOnly,
      configuration: Ledger.configuration(clock: Ledger.systemClock))
    defer { log.close() }
    let head = try log.lastPosition()
    let found =
      depth == .content
      ? try log.verifyContent { progress($0, head) } : try log.verifyTree { progress($0, head) }
    var problems = found.map { Problem(position: $0.position, what: $0.what) }
    if depth == .content { problems += try seals(in: log) { progress($0, head) } }
    var missing: String?
    var signer: Signer?
    if let since {
      switch try compare(since, key, with: log, at: folder, head) {
      case .agrees(let with): signer = with
      case .differs(let what): problems.append(Problem(position: nil, what: what))
      case .says(let what): missing = what
      }
    } else if depth == .consistency {
      missing =
        "the tiles agree with each other; that they are those of an earlier day takes a checkpoint of "
        + "that day: --since FILE"
    }
    let root = try? Data(log.root(at: head).bytes).base64EncodedString()
    if root == nil || head == 0 {
      problems.append(
        Problem(
          position: nil,
          what: "expected events whose root can be computed; found "
            + (head == 0 ? "none" : "hashes missing or of another length")))
    }
    return Verification(
      depth: depth, events: head, root: root, since: since, signer: signer, problems: problems,
      missing: missing)
  }

  private enum Compared {
    case agrees(Signer)
    case differs(String)
    case says(String)
  }

  /// Compares a checkpoint that was kept elsewhere with what the log holds now.
  private static func compare(
    _ since: Checkpoint, _ given: VerifierKey?, with log: EventLog, at folder: String, _ head: Int
  ) throws -> Compared {
    let signers =
      (try? Ledger.open(at: folder, access: .readOnly, keepsViews: false).signers()) ?? []
    let own = signers.last?.key
    // Whether the root is the same is told whoever signed: a beginning may have been replaced, key and all.
    let root = since.size <= head ? try? log.root(at: since.size).bytes : nil
    let beside =
      root == since.root
      ? ""
      : "; its root is not that of the first \(since.size) events either: another log, or one whose "
        + "beginning was replaced. Give the key that you kept with --key"
    if let given, !signers.contains(where: { $0.key == given }) {
      return .differs(
        "expected the key \(given.text) in the first event, which names "
          + "\(own?.text ?? "none that notes are verified by"): another log, or its beginning was replaced"
      )
    }
    let asked = given.map { given in signers.filter { $0.key == given } } ?? signers
    guard let newest = asked.last?.key else {
      return .says("the ledger names no key to verify the checkpoint by: --key VKEY")
    }
    // After a fork there are several names; each has a key of its own.
    guard let signer = asked.last(where: { $0.key.name == since.origin }) else {
      return .says("the checkpoint is of the log \(since.origin), not of \(newest.name)\(beside)")
    }
    let key = signer.key
    switch since.isSigned(by: key) {
    case nil: return .says("the checkpoint is not signed by the key \(key.text)\(beside)")
    case false?:
      return .says(
        "the signature of the checkpoint by the key \(key.text) does not fit it\(beside)")
    case true?: break
    }
    if let most = signer.upTo, since.size > most {
      return .differs(
        "expected a checkpoint of \(key.name) over \(most) events at most, which is how far that key "
          + "counts: the ledger was restored from a backup of so many and goes on as "
          + "\(own?.name ?? "another"). Found one over \(since.size): the events after \(most) that it "
          + "covers were lost")
    }
    guard since.size > 0 else { return .says("a checkpoint of no events covers nothing") }
    guard since.size <= head else {
      return .differs(
        "expected \(since.size) events at least, which the checkpoint covers; found \(head): the "
          + "newest are gone")
    }
    guard let root else {
      return .says(
        "the root over the first \(since.size) events can't be computed from what is left")
    }
    guard root == since.root else {
      return .differs(
        "expected the root \(Data(since.root).base64EncodedString()) over the first "
          + "\(since.size) events; found \(Data(root).base64EncodedString()): some of them were "
          + "changed since")
    }
    return .agrees(signer)
  }
}
