import Corrections
import GRDB

extension Sieve {
  /// What the scan of the devices needs to know beside their rows.
  struct Question {
    /// The moment that is asked about.
    let at: Instant
    /// Whether a products list in force names such a device; also true of what no list can tell.
    let isListed: (DeviceType, DeviceDetails) throws -> Bool
    /// Whether the places are to be looked at afterwards.
    let asksPlaces: Bool
    /// Told now and then how many devices were read.
    let progress: (Int) -> Void
  }

  private static let columns = """
    device, device_type, status, status_seen, in_smi, differs, import_mpxn,
    secondary_import_mpan, export_mpan, esme_variant, manufacturer, model, firmware_version,
    associated, acting, acting_since
    """

  /// Reads every device once, and lets through those of which a rule that looks at one alone may find
  /// something.
  func readDevices(_ views: Database, _ question: Question) throws {
    let gone = try goneHubs(views)
    let rows = try RowReader(views, "SELECT \(Sieve.columns) FROM device")
    var listed: [String: Bool] = [:]
    var done = 0
    try queue.inDatabase { db in
      let hold = try RowStatement(db, "INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)")
      while try rows.next() {
        done += 1
        if done % 50_000 == 0 { question.progress(done) }
        guard let device = DeviceLine(rows) else { continue }
        if question.asksPlaces { try device.eachPlace(hold) }
        var isSuspect =
          device.isContradicted || device.lacksPlaces
          || device.isStuck(at: question.at) || device.isJoinedOnly(with: gone)
        if !isSuspect, !device.type.isType2, let described = device.described {
          if let known = listed[described] {
            isSuspect = !known
          } else {
            if listed.count > 100_000 { listed = [:] }
            let isListed = try question.isListed(device.type, device.details)
            listed[described] = isListed
            isSuspect = !isListed
          }
        }
        if isSuspect { try add(db, device.id) }
      }
    }
    question.progress(done)
  }

  /// The hubs that serve nobody any more; by far most hubs do.
  private func goneHubs(_ views: Database) throws -> Set<EUI64> {
    let hubs = try String.fetchCursor(
      views,
      sql: """
        SELECT device FROM device WHERE device_type IN ('CHF', 'GPF')
          AND (in_smi = 0 OR status IN ('Decommissioned', 'Withdrawn'))
        """)
    var gone: Set<EUI64> = []
    while let text = try hubs.next() { if let id = EUI64(text) { gone.insert(id) } }
    return gone
  }

  /// Lets through the first of all devices at a place that holds more than an answer can.
  func readCrowds(_ views: Database) throws {
    for (columns, isThere) in [
      ("uprn", "uprn IS NOT NULL"),
      ("post_code, address", "post_code IS NOT NULL AND address IS NOT NULL"),
    ] {
      let names = columns.split(separator: ",").map { $0.trimmingPrefix(" ") }
      let places = try Row.fetchAll(
        views,
        sql: """
          SELECT \(columns) FROM device WHERE \(isThere)
          GROUP BY \(columns) HAVING count(*) > \(QueryAnswer.most)
          """)
      for place in places {
        let condition = names.map { "\($0) = ?" }.joined(separator: " AND ")
        let ids = try String.fetchAll(
          views,
          sql: """
            SELECT device FROM device WHERE \(condition) AND in_smi = 1
              AND (status IS NULL OR status NOT IN ('Decommissioned', 'Withdrawn'))
            """, arguments: StatementArguments(names.indices.map { place[$0] as String }))
        let crowd = ids.compactMap { EUI64($0) }
        try queue.inDatabase { db in try add(db, crowd: crowd) }
      }
    }
  }
}

/// One row of a device, read no further than is asked.
private struct DeviceLine {
  let rows: RowReader
  let id: EUI64
  let type: DeviceType

  /// Nil for a device that is not in use.
  init?(_ rows: RowReader) {
    guard rows.number(4) == 1, !rows.says(2, "Decommissioned"), !rows.says(2, "Withdrawn"),
      let id = rows.text(0).flatMap({ EUI64($0) }),
      let type = rows.text(1).flatMap(DeviceType.init(rawValue:))
    else { return nil }
    self.rows = rows
    self.id = id
    self.type = type
  }

  var isContradicted: Bool { rows.number(5) == 1 }

  /// A commissioned meter of which a place that should hold something holds nothing, or the other way
  /// round.
  var lacksPlaces: Bool {
    // Whatever the device is: a variant may be said of what is no ESME.
    if rows.has(7), rows.has(9), !isTwinElement { return true }
    guard type == .esme || type == .gsme, rows.says(2, "Commissioned") else { return false }
    return (!rows.has(6) && !rows.has(7) && !rows.has(8)) || (isTwinElement && !rows.has(7))
  }

  private var isTwinElement: Bool { rows.text(9)?.first == "B" }

  /// Pending or Whitelisted for so long that a rule may say so.
  func isStuck(at time: Instant) -> Bool {
    let days: Int
    if rows.says(2, "Pending") {
      days = DiscrepancyCheck.daysPending
    } else if rows.says(2, "Whitelisted") {
      days = DiscrepancyCheck.daysWhitelisted
    } else {
      return false
    }
    guard let seen = rows.text(3).flatMap(Instant.init(stored:)) else { return false }
    return time.milliseconds - seen.milliseconds > Int64(days) * 86_400_000
  }

  /// Whether some hub of it is gone.
  func isJoinedOnly(with gone: Set<EUI64>) -> Bool {
    guard !gone.isEmpty, type != .chf, type != .gpf, let others = rows.text(13) else {
      return false
    }
    return others.split(separator: " ").contains { EUI64($0).map(gone.contains) ?? false }
  }

  /// What the products list is asked for, in one word; nil where it can't be asked.
  var described: String? {
    guard let manufacturer = rows.text(10), let model = rows.text(11),
      let firmware = rows.text(12)
    else { return nil }
    let variant = type == .esme ? rows.text(9)?.prefix(1) ?? "" : ""
    return "\(type.rawValue) \(variant) \(manufacturer) \(model) \(firmware)"
  }

  var details: DeviceDetails {
    DeviceDetails(
      manufacturer: rows.text(10), model: rows.text(11), firmwareVersion: rows.text(12),
      esmeVariant: rows.text(9).flatMap(ESMEVariant.init(rawValue:)))
  }

  /// Writes down what its places hold.
  func eachPlace(_ hold: RowStatement) throws {
    for (column, field) in [(Int32(6), 0), (7, 1), (8, 2)] {
      guard let token = rows.text(column) else { continue }
      try hold.run(
        .text(token), .of(Int(Int64(bitPattern: id.bits))), .of(field),
        .of(type == .esme ? 0 : type == .gsme ? 1 : 2), .of(rows.text(14)), .of(rows.text(15)))
    }
  }
}
