import Corrections
import Foundation
import Wire

@testable import Ledger

extension Traffic {
  /// A response to one of the requests so far, or to one that was never made.
  mutating func response(at time: Instant) -> ReceivedResponse {
    counter += 1
    let request = chance(0.9) ? asked.randomElement(using: &random) : nil
    let unknown = RequestID(
      originator: one(users), target: one(devices), counter: 1_000_000 + counter)
    let id = request?.id ?? unknown
    let content = responseContent()
    let reference = chance(0.05) ? "8.9" : request?.serviceReferenceVariant
    return ReceivedResponse(
      requestID: id,
      responseID: chance(0.5)
        ? RequestID(originator: id.target, target: id.originator, counter: id.counter) : nil,
      identitiesAgree: true,
      code: one(["I0", "I0", "I0", "I99", "E080410", "E080415", "E1", "E20", "E999"]),
      at: time.advanced(byMilliseconds: -Int64.random(in: 0...3_600_000, using: &random)),
      zoneWasMissing: false, serviceReference: reference, serviceReferenceVariant: reference,
      element: content == .none ? nil : "Content", content: content, isDecoded: chance(0.2),
      schemaVersion: "5.4", canonical: Array("response \(counter)".utf8))
  }

  private mutating func responseContent() -> ResponseContent {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: .inventory([row(), row()])
    case 1: .onDevice(MPxNs(importMPxN: chance(0.3) ? .empty : .mpxn(one(points))))
    case 2: .firmwareVersion(one(["0002012F", "00020130"]))
    case 3: .outcome(succeeded: chance(0.7))
    case 4: .unread
    default: .none
    }
  }

  private mutating func row() -> InventoryRow {
    InventoryRow(
      deviceID: one(devices), deviceType: one([.esme, .gsme, .chf, .ihd]),
      status: one([nil, .commissioned, .pending]), details: details(),
      mpxns: MPxNs(importMPxN: chance(0.5) ? one(points) : nil))
  }

  mutating func alert(at time: Instant) -> ReceivedAlert {
    counter += 1
    let content = alertContent()
    return ReceivedAlert(
      source: .dcc,
      responseID: RequestID(
        originator: EUI64(bits: 0x90B3_D51F_3000_0002), target: one(users), counter: counter),
      code: "I0",
      at: time.advanced(byMilliseconds: -Int64.random(in: 0...3_600_000, using: &random)),
      zoneWasMissing: false, alertCode: one(["N1", "N8", "N24", "N999", "N12345"]),
      element: "Alert", content: content, deviceID: content.deviceID, schemaVersion: "5.4",
      canonical: Array("alert \(counter)".utf8))
  }

  private mutating func alertContent() -> AlertContent {
    let device = one(devices)
    let id = asked.randomElement(using: &random)?.id
    switch Int.random(in: 0..<17, using: &random) {
    case 0: return .meterIdentity(device, MPxNs(importMPxN: one(points)), chance(0.5) ? .ADE : nil)
    case 1: return .meterDecommissioned(device)
    case 2: return .hubDecommissioned(device)
    case 3: return .removedFromInventory(device)
    case 4: return .suspended(device)
    case 5: return .restored(device)
    case 6: return .brokerCredentialsRecovered(device)
    case 7: return .recovered(device)
    case 8: return id.map { .supplierChangeAnswered($0, hasError: chance(0.3)) } ?? .other
    case 9: return .supplierChanged(device, MPxNs(importMPxN: one(points)))
    case 10: return id.map { .hanDeviceLogUpdated($0) } ?? .other
    case 11:
      return .deviceLogRestored(
        oldCHF: device, newCHF: one(devices), oldGPF: one(devices), newGPF: one(devices))
    case 12: return .ppmidRemoved(device, hub: one(devices))
    case 13: return .firmwareMismatch(device, .esme, smi: "0002012F", device: "00020130")
    case 14: return .firmwareActivated(device, "00020130")
    case 15: return .variantChanged(device, one([.ADE, .BDE]))
    default: return .joinedHAN(device)
    }
  }
}

extension TestLedger {
  /// Submits a request, or records a response or an alert, drawn at random.
  func step(_ traffic: inout Traffic) throws {
    switch Int.random(in: 0..<10, using: &traffic.random) {
    case 0..<4: try submit(traffic.judgedRequest())
    case 4, 5: try submit(traffic.deviceRequest())
    case 6, 7:
      let response = traffic.response(at: now())
      _ = try ledger.record(response, raw: response.canonical, by: nil)
    default:
      let alert = traffic.alert(at: now())
      _ = try ledger.record(alert, raw: alert.canonical, by: nil)
    }
  }
}

/// How many of something a law sees; a variable asks for more.
enum Amount {
  static func of(_ variable: String, atLeast few: Int) -> Int {
    max(few, ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? 0)
  }
}
