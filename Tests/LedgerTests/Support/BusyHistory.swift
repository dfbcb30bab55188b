import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

/// Random people, imports, annulments and days, the refused ones included.
///
/// Where it tells late, what people do was often true some time before it is recorded.
struct BusyHistory {
  let test: TestLedger
  private var generator: SplitMix
  private var counter: UInt64 = 0
  private var requests: [RequestID] = []
  private var day = 4
  /// The last event of what everything rests on.
  private let start: Int
  private let tellsLate: Bool

  init(_ test: TestLedger, seed: UInt64, tellsLate: Bool = false) throws {
    self.test = test
    self.tellsLate = tellsLate
    generator = SplitMix(seed: seed)
    try test.importMeters()
    start = try test.ledger.head()
  }

  private static let suppliers = [Fixture.supA, Fixture.supB, Fixture.supC]
  private static let devices = Meter.all + [Fixture.device, Fixture.other, Fixture.pending]
  private static let points = Meter.points + ["1429876543210", Fixture.ofNobody]

  private mutating func one<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &generator)]
  }

  /// When something was true that is recorded now: not before some moment.
  private mutating func time(since first: Instant) -> Instant {
    let now = test.now()
    guard tellsLate, first < now, chance(60) else { return now }
    let late = Int64.random(in: 0...now.milliseconds - first.milliseconds, using: &generator)
    return now.advanced(byMilliseconds: -late)
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }

  mutating func step() throws {
    do {
      switch Int.random(in: 0..<100, using: &generator) {
      case 0..<16: try report()
      case 16..<28: try request()
      case 28..<33: try test.look([one(Self.devices): one(Self.points + [""])])
      case 33..<36:
        try test.register(
          "\(one(Self.points)),import,\(one(["SUPA", "SUPB", "SUPC"])),2026-03-0\(one([1, 2, 3])),")
      case 36..<40: try ticket()
      case 40..<46: try annul()
      case 46..<50: _ = try test.ledger.remind()
      case 50..<52: try policy()
      case 52..<56:
        day = min(day + one([1, 2, 9]), 31)
        try test.pass(to: String(format: "2026-03-%02dT10:00:00.000Z", day))
      default: try act()
      }
    } catch is Refusal {
    } catch is CannotOpen {
    } catch is CannotAnnul {
    } catch is NoSuchCorrection {
    }
  }

  private mutating func report() throws {
    let wanted: WantedValue =
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: .blank(.importMPxN)
      case 1: .status(one([.suspended, .installedNotCommissioned]))
      case 2: .other(one(["one fault", "another fault"]))
      case 3: .deletion
      default: .mpxn(.importMPxN, try point(one(Self.points)))
      }
    _ = try test.ledger.openCorrection(
      device: try eui(one(Self.devices)), wanted, by: try test.actor(one(Self.suppliers)),
      at: time(since: test.now().advanced(byMilliseconds: -259_200_000)),
      batch: chance(20) ? "b\(Int.random(in: 0..<3, using: &generator))" : nil)
  }

  private mutating func request() throws {
    if chance(40), !requests.isEmpty {
      _ = try test.ledger.openCorrection(from: one(requests), by: nil, at: test.now())
      return
    }
    counter += 1
    requests.append(
      try test.submit(
        update(
          one(Self.points), device: one(Self.devices), by: one(Self.suppliers), counter: counter)
      ).requestID)
  }

  private mutating func ticket() throws {
    let number = Int.random(in: 1...4, using: &generator)
    let device = chance(80) ? one(Self.devices) : ""
    let resolved = chance(50) ? "2026-02-0\(number)" : ""
    let (field, wanted) = chance(70) ? ("importMPxN", one(Self.points)) : ("", "")
    try test.tickets(
      "INC\(number),2026-01-0\(number),,\(device),,,\(one(["SUPA", "SUPB"])),\(resolved),1,\(field),\(wanted),,,"
    )
  }

  private mutating func annul() throws {
    let head = try test.ledger.head()
    guard head > start else { return }
    let first = chance(70) ? max(start + 1, head - 20) : start + 1
    try test.annul(Int.random(in: first...head, using: &generator))
  }

  private mutating func policy() throws {
    var change = PolicyChange()
    change.afterConsents = one([.dsp, .ledger])
    change.turns = [one([.dcc, .counterparty]): one([1, 5])]
    if chance(20) { change.calendar = one([.scotland, .englandAndWales]) }
    _ = try test.ledger.setPolicy(
      change, from: test.now(), by: try #require(try test.ledger.user("DCC-017")), via: .system)
  }

  private mutating func act() throws {
    let last = try test.ledger.log.counter("correction")
    guard last > 0 else { return }
    let id = CorrectionID(number: Int.random(in: max(1, last - 5)...last, using: &generator))
    guard let correction = try test.ledger.correction(id) else { return }
    let other = CorrectionID(number: Int.random(in: 1...last, using: &generator))
    let all: [Action] = [
      .advise, .consent, .refuse(reason: "no"),
      .assign(owner: one(["DCC-017", "DCC-021"]), reason: "r"),
      .propose(explanation: chance(50) ? "so it is" : nil), .approve, .decline(reason: "no"),
      .apply,
      .fail(reason: "no"), .verify, .resolve(one([.noFault, .observed, .incident])), .confirm,
      .reopen(reason: "again"), .reject(reason: "no"), .withdraw(reason: "no"), .note("n"),
      .ask(of: one([nil, "SUPB"]), question: "what?"), .inform(answer: "that"), .plan,
      .change(.mpxn(.importMPxN, try point(one(Self.points))), reason: nil),
      .merge(into: other, reason: "same"), .escalate(reason: "stuck"),
      .closeIncident(outcome: "done"),
      .categorise(one([1, 5])), .reference(.rec, "R1"),
    ]
    let leading: [Action] = [
      .consent, .propose(explanation: "so it is"), .approve, .apply, .verify, .advise,
    ]
    // Mostly by who may, so that histories come to an end.
    let person =
      chance(60)
      ? correction.holder.party.flatMap {
        ["SUPA": Fixture.supA, "SUPB": Fixture.supB, "SUPC": Fixture.supC][$0]
      }
        ?? (correction.holder.holder == .dsp ? "DSP-004" : one(["DCC-017", "DCC-021"]))
      : one(Self.suppliers + ["DCC-017", "DCC-021", "DSP-004", "SECAS-002", Fixture.mapX])
    let user = try #require(try test.ledger.user(person))
    _ = try test.ledger.act(
      chance(50) ? one(leading) : one(all), on: id, by: user, via: .system,
      at: time(since: correction.lastStepAt))
  }
}
