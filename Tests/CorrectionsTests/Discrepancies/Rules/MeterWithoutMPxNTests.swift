import Testing

@testable import Corrections

@Suite struct `meterWithoutMPxN: a commissioned meter without a meter point` {
  private func found(_ device: Device) -> [Suspicion] {
    suspect(device).found(by: .meterWithoutMPxN)
  }

  @Test(arguments: [DeviceType.esme, .gsme])
  func `is likely where the place was seen to be empty`(_ type: DeviceType) {
    #expect(
      found(device(type, since: local("2021-06-01"), holding: nil)) == [
        Suspicion(
          .meterWithoutMPxN, .likely, of: The.device, field: .importMPxN,
          facts: [
            .typed(type), Fact(.status, .text("Commissioned"), from: .position(10)),
            Fact(.statusSince, .time(local("2021-06-01")), from: .position(10)),
            Fact(.emptyPlace, .text("importMPxN"), from: .position(10)),
          ])
      ])
  }

  @Test func `is possible where nothing was ever said of it`() {
    var look = entry(importMPxN: nil)
    look.empty = []
    #expect(
      found(device(from: observed(look))) == [
        Suspicion(
          .meterWithoutMPxN, .possible, of: The.device, field: .importMPxN,
          facts: [.typed(), Fact(.status, .text("Commissioned"), from: .position(10))])
      ])
  }

  @Test(arguments: MPxNField.allCases)
  func `is none with a meter point in any place`(_ field: MPxNField) {
    #expect(found(device(in: field)).isEmpty)
  }

  @Test(arguments: DeviceStatus.allCases.filter { $0 != .commissioned } + [nil])
  func `is none in another status`(_ status: DeviceStatus?) {
    #expect(found(device(.esme, status, holding: nil)).isEmpty)
  }

  @Test(arguments: DeviceType.allCases.filter { $0 != .esme && $0 != .gsme })
  func `is none of what is no meter`(_ type: DeviceType) {
    #expect(found(device(type, type.isType2 ? nil : .commissioned, holding: nil)).isEmpty)
  }

  @Test func `concerns who pre-notified it, as long as nobody acts on it`() {
    let facts = suspect(device(holding: nil)).with { $0.prenotifierParty = "MAPX" }
    #expect(facts.found(by: .meterWithoutMPxN).map(\.parties) == [["MAPX"]])
    #expect(facts.acting("SUPC").found(by: .meterWithoutMPxN).map(\.parties) == [["SUPC"]])
  }
}
