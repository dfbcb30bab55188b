import Testing

@testable import Corrections

@Suite struct `A request is carried out` {
  private let failures = ["E1", "E20", "E21", "E30", "E080410", "E081104", "W110101", "i99", ""]

  @Test(arguments: ["8.4", "8.2", "12.2"])
  func `by either code of success where no device has to do anything`(_ reference: String) {
    let request = Told.received(reference, .other(element: "E"), variant: 8)
    #expect(request.isCarriedOut("I0"))
    #expect(request.isCarriedOut("I99"))
    #expect(!failures.contains(where: request.isCarriedOut))
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 9])
  func `by I0 alone where a device has to do it: I99 only acknowledges`(_ variant: Int) {
    let request = Told.received("8.11", .hanDeviceLog(.add, MPxNs()), variant: variant)
    #expect(request.isCarriedOut("I0"))
    #expect(!request.isCarriedOut("I99"))
    #expect(!failures.contains(where: request.isCarriedOut))
  }
}

@Suite struct `A response tells what became of its request` {
  private func response(content: String? = nil, flags: [RecordFlag] = []) -> ServiceResponseRecorded
  {
    ServiceResponseRecorded(
      requestID: The.request(2), responseID: nil, party: nil, serviceReference: "8.11",
      serviceReferenceVariant: "8.11", deviceID: The.device, code: "I0", content: content,
      schemaVersion: "5.4", flags: flags, document: "D")
  }

  @Test(arguments: [nil, "GBCSPayload", "DSPInventory"] as [String?])
  func `with and without content`(_ content: String?) {
    #expect(response(content: content).isOutcome)
  }

  @Test(arguments: ["PreCommand", "LocalCommand"])
  func `but not while something is still to be signed or delivered`(_ content: String) {
    #expect(!response(content: content).isOutcome)
  }

  @Test(arguments: RecordFlag.allCases)
  func `unless it is another's to give, another service's, or says that it failed`(
    _ flag: RecordFlag
  ) {
    let counts = ![.answeredHere, .commandFailed, .otherServiceReference].contains(flag)
    #expect(response(flags: [.timeWithoutZone, flag]).isOutcome == counts)
  }

  @Test func `and one that does not installs nobody`() throws {
    for response in [response(content: "PreCommand"), response(flags: [.commandFailed])] {
      #expect(
        try folded((1, added()), (2, .serviceResponseRecorded(response))).installer == nil)
    }
  }

  @Test func `of itself, and what it asked before being signed is asked again by name`() {
    let signed = Told.received("8.1.1", .other(element: "SignedPreCommand"))
    let meant = signed.asking(.join(element: "E", other: The.otherDevice))
    #expect(meant.asks == .join(element: "E", other: The.otherDevice))
    #expect(meant.asking(signed.asks) == signed, "nothing else changes")
  }
}
