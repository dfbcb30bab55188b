import Corrections
import Ledger

extension CorrectionAnswer {
  /// When the clock stopped, or now while it runs.
  var countedUpTo: Instant { correction.resolvedAt ?? correction.closedAt ?? now }

  /// The calendar of its figures, or each of them with its last day.
  var calendarName: String { terms.calendars.name(from: correction.openedAt, to: countedUpTo) }

  /// The policy by which its age is counted: the one in force at its opening.
  var agePolicy: ClockPolicy { terms.clock(at: correction.openedAt) }
}
