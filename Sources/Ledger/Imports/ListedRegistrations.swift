internal import Corrections
internal import Crypto
internal import EventLog

/// The registrations that a full file lists, and those that are held.
///
/// Each is known by a hash of what tells it from others: its token, kind, supplier and start.
final class ListedRegistrations {
  private let rows = SpilledSort()

  /// Takes note of one that the file lists.
  func add(_ row: Registration) throws {
    try rows.add(Self.sorted(RegistrationRowForm.bytes(row), order: 0, set: 0, row: 0))
  }

  /// Hands on every registration that is held and is not listed, as held last, in a fixed order.
  func forEachUnlisted(
    in ledger: Ledger, upTo position: Int, _ body: (Registration) throws -> Void
  ) throws {
    var order: UInt64 = 0
    for set in try ledger.log.finishedSets(upTo: position) {
      try ledger.log.forEachRow(ofSet: set.set) { stored in
        order += 1
        try rows.add(Self.sorted(stored.content, order: order, set: set.set, row: stored.row))
      }
    }
    // Of one identity, the row that is listed comes first, and that which is held last counts.
    var last: SortedRow?
    try rows.inOrder { row in
      if let known = last, (known.key, known.second) == (row.key, row.second) {
        if known.third > 0 { last = row }
        return
      }
      if let known = last, let held = try Self.held(known, in: ledger) { try body(held) }
      last = row
    }
    if let last, let held = try Self.held(last, in: ledger) { try body(held) }
  }

  /// The registration that a row stands for, unless the file lists it.
  private static func held(_ row: SortedRow, in ledger: Ledger) throws -> Registration? {
    guard row.third > 0 else { return nil }
    let (set, place) = (Int(row.fourth), Int(row.place))
    guard let stored = try ledger.log.rows(ofSet: set, after: place - 1, limit: 1).first else {
      throw LogError.damaged(position: nil, what: "row \(place) of reference set \(set) is gone")
    }
    let held = try RegistrationRowForm.read(stored.content, imported: 0)
    // What was erased can't be listed: its meter point, should it be, has another token now.
    return try ledger.log.subject(held.mpxn.text) == nil ? nil : held
  }

  private static func sorted(
    _ content: [UInt8], order: UInt64, set: Int, row: Int
  ) -> SortedRow {
    let digest = SHA256.hash(data: RegistrationRowForm.identity(in: content))
    let (first, second) = digest.withUnsafeBytes { bytes in
      (
        bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      )
    }
    return SortedRow(
      key: UInt64(bigEndian: first), second: UInt64(bigEndian: second), third: order,
      fourth: UInt64(set), place: UInt64(row))
  }
}
