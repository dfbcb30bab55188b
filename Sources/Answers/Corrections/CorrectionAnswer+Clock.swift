package import Corrections
import Ledger
package import Wire

extension CorrectionAnswer {
  /// When the clock stopped, or now while it runs.
  package var countedUpTo: Instant { correction.resolvedAt ?? correction.closedAt ?? now }

  /// The calendar of its figures, or each of them with its last day.
  package var calendarName: String {
    terms.calendars.name(from: correction.openedAt, to: countedUpTo)
  }

  /// The policy by which its age is counted: the one in force at its opening.
  package var agePolicy: ClockPolicy { terms.clock(at: correction.openedAt) }

  /// How long it took or takes: wall time, working days, and each holder's part.
  package var clocks: JSON {
    let clock = clock
    let (total, byHolder) = (clock.total, clock.byHolder)
    return .pairs([
      "elapsedHours": .decimal(ClockTime.text(hundredths: total.elapsedHoursInHundredths)),
      "workingDays": days(total),
      "workingDaysExcludingRequester": days(clock.totalExcludingRequester),
      "byHolder": .object(
        Holder.allCases.compactMap { holder in
          byHolder[holder].flatMap { $0 == .zero ? nil : (holder.rawValue, days($0)) }
        }),
      "ageWorkingDays": .integer(ageInWorkingDays), "calendar": .string(calendarName),
      "policy": .integer(terms.policy(at: correction.openedAt).version),
    ])
  }

  private func days(_ time: ClockTime) -> JSON {
    .decimal(ClockTime.text(hundredths: time.workingDaysInHundredths))
  }
}
