import Corrections

/// What happens to one device: an accepted 8.4, or a refused one and its correction.
struct Story {
  private let deviceID: EUI64
  private let requestID: RequestID
  private let held: Token
  private let wanted: Token
  private let correction: CorrectionID?
  private var step = 0
  private var proposal = 0
  private var applied = 0

  init(number: Int, device: Int, correction: Int?) {
    deviceID = Story.deviceID(device)
    requestID = RequestID(
      originator: EUI64(bits: 0x90B3_D51F_3001_0000), target: deviceID, counter: UInt64(number))
    held = Story.token(UInt64(device))
    wanted = Story.token(UInt64(number) | 1 << 40)
    self.correction = correction.map(CorrectionID.init(number:))
  }

  /// Whether nothing more happens.
  var isOver: Bool { step == (correction == nil ? 4 : 14) }

  /// The next event, which will stand at a position.
  mutating func next(at position: Int) -> Event {
    defer { step += 1 }
    switch step {
    case 0: return received
    case 1: return validated
    case 2:
      let code = correction == nil ? Judgement.success : RuleCode.e080415.rawValue
      return .serviceResponseIssued(
        ServiceResponseIssued(
          requestID: requestID, party: "SUPA", serviceReference: "8.4", deviceID: deviceID,
          code: code))
    default:
      guard let correction else {
        return .mpxnUpdated(
          MPxNUpdated(
            deviceID: deviceID, field: .importMPxN, from: .mpxn(held), to: wanted, basis: .decided,
            requestID: requestID, correction: nil))
      }
      return correcting(correction, at: position)
    }
  }

  private var received: Event {
    .serviceRequestReceived(
      ServiceRequestReceived(
        requestID: requestID, party: "SUPA", schemaVersion: "5.4", commandVariant: 8,
        serviceReference: "8.4", serviceReferenceVariant: "8.4", deviceID: deviceID,
        asks: .mpxn(.importMPxN, wanted), firstInSequence: nil, preceding: nil,
        document: Story.token(requestID.counter | 1 << 41).text))
  }

  private var validated: Event {
    let supplier = Fact(.registeredSupplier, .text("SUPA"), from: .registrations(4))
    let findings = [
      Finding(code: .e080410, answer: .holds, because: .senderIsRegistered, facts: [supplier]),
      Finding(
        code: .e080413, answer: .holds, because: .fitsDeviceType,
        facts: [Fact(.deviceType, .text("ESME"), from: .position(5))]),
      Finding(
        code: .e080414, answer: .holds, because: .statusAllows,
        facts: [Fact(.status, .text("Commissioned"), from: .position(5))]),
      Finding(
        code: .e080415, answer: correction == nil ? .holds : .fails,
        because: correction == nil ? .senderIsRegistered : .anotherIsRegistered,
        facts: [Fact(.wantedMPxN, .token(wanted)), supplier]),
    ]
    let judgement = Judgement(
      rulebook: 1, code: correction == nil ? Judgement.success : RuleCode.e080415.rawValue,
      findings: findings, route: correction == nil ? nil : .twoSupplier, warnings: [])
    return .serviceRequestValidated(
      ServiceRequestValidated(
        requestID: requestID, party: "SUPA", serviceReference: "8.4", deviceID: deviceID,
        held: held, wanted: wanted, judgement: judgement, factsUpTo: 5, registrations: 4))
  }

  private var takes: RouteAdvice.Consent {
    RouteAdvice.Consent(
      side: .wanted, party: "SUPB", supplier: "SUPB", mpxn: wanted, registrations: 4)
  }

  private mutating func correcting(_ id: CorrectionID, at position: Int) -> Event {
    switch step {
    case 3:
      return .correctionRequested(
        CorrectionRequested(
          correction: id, deviceID: deviceID, deviceType: .esme, field: .importMPxN,
          current: .mpxn(held),
          requested: .mpxn(wanted), party: "SUPA", requestID: requestID,
          firstCode: RuleCode.e080415.rawValue))
    case 4:
      let letsGo = RouteAdvice.Consent(
        side: .held, party: "SUPA", supplier: "SUPA", mpxn: held, registrations: 4)
      let advice = RouteAdvice(
        route: .twoSupplier, because: .suppliersDiffer, consents: [letsGo, takes])
      return .routeAdvised(
        RouteAdvised(
          correction: id, deviceID: deviceID, requester: "SUPA", advice: advice, factsUpTo: 5,
          registrations: 4,
          askedBy: nil))
    case 5:
      return .consentRequested(
        ConsentRequested(correction: id, deviceID: deviceID, requester: "SUPA", consent: takes))
    case 6:
      return .ownerAssigned(
        OwnerAssigned(
          correction: id, deviceID: deviceID, requester: "SUPA", party: "DCC", owner: "team1"))
    case 7:
      return .consentGiven(
        ConsentGiven(
          correction: id, deviceID: deviceID, requester: "SUPA", consent: takes,
          asked: position - 2,
          byAsking: false))
    case 8:
      proposal = position
      return .manualFixProposed(
        ManualFixProposed(
          correction: id, deviceID: deviceID, requester: "SUPA", party: "DCC", field: .importMPxN,
          expected: .mpxn(held), new: .mpxn(wanted)))
    case 9:
      return .manualFixApproved(
        ManualFixApproved(
          correction: id, deviceID: deviceID, requester: "SUPA", party: "DCC", proposal: proposal))
    case 10:
      return .manualFixApplied(
        ManualFixApplied(
          correction: id, deviceID: deviceID, requester: "SUPA", party: "DCC", proposal: proposal))
    case 11:
      applied = position
      return .mpxnUpdated(
        MPxNUpdated(
          deviceID: deviceID, field: .importMPxN, from: .mpxn(held), to: wanted, basis: .manual,
          requestID: nil, correction: id))
    case 12:
      return .fixVerified(
        FixVerified(
          correction: id, deviceID: deviceID, requester: "SUPA", party: "DCC", field: .importMPxN,
          found: .mpxn(wanted), evidence: applied))
    default:
      return .correctionResolved(
        CorrectionResolved(
          correction: id, deviceID: deviceID, requester: "SUPA", how: .manualFix, evidence: applied)
      )
    }
  }

  /// The entry of one device, as an extract of the SMI gives it.
  static func observation(ofDevice number: Int) -> Event {
    var entry = InventoryEntry(deviceType: .esme)
    entry.status = .commissioned
    entry.details = DeviceDetails(
      manufacturer: "0123", model: "00FF45", smetsCHTSVersion: "V2.0", firmwareVersion: "01020304",
      esmeVariant: nil)
    entry.importMPxN = token(UInt64(number))
    entry.postCode = token(UInt64(number) | 1 << 42)
    entry.addressIdentifier = token(UInt64(number) | 1 << 43)
    entry.cspRegion = "North"
    entry.gbcsVersion = "3.2"
    return .inventoryObserved(
      InventoryObserved(deviceID: deviceID(number), basis: .snapshot, entry: entry))
  }

  private static func deviceID(_ number: Int) -> EUI64 { EUI64(bits: mix(UInt64(number))) }

  /// A token that stands for no value.
  static func token(_ number: UInt64) -> Token {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    var state = number
    var bits: UInt64 = 0
    let text = String(unsafeUninitializedCapacity: 43) { buffer in
      for index in 0..<43 {
        if index.isMultiple(of: 10) {
          state = mix(state)
          bits = state
        }
        buffer[index] = letters[Int(bits & 63)]
        bits >>= 6
      }
      return 43
    }
    guard let token = Token(text) else { preconditionFailure("43 letters are a token") }
    return token
  }
}
