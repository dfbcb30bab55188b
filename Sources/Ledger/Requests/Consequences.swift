import Corrections
import EventLog

/// What some events about the inventory lead to besides: corrections that they heal or that are
/// marked, since the field holds something else now.
struct Consequences: Sendable {
  /// Changes of the inventory, in order.
  let events: [Event]
  /// The devices that they change and that have open corrections, as they were before.
  let devices: [EUI64: Device]
  /// Those corrections.
  let corrections: [Correction]
  /// The timelines that they rest on, beside that of the request itself.
  let tags: [String]

  /// Puts the events into a chain, each with what it heals.
  func append(to chain: inout DraftChain, at time: Instant, from link: Int) {
    var devices: [EUI64: Device?] = self.devices
    var corrections = corrections
    for (index, event) in events.enumerated() {
      chain.then(event, at: time, from: link)
      let changed = chain.last
      let recorded = Recorded(
        position: .max - events.count + index, recordedAt: time, effectiveAt: time,
        actor: .ledger, cause: nil, event: event)
      for id in event.changedEntries {
        guard var device = devices[id] else { continue }
        Device.evolve(&device, id: id, with: recorded)
        devices[id] = .some(device)
        guard device?.isNewest(time) ?? false else { continue }
        for index in corrections.indices where corrections[index].deviceID == id {
          let correction = corrections[index]
          let seen = correction.seen(device, at: time, by: .max, how: event.how)
          guard !seen.isEmpty else { continue }
          corrections[index] = correction.after(seen, at: time)
          // What a correction is healed by is one event; it names the position of the change.
          chain.then(at: time, from: changed) { [device] position in
            correction.seen(device, at: time, by: position, how: event.how).first ?? event
          }
        }
      }
    }
  }
}

extension Device {
  /// Whether nothing is known of a later time than that.
  func isNewest(_ time: Instant) -> Bool {
    let known =
      MPxNField.allCases.compactMap { history($0).current?.from }
      + [currentStatus?.from, detailsKnownFrom, presenceKnownFrom].compactMap { $0 }
    return known.allSatisfy { $0 <= time }
  }
}

extension Event {
  /// How a correction that the event heals was resolved.
  fileprivate var how: CorrectionResolved.How {
    switch self {
    case .mpxnUpdated(let event): event.requestID == nil ? .observed : .serviceRequest
    case .deviceStatusChanged(let event): event.requestID == nil ? .observed : .serviceRequest
    case .deviceDetailsUpdated(let event): event.requestID == nil ? .observed : .serviceRequest
    case .deviceDeleted(let event): event.requestID == nil ? .observed : .serviceRequest
    case .devicePrenotified: .serviceRequest
    default: .observed
    }
  }
}

extension Ledger {
  /// Finds the open corrections that some events may heal or mark.
  ///
  /// What was true before a value that is known by now does neither. `known` is the device that most
  /// of them are about, where it was read already.
  func consequences(
    of events: [Event], at time: Instant, given known: Device? = nil, upTo position: Int
  ) throws -> Consequences {
    var devices: [EUI64: Device] = [:]
    var corrections: [Correction] = []
    var tags: Set<String> = []
    for event in events {
      tags.formUnion(event.inventoryDevices.map(Tag.device))
      for id in event.changedEntries where devices[id] == nil {
        guard let device = try known?.id == id ? known : device(id, upTo: position),
          !device.watchedCorrections.isEmpty
        else { continue }
        devices[id] = device
        for open in device.watchedCorrections {
          guard let correction = try correction(open, upTo: position) else { continue }
          corrections.append(correction)
          tags.insert(Tag.correction(open))
        }
      }
    }
    return Consequences(
      events: events, devices: devices, corrections: corrections, tags: tags.sorted())
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
