import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct DeviceShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "The SMI entry as held now, and who is registered.",
    usage: "smi-ledger device show EUI [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger device show 00-DB-12-34-56-78-90-A0
        smi-ledger device show 00-DB-12-34-56-78-90-A0 --format json
        smi-ledger device show 00-DB-12-34-56-78-90-A0 --effective-at 2026-03-01T00:00:00Z --known-at 25
      Exit codes: 0, 64, 66.
      See also: smi-ledger device history --help
      """)

  @Argument(help: "The Device ID, an EUI-64.")
  var id: EUI64

  @OptionGroup var axes: AxesOptions
  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("device show")
    let ledger = try globals.read()
    let moment = try axes.moment(ledger)
    let answer = try DeviceAnswer(id, ledger, moment)
    guard globals.format == .table else {
      Output.put(JSON.object(try answer.members()).text)
      return
    }
    let device = answer.device
    var table = Table(["", ""])
    if let status = answer.status {
      let since =
        status.isExact
        ? "since \(Wording.date(status.from))" : "seen \(Wording.date(status.from))"
      table.add(["Status", "\(status.value.rawValue), \(since) (\(status.position))"])
    } else {
      table.add(["Status", "none known"])
    }
    let suppliers = try answer.suppliers()
    for field in MPxNField.allCases {
      guard let known = answer.mpxn(field) else {
        let seen = answer.place(field)
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
    let details = answer.details
    let parts = [
      details.manufacturer, details.model, details.firmwareVersion.map { "firmware \($0)" },
      details.esmeVariant.map { "variant \($0.rawValue)" },
    ].compactMap { $0 }
    table.add(["Details", parts.isEmpty ? "none known" : parts.joined(separator: " ")])
    if let user = answer.then?.prenotifiedBy { table.add(["Pre-notified", "by \(user)"]) }
    if let user = answer.then?.installer {
      table.add(["Installed", "by \(user.value) (\(user.position))"])
    }
    if !answer.associatedDevices.isEmpty {
      table.add(["Joined with", answer.associatedDevices.map(\.description).joined(separator: " ")])
    }
    if let removed = answer.then?.removed {
      table.add(["Removed", "from the SMI, \(Wording.date(removed.from)) (\(removed.position))"])
    }
    for flag in answer.flags {
      table.add(["Flag", "\(answer.sentence(flag)) (\(flag.position))"])
    }
    let open = try answer.openCorrections().map { "\($0.id) (\($0.field.rawValue))" }
    table.add(["Corrections", open.isEmpty ? "none open" : open.joined(separator: ", ")])
    Output.say("\(device.id)  \(device.type.rawValue)")
    Output.say(table.text(indent: 2))
    Output.say(moment.foot)
  }
}
