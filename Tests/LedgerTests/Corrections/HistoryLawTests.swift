import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

@Suite struct `Whatever people, imports and annulments do` {
  private static let seeds: [UInt64] = (1...Amount.of("SMI_HISTORIES", atLeast: 6)).map {
    UInt64(100 + $0)
  }

  /// Checks what holds at any time of all corrections.
  private func expectLaws(_ test: TestLedger, _ step: Int) throws {
    let all = try test.allCorrections()
    let open = all.filter { $0.isOpen && $0.knownDevice != nil && $0.field != .other }
    #expect(
      Set(open.map { "\($0.deviceID) \($0.field)" }).count == open.count,
      "two are open for one field after step \(step)")
    for correction in all {
      #expect(correction.turns.count { $0.to == nil } == 1, "\(correction.id) after step \(step)")
      for (turn, next) in zip(correction.turns, correction.turns.dropFirst()) {
        #expect(turn.to == next.from, "\(correction.id) after step \(step)")
        #expect(turn.from <= next.from, "\(correction.id) after step \(step)")
      }
      #expect((correction.holder.holder == .nobody) || !correction.hasEnded)
    }
    for device in Set(all.compactMap(\.knownDevice)) {
      let held = try test.ledger.device(device)?.openCorrections ?? []
      // A ticket that does not say what is wrong is no correction of any one field.
      let open = all.filter {
        $0.isOpen && $0.knownDevice == device && ($0.ticket == nil || $0.field != .other)
      }
      #expect(
        Set(held) == Set(open.map(\.id)),
        "\(device) after step \(step)")
    }
  }

  @Test(arguments: seeds)
  func `no field has two open corrections, each has one holder, and the views agree`(seed: UInt64)
    throws
  {
    let test = try TestLedger(mode: seed.isMultiple(of: 3) ? .observer : .authority)
    var history = try BusyHistory(test, seed: seed)
    var shown: [(position: Int, corrections: [Correction])] = []
    for step in 0..<140 {
      try history.step()
      guard step % 10 == 9 else { continue }
      try expectLaws(test, step)
      shown.append((try test.ledger.head(), try test.allCorrections()))
    }
    let rebuilt = try test.ledger.rebuildViews()
    #expect(rebuilt.same == true, "kept views are those made anew")
    for month in ["2026-01", "2026-02", "2026-03"] {
      try test.expectSQLAgrees(try #require(Month(month)), "seed \(seed)")
    }
    try test.expectSQLOpenAgrees()
    for then in shown {
      for correction in then.corrections {
        #expect(try test.ledger.correction(correction.id, upTo: then.position) == correction)
      }
    }
    #expect(try test.ledger.log.verifyContent().isEmpty)
  }
}
