internal import CanonicalJSON
public import Corrections
internal import EventLog
internal import Wire

/// The stored form of one registration row: canonical JSON, with the token for the meter point.
enum RegistrationRowForm {
  /// The row in bytes, its members in the order of their keys.
  static func bytes(_ row: Registration) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(192)
    bytes.append(contentsOf: "{\"from\":\"".utf8)
    bytes.append(contentsOf: row.from.stored.utf8)
    bytes.append(contentsOf: "\",\"kind\":\"".utf8)
    bytes.append(contentsOf: row.kind.rawValue.utf8)
    bytes.append(contentsOf: "\",\"mpxn\":\"".utf8)
    bytes.append(contentsOf: row.mpxn.text.utf8)
    bytes.append(contentsOf: "\",\"supplier\":".utf8)
    bytes.appendJSON(row.supplier)
    if let to = row.to {
      bytes.append(contentsOf: toKey)
      bytes.append(contentsOf: to.stored.utf8)
      bytes.append(UInt8(ascii: "\""))
    }
    if row.isUnlisted { bytes.append(contentsOf: unlistedMember) }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  private static let toKey = Array(",\"to\":\"".utf8)
  private static let unlistedMember = Array(",\"unlisted\":true".utf8)

  /// The bytes of a row that tell it from others: all before its end.
  ///
  /// A quotation mark that is not escaped stands in no string, so the key can't be part of one.
  static func identity(in content: [UInt8]) -> ArraySlice<UInt8> {
    for index in content.indices where content[index] == UInt8(ascii: ",") {
      let rest = content[index...]
      if rest.starts(with: toKey) || rest.starts(with: unlistedMember) {
        return content[..<index]
      }
    }
    return content.dropLast()
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
    try registrations(in: log.rows(forKey: token.bytes, upTo: position))
  }

  /// The same of many meter points, at one moment of the log.
  func registrations(
    of tokens: [Token], upTo position: Int
  ) throws -> [Token: [Registration]] {
    guard !tokens.isEmpty, try !log.finishedSets(upTo: position).isEmpty else { return [:] }
    let stored = try log.rows(forKeys: tokens.map(\.bytes), upTo: position)
    var held: [Token: [Registration]] = [:]
    for (token, rows) in zip(tokens, stored) where !rows.isEmpty {
      held[token] = try registrations(in: rows)
    }
    return held
  }

  /// What rows in the order of their imports say: one row per start and supplier, the latest.
  private func registrations(in stored: [ReferenceRow]) throws -> [Registration] {
    var rows: [Registration] = []
    for stored in stored {
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
