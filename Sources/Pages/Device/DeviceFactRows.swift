internal import Answers
internal import Corrections
internal import Ledger
internal import Wire

/// What an entry says, each with since when and from which position.
struct DeviceFactRows {
  let answer: DeviceAnswer

  init(_ answer: DeviceAnswer) { self.answer = answer }

  var rows: [FactView] {
    get throws {
      var rows = [status]
      let suppliers = try answer.suppliers()
      rows += MPxNField.allCases.map { field in
        place(field, suppliers.first { $0.field == field }.map { ($0.party, $0.since) })
      }
      rows.append(details)
      if let user = answer.then?.prenotifiedBy {
        rows.append(FactView("Pre-notified by", "\(user)"))
      }
      if let user = answer.then?.installer {
        rows.append(
          FactView("Installed by", "\(user.value)", source: "position \(user.position)"))
      }
      if let day = answer.dateCommissioned {
        rows.append(FactView("Commissioned", Wording.date(day)))
      }
      if !answer.associatedDevices.isEmpty {
        rows.append(
          FactView("Joined with", answer.associatedDevices.map { FactView.Line("\($0)") }))
      }
      if let removed = answer.then?.removed {
        rows.append(
          FactView(
            "Removed", "from the SMI, \(Wording.date(removed.from))",
            source: "position \(removed.position)"))
      }
      rows += answer.flags.map {
        FactView("Flag", answer.sentence($0).capitalised, source: "position \($0.position)")
      }
      return rows
    }
  }

  private var status: FactView {
    guard let status = answer.status else { return FactView("Status", "None known") }
    return FactView(
      "Status", status.value.rawValue,
      source: (status.isExact ? "since " : "seen ")
        + "\(Wording.date(status.from)), position \(status.position)")
  }

  private func place(_ field: MPxNField, _ supplier: (party: String, since: Instant)?) -> FactView {
    let name = PageWords.field(field.rawValue)
    guard let known = answer.mpxn(field) else {
      let seen = answer.place(field)
      return FactView(
        name, seen == nil ? "Not known" : "Nothing",
        source: seen.map { "seen \(Wording.date($0.from)), position \($0.position)" })
    }
    return FactView(
      name,
      [
        FactView.Line(
          answer.wording.whole(known.value),
          source: (known.isExact ? "since " : "seen ")
            + "\(Wording.date(known.from)), position \(known.position)"),
        FactView.Line(
          supplier.map {
            "Registered Supplier \($0.party) since \(Wording.date($0.since))"
          } ?? "No registration held"),
      ])
  }

  private var details: FactView {
    let details = answer.details
    let parts = [
      details.manufacturer.map { "manufacturer \($0)" }, details.model.map { "model \($0)" },
      details.smetsCHTSVersion.map { "SMETS/CHTS \($0)" },
      details.firmwareVersion.map { "firmware \($0)" },
      details.esmeVariant.map { "variant \($0.rawValue)" },
    ].compactMap { $0 }
    return FactView(
      "Details", parts.isEmpty ? "None known" : Shown.visible(parts.joined(separator: ", ")))
  }
}
