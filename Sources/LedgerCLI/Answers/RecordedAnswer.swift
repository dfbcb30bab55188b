import Corrections
import Ledger
import Wire

/// A response or alert that was recorded, with what followed from it.
struct RecordedAnswer {
  private let recorded: RecordedMessage
  private let sentences: EventSentences
  private let wording: Wording
  /// What is odd about a device since this message.
  private let deviceFlags: [(device: EUI64, flag: DeviceFlag)]

  init(_ recorded: RecordedMessage, ledger: Ledger) throws {
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

  private var flags: [RecordFlag] {
    switch recorded.event {
    case .serviceResponseRecorded(let event): event.flags
    case .alertRecorded(let event): event.flags
    default: []
    }
  }

  private var divergence: ResponseDiverged? {
    for consequence in recorded.consequences {
      if case .responseDiverged(let event) = consequence.event { return event }
    }
    return nil
  }

  var json: [(key: String, value: JSON)] {
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

  var text: String {
    var lines = headline
    for flag in flags { lines.append("  odd  \(Wording.sentence(flag))") }
    lines += sentences.lines(recorded.consequences)
    for (device, flag) in deviceFlags {
      lines.append("  flag  \(device): \(wording.sentence(flag, value: wording.masked))")
    }
    if recorded.consequences.isEmpty, !recorded.repeated {
      lines.append("  Nothing that is held changes.")
    }
    lines.append(
      recorded.repeated
        ? "Recorded before, at position \(recorded.position); nothing was recorded now."
          + (recorded.contentCompared
            ? "" : " Its content was erased, so it could not be compared.")
        : "Recorded at position \(recorded.position).")
    return lines.joined(separator: "\n")
  }

  private var headline: [String] {
    switch recorded.event {
    case .serviceResponseRecorded(let event):
      let verdict =
        divergence == nil
        ? Output.verdict("RESPONSE", good: Judgement.isSuccess(event.code))
        : Output.verdict("DIVERGED", good: false)
      return [
        "\(verdict)  \(event.code)   SR \(event.serviceReferenceVariant ?? event.serviceReference ?? "?")  "
          + (event.requestID?.description ?? "no request named")
      ] + (event.deviceID.map { ["device \($0)"] } ?? [])
    case .alertRecorded(let event):
      return [
        "\(Output.verdict("ALERT", good: nil))  \(event.alertCode ?? "no code")   "
          + (event.content ?? (event.source == .device ? "from the device" : ""))
      ] + (event.deviceID.map { ["device \($0)"] } ?? [])
    default: preconditionFailure("a message is a response or an alert")
    }
  }
}
