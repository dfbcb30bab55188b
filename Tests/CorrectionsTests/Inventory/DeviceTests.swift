import Testing

@testable import Corrections

@Suite struct `Devices` {
  private func update(
    _ field: MPxNField = .importMPxN, to token: Token, of device: EUI64 = The.device,
    at position: Int, effective: Instant = The.now
  ) -> Recorded {
    recorded(
      .mpxnUpdated(
        MPxNUpdated(
          deviceID: device, field: field, from: nil, to: token, basis: .decided, requestID: nil,
          correction: nil)), at: position, effective: effective)
  }

  @Test func `are what was seen first, and then what changed`() throws {
    let device = try #require(
      Device.fold(
        The.device,
        [
          observed(entry(importMPxN: heldMPxN)),
          update(to: wantedMPxN, at: 12),
        ]))
    #expect(device.type == .esme)
    #expect(device.typeKnownAt == 10)
    #expect(device.current(.importMPxN)?.value == wantedMPxN)
    #expect(device.current(.importMPxN)?.isExact == true)
    #expect(device.current(.importMPxN)?.position == 12)
    #expect(device.history(.importMPxN).entries.map(\.value) == [heldMPxN, wantedMPxN])
    #expect(device.position == 12)
  }

  @Test func `that nobody has seen don't exist, whatever else happened to them`() {
    #expect(Device.fold(The.device, [update(to: wantedMPxN, at: 5)]) == nil)
    #expect(Device.fold(The.device, [observed(entry(), of: The.otherDevice)]) == nil)
    #expect(Device.fold(The.device, []) == nil)
  }

  @Test func `have three meter points in three fields`() throws {
    let device = try #require(
      Device.fold(
        The.device,
        [
          observed(entry(importMPxN: token("A"), secondary: token("B"), export: token("C"))),
          update(.exportMPAN, to: token("D"), at: 12),
        ]))
    #expect(device.current(.importMPxN)?.value == token("A"))
    #expect(device.current(.secondaryImportMPAN)?.value == token("B"))
    #expect(device.current(.exportMPAN)?.value == token("D"))
  }

  @Test func `keep what a later look doesn't mention`() throws {
    var first = entry(variant: .AD, importMPxN: heldMPxN)
    first.details.manufacturer = "AB01"
    first.prenotifiedBy = The.broker
    first.dateCommissioned = day("2021-06-01")
    first.associatedDevices = [The.otherDevice]
    var second = entry(.esme, nil)
    second.empty = []
    second.details.model = "010A030B"
    let device = try #require(
      Device.fold(
        The.device,
        [observed(first), observed(second, at: 11, effective: local("2026-02-02"))]))
    #expect(device.currentStatus?.value == .commissioned)
    #expect(device.current(.importMPxN)?.value == heldMPxN)
    #expect(device.details.manufacturer == "AB01")
    #expect(device.details.model == "010A030B")
    #expect(device.details.esmeVariant == .AD)
    #expect(device.prenotifiedBy == The.broker)
    #expect(device.dateCommissioned == day("2021-06-01"))
    #expect(device.associatedDevices == [The.otherDevice])
    #expect(device.typeKnownAt == 11)
  }

  @Test func `know a status since when only where the source says it`() throws {
    let seen = try #require(Device.fold(The.device, [observed(entry())]))
    #expect(seen.currentStatus?.isExact == false)
    #expect(seen.currentStatus?.from == local("2026-02-01"), "no later than it was seen")
    let exact = try #require(
      Device.fold(The.device, [observed(entry(since: local("2021-06-01")))]))
    #expect(exact.currentStatus?.isExact == true)
    #expect(exact.currentStatus?.from == local("2021-06-01"))
  }

  @Test func `show the status that was looked at last, also after a late arrival`() throws {
    let device = try #require(
      Device.fold(
        The.device,
        [
          observed(
            entry(.esme, .commissioned, since: local("2026-01-01")), at: 10,
            effective: local("2026-03-01")),
          observed(entry(.esme, .suspended), at: 11, effective: local("2026-02-01")),
        ]))
    #expect(device.currentStatus?.value == .commissioned)
    #expect(device.status.entries.map(\.value) == [.commissioned, .suspended, .commissioned])
    #expect(device.status.entries.map(\.isExact) == [true, false, false])
  }

  @Test func `take a late look for what was true then, not now`() throws {
    let device = try #require(
      Device.fold(
        The.device,
        [
          observed(
            entry(.esme, .commissioned, importMPxN: wantedMPxN), at: 10,
            effective: local("2026-03-01")),
          observed(
            entry(.esme, .pending, importMPxN: heldMPxN), at: 11, effective: local("2026-01-01")),
        ]))
    #expect(device.currentStatus?.value == .commissioned)
    #expect(device.current(.importMPxN)?.value == wantedMPxN)
    #expect(device.status.entries.map(\.value) == [.pending, .commissioned])
    #expect(device.history(.importMPxN).entries.map(\.position) == [11, 10])
  }

  @Test func `take a late look at details for what was true then, not now`() throws {
    var new = entry(.esme, variant: .BD)
    new.details.firmwareVersion = "00020130"
    var old = entry(.esme, variant: .AD)
    old.details.firmwareVersion = "0002012F"
    old.details.manufacturer = "AB01"
    let device = try #require(
      Device.fold(
        The.device,
        [
          observed(new, at: 10, effective: local("2026-03-01")),
          observed(old, at: 11, effective: local("2026-01-01")),
        ]))
    #expect(device.details.esmeVariant == .BD)
    #expect(device.details.firmwareVersion == "00020130")
    #expect(device.details.manufacturer == "AB01", "nothing newer says otherwise")
  }

  @Test func `never refuse what the SMI said`() throws {
    let device = try #require(
      Device.fold(
        The.device,
        [
          observed(entry(.esme, .withdrawn)),
          observed(entry(.gsme, .pending), at: 11, effective: local("2026-02-02")),
        ]))
    #expect(device.type == .gsme)
    #expect(device.status.entries.map(\.value) == [.withdrawn, .pending])
  }

  @Test func `carry the marks of their corrections`() throws {
    var story = try Stage.awaitingConsent.story()
    func marks() -> [Device.CorrectionMark] {
      Device.fold(The.device, story.inventory + story.thread)?.corrections ?? []
    }
    #expect(marks().map(\.isOpen) == [true])
    #expect(marks().first?.field == .importMPxN)
    try story.when(.reject(reason: "D"), by: By.dcc)
    #expect(marks().map(\.isOpen) == [false])
    let device = Device.fold(The.device, story.inventory + story.thread)
    #expect(device?.openCorrection(of: .importMPxN) == nil)
  }

  @Test func `have one open correction a field and many closed ones`() throws {
    func opened(_ number: Int, _ field: CorrectionField, at position: Int) -> Recorded {
      recorded(
        .correctionRequested(
          CorrectionRequested(
            correction: CorrectionID(number: number), deviceID: The.device, deviceType: .esme,
            field: field, current: nil, requested: .mpxn(wantedMPxN), party: "SUPA", requestID: nil,
            firstCode: nil)), at: position)
    }
    let events = [
      observed(entry()), opened(1, .importMPxN, at: 11), opened(2, .exportMPAN, at: 12),
      recorded(
        .correctionWithdrawn(
          CorrectionClosed(
            correction: CorrectionID(number: 1), deviceID: The.device, requester: "SUPA",
            party: "SUPA", reason: "D")),
        at: 13), opened(3, .importMPxN, at: 14),
    ]
    let device = try #require(Device.fold(The.device, events))
    #expect(device.openCorrection(of: .importMPxN) == CorrectionID(number: 3))
    #expect(device.openCorrection(of: .exportMPAN) == CorrectionID(number: 2))
    #expect(device.openCorrection(of: .secondaryImportMPAN) == nil)
    #expect(device.corrections.map(\.isOpen) == [false, true, true])
  }

  @Test func `tell an empty place from one of which nothing was said`() throws {
    var silent = entry()
    silent.empty = [.exportMPAN]
    let device = try #require(Device.fold(The.device, [observed(silent)]))
    #expect(device.history(.exportMPAN).current?.value == .some(nil))
    #expect(device.history(.importMPxN).current == nil)
    #expect(device.current(.exportMPAN) == nil)
  }

  @Test func `lose a value when the place is seen empty, and find what was there before`() throws {
    let events = [
      observed(entry(importMPxN: heldMPxN), at: 10, effective: local("2026-02-01")),
      observed(entry(), at: 11, effective: local("2026-02-05")),
      observed(entry(importMPxN: wantedMPxN), at: 12, effective: local("2026-02-09")),
    ]
    let history = try #require(Device.fold(The.device, events)).history(.importMPxN)
    #expect(history.entries.map(\.value) == [heldMPxN, nil, wantedMPxN])
    #expect(history.value(at: local("2026-01-31")) == nil)
    #expect(history.value(at: local("2026-02-01"))?.value == heldMPxN)
    #expect(history.value(at: local("2026-02-08"))?.value == .some(nil))
    #expect(history.value(at: local("2026-03-01"))?.value == wantedMPxN)
    #expect(history.lastSaidAt == 12)
  }

  @Test func `ignore events of others and events that say nothing of them`() throws {
    let story = try Stage.confirmed.story()
    let first = observed(entry(importMPxN: heldMPxN))
    let before = Device.fold(The.device, [first])
    let others: [Recorded] = [
      update(to: wantedMPxN, of: The.otherDevice, at: 11),
      observed(entry(.gsme), of: The.otherDevice, at: 12),
      recorded(.calendarSet(CalendarSet(calendar: "scotland", from: The.now)), at: 13),
    ]
    let silent = story.thread.filter { event in
      switch event.event {
      case .routeAdvised, .consentGiven, .consentRequested, .manualFixProposed,
        .manualFixApproved, .manualFixApplied, .fixVerified, .correctionConfirmed:
        true
      default: false
      }
    }
    #expect(silent.count >= 7)
    #expect(Device.fold(The.device, [first] + others + silent) == before)
  }
}
