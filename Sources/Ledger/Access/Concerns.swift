public import Corrections
internal import EventLog

/// What a party has to do with: who may see what rests on it.
extension Ledger {
  /// Whether a correction concerns a party: it reported it, was asked about it or had its turn, or while
  /// it ran was Registered Supplier of a meter point that it, or its device, names.
  public func concerns(_ correction: Correction, _ party: String) throws -> Bool {
    if correction.parties.contains(party) || correction.question?.of == party { return true }
    var tokens = Set(
      [correction.current, correction.requested, correction.heldNow].compactMap { $0?.mpxn })
    if let id = correction.knownDevice, let device = try device(id) {
      tokens.formUnion(device.mpxns(since: correction.openedAt))
    }
    let end = correction.closedAt ?? correction.confirmedAt ?? now()
    return try tokens.contains {
      try isRegistered(party, for: $0, between: correction.openedAt, and: end)
    }
  }

  /// Whether a device concerns a party: it is Registered Supplier of a meter point that the device held at
  /// the moment, one of its users pre-notified or installed it, or a correction of it that has not ended
  /// concerns the party.
  public func concerns(_ device: Device, _ party: String, at moment: Instant) throws -> Bool {
    let tokens = MPxNField.allCases.compactMap { device.history($0).value(at: moment)?.value }
      .compactMap { $0 }
    if try tokens.contains(where: { try isRegistered(party, for: $0, between: moment, and: moment) }
    ) {
      return true
    }
    for user in [device.prenotifiedBy, device.installer?.value].compactMap({ $0 })
    where try self.user(user.description)?.party == party {
      return true
    }
    return try device.openCorrections.contains { id in
      try correction(id).map { try concerns($0, party) } ?? false
    }
  }

  /// Whether it is or was the DSP's turn.
  public static func concernsDSP(_ correction: Correction) -> Bool {
    correction.turns.contains { $0.holder == .dsp } || correction.holder.holder == .dsp
  }

  /// Whether a party was Registered Supplier of a meter point at any time of a stretch.
  private func isRegistered(
    _ party: String, for token: Token, between start: Instant, and end: Instant
  ) throws -> Bool {
    let position = try head()
    return try registrations(of: token, upTo: position).contains { row in
      guard !row.isUnlisted, row.from <= end, row.to.map({ $0 > start }) ?? true else {
        return false
      }
      return try self.party(ofParticipant: row.supplier, upTo: position) == party
    }
  }

  /// The party of the User ID that a request names as its sender; nil where none is registered.
  public func party(of originator: EUI64) throws -> String? {
    try user(originator.description).map(\.party)
  }
}

extension Device {
  /// Every meter point that it has held since a moment.
  fileprivate func mpxns(since moment: Instant) -> Set<Token> {
    Set(
      MPxNField.allCases.flatMap { field -> [Token] in
        let entries = history(field).entries
        return entries.indices.compactMap { index in
          let end = index + 1 < entries.count ? entries[index + 1].from : nil
          return end.map { $0 > moment } ?? true ? entries[index].value : nil
        }
      })
  }
}

extension Ledger {
  /// The device that a recorded request is about; nil when no such request is held, or it names none.
  public func deviceAsked(by request: RequestID) throws -> EUI64? {
    for recorded in try standing(Tag.request(request)) {
      if case .serviceRequestReceived(let received) = recorded.event { return received.deviceID }
    }
    return nil
  }
}
