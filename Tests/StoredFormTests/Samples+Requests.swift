import Corrections

extension EventKind {
  /// One event about a request or a message, by chance.
  func requestSample(_ dice: inout Dice) -> Event {
    switch self {
    case .serviceRequestReceived: return .serviceRequestReceived(dice.serviceRequestReceived())
    case .serviceRequestValidated:
      return .serviceRequestValidated(
        ServiceRequestValidated(
          requestID: dice.request(), party: dice.maybe { $0.party() }, serviceReference: "8.4",
          deviceID: dice.maybe { $0.eui() }, held: dice.maybe { $0.token() },
          wanted: dice.maybe { $0.token() }, judgement: dice.judgement(),
          factsUpTo: dice.position(), registrations: dice.maybe { $0.position() }))
    case .serviceResponseIssued:
      return .serviceResponseIssued(
        ServiceResponseIssued(
          requestID: dice.request(), party: dice.maybe { $0.party() },
          serviceReference: dice.one(of: ["8.4", "8.2"]), deviceID: dice.maybe { $0.eui() },
          code: dice.one(of: ["I99", "I0", "E080415"]), devices: dice.some { $0.eui() }))
    case .serviceResponseRecorded:
      let reference = dice.maybe { $0.one(of: ["8.4", "8.7"]) }
      return .serviceResponseRecorded(
        ServiceResponseRecorded(
          requestID: dice.maybe { $0.request() }, responseID: dice.maybe { $0.request() },
          party: dice.maybe { $0.party() }, serviceReference: reference,
          serviceReferenceVariant: reference.map { $0 == "8.7" ? "8.7.1" : $0 },
          deviceID: dice.maybe { $0.eui() }, code: dice.one(of: ["I0", "I99", "E080410", "E20"]),
          content: dice.maybe { $0.one(of: ["GBCSPayload", "DeviceDetails"]) },
          schemaVersion: "5.4", flags: dice.some { $0.one() }, document: dice.name43()))
    case .alertRecorded:
      return .alertRecorded(
        AlertRecorded(
          source: dice.one(), alertCode: dice.maybe { $0.one(of: ["N1", "8183"]) },
          content: dice.maybe {
            $0.one(of: ["DeviceStatusChangeEvent", "FirmwareVersionMismatch"])
          },
          deviceID: dice.maybe { $0.eui() }, requestID: dice.maybe { $0.request() },
          sender: dice.maybe { $0.eui() }, user: dice.maybe { $0.eui() },
          party: dice.maybe { $0.party() }, code: dice.one(of: ["I0", "E65"]),
          schemaVersion: "5.4", flags: dice.some { $0.one() }, document: dice.name43()))
    case .responseDiverged:
      return .responseDiverged(
        ResponseDiverged(
          requestID: dice.request(), party: dice.maybe { $0.party() }, serviceReference: "8.4",
          deviceID: dice.maybe { $0.eui() }, predicted: dice.one(of: ["I99", "E080413"]),
          returned: dice.one(of: ["E080410", "I0"]), rulebook: 1 + dice.below(9),
          findings: dice.some { $0.finding() }, validated: dice.position(),
          factsUpTo: dice.position(), registrations: dice.maybe { $0.position() }))
    default: preconditionFailure("\(self) has its sample elsewhere")
    }
  }
}

extension Dice {
  mutating func serviceRequestReceived() -> ServiceRequestReceived {
    ServiceRequestReceived(
      requestID: request(), party: maybe { $0.party() }, schemaVersion: "5.4",
      commandVariant: 1 + below(9), serviceReference: "8.4", serviceReferenceVariant: "8.4",
      deviceID: maybe { $0.eui() }, asks: asks(), firstInSequence: maybe { $0.flip() },
      preceding: maybe { $0.request() }, document: name43())
  }

  mutating func asks() -> ServiceRequestReceived.Asked {
    switch below(15) {
    case 0: .mpxn(one(), token())
    case 1: .status(one(of: [.statusExceptCH, .statusCH]), one())
    case 2: .details(details())
    case 3: .branch(one(of: [.delete, .details]))
    case 4: .query(.device)
    case 5: .query(.mpxn(token()))
    case 6: .query(.uprn(token()))
    case 7: .query(.property(postCode: token(), address: token()))
    case 8: .prenotification(one(), details(), associatedGPF: maybe { $0.eui() })
    case 9: .hanDeviceLog(one(), flip() ? MPxNs() : mpxns())
    case 10: .join(element: one(of: ["JoinService", "JoinServiceNonCritical"]), other: eui())
    case 11: .unjoin(element: one(of: ["UnjoinService", "UnjoinServiceNonCritical"]), other: eui())
    case 12: .supplierChange(token())
    case 13: .setMPxNs(element: one(of: ["SetImportMPxN", "SetExportMPAN"]), mpxns())
    default: .other(element: one(of: ["CommissionDevice", "UpdateHANDeviceLog"]))
    }
  }

  /// At least one of the three places.
  mutating func mpxns() -> MPxNs<Token> {
    var mpxns = MPxNs<Token>(importMPxN: maybe { $0.token() }, exportMPAN: maybe { $0.token() })
    if flip() || mpxns.isEmpty { mpxns.secondaryImportMPAN = token() }
    return mpxns
  }

  mutating func judgement() -> Judgement {
    Judgement(
      rulebook: 1, code: maybe { $0.one(of: ["I99", "E080410"]) }, findings: some { $0.finding() },
      route: maybe { $0.one() }, warnings: some { $0.one() })
  }

  mutating func finding() -> Finding {
    Finding(
      code: one(), answer: one(), because: one(), facts: some { $0.fact() },
      missing: maybe { $0.one() }, inferred: flip(),
      retry: one(of: [.no, .from(time()), .onceKnown]))
  }

  mutating func fact() -> Fact {
    let value = one(of: [Fact.Value.text(said()), .token(token()), .time(time())])
    return Fact(
      one(), value,
      from: maybe { dice in
        dice.one(of: [Fact.Source.position(dice.position()), .registrations(dice.position())])
      })
  }
}
