internal import CanonicalJSON
public import Corrections
internal import EventLog
internal import Synchronization
internal import Wire

/// The stored form of one registration row: canonical JSON, with the token for the meter point.
enum RegistrationRowForm {
  static func bytes(_ row: Registration) throws -> [UInt8] {
    try Value.object([
      "from": .string(row.from.stored), "kind": .string(row.kind.rawValue),
      "mpxn": .string(row.mpxn.text), "supplier": .string(row.supplier),
      "to": row.to.map { .string($0.stored) }, "unlisted": row.isUnlisted ? true : nil,
    ]).bytes()
  }

  static func read(_ bytes: [UInt8], imported: Int) throws -> Registration {
    let value = try Value(reading: bytes)
    guard let mpxn = value["mpxn"]?.string.flatMap(Token.init),
      let kind = value["kind"]?.string.flatMap(Registration.Kind.init(rawValue:)),
      let supplier = value["supplier"]?.string,
      let from = value["from"]?.string.flatMap(Instant.init(stored:))
    else {
      throw StoredFormError.malformed(
        type: "registration row", field: "row", expected: "kind, mpxn, supplier, from")
    }
    let to = value["to"]?.string.flatMap(Instant.init(stored:))
    return Registration(
      mpxn: mpxn, kind: kind, supplier: supplier, from: from, to: to,
      isUnlisted: value["unlisted"] != nil, imported: imported)
  }
}

extension Token {
  /// The 32 bytes that the token writes.
  var bytes: [UInt8] { EventLog.bytes(ofToken: text) ?? [] }
}

extension Ledger {
  /// The registrations of a meter point as held at a position: one row per start and supplier, as
  /// the latest import says.
  public func registrations(of token: Token, upTo position: Int) throws -> [Registration] {
    var rows: [Registration] = []
    for stored in try log.rows(forKey: token.bytes, upTo: position) {
      let row = try RegistrationRowForm.read(
        stored.content, imported: try importPosition(ofSet: stored.set))
      rows.removeAll {
        $0.kind == row.kind && $0.supplier == row.supplier && $0.from == row.from
      }
      rows.append(row)
    }
    return rows
  }

  /// The position of the event that a finished set came with; it never changes, so it is kept.
  private func importPosition(ofSet set: Int) throws -> Int {
    if let known = importPositions.withLock({ $0[set] }) { return known }
    let sets = try log.finishedSets()
    return try importPositions.withLock { positions in
      for finished in sets { positions[finished.set] = finished.position }
      guard let position = positions[set] else {
        throw LogError.damaged(position: nil, what: "reference set \(set) has no event")
      }
      return position
    }
  }

  /// The parties of every market participant id that some rows name.
  func parties(in rows: [Registration], upTo position: Int) throws -> [String: String] {
    var parties: [String: String] = [:]
    for id in Set(rows.map(\.supplier)) {
      parties[id] = try party(ofParticipant: id, upTo: position)
    }
    return parties
  }

  /// The newest registration import at a position.
  func registrationImport(upTo position: Int) throws -> Int? {
    try log.finishedSets(upTo: position).last?.position
  }
}
