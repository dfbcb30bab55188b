import Testing

@testable import Corrections

@Suite struct `registrationKind: a meter point registered as another kind than its place` {
  private func found(
    _ kinds: [Registration.Kind], _ type: DeviceType = .esme, in field: MPxNField = .importMPxN
  ) -> [Suspicion] {
    suspect(
      device(type, in: field), rows: kinds.map { row(heldMPxN, "SUPA", kind: $0) }
    ).found(by: .registrationKind)
  }

  @Test func `is likely, and tells of the row`() {
    #expect(
      found([.export]) == [
        Suspicion(
          .registrationKind, .likely, of: The.device, field: .importMPxN, mpxns: [heldMPxN],
          parties: ["SUPA"],
          facts: [.typed(), .holding()] + Fact.registered(row(heldMPxN, "SUPA", kind: .export)))
      ])
  }

  @Test(arguments: Registration.Kind.allCases)
  func `asks for import in the import places of an ESME, export in the third, gas of a GSME`(
    _ kind: Registration.Kind
  ) {
    #expect(found([kind]).isEmpty == (kind == .import))
    #expect(found([kind], in: .secondaryImportMPAN).isEmpty == (kind == .import))
    #expect(found([kind], in: .exportMPAN).isEmpty == (kind == .export))
    #expect(found([kind], .gsme).isEmpty == (kind == .gas))
  }

  @Test func `is none where one row of several is of the kind`() {
    #expect(found([.gas, .import]).isEmpty && found([.import, .gas]).isEmpty)
    #expect(found([.gas, .export]).count == 1)
  }

  @Test func `passes over rows that have ended, and counts those that lie ahead`() {
    func found(_ rows: Registration...) -> [Suspicion] {
      suspect(rows: rows).found(by: .registrationKind)
    }
    let ended = row(heldMPxN, "SUPA", to: The.now)
    #expect(found(row(heldMPxN, "SUPA", to: The.now, kind: .gas)).isEmpty)
    #expect(found(ended, row(heldMPxN, "SUPB", kind: .export)).count == 1)
    #expect(
      found(
        row(heldMPxN, "SUPA", kind: .export),
        row(heldMPxN, "SUPA", from: local("2027-01-01"))
      ).isEmpty)
  }

  @Test(arguments: [DeviceType.hcalcs, .chf])
  func `is none where the place belongs on no such device`(_ type: DeviceType) {
    #expect(found([.export], type).isEmpty)
    #expect(found([.import], .gsme, in: .secondaryImportMPAN).isEmpty)
  }
}
