import Testing

@testable import Corrections

@Suite struct `E080406: the device exists in the SMI and has a valid status` {
  private func judged(
    _ known: Device?, by user: User? = The.supA, at: Instant = The.now,
    parties: [EUI64: String] = The.partiesByUser
  ) throws -> Finding {
    try #require(
      RuleCode.e080406.finding(
        given: asking(
          .status(.statusExceptCH, .installedNotCommissioned), at: at, by: user, of: known,
          parties: parties)))
  }

  @Test(arguments: DeviceStatus.allCases.filter { $0 != .pending })
  func `holds, as inferred, for every status but Pending`(_ status: DeviceStatus) throws {
    let finding = try judged(device(.esme, status))
    #expect(finding.says == "holds: hasStatus")
    #expect(finding.inferred)
    #expect(finding.facts == [Fact(.status, .text(status.rawValue), from: .position(10))])
  }

  @Test func `holds for a Pending device that the sender's party installed`() throws {
    let installed = device(from: prenotified(by: The.maker), answered())
    for user in [The.supA, The.supATwin] {
      let finding = try judged(installed, by: user)
      #expect(finding.says == "holds: senderInstalled")
      #expect(finding.inferred)
    }
  }

  @Test func `names the pre-notifier, the installer and where that was learned`() throws {
    let finding = try judged(
      device(from: prenotified(by: The.maker), answered()), by: The.supB)
    #expect(finding.says == "fails: anotherInstalled")
    #expect(finding.inferred)
    #expect(finding.retry == .no)
    #expect(
      finding.facts == [
        Fact(.status, .text("Pending"), from: .position(20)),
        Fact(.statusSince, .time(local("2026-02-01")), from: .position(20)),
        Fact(.prenotifiedBy, .text(The.maker.id), from: .position(20)),
        Fact(.prenotifierParty, .text("MAPX")),
        Fact(.installedBy, .text(The.supA.id), from: .position(30)),
        Fact(.installerParty, .text("SUPA")),
        Fact(.senderParty, .text("SUPB"), from: .position(4)),
      ])
  }

  @Test func `names the User ID alone where its party is not held`() throws {
    let finding = try judged(
      device(from: prenotified(by: The.maker)), parties: [:])
    #expect(
      finding.facts.suffix(1) == [Fact(.prenotifiedBy, .text(The.maker.id), from: .position(20))])
  }

  @Test func `is unknown, as inferred, while no installation is held`() throws {
    let finding = try judged(device(from: prenotified()))
    #expect(finding.says == "unknown: installationNotHeld")
    #expect(finding.missing == .installation)
    #expect(finding.inferred)
    #expect(finding.retry == .onceKnown)
    #expect(finding.facts.contains(Fact(.prenotifierParty, .text("SUPA"))))
  }

  @Test(arguments: ["E20", "E080410", "I99"])
  func `is unknown, too, where the installation was not carried out`(_ code: String) throws {
    let finding = try judged(device(from: prenotified(), answered("8.1.1", code)))
    #expect(finding.says == "unknown: installationNotHeld")
  }

  @Test func `is unknown for a Pending device without a sender`() throws {
    let finding = try judged(device(from: prenotified(), answered()), by: nil)
    #expect(finding.says == "unknown: senderNotKnown")
    #expect(finding.missing == .sender)
  }

  @Test func `fails, as inferred, for a device that isn't in the SMI`() throws {
    let finding = try judged(nil)
    #expect(finding.says == "fails: deviceNotKnown")
    #expect(finding.inferred)
  }

  @Test(arguments: [DeviceType.ihd, .cad])
  func `fails, as inferred, for a Type 2 device, which never has a status`(
    _ type: DeviceType
  ) throws {
    let finding = try judged(device(type, nil, holding: nil))
    #expect(finding.says == "fails: statusNotKnown")
    #expect(finding.inferred)
  }

  @Test func `is unknown while no status is known`() throws {
    let finding = try judged(device(.esme, nil))
    #expect(finding.says == "unknown: statusNotKnown")
    #expect(finding.missing == .status)
  }

  @Test func `judges the status of the request's time`() throws {
    let left = local("2026-03-01")
    let known = device(
      from: prenotified(),
      observed(entry(.esme, .whitelisted, since: left), at: 21, effective: left))
    #expect(try judged(known, at: left).says == "holds: hasStatus")
    #expect(
      try judged(known, at: left.advanced(byMilliseconds: -1)).says
        == "unknown: installationNotHeld")
  }
}
