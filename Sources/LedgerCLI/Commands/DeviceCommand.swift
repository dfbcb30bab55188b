import ArgumentParser
import Corrections
import Ledger
import Wire

struct DeviceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device", abstract: "The SMI entry of a device, now or over time.",
    discussion: """
      Examples:
        smi-ledger device show 00-DB-12-34-56-78-90-A0
        smi-ledger device history 00-DB-12-34-56-78-90-A0
        smi-ledger device history 00-DB-12-34-56-78-90-A0 --format csv
      """,
    subcommands: [DeviceShow.self, DeviceHistory.self])
}

/// A device with what the ledger holds around it.
struct DeviceAnswer {
  let device: Device
  let ledger: Ledger
  let position: Int
  let now: Instant
  let wording: Wording

  init(_ id: EUI64, _ ledger: Ledger) throws {
    position = try ledger.head()
    guard let device = try ledger.device(id, upTo: position) else {
      throw NotFound(
        "device \(id) isn't in this ledger at position \(position). The SMI may know it: import an "
          + "inventory extract")
    }
    self.device = device
    self.ledger = ledger
    now = ledger.now()
    wording = ledger.wording
  }

  /// The Registered Supplier of each meter point now on the device.
  func suppliers() throws -> [(field: MPxNField, party: String, since: Instant)] {
    try MPxNField.allCases.compactMap { field in
      guard let known = device.current(field) else { return nil }
      let rows = try ledger.registrations(of: known.value, upTo: position)
      guard let row = RegistrationAnswer(rows: rows, at: now).registration else { return nil }
      return (field, try ledger.party(ofParticipant: row.supplier) ?? row.supplier, row.from)
    }
  }

  func members() throws -> [(key: String, value: JSON)] {
    let status = device.currentStatus
    func mpxn(_ field: MPxNField) -> JSON { wording.json(device.current(field)?.value) }
    return [
      ("deviceID", .string(device.id.description)),
      ("deviceType", .string(device.type.rawValue)),
      ("status", .of(status?.value.rawValue)),
      ("statusSince", .of(status.flatMap { $0.isExact ? $0.from.stored : nil })),
      ("importMPxN", mpxn(.importMPxN)), ("secondaryImportMPAN", mpxn(.secondaryImportMPAN)),
      ("exportMPAN", mpxn(.exportMPAN)), ("manufacturer", .of(device.details.manufacturer)),
      ("model", .of(device.details.model)),
      ("firmwareVersion", .of(device.details.firmwareVersion)),
      ("esmeVariant", .of(device.details.esmeVariant?.rawValue)),
      ("prenotifiedBy", .of(device.prenotifiedBy?.description)),
      (
        "registeredSuppliers",
        .array(
          try suppliers().map {
            .pairs([
              "field": .string($0.field.rawValue), "party": .string($0.party),
              "since": .string($0.since.stored),
            ])
          })
      ), ("onDevice", .null),
      ("associatedDevices", .array(device.associatedDevices.map { .string($0.description) })),
      ("dateCommissioned", .of(device.dateCommissioned?.description)), ("flags", .array([])),
      (
        "openCorrections",
        .array(device.corrections.filter(\.isOpen).map { .string($0.id.description) })
      ), ("effectiveAt", .string(now.stored)), ("knownAt", .string(now.stored)),
      ("position", .integer(position)),
    ]
  }
}

struct DeviceShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "The SMI entry as held now, and who is registered.",
    usage: "smi-ledger device show EUI [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger device show 00-DB-12-34-56-78-90-A0
        smi-ledger device show 00-DB-12-34-56-78-90-A0 --format json
        smi-ledger device show 00-DB-12-34-56-78-90-A0 --ledger /srv/ledger
      Exit codes: 0, 64, 66.
      See also: smi-ledger device history --help
      """)

  @Argument(help: "The Device ID, an EUI-64.")
  var id: EUI64

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("device show")
    let ledger = try globals.read()
    let answer = try DeviceAnswer(id, ledger)
    guard globals.format == .table else {
      Output.put(JSON.object(try answer.members()).text)
      return
    }
    let device = answer.device
    var table = Table(["", ""])
    if let status = device.currentStatus {
      let since =
        status.isExact
        ? "since \(Wording.date(status.from))" : "seen \(Wording.date(status.from))"
      table.add(["Status", "\(status.value.rawValue), \(since) (\(status.position))"])
    } else {
      table.add(["Status", "none known"])
    }
    let suppliers = try answer.suppliers()
    for field in MPxNField.allCases {
      guard let known = device.current(field) else {
        let seen = device.history(field).current
        table.add([
          field.rawValue,
          seen.map { "nothing, seen \(Wording.date($0.from)) (\($0.position))" } ?? "not known",
        ])
        continue
      }
      let supplier =
        suppliers.first { $0.field == field }
        .map { ", \($0.party) since \(Wording.date($0.since))" } ?? ", no registration held"
      table.add([
        field.rawValue, "\(answer.wording.whole(known.value))\(supplier) (\(known.position))",
      ])
    }
    let details = device.details
    let parts = [
      details.manufacturer, details.model, details.firmwareVersion.map { "firmware \($0)" },
      details.esmeVariant.map { "variant \($0.rawValue)" },
    ].compactMap { $0 }
    table.add(["Details", parts.isEmpty ? "none known" : parts.joined(separator: " ")])
    if let user = device.prenotifiedBy { table.add(["Pre-notified", "by \(user)"]) }
    let open = device.corrections.filter(\.isOpen).map { "\($0.id) (\($0.field.rawValue))" }
    table.add(["Corrections", open.isEmpty ? "none open" : open.joined(separator: ", ")])
    Output.say("\(device.id)  \(device.type.rawValue)")
    Output.say(table.text(indent: 2))
    Output.say("Position \(answer.position), \(Wording.time(answer.now)).")
  }
}

struct DeviceHistory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Every status and MPxN that the device has had.",
    usage: "smi-ledger device history EUI [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger device history 00-DB-12-34-56-78-90-A0
        smi-ledger device history 00-DB-12-34-56-78-90-A0 --format json
        smi-ledger device history 00-DB-12-34-56-78-90-A0 --format csv
      Exit codes: 0, 64, 66.
      See also: smi-ledger timeline --help
      """)

  @Argument(help: "The Device ID, an EUI-64.")
  var id: EUI64

  @OptionGroup var globals: Globals

  /// One stretch in which one value was true.
  private struct Span {
    let field: String
    /// Nil for an empty place.
    let value: String?
    let from: Instant
    let isExact: Bool
    let to: Instant?
    let position: Int
    let cause: Int?
  }

  func run() throws {
    let ledger = try globals.read()
    let answer = try DeviceAnswer(id, ledger)
    let causes = Dictionary(
      try ledger.timeline(Tag.device(id), upTo: answer.position).map { ($0.position, $0.cause) },
      uniquingKeysWith: { first, _ in first })
    let statuses = spans("status", answer.device.status, causes) { $0.rawValue }
    let mpxns = MPxNField.allCases
      .filter { answer.device.history($0).entries.contains { $0.value != nil } }
      .flatMap { field in
        spans(field.rawValue, answer.device.history(field), causes) {
          $0.map(answer.wording.whole)
        }
      }
    switch globals.format {
    case .json:
      Output.put(
        JSON.object(
          try answer.members() + [
            ("statusHistory", .array(statuses.map(json))),
            ("mpxnHistory", .array(mpxns.map(json))),
          ]
        ).text)
    case .csv:
      var table = Table(["field", "value", "from", "seenOnly", "to", "position", "cause"])
      for span in statuses + mpxns {
        table.add([
          span.field, span.value ?? "", span.from.stored, span.isExact ? "no" : "yes",
          span.to?.stored ?? "", String(span.position), span.cause.map { String($0) } ?? "",
        ])
      }
      Output.put(table.csv())
    case .table:
      var table = Table(["FIELD", "VALUE", "FROM", "TO", "POSITION"], rightAligned: [4])
      for span in statuses + mpxns {
        table.add([
          span.field, span.value ?? "nothing",
          (span.isExact ? "" : "seen ") + Wording.time(span.from),
          span.to.map(Wording.time) ?? "now", String(span.position),
        ])
      }
      Output.say("\(id)  \(answer.device.type.rawValue)")
      Output.say(table.text(indent: 2))
      Output.say(
        "\"seen\": true no later than that. Position \(answer.position), \(Wording.time(answer.now))."
      )
    }
  }

  private func spans<Value>(
    _ field: String, _ history: History<Value>, _ causes: [Int: Int?],
    _ text: (Value) -> String?
  ) -> [Span] {
    history.entries.indices.map { index in
      let entry = history.entries[index]
      let next = index + 1 < history.entries.count ? history.entries[index + 1].from : nil
      return Span(
        field: field, value: text(entry.value), from: entry.from, isExact: entry.isExact,
        to: next, position: entry.position, cause: causes[entry.position] ?? nil)
    }
  }

  private func json(_ span: Span) -> JSON {
    .pairs([
      "field": .string(span.field), "value": .of(span.value),
      "from": .string(span.from.stored), "seenOnly": .bool(!span.isExact),
      "to": .of(span.to?.stored), "position": .integer(span.position), "cause": .of(span.cause),
    ])
  }
}
