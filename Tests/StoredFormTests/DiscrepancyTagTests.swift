import Corrections
import Testing
import Wire

/// A discrepancy may be about more devices, meter points and parties than one event has tags.
@Suite struct `The tags of a discrepancy` {
  private func tags(of event: Discovery) throws -> [String] {
    let stored = StoredForm.encode(.discovery(event))
    return try EventShape.tags(type: stored.type, version: stored.version, body: stored.body)
  }

  /// One about as much of everything as there is.
  private func fullest(_ dice: inout Dice, wanted: EntryValue) -> Suspicion {
    Suspicion(
      dice.one(), dice.one(), of: dice.eui(), others: (0..<40).map { _ in dice.eui() },
      field: dice.one(), mpxns: (0..<40).map { _ in dice.token() },
      parties: (0..<40).map { "PARTY\($0)" }, facts: (0..<40).map { _ in dice.fact() },
      wanted: wanted, route: dice.one())
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `are sixteen at most, whatever its lists hold`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let id = DiscrepancyID(number: 999_999_999)
    let wanted = dice.token()
    let full = fullest(&dice, wanted: .mpxn(wanted))
    let found = try tags(of: .found(DiscrepancyFound(discrepancy: id, suspicion: full, rules: 1)))
    #expect(found.count == 16, "as many as an event can have: \(found)")
    #expect(found.contains("discrepancy:DIS-999999999"))
    #expect(found.count { $0.hasPrefix("device:") } == 1 + Suspicion.mostOthers)
    #expect(found.count { $0.hasPrefix("mpxn:") } == Suspicion.mostMPxNs + 1)
    #expect(found.count { $0.hasPrefix("party:") } == Suspicion.mostParties)
    let ended = DiscrepancyEnded(
      discrepancy: id, rule: full.rule, device: full.device, others: full.others,
      parties: full.parties)
    for event in [
      Discovery.cleared(ended),
      .dismissed(DiscrepancyDismissed(about: ended, reason: dice.name43())),
    ] {
      // An annulment has all of them, and the position.
      #expect(try tags(of: event).count <= 15)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `are none of its facts, which may name any number`(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let tokens = (0..<40).map { _ in dice.token() }
    let suspicion = Suspicion(
      .mpxnTwice, .likely, of: dice.eui(), facts: tokens.map { Fact(.heldMPxN, .token($0)) })
    let found = try tags(
      of: .found(
        DiscrepancyFound(
          discrepancy: DiscrepancyID(number: 1), suspicion: suspicion, rules: 1)))
    #expect(found.map { $0.prefix { $0 != ":" } } == ["device", "discrepancy"])
  }
}
