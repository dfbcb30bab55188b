import Answers
import Corrections
import Ledger
import Wire

/// How the time of a correction was counted: each turn in its stretches, then its age.
struct ClockText {
  let answer: CorrectionAnswer

  /// What adds to the time; a turn that began when the clock stopped doesn't.
  private var counted: [HolderClock.CountedInterval] {
    answer.clock.counted.filter { $0.time != .zero }
  }

  var text: String {
    let clock = answer.clock
    var table = Table(
      ["HOLDER", "PARTY", "FROM", "TO", "WORKING DAYS", "HOURS", ""], rightAligned: [4, 5])
    for interval in counted {
      table.add(
        [interval.holder.rawValue, interval.party ?? ""]
          + row(interval.from, interval.to, interval.time)
          + [interval.isRunning ? "still running" : ""])
      for stretch in clock.stretches(of: interval) {
        table.add(
          ["", ""] + row(stretch.from, stretch.to, stretch.time) + [words(stretch.reason)])
      }
    }
    return
      ([
        "How the time was counted", table.isEmpty ? "  nothing yet" : table.text(indent: 2),
        "  Calendar \(answer.calendarName). A day counts by the calendar in force at its start, from "
          + "local midnight to midnight; 24 hours of working days are 1 working day.",
      ] + provisional + [age]).joined(separator: "\n")
  }

  private func row(_ from: Instant, _ to: Instant, _ time: ClockTime) -> [String] {
    [
      Wording.time(from), Wording.time(to),
      ClockTime.text(hundredths: time.workingDaysInHundredths),
      ClockTime.text(hundredths: time.elapsedHoursInHundredths),
    ]
  }

  private func words(_ reason: CountedStretch.Reason) -> String {
    func source(_ calendar: WorkingCalendar, _ isProvisional: Bool) -> String {
      "\(calendar.name), \(isProvisional ? "provisional" : "official")"
    }
    return switch reason {
    case .workingDays(let calendar, let isProvisional):
      "working days (\(source(calendar, isProvisional)))"
    case .weekend: "weekend"
    case .bankHoliday(let date, let calendar, let isProvisional):
      "bank holiday on \(date.shown) (\(source(calendar, isProvisional)))"
    }
  }

  private var provisional: [String] {
    let (from, to) = (answer.correction.openedAt, answer.countedUpTo)
    guard answer.terms.calendars.isProvisional(from: from, to: to) else { return [] }
    let years = WorkingCalendar.officialYears
    return [
      "  Official lists of bank holidays are held for \(years.lowerBound) to \(years.upperBound); "
        + "what lies outside is computed by rule and provisional."
    ]
  }

  private var age: String {
    let opened = Wording.time(answer.correction.openedAt)
    let hour = answer.agePolicy.cutOffHour
    let cutOff = "the cut-off at \(hour < 10 ? "0" : "")\(hour):00"
    let why =
      switch answer.agePolicy.openingDay(answer.correction.openedAt) {
      case .itself: "a working day and not after \(cutOff), so that day is the day of opening"
      case .afterCutOff(let date):
        "after \(cutOff), so the next working day, \(date.shown), is the day of opening"
      case .notWorkingDay(let date):
        "no working day, so the next one, \(date.shown), is the day of opening"
      }
    return "  Opened \(opened), \(why).\n"
      + "  Age \(Wording.count(answer.ageInWorkingDays, "working day")): those after the day of "
      + "opening that had ended by \(Wording.time(answer.countedUpTo)). "
      + "Policy \(answer.agePolicy.version)."
  }
}

extension ClockText {
  /// The same for programs: `explainedClock` and `explainedAge`.
  func members() -> [(key: String, value: JSON)] {
    let clock = answer.clock
    return [
      ("explainedClock", .array(counted.map { json($0, clock.stretches(of: $0)) })),
      ("explainedAge", explainedAge),
    ]
  }

  private func json(
    _ interval: HolderClock.CountedInterval, _ stretches: [CountedStretch]
  ) -> JSON {
    .pairs([
      "holder": .string(interval.holder.rawValue), "party": .of(interval.party),
      "from": .string(interval.from.stored), "to": .string(interval.to.stored),
      "running": .bool(interval.isRunning),
      "workingDays": .decimal(
        ClockTime.text(hundredths: interval.time.workingDaysInHundredths)),
      "elapsedHours": .decimal(
        ClockTime.text(hundredths: interval.time.elapsedHoursInHundredths)),
      "stretches": .array(stretches.map(json)),
    ])
  }

  private func json(_ stretch: CountedStretch) -> JSON {
    let why: [(key: String, value: JSON)] =
      switch stretch.reason {
      case .workingDays(let calendar, let isProvisional):
        [
          ("reason", .string("workingDays")), ("calendar", .string(calendar.name)),
          ("provisional", .bool(isProvisional)),
        ]
      case .weekend: [("reason", .string("weekend"))]
      case .bankHoliday(let date, let calendar, let isProvisional):
        [
          ("reason", .string("bankHoliday")), ("date", .string(date.description)),
          ("calendar", .string(calendar.name)), ("provisional", .bool(isProvisional)),
        ]
      }
    return .object(
      [
        ("from", .string(stretch.from.stored)), ("to", .string(stretch.to.stored)),
        ("working", .bool(stretch.isWorking)),
      ] + why)
  }

  private var explainedAge: JSON {
    let opening = answer.agePolicy.openingDay(answer.correction.openedAt)
    let because =
      switch opening {
      case .itself: "openedOnIt"
      case .afterCutOff: "openedAfterCutOff"
      case .notWorkingDay: "openedOnNoWorkingDay"
      }
    return .pairs([
      "dayOfOpening": .string(opening.date.description), "because": .string(because),
      "cutOffHour": .integer(answer.agePolicy.cutOffHour),
      "ageWorkingDays": .integer(answer.ageInWorkingDays),
      "calendar": .string(answer.calendarName), "policy": .integer(answer.agePolicy.version),
    ])
  }
}
