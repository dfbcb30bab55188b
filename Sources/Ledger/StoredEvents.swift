public import Corrections
internal import EventLog

/// An event as it is stored: its fields, and its body as the text that was hashed.
public struct StoredRow: Sendable {
  /// Its place in the log, from 1.
  public let position: Int
  /// Its UUIDv7.
  public let id: String
  /// Its stored name, such as `CorrectionResolved`.
  public let type: String
  /// The version of its body's shape.
  public let version: Int
  /// When it is true in the world.
  public let effectiveAt: Instant
  /// When the ledger learned it.
  public let recordedAt: Instant
  /// The user that caused it, where one is named.
  public let user: String?
  /// The party that caused it.
  public let party: String
  /// The role in which it was caused, where that is said.
  public let role: String?
  /// How the actor was known.
  public let via: String
  /// The position that it follows from.
  public let cause: Int?
  /// The body: canonical JSON as `schemas/events` describes it, with tokens in place of values.
  public let body: String
}

extension Ledger {
  /// Hands on the stored events from a position to another, in order and some hundred at a time.
  ///
  /// Memory does not grow with their number; a type that this program does not know is handed on as
  /// well.
  ///
  /// - Throws: ``LogError`` when the log can't be read, and whatever `body` throws.
  public func forEachStored(
    from first: Int, through last: Int, _ body: ([StoredRow]) throws -> Void
  ) throws {
    try log.forEachBatch(from: first, through: last) { events in
      try body(
        events.map { event in
          let record = try event.read()
          return StoredRow(
            position: event.position, id: record.id, type: record.type, version: record.version,
            effectiveAt: Instant(milliseconds: record.effectiveAt),
            recordedAt: Instant(milliseconds: record.recordedAt), user: record.actor.user,
            party: record.actor.party, role: record.actor.role, via: record.actor.via,
            cause: record.cause, body: "\(record.body)")
        })
    }
  }
}
