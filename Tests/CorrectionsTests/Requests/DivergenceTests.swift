import Testing

@testable import Corrections

@Suite struct `A response diverges from a prediction` {
  private let held = Finding(code: .e080413, answer: .holds, because: .fitsDeviceType)
  private let failed = Finding(code: .e080410, answer: .fails, because: .anotherIsRegistered)
  private let other = Finding(code: .e080415, answer: .holds, because: .senderIsRegistered)

  private func judged(
    _ code: String?, _ findings: [Finding] = [], warnings: [Warning] = []
  ) -> ServiceRequestValidated {
    ServiceRequestValidated(
      requestID: The.request(7), party: "SUPA", serviceReference: "8.4", deviceID: The.device,
      held: heldMPxN, wanted: wantedMPxN,
      judgement: Judgement(
        rulebook: 2, code: code, findings: findings, route: nil, warnings: warnings),
      factsUpTo: 98, registrations: 5)
  }

  private func diverges(
    _ predicted: String?, _ returned: String, isNamed: Bool = true, _ findings: Finding...
  ) -> Bool {
    judged(predicted, findings).divergence(from: returned, isNamed: isNamed, at: 99) != nil
  }

  @Test func `with both codes, the judgement, and the findings that bear on the two`() {
    let divergence = judged("E080410", [failed, held, other])
      .divergence(from: "E080415", isNamed: true, at: 99)
    #expect(
      divergence
        == ResponseDiverged(
          requestID: The.request(7), party: "SUPA", serviceReference: "8.4",
          deviceID: The.device, predicted: "E080410", returned: "E080415", rulebook: 2,
          findings: [failed, other], validated: 99, factsUpTo: 98, registrations: 5))
  }

  @Test(arguments: ["I0", "I99"])
  func `between success and refusal, either way round`(_ success: String) {
    #expect(diverges(success, "E080410"))
    #expect(diverges("E080410", success))
  }

  @Test func `not when it is the one predicted`() {
    for code in ["I0", "I99", "E080410"] { #expect(!diverges(code, code)) }
  }

  @Test func `not between the two codes of success`() {
    #expect(!diverges("I99", "I0"))
    #expect(!diverges("I0", "I99"))
  }

  @Test(arguments: ["E20", "E21", "E30"])
  func `not by a code of the transport`(_ code: String) {
    #expect(!diverges("I99", code))
    #expect(!diverges("E080410", code))
  }

  @Test func `not by a code that the schema does not name`() {
    #expect(!diverges("I99", "E080499", isNamed: false))
    #expect(diverges("I99", "E080499", isNamed: true))
  }

  @Test func `not where nothing was predicted`() {
    for code in ["I99", "E080410"] { #expect(!diverges(nil, code)) }
  }

  @Test(arguments: RuleCode.allCases)
  func `not where a published rule was unknown; what is unpublished doesn't stand in the way`(
    _ code: RuleCode
  ) {
    let unknown = Finding(
      code: code, answer: .unknown, because: .registrationNotHeld, missing: .status)
    #expect(diverges("E080410", "I99", isNamed: true, failed, unknown) == !code.isPublished)
    #expect(diverges("I99", "E080410", isNamed: true, unknown, held) == !code.isPublished)
  }

  @Test func `whatever warnings were given`() {
    let judged = judged("I99", [held], warnings: Warning.allCases)
    #expect(judged.divergence(from: "E080415", isNamed: true, at: 99) != nil)
    #expect(judged.divergence(from: "I0", isNamed: true, at: 99) == nil)
  }
}
