public import Corrections

/// One row of a file of old tickets.
public struct IncidentRow: Hashable, CSVRow {
  /// The ticket's own number; a repeated one is a bundled ticket.
  public let reference: String
  /// When it was raised.
  public let raisedAt: Instant
  /// 1 (worst) to 5.
  public let category: Int?
  /// The device, where one is named.
  public let deviceID: EUI64?
  /// The meter point, where one is named.
  public let mpxn: MPxN?
  /// The code that a request was refused with.
  public let errorCode: String?
  /// The party that raised it.
  public let raisedBy: String
  /// When it was resolved.
  public let resolvedAt: Instant?
  /// How often it changed hands.
  public let handovers: Int
  /// What of the entry is wrong.
  public let field: CorrectionField?
  /// What the entry should hold, as it is typed.
  public let requested: String?
  /// When it was closed.
  public let closedAt: Instant?
  /// How it ended.
  public let outcome: IncidentTakenOver.Outcome?
  /// The route by which it was resolved.
  public let route: Route?

  private static let referenceColumn = CSVColumn(0, "reference")
  private static let raised = CSVColumn(1, "raised_at")
  private static let categoryColumn = CSVColumn(2, "category")
  private static let device = CSVColumn(3, "device_id")
  private static let point = CSVColumn(4, "mpxn")
  private static let code = CSVColumn(5, "error_code")
  private static let party = CSVColumn(6, "raised_by")
  private static let resolved = CSVColumn(7, "resolved_at")
  private static let hands = CSVColumn(8, "handovers")
  private static let fieldColumn = CSVColumn(9, "field", isRequired: false)
  private static let wanted = CSVColumn(10, "requested", isRequired: false)
  private static let closed = CSVColumn(11, "closed_at", isRequired: false)
  private static let outcomeColumn = CSVColumn(12, "outcome", isRequired: false)
  private static let routeColumn = CSVColumn(13, "route", isRequired: false)

  /// The columns of an incidents file.
  public static let columns = [
    referenceColumn, raised, categoryColumn, device, point, code, party, resolved, hands,
    fieldColumn, wanted, closed, outcomeColumn, routeColumn,
  ]

  /// Reads a row; a ticket is resolved and closed no earlier than it was raised.
  public init?(_ cells: inout CSVCells) {
    let reference = cells.text(Self.referenceColumn, atMost: 100)
    if reference == nil, !cells.hasProblems {
      cells.note(.empty, Self.referenceColumn, expected: "the ticket's number", found: "nothing")
    }
    let raisedAt = cells.instant(Self.raised, as: .start)
    category = cells.number(Self.categoryColumn, in: ServiceTargets.categories)
    deviceID = cells.optionalEUI(Self.device)
    mpxn = cells.optionalMPxN(Self.point, digits: 1...13)
    errorCode = cells.optionalCode(Self.code, atMost: 10)
    let raisedBy = cells.code(Self.party, atMost: 40)
    resolvedAt = cells.optionalInstant(Self.resolved, as: .start)
    handovers = cells.number(Self.hands, in: 0...10_000) ?? 0
    field = cells.optionalOneOf(Self.fieldColumn, CorrectionField.self)
    requested = cells.text(Self.wanted, atMost: 4000)
    closedAt = cells.optionalInstant(Self.closed, as: .start)
    outcome = cells.optionalOneOf(Self.outcomeColumn, IncidentTakenOver.Outcome.self)
    route = cells.optionalOneOf(Self.routeColumn, Route.self)
    if let raisedAt {
      for (column, time) in [(Self.resolved, resolvedAt), (Self.closed, closedAt)] {
        if let time, time < raisedAt {
          cells.note(
            .value, column, expected: "a time no earlier than raised_at", found: "an earlier one")
        }
      }
    }
    guard let reference, let raisedAt, let raisedBy, !cells.hasProblems else { return nil }
    self.reference = reference
    self.raisedAt = raisedAt
    self.raisedBy = raisedBy
  }
}

extension CSVCells {
  /// A whole number in a range, or nil when empty.
  public mutating func number(_ column: CSVColumn, in range: ClosedRange<Int>) -> Int? {
    let value = value(column)
    if value.isEmpty { return nil }
    let text = String(decoding: value, as: UTF8.self)
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text),
      range.contains(number)
    else {
      refuse(value, column, "a whole number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }
}
