@testable import Corrections

/// Who acts in the stories.
enum By {
  static let supA = actor(The.supA)
  static let supB = actor(The.supB)
  static let supC = actor(The.supC)
  static let dcc = staff("DCC-017", [.dcc])
  static let otherDCC = staff("DCC-018", [.dcc])
  static let dsp = staff("DSP-001", [.dsp], "DSP")
  static let auditor = CorrectionActor(user: "AUD-001", party: "AUD", roles: [.auditor])
  static let everybody = [supA, supB, supC, dcc, otherDCC, dsp, auditor]

  private static func actor(_ user: User) -> CorrectionActor {
    CorrectionActor(user: user.id, party: user.party, roles: user.roles)
  }

  private static func staff(
    _ id: String, _ roles: [UserRole], _ party: String = "DCC"
  ) -> CorrectionActor {
    CorrectionActor(user: id, party: party, roles: roles)
  }
}

extension Correction.Command {
  /// Commands of every kind, each with an actor that may give it where it is possible.
  static let each: [(command: Correction.Command, by: CorrectionActor)] = [
    (.advise, By.dcc), (.consent, By.supB), (.refuse(reason: "D2"), By.supB),
    (.assign(owner: "DCC-SC-1", reason: nil), By.dcc), (.propose(explanation: nil), By.dcc),
    (.approve, By.otherDCC), (.decline(reason: "D2"), By.dsp), (.apply, By.dsp),
    (.fail(reason: "D2"), By.dsp), (.verify, By.dcc), (.resolve(.noFault), By.dcc),
    (.confirm, By.supA), (.reopen(reason: "D2"), By.supA), (.reject(reason: "D2"), By.dcc),
    (.withdraw(reason: "D2"), By.supA), (.note("D2"), By.auditor), (.plan, By.supA),
    (.ask(of: nil, question: "D2"), By.dcc), (.inform(answer: "D2"), By.supA),
    (.change(reason: "D2"), By.supA), (.merge(into: another, reason: "D2"), By.dcc),
    (.escalate(reason: "D2"), By.supA), (.closeIncident(outcome: "D2"), By.dcc),
    (.categorise(3), By.dcc), (.reference(.rec, document: "D2"), By.supA),
  ]

  /// An open correction of the same device and field, as an import of old tickets can bring it.
  static let another: Correction = {
    let opened = CorrectionRequested(
      correction: CorrectionID(number: 7), deviceID: The.device, deviceType: .esme,
      field: .importMPxN, current: nil, requested: .mpxn(wantedMPxN), party: "SUPC", requestID: nil,
      firstCode: nil)
    guard
      let correction = Correction.fold(
        opened.correction, [recorded(.correctionRequested(opened), at: 50)])
    else { fatalError("not opened") }
    return correction
  }()
}
