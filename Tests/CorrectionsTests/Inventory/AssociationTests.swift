import Testing

@testable import Corrections

@Suite struct `Associations of devices` {
  private func look(_ others: EUI64..., isComplete: Bool = true) -> Event {
    var look = entry(.esme, nil)
    look.associatedDevices = others
    if others.isEmpty, isComplete { look.empty.insert(.associatedDevices) }
    return seen(look)
  }

  @Test func `are made and undone by joins, whichever of the two was asked`() throws {
    let device = try folded(
      (1, added()), (2, Told.joined(The.hub)),
      (3, Told.joined(The.device, asked: The.otherDevice)), (4, Told.parted(The.hub)))
    #expect(device.associatedDevices == [The.otherDevice])
    #expect(Set(device.associatedDevices(at: february(3))) == [The.hub, The.otherDevice])
    #expect(device.associatedDevices(at: february(1)).isEmpty)
    let hub = try #require(device.associations.first { $0.other == The.hub })
    #expect(hub.history.entries.map(\.value) == [true, false])
  }

  @Test func `of two other devices are none of its own`() throws {
    let device = try folded((1, added()), (2, Told.joined(The.hub, asked: The.otherDevice)))
    #expect(device.associations.isEmpty)
  }

  @Test func `come and go with looks that list them`() throws {
    let device = try folded((1, look(The.hub, The.otherDevice)), (3, look(The.otherDevice)))
    #expect(device.associatedDevices == [The.otherDevice])
    #expect(device.associatedDevices(at: february(2)).count == 2)
  }

  @Test func `stay where a look says nothing of them, and go where it sees none`() throws {
    let silent = try folded((1, look(The.hub)), (3, look(isComplete: false)))
    #expect(silent.associatedDevices == [The.hub])
    let empty = try folded((1, look(The.hub)), (3, look()))
    #expect(empty.associatedDevices.isEmpty)
  }

  @Test func `that ended later than a late join have ended`() throws {
    let device = try folded((1, added()), (5, Told.parted(The.hub)), (3, Told.joined(The.hub)))
    #expect(device.associatedDevices.isEmpty)
    #expect(device.associatedDevices(at: february(4)) == [The.hub])
  }

  @Test func `that began after a late look are not undone by it`() throws {
    let device = try folded((1, added()), (5, Told.joined(The.hub)), (3, look(The.otherDevice)))
    #expect(Set(device.associatedDevices) == [The.hub, The.otherDevice])
    #expect(device.associatedDevices(at: february(3)) == [The.otherDevice])
  }

  @Test func `that a late look does not list were over by then`() throws {
    let device = try folded(
      (1, added()), (2, Told.joined(The.hub)), (5, Told.parted(The.hub)),
      (3, look(The.otherDevice)))
    #expect(device.associatedDevices(at: february(2)) == [The.hub])
    #expect(device.associatedDevices(at: february(4)) == [The.otherDevice])
  }

  @Test func `told of late ended with the look that no longer lists them`() throws {
    let device = try folded((1, added()), (5, look(The.otherDevice)), (2, Told.joined(The.hub)))
    #expect(device.associatedDevices(at: february(4)) == [The.hub])
    #expect(device.associatedDevices == [The.otherDevice])
  }
}
