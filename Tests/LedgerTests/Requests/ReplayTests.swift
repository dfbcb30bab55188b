import Corrections
import EventLog
import Testing
import Wire

@testable import Ledger

/// How many random histories each law sees; `SMI_SEEDS` asks for more, of which these are a tenth:
/// each is a ledger of its own.
private let seeds = (1...UInt64(max(6, Amount.of("SMI_SEEDS", atLeast: 0) / 10))).map { 100 + $0 }

@Suite struct `Traffic drawn at random` {
  @Test(arguments: seeds)
  func `is judged again from what was held then with the findings that were stored`(
    _ seed: UInt64
  ) throws {
    let test = try TestLedger(mode: seed.isMultiple(of: 2) ? .authority : .observer)
    try test.importProducts()
    var traffic = try Traffic(seed: seed)
    for _ in 0..<80 { try test.step(&traffic) }
    let asked = Dictionary(uniqueKeysWithValues: traffic.asked.map { ($0.id, $0) })
    var judged = 0
    for stored in try test.ledger.log.events(from: 1, through: try test.ledger.head()) {
      let recorded = try stored.recorded()
      guard case .serviceRequestValidated(let event) = recorded.event else { continue }
      let request = try #require(asked[event.requestID])
      let again = try test.ledger.judge(
        request, given: try test.ledger.lookUpPlace(of: request), at: recorded.effectiveAt,
        upTo: event.factsUpTo)
      #expect(again.judgement == event.judgement, "\(request)")
      judged += 1
    }
    #expect(judged > 10)
  }

  @Test(arguments: seeds)
  func `shows every device at any position as it was shown then`(_ seed: UInt64) throws {
    let test = try TestLedger(mode: seed.isMultiple(of: 2) ? .authority : .observer)
    try test.importProducts()
    var traffic = try Traffic(seed: seed)
    var shown: [(position: Int, devices: [Device?])] = []
    for _ in 0..<60 {
      try test.step(&traffic)
      shown.append((try test.ledger.head(), try traffic.devices.map { try test.ledger.device($0) }))
    }
    let all = try test.ledger.log.events(from: 1, through: try test.ledger.head())
      .map { try $0.recorded() }
    let reader = try Ledger.open(at: test.folder, access: .readOnly)
    for then in shown {
      #expect(
        try traffic.devices.map { try reader.device($0, upTo: then.position) } == then.devices)
      let folded = traffic.devices.map { Device.fold($0, all.prefix(then.position)) }
      #expect(folded == then.devices, "the fold of the first \(then.position) events")
    }
  }

  @Test(arguments: seeds)
  func `gives the same views step by step and at once, and a sound log without meter points`(
    _ seed: UInt64
  ) throws {
    let test = try TestLedger(mode: seed.isMultiple(of: 2) ? .authority : .observer)
    try test.importProducts()
    var traffic = try Traffic(seed: seed)
    for step in 0..<80 {
      try test.step(&traffic)
      if step % 7 == 0 { try test.ledger.catchUpViews() }
    }
    #expect(try test.ledger.rebuildViews().same == true)
    #expect(try test.ledger.log.verifyContent().isEmpty)
    let records = try test.records().map { String(decoding: $0, as: UTF8.self) }
    for point in traffic.points {
      #expect(!records.contains { $0.contains(point.digits) }, "\(point.digits.suffix(3))")
    }
  }
}
