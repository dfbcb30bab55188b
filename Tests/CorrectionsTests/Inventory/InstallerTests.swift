import Testing

@testable import Corrections

@Suite struct `The installer of a device` {
  private func installer(_ told: (day: Int, event: Event)...) throws -> EUI64? {
    try folded(told).installer?.value
  }

  @Test(arguments: ["8.1.1", "8.7.1", "8.7.2", "8.14.1", "8.14.2"])
  func `is the user whose installation was carried out`(_ reference: String) throws {
    let device = try folded(
      (1, added(by: The.maker)), (2, Told.answer(reference, to: The.request(2))))
    #expect(device.installer?.value == The.id(The.supA))
    #expect(device.installer?.position == 12)
    #expect(device.installer?.from == february(2))
  }

  @Test(arguments: ["8.3", "8.4", "8.8.1", "8.14.3", "6.23", "4.1"])
  func `is nobody by another request`(_ reference: String) throws {
    #expect(try installer((1, added()), (2, Told.answer(reference, to: The.request(2)))) == nil)
  }

  @Test(arguments: ["8.1.1", "8.7.1", "8.7.2"])
  func `is nobody by an acknowledgement or a failure of the device`(_ reference: String) throws {
    for code in ["I99", "E20", "E21", "E080410"] {
      #expect(
        try installer((1, added()), (2, Told.answer(reference, code, to: The.request(2)))) == nil)
    }
  }

  @Test func `is known by I99 where no device has to do anything`() throws {
    #expect(
      try installer((1, added(.chf)), (2, Told.answer("8.14.1", "I99", to: The.request(2))))
        == The.id(The.supA))
  }

  @Test(arguments: [Basis.response, .alert])
  func `is the user whose request had a hub let it in`(_ basis: Basis) throws {
    let device = try folded(
      (1, added(by: The.maker)), (2, Told.became(.whitelisted, basis, by: The.request(2))))
    #expect(device.installer?.value == The.id(The.supA))
    #expect(device.installer?.position == 12)
  }

  @Test func `is nobody where it was let in and no request is named`() throws {
    #expect(try installer((1, added()), (2, Told.became(.whitelisted, .alert))) == nil)
    #expect(try installer((1, added()), (2, seen(entry(.esme, .whitelisted)))) == nil)
  }

  @Test(arguments: DeviceStatus.allCases.filter { $0 != .whitelisted })
  func `is nobody by a request that set another status`(_ status: DeviceStatus) throws {
    #expect(try installer((1, added()), (2, Told.became(status, by: The.request(2)))) == nil)
  }

  @Test func `is the one who installed it last`() throws {
    #expect(
      try installer(
        (1, added()), (2, Told.answer("8.1.1", to: The.request(2))),
        (4, Told.answer("8.1.1", to: The.request(3, from: The.supB))),
        (3, Told.answer("8.1.1", to: The.request(4, from: The.supC)))) == The.id(The.supB))
  }

  @Test func `is nobody by a late answer from before the device was added anew`() throws {
    #expect(
      try installer((1, added()), (4, added()), (2, Told.answer("8.1.1", to: The.request(2))))
        == nil)
  }
}
