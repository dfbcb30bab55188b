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
}
