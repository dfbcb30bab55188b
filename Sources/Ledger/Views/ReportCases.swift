import Corrections
import GRDB

/// The corrections that a period may count, read from the views in the order of their numbers.
///
/// Four passes side by side, so that no correction costs a query of its own. Turns are read where they
/// are counted: of what was resolved in the period, and of what was somebody else's turn at its end.
struct ReportCases {
  private let terms: Terms
  private let corrections: RowCursor
  private var turns: OwnedRows<Turn>
  private var resolutions: OwnedRows<Correction.Resolution>
  private var steps: OwnedRows<ReportCase.Step>

  init(_ db: Database, _ period: ReportPeriod, asOf moment: Instant, _ terms: Terms) throws {
    self.terms = terms
    let end = period.end.advanced(byMilliseconds: -1)
    let arguments: StatementArguments = [
      "first": Month(of: period.start).description, "last": Month(of: end).description,
      "end": period.end.stored,
    ]
    func pass(
      _ table: String, _ columns: String, by order: String, of ids: String = "touching",
      _ more: StatementArguments = []
    ) throws -> RowCursor {
      try Row.fetchCursor(
        db,
        sql: """
          WITH touching AS (
            SELECT correction FROM correction_month WHERE month BETWEEN :first AND :last
            UNION
            SELECT correction FROM correction
              WHERE resolved_at IS NULL AND closed_at IS NULL AND opened_at < :end)
          SELECT \(columns) FROM \(ids) JOIN \(table) USING (correction) ORDER BY \(order)
          """, arguments: arguments + more)
    }
    corrections = try pass(
      "correction",
      "correction, device_type, requester, first_code, route, category, is_two_supplier, "
        + "is_taken_over, is_bundled, state, holder, opened_at, closed_at, waits_until",
      by: "correction")
    turns = try OwnedRows(
      try pass(
        "correction_turn", Turn.columns, by: "correction, seq",
        of: """
          (SELECT correction FROM correction_resolution WHERE month BETWEEN :first AND :last
            UNION
            SELECT correction FROM touching JOIN correction USING (correction)
              WHERE holder_since > :moment)
          """, ["moment": min(end, moment).stored])
    ) { Turn(row: $0) }
    resolutions = try OwnedRows(
      try pass(
        "correction_resolution",
        Correction.Resolution.columns,
        by: "correction, seq")
    ) { Correction.Resolution(row: $0) }
    steps = try OwnedRows(
      try pass("correction_step", "correction, what, at", by: "correction, seq")
    ) { row in
      guard let what = ReportCase.Step.What(rawValue: row[1]), let at = Instant(row: row[2]) else {
        return nil
      }
      return ReportCase.Step(what, at: at)
    }
  }

  mutating func all() throws -> [ReportCase] {
    var cases: [ReportCase] = []
    while let row = try corrections.next() {
      let number: Int = row[0]
      let turns = try turns.take(number)
      let resolutions = try resolutions.take(number)
      let steps = try steps.take(number)
      guard let state = Correction.State(rawValue: row[9]), let holder = Holder(rawValue: row[10]),
        let openedAt = Instant(row: row[11])
      else { continue }
      cases.append(
        ReportCase(
          id: CorrectionID(number: number),
          deviceType: (row[1] as String?).flatMap(DeviceType.init(rawValue:)), requester: row[2],
          firstCode: row[3], route: (row[4] as String?).flatMap(Route.init(rawValue:)),
          target: terms.target(of: row[5], openedAt: openedAt), isTwoSupplier: row[6],
          origin: row[7] ? .oldTicket : .ledger, isBundled: row[8], state: state, holder: holder,
          openedAt: openedAt, resolutions: resolutions, closedAt: Instant(row: row[12]),
          turns: turns, waitsUntil: Instant(row: row[13]), steps: steps))
    }
    return cases
  }
}
