import Testing

@testable import Corrections

@Suite struct `Details of a device` {
  private func look(_ details: DeviceDetails) -> Event {
    var look = entry(.esme, nil)
    look.details = details
    return seen(look)
  }

  @Test func `are what was said last of each, laid over what was said before`() throws {
    let device = try folded(
      (1, added(.esme, DeviceDetails(manufacturer: "00AB", model: "1", esmeVariant: .AD))),
      (2, Told.described(DeviceDetails(model: "2"))),
      (3, look(DeviceDetails(firmwareVersion: "F"))))
    #expect(
      device.details
        == DeviceDetails(manufacturer: "00AB", model: "2", firmwareVersion: "F", esmeVariant: .AD))
    #expect(device.variantKnownAt == 11)
  }

  @Test func `have a history, each value once per change`() throws {
    let device = try folded(
      (1, added(.esme, DeviceDetails(model: "1"))),
      (2, Told.described(DeviceDetails(model: "2"))),
      (3, look(DeviceDetails(model: "2", firmwareVersion: "F"))))
    let models = device.detailHistory(\.model).entries
    #expect(models.map(\.value) == ["1", "2"])
    #expect(models.map(\.from) == [february(1), february(2)])
    #expect(models.map(\.isExact) == [true, true])
    #expect(device.detailHistory(\.firmwareVersion).entries.map(\.isExact) == [true, false])
    #expect(device.details(at: february(1)).model == "1")
    #expect(device.details(at: february(2)).model == "2")
    #expect(device.details(at: february(2)).firmwareVersion == nil)
  }

  @Test func `of a moment before the first word are what was said first`() throws {
    let device = try folded(
      (5, look(DeviceDetails(model: "1"))), (6, look(DeviceDetails(model: "2"))))
    #expect(device.details(at: february(1)).model == "1")
  }

  @Test func `said of an earlier time take their place there and fill what is not known`() throws {
    let device = try folded(
      (5, look(DeviceDetails(model: "new"))),
      (2, look(DeviceDetails(manufacturer: "00AB", model: "old"))))
    #expect(device.details.model == "new")
    #expect(device.details.manufacturer == "00AB")
    #expect(device.detailHistory(\.model).entries.map(\.value) == ["old", "new"])
    #expect(device.details(at: february(3)).model == "old")
  }

  @Test func `said of a time before the device was added anew count no more`() throws {
    let device = try folded(
      (4, added(.esme, DeviceDetails(model: "new"))),
      (2, look(DeviceDetails(manufacturer: "00AB", model: "old"))))
    #expect(device.details == DeviceDetails(model: "new"))
    #expect(device.details(at: february(3)).manufacturer == "00AB")
  }

  @Test func `of its place fill from an older look only what no newer one said`() throws {
    var newer = entry(.esme, nil)
    newer.postCode = token("N")
    newer.empty.insert(.uprn)
    var older = entry(.esme, nil)
    older.postCode = token("O")
    older.cspRegion = "North"
    let device = try folded((5, seen(newer)), (2, seen(older)))
    #expect(device.listing.postCode == token("N"))
    #expect(device.listing.cspRegion == "North")
  }

  @Test func `of its place are emptied by a newer look that sees nothing there`() throws {
    var first = entry(.esme, nil)
    first.postCode = token("P")
    first.uprn = token("U")
    var second = entry(.esme, nil)
    second.empty.insert(.postCode)
    let device = try folded((2, seen(first)), (5, seen(second)))
    #expect(device.listing.postCode == nil)
    #expect(device.listing.uprn == token("U"), "nothing was said of it")
  }

  @Test func `of its place are what the newest look says that says anything of them`() throws {
    func listed(_ letter: Character) -> Event {
      var look = entry(.esme, nil)
      look.postCode = token(letter)
      return seen(look)
    }
    let device = try folded((9, seen(entry())), (2, listed("O")), (5, listed("N")))
    #expect(device.listing.postCode == token("N"))
  }
}
