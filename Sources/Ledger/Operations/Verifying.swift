internal import EventLog
internal import Foundation

/// What re-reading everything found.
public struct Verification: Sendable {
  /// How many events the log holds.
  public let events: Int
  /// The RFC 6962 root over all records, base64; nil when it could not be computed.
  public let root: String?
  /// Everything that is not as it was written, in the order in which it was found; empty when
  /// sound.
  public let problems: [Problem]

  /// One thing that is not as it was written.
  public struct Problem: Hashable, Sendable {
    /// The event, where it is one.
    public let position: Int?
    /// What was expected, what was found, and what it means.
    public let what: String
  }

  /// Re-reads and re-hashes a ledger at depth `content`; writes nothing.
  ///
  /// It streams, so memory does not grow with the log. That the first event can't be read is a
  /// problem like any other.
  public static func run(at folder: String, progress: @escaping (Int, Int) -> Void) throws
    -> Verification
  {
    let log = try EventLog.open(
      at: Ledger.absolutePath(folder), access: .readOnly,
      configuration: Ledger.configuration(clock: Ledger.systemClock))
    defer { log.close() }
    let head = try log.head().position
    let problems = try log.verifyContent { progress($0, head) }
    let root = try? Data(log.root(at: head).bytes).base64EncodedString()
    return Verification(
      events: head, root: root,
      problems: problems.map { Problem(position: $0.position, what: $0.what) })
  }
}
