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

    init?(_ row: RowReader) {
      let (fields, types) = (MPxNField.allCases, [DeviceType.esme, .gsme, nil])
      guard fields.indices.contains(row.number(2)), types.indices.contains(row.number(3)) else {
        return nil
      }
      device = EUI64(bits: UInt64(bitPattern: Int64(row.number(1))))
      field = fields[row.number(2)]
      type = types[row.number(3)]
      if let user = row.text(4).flatMap({ EUI64($0) }),
        let since = row.text(5).flatMap(Instant.init(stored:))
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
    of ledger: Ledger, at time: Instant, upTo position: Int, progress: (Int, Int) -> Void
  ) throws {
    let registrations = try ledger.registrationImport(upTo: position)
    let parties = PartyCache(ledger, upTo: position)
    var last = 0
    let all = try queue.inDatabase { db in
      // Sorted once, so that it is read from its beginning to its end.
      try db.execute(
        sql: """
          CREATE TABLE place AS SELECT * FROM held ORDER BY token, device, field;
          DROP TABLE held
          """)
      return try Int.fetchOne(db, sql: "SELECT count(*) FROM place") ?? 0
    }
    while true {
      let groups = try groups(after: &last, limit: 2 * Sieve.batch)
      guard !groups.isEmpty else { return }
      let suspects = try Slices.concurrently(groups.count, in: 2) { half -> [EUI64] in
        try ledger.log.atOneMoment {
          try groups[half].filter { group in
            try Sieve.isSuspect(
              group, in: ledger, registrations: registrations, parties, at: time, upTo: position)
          }.flatMap { $0.places.map(\.device) }
        }
      }
      try queue.inDatabase { db in for device in suspects.joined() { try add(db, device) } }
      progress(last, all)
    }
  }

  /// The next meter points with all places that hold them; `last` is the row that was read last.
  private func groups(after last: inout Int, limit: Int) throws -> [Group] {
    var groups: [Group] = []
    var read = last
    try queue.inDatabase { db in
      let rows = try RowReader(
        db,
        """
        SELECT token, device, field, type, acting, acting_since, rowid FROM place
        WHERE rowid > \(last) ORDER BY rowid
        """)
      while try rows.next() {
        guard let token = rows.text(0).flatMap(Token.init), let place = Place(rows) else {
          continue
        }
        if groups.last?.token != token {
          guard groups.count < limit else { break }
          groups.append(Group(token: token, places: []))
        }
        groups[groups.count - 1].places.append(place)
        read = rows.number(6)
      }
    }
    last = read
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
    if rows.lastOfEnded(at: time) != nil || !rows.overlapping(at: time).isEmpty { return true }
    let kind = place.type.flatMap { Registration.Kind(place.field, on: $0) }
    if let kind, rows.ofOtherKind(than: kind, at: time) != nil { return true }
    guard let acting = place.acting,
      let row = RegistrationAnswer(rows: rows, at: time).registration, acting.since >= row.from
    else { return false }
    return try parties.party(of: acting.user) != parties.party(ofParticipant: row.supplier)
  }

  private static func isOdd(_ value: MPxN, on type: DeviceType?) -> Bool {
    value.hasUnusualLength || value.isOneDigitThroughout || value.namesUnknownDistributor
      || CheckDigits(of: value) == .wrong || (type.map(value.isOfOtherFuel) ?? false)
  }
}
