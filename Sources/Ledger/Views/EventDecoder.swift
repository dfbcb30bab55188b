import Corrections
import EventLog
import Foundation
import Wire

/// Decodes the events that a view shows and leaves the others where they lie.
enum EventDecoder {
  /// Types that no view shows; every other known type is decoded.
  private static let unseen: Set<String> = [
    "LedgerOpened", "UserRegistered", "UserStatusChanged", "ProductListed",
    "RegistrationsImported", "InventoryImported", "ServiceRequestReceived",
    "ServiceRequestValidated", "ProductsImported", "AlertRecorded", "CalendarSet", "PolicySet",
    "ServiceTargetsSet", "IncidentsImported", "ReportPublished",
    "TechnicalDetailsImported",
  ]

  /// The events of some positions that show somewhere, in order and in slices that were decoded at
  /// once; throws on a type that this program does not know.
  static func relevant(_ positions: ClosedRange<Int>, of log: EventLog) throws -> [[Recorded]] {
    let count = positions.count
    let slices = max(1, min(ProcessInfo.processInfo.activeProcessorCount, count / 512))
    return try Slices.concurrently(count, in: slices) { slice in
      let first = positions.lowerBound + slice.lowerBound
      return try decode(first...positions.lowerBound + slice.upperBound - 1, of: log)
    }
  }

  private static func decode(_ positions: ClosedRange<Int>, of log: EventLog) throws -> [Recorded] {
    var events: [Recorded] = []
    events.reserveCapacity(positions.count)
    var memory = RecordMemory()
    try log.forEachRecord(from: positions.lowerBound, through: positions.upperBound) {
      position, record in
      if !unseen.contains(try type(of: record, at: position)) {
        events.append(try recorded(record, at: position, &memory))
      }
    }
    return events
  }

  /// The event in the words of the domain, as ``EventLog/StoredEvent/recorded()`` gives it, without
  /// making values of what no view shows.
  private static func recorded(
    _ record: UnsafeBufferPointer<UInt8>, at position: Int, _ memory: inout RecordMemory
  ) throws -> Recorded {
    let fields = try RecordFields(reading: record, remembering: &memory)
    guard let via = Via(stored: fields.actor.via) else {
      throw StoredFormError.malformed(
        type: "record", field: "actor.via", expected: "a known way")
    }
    return Recorded(
      position: position, recordedAt: Instant(milliseconds: fields.recordedAt),
      effectiveAt: Instant(milliseconds: fields.effectiveAt),
      actor: Actor(
        user: fields.actor.user, party: fields.actor.party, role: fields.actor.role, via: via),
      cause: fields.cause,
      event: try StoredForm.decode(type: fields.type, version: fields.version, body: fields.body))
  }

  /// The type of a record, read from its end: `…"type":"T","version":V}` closes every record.
  private static func type(
    of record: UnsafeBufferPointer<UInt8>, at position: Int
  ) throws -> String {
    // From the back: "version" has two quotation marks, the type's value two.
    var end = record.count
    var start = record.count
    for _ in 0..<4 {
      end = start
      repeat { start -= 1 } while start >= 0 && record[start] != UInt8(ascii: "\"")
      guard start >= 0 else {
        throw LogError.damaged(position: position, what: "expected a record with a type")
      }
    }
    return String(
      decoding: UnsafeBufferPointer(rebasing: record[start + 1..<end]), as: UTF8.self)
  }
}
