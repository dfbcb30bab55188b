import Testing

@testable import Corrections

/// The request was sent to the hub, and is about the device of the tests.
@Suite struct `A request to a device that was carried out` {
  private typealias Asked = ServiceRequestReceived.Asked

  private func made(
    _ reference: String, _ asks: Asked, of device: Device?, day: Int = 9
  ) -> [Event] {
    Told.received(reference, asks).effects(basis: .response, on: device, at: february(day))
  }

  private let id = Told.received("8.11", .other(element: "E")).requestID

  @Test func `of SR 8.11 Add lets the device in at the meter points that it names`() throws {
    let points = MPxNs(importMPxN: wantedMPxN, exportMPAN: token("E"))
    #expect(
      made("8.11", .hanDeviceLog(.add, points), of: try folded((1, added()))) == [
        Told.became(.whitelisted, from: .pending, by: id),
        Told.mpxn(wantedMPxN, from: .empty, by: id),
        Told.mpxn(token("E"), in: .exportMPAN, from: .empty, by: id), Told.joined(The.hub, by: id),
      ])
  }

  @Test func `of SR 8.11 Add gives a Type 2 device no status`() throws {
    let device = try folded((1, added(.ihd)))
    #expect(
      made("8.11", .hanDeviceLog(.add, MPxNs()), of: device) == [Told.joined(The.hub, by: id)])
  }

  @Test func `of SR 8.11 Remove parts it from the hub and leaves it as it is`() throws {
    let device = try folded((1, added()), (2, Told.joined(The.hub)))
    #expect(
      made("8.11", .hanDeviceLog(.remove, MPxNs(importMPxN: wantedMPxN)), of: device)
        == [Told.parted(The.hub, by: id)])
    #expect(made("8.11", .hanDeviceLog(.remove, MPxNs()), of: try folded((1, added()))).isEmpty)
  }

  @Test func `of SR 8.1.1 commissions it`() throws {
    let device = try folded((1, seen(entry(.esme, .installedNotCommissioned))))
    #expect(
      made("8.1.1", .other(element: "CommissionDeviceSynchroniseClock"), of: device)
        == [Told.became(.commissioned, from: .installedNotCommissioned, by: id)])
  }

  @Test(arguments: ["8.7.1", "8.7.2"], DeviceType.allCases)
  func `of SR 8.7 joins the two, and commissions a PPMID and a HCALCS`(
    _ reference: String, _ type: DeviceType
  ) throws {
    let device = try folded((1, added(type)))
    let commissioned = Told.became(.commissioned, from: .pending, by: id)
    #expect(
      made(reference, .join(element: "E", other: The.otherDevice), of: device)
        == [Told.joined(The.otherDevice, by: id)]
        + ([.ppmid, .hcalcs].contains(type) ? [commissioned] : []))
  }

  @Test(arguments: ["8.8.1", "8.8.2"])
  func `of SR 8.8 parts the two, if they were joined`(_ reference: String) throws {
    let asks = Asked.unjoin(element: "E", other: The.otherDevice)
    let joined = try folded((1, added()), (2, Told.joined(The.otherDevice)))
    #expect(made(reference, asks, of: joined) == [Told.parted(The.otherDevice, by: id)])
    #expect(made(reference, asks, of: try folded((1, added()))).isEmpty)
  }

  @Test func `of SR 8.3 decommissions it`() throws {
    let device = try folded((1, seen(entry(.esme, .commissioned))))
    #expect(
      made("8.3", .other(element: "DecommissionDevice"), of: device)
        == [Told.became(.decommissioned, from: .commissioned, by: id)])
  }

  @Test func `of SR 6.23 passes it to the sender`() throws {
    #expect(
      made("6.23", .supplierChange(wantedMPxN), of: try folded((1, added()))) == [
        Told.passed(to: The.id(The.supA), party: "SUPA", for: wantedMPxN, by: id)
      ])
  }

  @Test(arguments: ["6.20.1", "6.20.2"])
  func `of SR 6.20 changes what the device holds, not the SMI`(_ reference: String) throws {
    let asks = Asked.setMPxNs(element: "E", MPxNs(importMPxN: wantedMPxN))
    #expect(
      made(reference, asks, of: try folded((1, added()))) == [
        .deviceValueObserved(
          DeviceValueObserved(
            deviceID: The.device, importMPxN: .mpxn(wantedMPxN), basis: .response, requestID: id))
      ])
  }

  @Test(
    arguments: [
      "8.2", "8.9", "8.12.1", "8.12.2", "8.13", "8.14.1", "8.14.2", "8.14.3", "8.14.4", "8.5",
      "8.6", "11.1", "11.2", "11.3", "11.4", "6.2.7", "4.1.1",
    ])
  func `of another service changes nothing by itself`(_ reference: String) throws {
    #expect(made(reference, .other(element: "E"), of: try folded((1, added()))).isEmpty)
  }

  @Test(arguments: ["8.11", "8.7.1", "8.7.2", "8.8.1", "8.8.2", "6.23", "6.20.1", "6.20.2", "12.2"])
  func `changes nothing where its body was not read`(_ reference: String) throws {
    #expect(made(reference, .other(element: "E"), of: try folded((1, added()))).isEmpty)
  }

  @Test func `of a device that is not held tells what it is now, not what it was`() {
    #expect(
      made("8.11", .hanDeviceLog(.add, MPxNs(importMPxN: wantedMPxN)), of: nil) == [
        Told.became(.whitelisted, by: id), Told.mpxn(wantedMPxN, by: id),
        Told.joined(The.hub, by: id),
      ])
    #expect(
      made("8.11", .hanDeviceLog(.remove, MPxNs()), of: nil) == [Told.parted(The.hub, by: id)])
  }

  @Test func `meets the status as it was at that time`() throws {
    let device = try folded((1, added()), (5, Told.became(.commissioned)))
    #expect(
      made("8.3", .other(element: "E"), of: device, day: 3)
        == [Told.became(.decommissioned, from: .pending, by: id)])
    #expect(made("8.1.1", .other(element: "E"), of: device, day: 6).isEmpty)
  }

  @Test func `meets the joins as they were at that time`() throws {
    let device = try folded((1, added()), (5, Told.joined(The.hub)), (7, Told.parted(The.hub)))
    let remove = Asked.hanDeviceLog(.remove, MPxNs())
    #expect([3, 6, 8].map { made("8.11", remove, of: device, day: $0).count } == [0, 1, 0])
    let join = Asked.join(element: "E", other: The.hub)
    #expect([3, 6, 8].map { made("8.7.1", join, of: device, day: $0).count } == [1, 0, 1])
  }
}
