import Testing

@testable import Corrections

@Suite struct `Routes` {
  private func advice(_ facts: MPxNFacts, for requester: String? = "SUPA") -> RouteAdvice? {
    RouteAdvice(forRequester: requester, given: facts)
  }

  private func consent(_ side: ConsentSide, _ party: String) -> RouteAdvice.Consent {
    RouteAdvice.Consent(
      side: side, party: party, supplier: party, mpxn: side == .held ? heldMPxN : wantedMPxN,
      registrations: 5)
  }

  @Test func `selfServe: every check holds for the requester`() {
    #expect(advice(facts()) == RouteAdvice(route: .selfServe, because: .requestPasses))
  }

  @Test func `selfServe: an empty field needs only the supplier of the wanted value`() {
    #expect(
      advice(facts(device: device(holding: nil), held: []))
        == RouteAdvice(route: .selfServe, because: .requestPasses))
  }

  @Test func `selfServe: nobody is registered for the value held`() {
    #expect(
      advice(facts(held: [row(heldMPxN, "SUPB", to: The.now)]))
        == RouteAdvice(route: .selfServe, because: .requestPasses))
  }

  @Test func `selfServe: another party that is registered for both sends it`() {
    let both = facts(held: [row(heldMPxN, "SUPB")], wanted: [row(wantedMPxN, "SUPB")])
    #expect(
      advice(both)
        == RouteAdvice(route: .selfServe, because: .anotherPartyPasses, party: "SUPB"))
    #expect(advice(both, for: nil)?.party == "SUPB")
  }

  @Test func `twoSupplier: two different suppliers both agree, the held side first`() {
    #expect(
      advice(facts(held: [row(heldMPxN, "SUPB")]))
        == RouteAdvice(
          route: .twoSupplier, because: .suppliersDiffer,
          consents: [consent(.held, "SUPB"), consent(.wanted, "SUPA")]))
  }

  @Test func `twoSupplier: a third party asks both`() {
    let advice = advice(
      facts(held: [row(heldMPxN, "SUPB")], wanted: [row(wantedMPxN, "SUPC")]))
    #expect(advice?.consents == [consent(.held, "SUPB"), consent(.wanted, "SUPC")])
  }

  @Test func `parties are told apart by party, not by market participant id`() {
    let facts = facts(
      held: [row(heldMPxN, "SUPX")], parties: ["SUPX": "SUPA", "SUPA": "SUPA"])
    #expect(advice(facts) == RouteAdvice(route: .selfServe, because: .requestPasses))
  }

  @Test func `twoSupplier: nobody is asked while no party is known for a participant`() {
    let advice = advice(facts(held: [row(heldMPxN, "SUPX")]))
    #expect(advice == RouteAdvice(route: .twoSupplier, because: .supplierPartyNotKnown))
  }

  @Test func `no route is advised while what the field holds is not known`() throws {
    var silent = entry()
    silent.empty = []
    let device = try #require(Device.fold(The.device, [observed(silent)]))
    #expect(advice(facts(device: device, held: [])) == nil)
  }

  @Test func `registration: the start of another party's registration is no date to wait for`() {
    let later = local("2026-05-01")
    let ended = row(wantedMPxN, "SUPC", to: The.now)
    func next(_ supplier: String) -> RouteAdvice? {
      advice(facts(wanted: [ended, row(wantedMPxN, supplier, from: later)]))
    }
    #expect(next("SUPA")?.until == later)
    #expect(next("SUPB")?.until == nil)
    #expect(next("SUPB")?.because == .wantedHasNoSupplier)
  }

  @Test func `names other devices that hold the wanted value`() {
    var facts = facts()
    facts.otherDevices = [The.otherDevice]
    #expect(advice(facts)?.otherDevices == [The.otherDevice])
  }

  @Test func `registration: both values come to the requester by rows already held`() {
    let held = [
      row(heldMPxN, "SUPB"), row(heldMPxN, "SUPA", from: local("2026-04-01")),
    ]
    #expect(
      advice(facts(held: held))
        == RouteAdvice(
          route: .registration, because: .registrationChanges, until: local("2026-04-01")))
    #expect(advice(facts(held: held), for: "SUPC")?.route == .twoSupplier)
  }

  @Test func `registration: the later of two changes is the one to wait for`() {
    let facts = facts(
      held: [row(heldMPxN, "SUPB"), row(heldMPxN, "SUPA", from: local("2026-04-01"))],
      wanted: [row(wantedMPxN, "SUPC"), row(wantedMPxN, "SUPA", from: local("2026-05-01"))])
    #expect(advice(facts)?.until == local("2026-05-01"))
  }

  @Test func `registration: values that never meet at one party are no case of waiting`() {
    let facts = facts(
      held: [
        row(heldMPxN, "SUPB"),
        row(heldMPxN, "SUPA", from: local("2026-04-01"), to: local("2026-05-01")),
      ],
      wanted: [row(wantedMPxN, "SUPC"), row(wantedMPxN, "SUPA", from: local("2026-05-01"))])
    #expect(advice(facts)?.route == .twoSupplier)
  }

  @Test func `registration: nobody is registered for the wanted value`() {
    #expect(
      advice(facts(wanted: [row(wantedMPxN, "SUPA", to: The.now)]))
        == RouteAdvice(route: .registration, because: .wantedHasNoSupplier))
    #expect(
      advice(facts(wanted: [row(wantedMPxN, "SUPA", from: local("2026-04-01"))]))
        == RouteAdvice(
          route: .registration, because: .wantedHasNoSupplier, until: local("2026-04-01")))
  }

  @Test func `registration: no one registration of the wanted value is held`() {
    let none = RouteAdvice(route: .registration, because: .wantedRegistrationNotHeld)
    #expect(advice(facts(wanted: [])) == none)
    #expect(
      advice(facts(wanted: [row(wantedMPxN, "SUPA"), row(wantedMPxN, "SUPB")]))
        == RouteAdvice(route: .registration, because: .wantedRegistrationsDisagree))
  }

  @Test func `manual: no one registration of the held value is held`() {
    let manual = RouteAdvice(
      route: .manual, because: .heldRegistrationNotHeld, consents: [consent(.wanted, "SUPA")])
    #expect(advice(facts(held: [])) == manual)
    let disagree = advice(facts(held: [row(heldMPxN, "SUPB"), row(heldMPxN, "SUPC")]))
    #expect(disagree?.because == .heldRegistrationsDisagree)
    #expect(disagree?.consents.map(\.party) == ["SUPB", "SUPC", "SUPA"])
  }

  @Test func `installingSupplier: a Pending device is completed first`() {
    #expect(
      advice(facts(device: device(.esme, .pending)))
        == RouteAdvice(route: .installingSupplier, because: .devicePending))
  }

  @Test(arguments: [
    DeviceStatus.decommissioned, .withdrawn, .suspended, .recovery, .recovered,
  ])
  func `incident: a status that no 8.4 leads out of`(_ status: DeviceStatus) {
    #expect(
      advice(facts(device: device(.esme, status)))
        == RouteAdvice(route: .incident, because: .statusForbids))
  }

  @Test(arguments: [DeviceType.gpf, .chf, .hcalcs, .ppmid])
  func `incident: a device type that can't hold it, whatever its status`(_ type: DeviceType) {
    for status in [DeviceStatus.pending, .commissioned] {
      #expect(
        advice(facts(device: device(type, status)))
          == RouteAdvice(route: .incident, because: .deviceTypeDoesNotFit))
    }
  }

  @Test func `incident: a single-element ESME has no secondary import`() {
    let facts = facts(
      device: device(variant: .AD, in: .secondaryImportMPAN), field: .secondaryImportMPAN)
    #expect(advice(facts)?.because == .deviceTypeDoesNotFit)
  }

  @Test func `nothing is advised while device, status or variant isn't known`() {
    #expect(advice(facts(device: nil)) == nil)
    #expect(advice(facts(device: device(.esme, nil))) == nil)
    #expect(
      advice(facts(device: device(in: .secondaryImportMPAN), field: .secondaryImportMPAN)) == nil)
  }
}
