import Testing

@testable import Corrections

/// SR 8.4 and SR 12.2, whose effect is confirmed.
@Suite struct `An update of the inventory that was carried out` {
  private typealias Asked = ServiceRequestReceived.Asked

  private func made(_ asks: Asked, of device: Device?, day: Int = 9) -> [Event] {
    Told.received("8.4", asks, variant: 8)
      .effects(basis: .response, on: device, at: february(day))
  }

  private let id = Told.received("8.4", .branch(.delete)).requestID

  @Test(arguments: [DeviceStatus.pending, .installedNotCommissioned])
  func `of a status sets it on what is no hub`(_ status: DeviceStatus) throws {
    let device = try folded((1, seen(entry(.esme, .commissioned))))
    #expect(
      made(.status(.statusExceptCH, status), of: device)
        == [Told.became(status, from: .commissioned, by: id)])
  }

  @Test(arguments: [DeviceStatus.commissioned, .withdrawn, .installedNotCommissioned])
  func `of a status sets it on a hub`(_ status: DeviceStatus) throws {
    let device = try folded((1, added(.chf)))
    #expect(
      made(.status(.statusCH, status), of: device)
        == [Told.became(status, from: .pending, by: id)])
  }

  @Test func `of details sets those that are given`() throws {
    let device = try folded((1, added(.esme, DeviceDetails(manufacturer: "00AB", model: "1"))))
    #expect(
      made(.details(DeviceDetails(model: "2")), of: device)
        == [Told.described(DeviceDetails(model: "2"), by: id)])
  }

  @Test func `of no details at all, or of such as the record may not hold, changes nothing`() {
    #expect(made(.details(DeviceDetails()), of: device()).isEmpty)
    #expect(made(.branch(.details), of: device()).isEmpty)
  }

  @Test func `that deletes removes the entry, if it is there`() throws {
    #expect(made(.branch(.delete), of: try folded((1, added()))) == [Told.deleted(by: id)])
    #expect(made(.branch(.delete), of: nil) == [Told.deleted(by: id)])
    let gone = try folded((1, added()), (5, Told.deleted))
    #expect(made(.branch(.delete), of: gone).isEmpty)
    #expect(made(.branch(.delete), of: gone, day: 4) == [Told.deleted(by: id)])
  }

  @Test(arguments: MPxNField.allCases)
  func `of a meter point sets it in the one place`(_ field: MPxNField) throws {
    let empty = try folded((1, added()))
    #expect(
      made(.mpxn(field, wantedMPxN), of: empty)
        == [Told.mpxn(wantedMPxN, in: field, from: .empty, by: id)])
    #expect(
      made(.mpxn(field, wantedMPxN), of: device(holding: heldMPxN, in: field))
        == [Told.mpxn(wantedMPxN, in: field, from: .mpxn(heldMPxN), by: id)])
    #expect(
      made(.mpxn(field, wantedMPxN), of: nil) == [Told.mpxn(wantedMPxN, in: field, by: id)],
      "what it held is not known")
  }

  @Test(
    arguments: [
      .status(.statusExceptCH, .installedNotCommissioned), .status(.statusCH, .withdrawn),
      .details(DeviceDetails(model: "2")), .branch(.delete), .mpxn(.exportMPAN, wantedMPxN),
    ] as [ServiceRequestReceived.Asked])
  func `changes nothing where it is asked for a second time`(
    _ asks: ServiceRequestReceived.Asked
  ) throws {
    let first = try folded((1, added()))
    let events = made(asks, of: first, day: 2)
    #expect(events.count == 1)
    let second = try folded([(1, added())] + events.map { (2, $0) })
    #expect(made(asks, of: second).isEmpty)
  }

  @Test(
    arguments: [
      .branch(.statusExceptCH), .branch(.statusCH), .branch(.mpxn), .other(element: "E"),
      .join(element: "E", other: The.otherDevice), .supplierChange(wantedMPxN),
      .query(.device), .hanDeviceLog(.add, MPxNs()),
    ] as [ServiceRequestReceived.Asked])
  func `that asks for nothing SR 8.4 can do changes nothing`(
    _ asks: ServiceRequestReceived.Asked
  ) {
    #expect(made(asks, of: device()).isEmpty)
  }

  @Test func `that names no device changes nothing`() {
    let request = Told.received("8.4", .branch(.delete), variant: 8, about: nil)
    #expect(request.effects(basis: .decided, on: nil, at: The.now).isEmpty)
  }

  @Test func `meets the entry as it was at that time`() throws {
    let device = try folded(
      (1, added(.esme, DeviceDetails(model: "1"))), (5, Told.mpxn(wantedMPxN)),
      (5, Told.described(DeviceDetails(model: "2"))))
    #expect(
      made(.mpxn(.importMPxN, wantedMPxN), of: device, day: 3)
        == [Told.mpxn(wantedMPxN, from: .empty, by: id)])
    #expect(made(.mpxn(.importMPxN, wantedMPxN), of: device, day: 6).isEmpty)
    #expect(made(.details(DeviceDetails(model: "2")), of: device, day: 3).count == 1)
    #expect(made(.details(DeviceDetails(model: "2")), of: device, day: 6).isEmpty)
  }

  @Test func `by SR 12.2 adds the device for the sender, joined with its Gas Proxy Function`() {
    let details = DeviceDetails(manufacturer: "00AB", model: "1")
    let request = Told.received(
      "12.2", .prenotification(.gsme, details, associatedGPF: The.gasProxy), variant: 8,
      by: The.maker)
    #expect(
      request.effects(basis: .decided, on: nil, at: The.now) == [
        .devicePrenotified(
          DevicePrenotified(
            deviceID: The.device, type: .gsme, details: details, associatedGPF: The.gasProxy,
            by: The.id(The.maker), party: "MAPX", basis: .decided, requestID: request.requestID)),
        .deviceAssociated(
          DeviceAssociation(
            deviceID: The.device, other: The.gasProxy, basis: .decided,
            requestID: request.requestID)),
      ])
  }
}
