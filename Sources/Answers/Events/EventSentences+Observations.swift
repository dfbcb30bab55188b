package import Corrections
import Ledger
package import Wire

extension EventSentences {
  /// What a response, an alert, or a change of a device's entry says.
  package func observation(_ event: Event) -> String {
    switch event {
    case .serviceResponseRecorded(let event):
      "\(event.code) came back" + (event.content.map { " with \($0)" } ?? "") + flags(event.flags)
    case .alertRecorded(let event):
      "\(event.source == .dcc ? "DCC" : "device") alert \(event.alertCode ?? "without a code")"
        + (event.content.map { ", \($0)" } ?? "") + flags(event.flags)
    case .responseDiverged(let event):
      "DIVERGED: predicted \(event.predicted) (judged at \(event.validated)), \(event.returned) came "
        + "back"
    case .devicePrenotified(let event):
      "pre-notified \(event.type.rawValue) by \(event.by)\(basis(event.basis))"
    case .deviceStatusChanged(let event):
      "status " + (event.from.map { "\($0.rawValue) → " } ?? "") + event.to.rawValue
        + basis(event.basis)
    case .deviceDetailsUpdated(let event):
      "details" + EventSentences.text(event.details) + basis(event.basis)
    case .deviceDeleted(let event): "removed from the SMI\(basis(event.basis))"
    case .deviceAssociated(let event):
      "\(event.deviceID) joined with \(event.other)\(basis(event.basis))"
    case .deviceDissociated(let event):
      "\(event.deviceID) no longer joined with \(event.other)\(basis(event.basis))"
    case .deviceSupplierChanged(let event):
      "passed to " + (event.party ?? event.user?.description ?? "another supplier")
        + (event.mpxn.map { " for \(wording.masked($0))" } ?? "") + basis(event.basis)
    case .deviceValueObserved(let event): "on the device" + values(event) + basis(event.basis)
    default: preconditionFailure("sentence(_:) says the others")
    }
  }

  private func basis(_ basis: Basis) -> String { " (\(basis.rawValue))" }

  private func flags(_ flags: [RecordFlag]) -> String {
    flags.isEmpty ? "" : " [\(flags.map(\.rawValue).joined(separator: ", "))]"
  }

  /// The details that are given, each after a blank.
  package static func text(_ details: DeviceDetails) -> String {
    [
      details.manufacturer, details.model, details.smetsCHTSVersion,
      details.firmwareVersion.map { "firmware \($0)" },
      details.esmeVariant.map { "variant \($0.rawValue)" },
    ].compactMap { $0 }.map { " " + Shown.visible($0) }.joined()
  }

  private func values(_ event: DeviceValueObserved) -> String {
    let points = MPxNField.allCases.compactMap { field in
      event.value(field).map { " \(field.rawValue) \(wording.masked($0.mpxn))" }
    }
    let firmware = event.firmwareVersion.map { [" firmware \(Shown.visible($0))"] } ?? []
    return ":" + (points + firmware).joined(separator: ",")
  }
}

extension EventSentences {
  /// What followed from something, a line each.
  package func lines(_ consequences: [Recorded]) -> [String] {
    consequences.map { "  \($0.position)  \(sentence($0))" }
  }

  /// The same for programs.
  package func json(_ consequences: [Recorded]) -> JSON {
    .array(
      consequences.map {
        .pairs([
          "position": .integer($0.position), "type": .string(StoredForm.encode($0.event).type),
          "summary": .string(sentence($0)),
        ])
      })
  }
}
