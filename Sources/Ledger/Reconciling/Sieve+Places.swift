import Corrections
import EventLog
import Foundation
import GRDB
import Wire

extension Sieve {
  /// One place that holds a meter point.
  private struct Place {
    let device: EUI64
    let field: MPxNField
    /// Nil for a device that is no meter.
    let type: DeviceType?
    let acting: (user: EUI64, since: Instant)?

    init(_ row: Row) {
      device = EUI64(bits: UInt64(bitPattern: row[1]))
      field = MPxNField.allCases[row[2]]
      type = [DeviceType.esme, .gsme, nil][row[3]]
      if let user = (row[4] as String?).flatMap({ EUI64($0) }),
        let since = Instant(row: row[5])
      {
        acting = (user, since)
      } else {
        acting = nil
      }
    }
  }

  /// All places that hold one meter point.
  private struct Group {
    let token: Token
    var places: [Place]
  }

  /// As many meter points are looked at in one moment of the log, by each of two threads.
  private static let batch = 2_000

  /// Looks at every meter point once, in the order of the tokens, which is nearly that in which the log
  /// keeps values; lets through the devices that hold one that a rule may find something of.
  func readPlaces(
    of ledger: Ledger, at time: Instant, upTo position: Int, progress: (Int) -> Void
  ) throws {
    let registrations = try ledger.registrationImport(upTo: position)
    let parties = PartyCache(ledger, upTo: position)
    var last = ""
    var done = 0
    try queue.inDatabase { db in
      try db.execute(sql: "CREATE INDEX held_token ON held (token)")
    }
    while true {
      let groups = try groups(after: &last, limit: 2 * Sieve.batch)
      guard !groups.isEmpty else { return }
      let suspects = try Halves.concurrently(groups) { half -> [EUI64] in
        try ledger.log.atOneMoment {
          try half.filter { group in
            try Sieve.isSuspect(
              group, in: ledger, registrations: registrations, parties, at: time, upTo: position)
          }.flatMap { $0.places.map(\.device) }
        }
      }
      try queue.inDatabase { db in for device in suspects.joined() { try add(db, device) } }
      done += groups.count
      progress(done)
    }
  }

  private func groups(
    after last: inout String, limit: Int
  ) throws -> [Group] {
    var groups: [Group] = []
    let start = last
    try queue.inDatabase { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT token, device, field, type, acting, acting_since FROM held
          WHERE token > ? ORDER BY token
          """, arguments: [start])
      while let row = try rows.next() {
        let text: String = row[0]
        if groups.last?.token.text != text {
          guard groups.count < limit else { break }
          guard let token = Token(text) else { continue }
          groups.append(Group(token: token, places: []))
        }
        groups[groups.count - 1].places.append(Place(row))
      }
    }
    if let newest = groups.last { last = newest.token.text }
    return groups
  }

  private static func isSuspect(
    _ group: Group, in ledger: Ledger, registrations: Int?, _ parties: PartyCache,
    at time: Instant, upTo position: Int
  ) throws -> Bool {
    if group.places.count > 1 { return true }
    guard let place = group.places.first else { return false }
    let value = try ledger.mpxn(group.token)
    if let value, isOdd(value, on: place.type) { return true }
    let rows = try ledger.registrations(of: group.token, upTo: position)
    guard !rows.isEmpty else { return registrations != nil && value != nil }
    let inForce = rows.filter { $0.isInForce(at: time) }
    if inForce.count != 1 {
      // Several may be of different kinds; none may be one that begins later.
      return true
    }
    let kind = place.type.flatMap { Registration.Kind(place.field, on: $0) }
    if let kind, rows.contains(where: { $0.kind != kind }) { return true }
    guard let acting = place.acting, let row = inForce.first, acting.since >= row.from else {
      return false
    }
    return try parties.party(of: acting.user) != parties.party(ofParticipant: row.supplier)
  }

  private static func isOdd(_ value: MPxN, on type: DeviceType?) -> Bool {
    value.hasUnusualLength || value.isOneDigitThroughout || value.namesUnknownDistributor
      || CheckDigits(of: value) == .wrong || (type.map(value.isOfOtherFuel) ?? false)
  }
}
