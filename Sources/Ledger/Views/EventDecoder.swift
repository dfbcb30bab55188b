import Corrections
import EventLog
import Foundation
import Wire

/// Decodes the events that a view shows and leaves the others as bytes.
enum EventDecoder {
  /// Types that no view shows; every other known type is decoded.
  private static let unseen: Set<String> = [
    "LedgerOpened", "UserRegistered", "UserStatusChanged", "ProductListed",
    "RegistrationsImported", "InventoryImported", "ServiceRequestReceived",
    "ServiceRequestValidated",
  ]

  /// The events that show somewhere, in order; throws on a type that this program does not know.
  static func relevant(_ stored: [StoredEvent]) throws -> [Recorded] {
    let slices = max(1, min(ProcessInfo.processInfo.activeProcessorCount, stored.count / 512))
    guard slices > 1 else { return try decode(stored[...]) }
    let results = Results(slices)
    DispatchQueue.concurrentPerform(iterations: slices) { slice in
      let from = stored.count * slice / slices
      let to = stored.count * (slice + 1) / slices
      results.set(slice, Result { try decode(stored[from..<to]) })
    }
    return try results.all().flatMap { try $0.get() }
  }

  private static func decode(_ stored: ArraySlice<StoredEvent>) throws -> [Recorded] {
    var events: [Recorded] = []
    events.reserveCapacity(stored.count)
    for event in stored {
      let type = try type(of: event)
      if !unseen.contains(type) { events.append(try recorded(event)) }
    }
    return events
  }

  /// The event in the words of the domain, as ``EventLog/StoredEvent/recorded()`` gives it, without
  /// making values of what no view shows.
  private static func recorded(_ stored: StoredEvent) throws -> Recorded {
    let fields = try stored.record.withUnsafeBufferPointer { try RecordFields(reading: $0) }
    guard let via = Via(stored: fields.actor.via) else {
      throw StoredFormError.malformed(
        type: "record", field: "actor.via", expected: "a known way")
    }
    return Recorded(
      position: stored.position, recordedAt: Instant(milliseconds: fields.recordedAt),
      effectiveAt: Instant(milliseconds: fields.effectiveAt),
      actor: Actor(
        user: fields.actor.user, party: fields.actor.party, role: fields.actor.role, via: via),
      cause: fields.cause,
      event: try StoredForm.decode(type: fields.type, version: fields.version, body: fields.body))
  }

  /// The type of a record, read from its end: `…"type":"T","version":V}` closes every record.
  private static func type(of event: StoredEvent) throws -> String {
    let record = event.record
    var end = record.count - 1
    var quotes: [Int] = []
    // From the back: "version" has two quotes, the type's value two.
    while end >= 0, quotes.count < 4 {
      if record[end] == UInt8(ascii: "\"") { quotes.append(end) }
      end -= 1
    }
    guard quotes.count == 4 else {
      throw LogError.damaged(position: event.position, what: "expected a record with a type")
    }
    return String(decoding: record[(quotes[3] + 1)..<quotes[2]], as: UTF8.self)
  }
}

private final class Results: @unchecked Sendable {
  // Unchecked because each slice is set by one iteration, and read after all have ended.
  private var slots: [Result<[Recorded], any Error>?]
  private let lock = NSLock()

  init(_ count: Int) { slots = Array(repeating: nil, count: count) }

  func set(_ index: Int, _ result: Result<[Recorded], any Error>) {
    lock.withLock { slots[index] = result }
  }

  func all() -> [Result<[Recorded], any Error>] { lock.withLock { slots.compactMap { $0 } } }
}
