package import Corrections
package import Ledger
package import Wire

/// A response or alert that was recorded, with what followed from it.
package struct RecordedAnswer {
  package let recorded: RecordedMessage
  package let sentences: EventSentences
  package let wording: Wording
  /// What is odd about a device since this message.
  package let deviceFlags: [(device: EUI64, flag: DeviceFlag)]

  package init(_ recorded: RecordedMessage, ledger: Ledger) throws {
    self.recorded = recorded
    sentences = EventSentences(ledger: ledger)
    wording = ledger.wording
    let devices = Set(recorded.consequences.flatMap(\.event.inventoryDevices))
    let since = recorded.position
    let last = recorded.consequences.last?.position ?? since
    deviceFlags = try devices.sorted().flatMap { id in
      let before = try ledger.device(id, upTo: since - 1)?.flags ?? []
      return (try ledger.device(id, upTo: last)?.flags ?? []).filter { !before.contains($0) }
        // A divergence is among the consequences.
        .filter { $0.name != "responseDiverged" }.map { (id, $0) }
    }
  }

  package var flags: [RecordFlag] {
    switch recorded.event {
    case .serviceResponseRecorded(let event): event.flags
    case .alertRecorded(let event): event.flags
    default: []
    }
  }

  package var divergence: ResponseDiverged? {
    for consequence in recorded.consequences {
      if case .responseDiverged(let event) = consequence.event { return event }
    }
    return nil
  }

  package var members: [(key: String, value: JSON)] {
    var members: [(key: String, value: JSON)] = []
    switch recorded.event {
    case .serviceResponseRecorded(let event):
      members = [
        ("kind", .string("response")), ("requestID", .of(event.requestID?.description)),
        ("responseID", .of(event.responseID?.description)),
        ("deviceID", .of(event.deviceID?.description)), ("code", .string(event.code)),
        ("serviceReference", .of(event.serviceReferenceVariant ?? event.serviceReference)),
        ("content", .of(event.content)),
      ]
    case .alertRecorded(let event):
      members = [
        ("kind", .string("alert")), ("requestID", .of(event.requestID?.description)),
        ("deviceID", .of(event.deviceID?.description)), ("code", .string(event.code)),
        ("alertCode", .of(event.alertCode)), ("content", .of(event.content)),
      ]
    default: preconditionFailure("a message is a response or an alert")
    }
    let diverged: JSON =
      divergence.map {
        .pairs(["predicted": .string($0.predicted), "returned": .string($0.returned)])
      } ?? .null
    members += [
      ("flags", .array(flags.map { .string($0.rawValue) })), ("diverged", diverged),
      ("consequences", sentences.json(recorded.consequences)),
      ("deviceFlags", .array(deviceFlags.map { .string($0.flag.name) })),
      ("position", .integer(recorded.position)), ("repeated", .bool(recorded.repeated)),
    ]
    return members
  }
}
