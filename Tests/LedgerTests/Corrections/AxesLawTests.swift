import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

/// What holds of lists, threads and reports at any position and any moment, over random histories.
@Suite struct `Both axes of whatever people do` {
  private static let seeds: [UInt64] = (1...Amount.of("SMI_HISTORIES", atLeast: 3)).map {
    UInt64(300 + $0)
  }

  private static let filters: [CorrectionFilter] = {
    var (all, mine, turn, asked) = (
      CorrectionFilter(), CorrectionFilter(), CorrectionFilter(), CorrectionFilter()
    )
    all.includesEnded = true
    mine.party = "SUPB"
    turn.holder = .requester
    turn.includesEnded = true
    asked.state = .resolved
    return [CorrectionFilter(), all, mine, turn, asked]
  }()

  private func history(
    _ seed: UInt64, steps: Int = 80, _ look: (TestLedger, Int) throws -> Void = { _, _ in }
  ) throws -> TestLedger {
    let test = try TestLedger(mode: seed.isMultiple(of: 3) ? .observer : .authority)
    var history = try BusyHistory(test, seed: seed, tellsLate: true)
    for step in 0..<steps {
      try history.step()
      try look(test, step)
    }
    return test
  }

  /// Some moments at which something was true, and a far one.
  private func moments(_ test: TestLedger) throws -> [Instant] {
    let times = try (1...test.ledger.log.counter("correction")).flatMap { number in
      try test.ledger.timeline(Tag.correction(CorrectionID(number: number))).map(\.effectiveAt)
    }.sorted()
    return stride(from: 0, to: times.count, by: max(1, times.count / 6)).map { times[$0] }
      + [try #require(Instant(stored: "2099-01-01T00:00:00.000Z"))]
  }

  /// Each correction that was ever opened, as it was known at a position and true by a moment.
  private func each(
    _ test: TestLedger, upTo position: Int? = nil, effectiveAt moment: Instant? = nil
  ) throws -> [Correction] {
    try (1...test.ledger.log.counter("correction")).compactMap {
      try test.ledger.correction(
        CorrectionID(number: $0), upTo: position, effectiveAt: moment)
    }
  }

  @Test(arguments: seeds)
  func `the list at a position is the one that was shown then`(seed: UInt64) throws {
    var shown: [(position: Int, moment: Instant, lists: [[Correction]])] = []
    let test = try history(seed) { test, step in
      guard step % 20 == 19 else { return }
      let moment = test.now()
      shown.append(
        (
          try test.ledger.head(), moment,
          try Self.filters.map { try test.ledger.corrections($0, at: moment).corrections }
        ))
    }
    for then in shown {
      for (filter, list) in zip(Self.filters, then.lists) {
        let again = try test.ledger.corrections(filter, knownAt: then.position, at: then.moment)
        #expect((again.corrections == list) as Bool && again.position == then.position)
        #expect(list.allSatisfy { filter.takes($0, at: then.moment) })
      }
    }
    #expect(shown.contains { !$0.lists[0].isEmpty })
  }

  @Test(arguments: seeds)
  func `pages are what each correction is, however often they were asked for before`(
    seed: UInt64
  ) throws {
    var shown: [(position: Int, moment: Instant, all: [Correction])] = []
    func pages(
      _ test: TestLedger, _ filter: CorrectionFilter, at position: Int?, _ moment: Instant
    ) throws -> [Correction] {
      var query = PageQuery(filter, limit: 3)
      query.position = position
      var all: [Correction] = []
      while true {
        let page = try test.ledger.corrections(query, at: moment) { _ in true }
        all += page.corrections
        guard page.hasMore, let last = page.corrections.last else { return all }
        (query.position, query.after) = (page.position, last.id.number)
      }
    }
    let test = try history(seed) { test, step in
      guard try test.ledger.log.counter("correction") > 0 else { return }
      let moment = test.now()
      for filter in Self.filters {
        let folded = try each(test).filter { filter.takes($0, at: moment) }
        #expect((try pages(test, filter, at: nil, moment) == folded) as Bool, "step \(step)")
      }
      if step % 20 == 9 { shown.append((try test.ledger.head(), moment, try each(test))) }
      for then in shown {
        // What is kept of now is not what was then.
        let open = try pages(test, CorrectionFilter(), at: then.position, then.moment)
        let folded = then.all.filter { CorrectionFilter().takes($0, at: then.moment) }
        #expect((open == folded) as Bool, "step \(step), as of \(then.position)")
      }
    }
    #expect(try test.ledger.log.counter("correction") > 3)
  }

  @Test(arguments: seeds)
  func `the list at a moment is every correction folded up to it`(seed: UInt64) throws {
    let test = try history(seed)
    let head = try test.ledger.head()
    for moment in try moments(test) {
      for filter in Self.filters {
        let at = min(moment, test.now())
        let now = try test.ledger.corrections(filter, effectiveAt: moment, at: at).corrections
        let folded = try each(test, effectiveAt: moment).filter { filter.takes($0, at: at) }
        #expect(now.map(\.id) == folded.map(\.id) && (now == folded) as Bool, "\(moment)")
      }
      let both = try test.ledger.corrections(
        Self.filters[0], knownAt: head / 2, effectiveAt: moment, at: moment)
      let folded = try each(test, upTo: head / 2, effectiveAt: moment).filter { !$0.hasEnded }
      #expect((both.corrections == folded) as Bool, "\(moment)")
    }
  }

  @Test(arguments: seeds)
  func `at a moment nothing is later, and far ahead all is as it is`(seed: UInt64)
    throws
  {
    let test = try history(seed)
    for moment in try moments(test) {
      for correction in try each(test, effectiveAt: moment) {
        #expect(correction.openedAt <= moment && correction.lastStepAt <= moment)
        #expect(correction.turns.allSatisfy { $0.from <= moment && ($0.to ?? moment) <= moment })
        #expect(correction.resolutions.allSatisfy { $0.at <= moment })
        let thread = try test.ledger.standing(Tag.correction(correction.id))
        // What an old ticket tells has other times of its own.
        guard !thread.contains(where: \.isTicket) else { continue }
        let plain = Correction.fold(
          correction.id, thread.filter { $0.effectiveAt <= moment })
        #expect((plain == correction) as Bool, "\(correction.id) at \(moment)")
      }
    }
    let ahead = try each(test, effectiveAt: moments(test).last)
    #expect((ahead == (try each(test))) as Bool)
  }

  @Test(arguments: seeds)
  func `a report at a moment counts the corrections folded up to it`(seed: UInt64) throws {
    let test = try history(seed)
    let (first, last) = (
      try #require(CivilDate("2026-03-01")), try #require(CivilDate("2026-03-12"))
    )
    let period = try #require(ReportPeriod(from: first, to: last))
    for moment in try moments(test) where moment >= period.start {
      let reported = try test.ledger.report(period, effectiveAt: moment)
      let terms = try test.ledger.terms()
      let asOf = reported.countedTo
      #expect(asOf <= moment)
      let counted = ResolutionReport(
        period, cases: try each(test, effectiveAt: moment).map { ReportCase($0, terms) },
        clock: terms.clock(at: min(period.end.advanced(byMilliseconds: -1), asOf)), asOf: asOf)
      expectSame(reported.report, counted, "\(moment)")
      if moment >= period.end {
        expectSame(reported.report, try test.ledger.report(period).report, "after the end")
      }
    }
  }

  private func expectSame(
    _ left: ResolutionReport, _ right: ResolutionReport, _ what: String
  ) {
    #expect(left.opened == right.opened, "\(what)")
    #expect(
      left.resolved.map(\.item.id) == right.resolved.map(\.item.id), "\(what)")
    #expect(left.confirmed == right.confirmed && left.rejected == right.rejected, "\(what)")
    #expect(left.withdrawn == right.withdrawn && left.steps == right.steps, "\(what)")
    #expect(left.running.map(\.item.id) == right.running.map(\.item.id), "\(what)")
    #expect(left.running.map(\.holder) == right.running.map(\.holder), "\(what)")
    #expect(left.working == right.working && left.elapsed == right.elapsed, "\(what)")
    #expect(left.byHolder == right.byHolder, "\(what)")
  }

  @Test(arguments: seeds)
  func `a device at a moment holds what was known to be true by then`(seed: UInt64) throws {
    let test = try history(seed)
    for id in Meter.all + [Fixture.device, Fixture.other] {
      let whole = try #require(try test.ledger.device(try eui(id)))
      for moment in try moments(test) {
        guard let then = try test.ledger.device(try eui(id), effectiveAt: moment) else { continue }
        for field in MPxNField.allCases {
          #expect(
            then.history(field).current == whole.history(field).value(at: moment), "\(id) \(field)")
        }
        #expect(then.details == whole.details(at: moment))
      }
    }
  }
}

extension Recorded {
  fileprivate var isTicket: Bool {
    if case .incidentTakenOver = event { true } else { false }
  }
}

extension ReportCase {
  /// A case as the views give it.
  fileprivate init(_ correction: Correction, _ terms: Terms) {
    self.init(
      id: correction.id, deviceType: correction.deviceType, requester: correction.requester,
      firstCode: correction.firstCode, route: correction.advice?.route,
      target: terms.target(of: correction.category, openedAt: correction.openedAt),
      isTwoSupplier: correction.isTwoSupplier,
      origin: correction.ticket == nil ? .ledger : .oldTicket,
      isBundled: correction.ticket?.isBundled ?? false, state: correction.state,
      holder: correction.holder.holder, openedAt: correction.openedAt,
      resolutions: correction.resolutions, closedAt: correction.closedAt, turns: correction.turns,
      waitsUntil: correction.waitsUntil, steps: correction.counted)
  }
}
