import Corrections
import Foundation
import Testing
import Wire

@testable import Ledger

/// Requests, responses and alerts drawn at random from a seed, about a few devices and meter points.
struct Traffic {
  var random: SplitMix
  var counter: UInt64 = 0
  let users: [EUI64]
  let devices: [EUI64]
  let points: [MPxN]
  private(set) var asked: [ServiceRequest] = []

  /// Besides the devices of the examples there are some that nobody has told of yet.
  init(seed: UInt64, newDevices: Int = 3) throws {
    random = SplitMix(seed: seed)
    users =
      try ([Fixture.supA, Fixture.supA, Fixture.supB, Fixture.supC, Fixture.mapX])
      .map(eui) + [try eui("90-B3-D5-1F-30-77-00-00")]
    devices =
      try [
        Fixture.device, Fixture.other, Fixture.hub, Fixture.pending, "00-DB-12-34-56-78-90-A1",
      ].map(eui) + (0..<newDevices).map { EUI64(bits: 0x00DB_1234_5678_A000 + UInt64($0)) }
    points = try [
      Fixture.ofA, Fixture.ofB, Fixture.ofNobody, "1655500011126", "2377770010031",
      "2909000800078", "1429876543210", "7400012306",
    ].map(point)
  }

  mutating func one<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  mutating func chance(_ part: Double) -> Bool {
    Double.random(in: 0..<1, using: &random) < part
  }

  /// A request that an authority answers itself: SR 8.4 in any branch, 8.2 or 12.2.
  mutating func judgedRequest() -> ServiceRequest {
    let content: ServiceRequest.Content
    var reference = "8.4"
    switch Int.random(in: 0..<12, using: &random) {
    case 0..<8: content = .updateInventory(deviceID: one(devices), update())
    case 8, 9:
      reference = "8.2"
      content = .readInventory(query())
    default:
      reference = "12.2"
      content = .prenotification(prenotification())
    }
    return request(reference, reference, content, variant: chance(0.95) ? 8 : 1, to: nil)
  }

  private mutating func update() -> InventoryUpdate {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: .statusExceptCH(one([.pending, .installedNotCommissioned]))
    case 1: .statusCH(one([.commissioned, .withdrawn, .installedNotCommissioned]))
    case 2: .details(details())
    case 3: .delete
    default: .mpxn(one(MPxNField.allCases), one(points))
    }
  }

  private mutating func query() -> InventoryQuery {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: .deviceID(one(devices))
    case 1: .mpxn(one(points))
    case 2: .uprn(one(["123456789012", "123456789013"]))
    default:
      .property(postCode: "ZZ9 9ZZ", addressIdentifier: one(["12,,EXAMPLE ROAD,,,TOWN", "13"]))
    }
  }

  mutating func details() -> DeviceDetails {
    DeviceDetails(
      manufacturer: one([nil, "AB01", "AB02"]), model: one([nil, "010A030B", "020A030B"]),
      smetsCHTSVersion: one([nil, "V5.1"]), firmwareVersion: one([nil, "0002012F", "00020130"]),
      esmeVariant: one([nil, .ADE, .BDE]))
  }

  private mutating func prenotification() -> DevicePrenotification {
    let type = one([DeviceType.esme, .gsme, .ihd, .ppmid])
    return DevicePrenotification(
      deviceID: one(devices), type: type,
      details: DeviceDetails(
        manufacturer: "AB01", model: "010A030B",
        firmwareVersion: type.isType2 ? nil : "0002012F", esmeVariant: type == .esme ? .ADE : nil),
      associatedGPFDeviceID: type == .ppmid ? one(devices) : nil)
  }

  /// A request that only a device can answer.
  mutating func deviceRequest() -> ServiceRequest {
    let device = one(devices)
    let other = one(devices)
    let mpxns = MPxNs(importMPxN: chance(0.5) ? one(points) : nil)
    let (reference, target, content): (String, EUI64, ServiceRequest.Content) =
      switch Int.random(in: 0..<10, using: &random) {
      case 0:
        (
          "8.11", other,
          .service(
            element: "UpdateHANDeviceLog", deviceID: device,
            .hanDeviceLog(one([.add, .add, .remove]), mpxns))
        )
      case 1: ("8.1.1", device, .other(element: "CommissionDevice", deviceID: device))
      case 2:
        (
          "8.7.1", device,
          .service(
            element: "JoinServiceCritical", deviceID: device, .join(other: other))
        )
      case 3:
        (
          "8.7.2", device,
          .service(
            element: "JoinServiceNonCritical", deviceID: device, .join(other: other))
        )
      case 4:
        (
          "8.8.1", device,
          .service(
            element: "UnjoinServiceCritical", deviceID: device, .unjoin(other: other))
        )
      case 5: ("8.3", device, .other(element: "DecommissionDevice", deviceID: device))
      case 6:
        (
          "6.23", device,
          .service(
            element: "UpdateSecurityCredentialsCoS", deviceID: device, .supplierChange(one(points)))
        )
      case 7:
        (
          "6.20.1", device,
          .service(
            element: "SetDeviceConfigurationImportMPxN", deviceID: device, .setMPxNs(mpxns))
        )
      case 8: ("8.14.1", device, .other(element: "CommsHubStatusUpdate", deviceID: device))
      default: ("8.12.1", device, .other(element: "RestoreHANDeviceLog", deviceID: device))
      }
    return request(
      String(reference.split(separator: ".").prefix(2).joined(separator: ".")), reference, content,
      variant: one([1, 2, 4]), to: target)
  }

  private mutating func request(
    _ reference: String, _ variant: String, _ content: ServiceRequest.Content, variant command: Int,
    to target: EUI64?
  ) -> ServiceRequest {
    counter += 1
    let request = ServiceRequest(
      id: RequestID(
        originator: one(users), target: target ?? EUI64(bits: 0x90B3_D51F_3000_0002),
        counter: counter), schemaVersion: "5.4", commandVariant: command,
      serviceReference: reference, serviceReferenceVariant: variant, content: content)
    asked.append(request)
    return request
  }
}
