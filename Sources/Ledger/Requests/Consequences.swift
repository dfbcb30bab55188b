import Corrections
import EventLog

/// What some events about the inventory lead to besides: corrections that they heal.
struct Consequences: Sendable {
  /// Changes of the inventory, in order.
  let events: [Event]
  /// The open corrections of the fields that they change.
  let corrections: [Correction]
  /// The timelines that they rest on, beside that of the request itself.
  let tags: [String]

  /// Puts the events into a chain, each with what it heals.
  func append(to chain: inout DraftChain, at time: Instant, from link: Int) {
    for event in events {
      chain.then(event, at: time, from: link)
      guard case .mpxnUpdated(let update) = event else { continue }
      let changed = chain.last
      for correction in corrections where !correction.healed(by: update, at: 1).isEmpty {
        // What a correction is healed by is one event; it names the position of the change.
        chain.then(at: time, from: changed) { correction.healed(by: update, at: $0)[0] }
      }
    }
  }
}

extension Ledger {
  /// Finds the open corrections that some events may heal.
  ///
  /// What was true before a value that is known by now heals nothing. `known` is the device that most
  /// of them are about, where it was read already.
  func consequences(
    of events: [Event], at time: Instant, given known: Device? = nil, upTo position: Int
  ) throws -> Consequences {
    var corrections: [CorrectionID: Correction] = [:]
    var tags: Set<String> = []
    for event in events {
      tags.formUnion(event.inventoryDevices.map(Tag.device))
      guard case .mpxnUpdated(let update) = event,
        let device = try known?.id == update.deviceID
          ? known : device(update.deviceID, upTo: position),
        let open = device.openCorrection(of: update.field),
        device.history(update.field).current.map({ $0.from <= time }) ?? true,
        let correction = try correction(open, upTo: position)
      else { continue }
      corrections[open] = correction
      tags.insert(Tag.correction(open))
    }
    return Consequences(
      events: events, corrections: corrections.keys.sorted().compactMap { corrections[$0] },
      tags: tags.sorted())
  }
}

/// What one recorded message makes of its request: changes of the inventory, and a divergence.
struct Told: Sendable {
  /// When the message says that it was.
  let at: Instant
  let consequences: Consequences
  var diverged: ResponseDiverged?

  var tags: [String] { consequences.tags }

  /// Puts what follows into a chain; `judgement` is the link that predicted, where it is in the chain.
  func append(to chain: inout DraftChain, from link: Int, judgement: Int? = nil) {
    consequences.append(to: &chain, at: at, from: link)
    guard let diverged else { return }
    if let judgement {
      chain.then(at: at, from: judgement) { .responseDiverged(diverged.judged(at: $0)) }
    } else {
      chain.then(.responseDiverged(diverged), at: at, from: link)
    }
  }
}

extension Ledger {
  /// What a response makes of the request that it answers, on what is held at a position.
  ///
  /// In an authority the answer of another to a request that the ledger answers itself changes
  /// nothing, and a request is carried out once: a second word of it changes nothing (`isAgain`).
  func told(
    of request: ServiceRequestReceived, by response: ServiceResponseRecorded, at time: Instant,
    given device: Device?, isAgain: Bool, upTo position: Int
  ) throws -> Told {
    var events: [Event] = []
    if !isAgain, response.says(isCarriedOut: request) {
      events = try meant(by: request, upTo: position)
        .effects(basis: .response, on: device, at: time)
    }
    return Told(
      at: time,
      consequences: try consequences(of: events, at: time, given: device, upTo: position),
      diverged: nil)
  }

  /// A signed pre-command asks for what the request asked that it was made of.
  private func meant(
    by request: ServiceRequestReceived, upTo position: Int
  ) throws -> ServiceRequestReceived {
    guard case .other("SignedPreCommand") = request.asks,
      let preceding = try request.preceding.flatMap({ try received($0, upTo: position) }),
      preceding.serviceReferenceVariant == request.serviceReferenceVariant
    else { return request }
    return request.asking(preceding.asks)
  }

  /// Whether a message that is recorded says already that a request was carried out.
  func isCarriedOut(_ request: ServiceRequestReceived, upTo position: Int) throws -> Bool {
    try timeline(Tag.request(request.requestID), upTo: position).contains { recorded in
      if case .serviceResponseRecorded(let response) = recorded.event {
        return response.says(isCarriedOut: request)
      }
      return recorded.event.basis == .alert
    }
  }

  /// Whether the device said of a request that it did not carry it out.
  func hasFailed(_ request: ServiceRequestReceived, upTo position: Int) throws -> Bool {
    try timeline(Tag.request(request.requestID), upTo: position).contains { recorded in
      guard case .serviceResponseRecorded(let response) = recorded.event else { return false }
      return response.flags.contains(.commandFailed) && response.answers(request)
    }
  }

  /// The divergence that a response shows, each code that came back once.
  func divergence(
    of request: ServiceRequestReceived, from response: ServiceResponseRecorded, upTo position: Int
  ) throws -> ResponseDiverged? {
    var judged: (ServiceRequestValidated, Int)?
    for recorded in try timeline(Tag.request(request.requestID), upTo: position) {
      switch recorded.event {
      case .serviceRequestValidated(let event) where judged == nil:
        judged = (event, recorded.position)
      case .responseDiverged(let event) where event.returned == response.code: return nil
      default: continue
      }
    }
    return judged.flatMap { response.divergence(from: $0.0, at: $0.1) }
  }
}

extension ServiceResponseRecorded {
  /// Whether it says that a request was carried out, and is an answer to that one.
  func says(isCarriedOut request: ServiceRequestReceived) -> Bool {
    isOutcome && answers(request) && request.isCarriedOut(code)
  }

  /// Whether the service that it names, if any, is the one that was asked for.
  func answers(_ request: ServiceRequestReceived) -> Bool {
    serviceReferenceVariant.map {
      [request.serviceReferenceVariant, request.serviceReference].contains($0)
    } ?? true
  }

  /// How it differs from a prediction.
  func divergence(
    from judged: ServiceRequestValidated, at position: Int
  ) -> ResponseDiverged? {
    guard isOutcome || flags.contains(.answeredHere) else { return nil }
    return judged.divergence(
      from: code, isNamed: !flags.contains(.codeNotKnown), at: position)
  }
}

extension Event {
  /// Whose word a change of the inventory at the request of somebody rests on.
  fileprivate var basis: Basis? {
    switch self {
    case .devicePrenotified(let event): event.basis
    case .deviceStatusChanged(let event): event.basis
    case .deviceDetailsUpdated(let event): event.basis
    case .mpxnUpdated(let event): event.basis
    case .deviceDeleted(let event): event.basis
    case .deviceAssociated(let event), .deviceDissociated(let event): event.basis
    case .deviceSupplierChanged(let event): event.basis
    case .deviceValueObserved(let event): event.basis
    default: nil
    }
  }
}
