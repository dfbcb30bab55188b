@testable import Corrections

extension Recorded {
  /// What the event says of the status; nil where the entry is removed.
  var words: [(at: Instant, position: Int, isThere: Bool?, status: DeviceStatus?, basis: Basis)] {
    switch event {
    case .inventoryObserved(let event):
      let status = event.entry.status
      let since = event.entry.statusSince
      let isNow = since.map { $0 <= effectiveAt } ?? true
      return
        (status == nil || since == nil
        ? [] : [(since ?? effectiveAt, position, nil, status, event.basis)])
        + [(effectiveAt, position, true, isNow ? status : nil, event.basis)]
    case .devicePrenotified(let event):
      return [(effectiveAt, position, true, event.type.isType2 ? nil : .pending, event.basis)]
    case .deviceDeleted(let event): return [(effectiveAt, position, false, nil, event.basis)]
    case .deviceStatusChanged(let event):
      return [(effectiveAt, position, nil, event.to, event.basis)]
    default: return []
    }
  }
}

extension Device {
  /// All that was true at a moment.
  func atMoment(_ moment: Instant) -> [String] {
    [
      "\(status.value(at: moment)?.value.rawValue ?? "-")", "\(isInSMI(at: moment))",
      "\(details(at: moment))",
      associatedDevices(at: moment).map(\.description).sorted().joined(separator: ", "),
    ]
      + MPxNField.allCases.map { field in
        history(field).value(at: moment).map { $0.value?.text ?? "empty" } ?? "-"
      }
  }
}

extension History {
  /// Its values with their beginnings.
  var steps: [String] { entries.map { "\($0.value) from \($0.from.stored), \($0.isExact)" } }
}
