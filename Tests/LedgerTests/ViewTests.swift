import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

@Suite struct `Views` {
  @Test(arguments: [11, 12, 13, 14] as [UInt64])
  func `rebuilt are row for row those kept step by step`(seed: UInt64) throws {
    let test = try TestLedger()
    var history = RandomHistory(test, seed: seed)
    for step in 0..<60 {
      try history.step()
      if step % 7 == 0 { try test.ledger.catchUpViews() }
    }
    let rebuilt = try test.ledger.rebuildViews()
    #expect(rebuilt.same == true)
    #expect(rebuilt.events == (try test.ledger.head()))
    #expect(try test.ledger.log.verifyContent().isEmpty)
  }

  /// With next to nothing kept in memory, every state is forgotten and folded anew again and again.
  @Test(arguments: [(15, 1, 1, 4), (16, 2, 1, 9), (17, 1, 5, 30), (18, 3, 2, 7)])
  func `are the same whatever of them is kept in memory`(
    _ seed: Int, _ kept: Int, _ unwritten: Int, _ batch: Int
  ) throws {
    let test = try TestLedger()
    var history = RandomHistory(test, seed: UInt64(seed))
    for _ in 0..<50 { try history.step() }
    // Some of it was recorded in error.
    var annulled = 0
    for position in stride(from: 8, to: try test.ledger.head(), by: 5) {
      if (try? test.annul(position)) != nil { annulled += 1 }
    }
    for _ in 0..<20 { try history.step() }
    let head = try test.ledger.head()
    let middle = try #require(try test.ledger.log.event(at: head / 2)).recorded().effectiveAt
    for (number, moment) in [nil, middle].enumerated() {
      let all = try ViewStore(
        test.ledger, at: test.folder + "/all\(number).sqlite", .new, effectiveAt: moment)
      try all.advance(to: head)
      let path = test.folder + "/few\(number).sqlite"
      let few = try ViewStore(
        test.ledger, at: path, .new, effectiveAt: moment, kept: kept, unwritten: unwritten)
      try few.advance(to: head, batch: batch)
      try few.finish()
      try few.close()
      #expect(try ViewComparison.same(all.queue, path))
      try all.close()
    }
    #expect(annulled > 0)
  }

  @Test func `never say of a device that was met that it was not, and seldom the opposite`() {
    var met = MetDevices(words: 1 << 12)
    var random = SplitMix(seed: 3)
    var devices: Set<UInt64> = []
    var wrong = 0
    for number in 0..<20_000 {
      // Ids in a row, as makers give them, and ids at random.
      let bits = number.isMultiple(of: 2) ? 0x00DB_1234_0000_0000 + UInt64(number) : random.next()
      let isNew = devices.insert(bits).inserted
      let mayBeMet = met.meet(EUI64(bits: bits))
      if !isNew { #expect(mayBeMet) }
      wrong += isNew && mayBeMet ? 1 : 0
    }
    let isKnown = devices.allSatisfy { met.meet(EUI64(bits: $0)) }
    #expect(isKnown)
    // 13 bits a device: one in a hundred and seventy at the end, fewer before.
    #expect(wrong < 100, "\(wrong)")
  }

  @Test func `deleted, come back with the next command`() throws {
    let test = try TestLedger()
    var history = RandomHistory(test, seed: 5)
    for _ in 0..<30 { try history.step() }
    var filter = CorrectionFilter()
    filter.includesEnded = true
    let before = try test.ledger.corrections(filter).corrections
    for name in try FileManager.default.contentsOfDirectory(atPath: test.folder)
    where name.hasPrefix("views") {
      try FileManager.default.removeItem(atPath: test.folder + "/" + name)
    }
    #expect(try test.ledger.corrections(filter).corrections == before)
    #expect(!before.isEmpty)
  }

  @Test func `a broken file of views is replaced, not trusted`() throws {
    let test = try TestLedger()
    try test.ledger.catchUpViews()
    let link = test.folder + "/views.sqlite"
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: link)
    try Data("not a database at all".utf8).write(
      to: URL(fileURLWithPath: test.folder + "/" + target))
    #expect(try test.ledger.catchUpViews() == (try test.ledger.head()))
    #expect(try test.ledger.corrections(CorrectionFilter()).corrections.isEmpty)
  }

  @Test(arguments: [21, 22] as [UInt64])
  func `one open correction at most for a device and field, and one holder each`(seed: UInt64)
    throws
  {
    let test = try TestLedger()
    var history = RandomHistory(test, seed: seed)
    for _ in 0..<80 { try history.step() }
    var filter = CorrectionFilter()
    filter.includesEnded = true
    let all = try test.ledger.corrections(filter).corrections
    let open = all.filter(\.isOpen).map { "\($0.deviceID) \($0.field)" }
    #expect(Set(open).count == open.count)
    for correction in all {
      #expect(correction.turns.filter { $0.to == nil }.count == 1)
      for (turn, next) in zip(correction.turns, correction.turns.dropFirst()) {
        #expect(turn.to == next.from)
      }
      let events = try test.ledger.timeline(Tag.correction(correction.id))
      let transfers = events.filter {
        if case .ownershipTransferred = $0.event { true } else { false }
      }
      #expect(transfers.count == correction.handovers)
    }
  }
}

/// Random commands of random people, the refused ones included.
struct RandomHistory {
  private let test: TestLedger
  private var generator: SplitMix
  private var counter: UInt64 = 0
  private var requests: [RequestID] = []

  init(_ test: TestLedger, seed: UInt64) {
    self.test = test
    generator = SplitMix(seed: seed)
  }

  mutating func step() throws {
    let people = [
      Fixture.supA, Fixture.supB, Fixture.supC, "DCC-017", "DCC-021", "DSP-004", "SECAS-002",
    ]
    let devices = [Fixture.device, Fixture.other, "00-DB-12-34-56-78-91-04"]
    let values = [Fixture.ofA, Fixture.ofB, "1655500011126", Fixture.ofNobody]
    do {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0..<3:
        counter += 1
        let request = try update(
          values.randomElement(using: &generator) ?? Fixture.ofA,
          device: devices.randomElement(using: &generator) ?? Fixture.device,
          by: people[Int.random(in: 0..<3, using: &generator)], counter: counter)
        requests.append(try test.submit(request).requestID)
      case 3:
        if let request = requests.randomElement(using: &generator) {
          _ = try test.ledger.openCorrection(from: request, by: nil, at: test.now())
        }
      default:
        let last = try test.ledger.log.counter("correction")
        guard last > 0 else { return }
        let id = CorrectionID(number: Int.random(in: 1...last, using: &generator))
        let actions: [Action] = [
          .advise, .consent, .refuse(reason: "no"), .assign(owner: "DCC-017", reason: "r"),
          .assign(owner: "DCC-021", reason: "r"), .propose(explanation: nil), .approve,
          .decline(reason: "no"),
          .apply, .verify, .resolve(.noFault), .confirm, .reopen(reason: "again"),
          .withdraw(reason: "no"), .note("n"),
        ]
        let action = actions.randomElement(using: &generator) ?? .advise
        _ = try test.act(
          action, id, by: people.randomElement(using: &generator) ?? Fixture.supA)
      }
    } catch is Refusal {
    } catch is CannotOpen {
    } catch is NoSuchCorrection {
    }
  }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
