/// The calendars of a ledger, each in force from a moment on: what counts a day as worked or not.
///
/// A local day belongs to the calendar in force at its start, so a change in the middle of a day
/// counts from the next local midnight. Every day has exactly one calendar, which is why the times
/// of parts add up to the time of the whole across a change, too.
public struct CalendarHistory: Hashable, Sendable {
  /// The calendar of every ledger that sets none, or none but this one.
  public static let standard = CalendarHistory(.standard)

  /// What counts before the first change.
  private let earliest: WorkingCalendar
  /// In the order of time; each differs from the one before.
  private let changes: [Change]

  private struct Change: Hashable {
    let from: Instant
    let calendar: WorkingCalendar
    /// The first day that starts under it.
    let firstDay: CivilDate

    init(from: Instant, calendar: WorkingCalendar) {
      self.from = from
      self.calendar = calendar
      let date = GBTime.civil(at: from).date
      firstDay = GBTime.startOfDay(date) == from ? date : date.adding(days: 1)
    }
  }

  /// One calendar for all time.
  public init(_ calendar: WorkingCalendar) {
    earliest = calendar
    changes = []
  }

  /// Takes calendars in any order; of several from the same moment the last one listed counts.
  ///
  /// Before the first moment its calendar counts already. Without any it is ``standard``.
  public init(_ calendars: [(from: Instant, calendar: WorkingCalendar)]) {
    let inOrder = calendars.enumerated()
      .sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }.map(\.element)
    let last = inOrder.enumerated()
      .filter { $0 + 1 == inOrder.count || inOrder[$0 + 1].from != $1.from }.map(\.element)
    earliest = last.first?.calendar ?? .standard
    changes = zip(last, last.dropFirst()).filter { $0.calendar != $1.calendar }
      .map { Change(from: $1.from, calendar: $1.calendar) }
  }

  /// Which days count how, as a text: two histories with the same text count every day alike.
  public var stored: String {
    ([earliest.rawValue] + changes.map { "\($0.firstDay) \($0.calendar.rawValue)" })
      .joined(separator: ", ")
  }

  /// The calendar in force at a moment.
  ///
  /// The day on which it changes may still count by the one before: see ``calendar(on:)``.
  public func calendar(at moment: Instant) -> WorkingCalendar {
    changes.last { $0.from <= moment }?.calendar ?? earliest
  }

  /// The calendar by which a day counts: the one in force at its start.
  public func calendar(on date: CivilDate) -> WorkingCalendar {
    changes.last { $0.firstDay <= date }?.calendar ?? earliest
  }

  /// Says whether people work on that day.
  public func isWorkingDay(_ date: CivilDate) -> Bool { calendar(on: date).isWorkingDay(date) }

  /// Says whether the holidays of that day's year are computed by rule instead of taken from the
  /// official list.
  public func isProvisional(_ date: CivilDate) -> Bool {
    calendar(on: date).isProvisional(date.year)
  }

  /// How many working days there are from one date up to, but not including, another.
  public func workingDayCount(from first: CivilDate, upTo end: CivilDate) -> Int {
    guard !changes.isEmpty else { return earliest.workingDayCount(from: first, upTo: end) }
    return parts(from: first, upTo: end)
      .reduce(0) { $0 + $1.calendar.workingDayCount(from: $1.first, upTo: $1.end) }
  }

  /// The working day that follows a date by a number of working days.
  ///
  /// With 0 it is the date itself, or the next working day when the date is none.
  public func workingDay(_ count: Int, after date: CivilDate) -> CivilDate {
    precondition(count >= 0, "working days are counted forwards, not \(count)")
    var day = date
    while !isWorkingDay(day) { day = day.adding(days: 1) }
    var left = count
    while left > 5 {
      // A week holds at most five working days, so so many weeks leave at least one to go.
      let next = day.adding(days: (left - 1) / 5 * 7)
      left -= workingDayCount(from: day.adding(days: 1), upTo: next.adding(days: 1))
      day = next
    }
    for _ in 0..<left {
      repeat { day = day.adding(days: 1) } while !isWorkingDay(day)
    }
    return day
  }

  /// The days from one date up to another by the calendar that counts them, in order; none is empty.
  private func parts(
    from first: CivilDate, upTo end: CivilDate
  ) -> [(calendar: WorkingCalendar, first: CivilDate, end: CivilDate)] {
    var parts: [(calendar: WorkingCalendar, first: CivilDate, end: CivilDate)] = []
    var (calendar, start) = (earliest, first)
    func add(upTo next: CivilDate) {
      guard start < next else { return }
      if let last = parts.last, last.calendar == calendar {
        parts[parts.count - 1].end = next
      } else {
        parts.append((calendar, start, next))
      }
      start = next
    }
    for change in changes {
      add(upTo: min(change.firstDay, end))
      calendar = change.calendar
    }
    add(upTo: end)
    return parts
  }
}

extension CalendarHistory {
  /// The name that stands beside a figure of that time.
  ///
  /// `England and Wales`; where it changed, `England and Wales until 31 Mar 2026, then Scotland`,
  /// with the last day that the earlier one counted.
  public func name(from start: Instant, to end: Instant) -> String {
    let first = GBTime.civil(at: start).date
    guard !changes.isEmpty, start < end else { return calendar(on: first).name }
    let last = GBTime.civil(at: end.advanced(byMilliseconds: -1)).date
    let parts = parts(from: first, upTo: last.adding(days: 1))
    let ended = parts.dropLast().map {
      "\($0.calendar.name) until \($0.end.adding(days: -1).shown)"
    }
    return (ended + parts.suffix(1).map(\.calendar.name)).joined(separator: ", then ")
  }

  /// Says whether a day of that time lies in a year without an official list of holidays.
  public func isProvisional(from start: Instant, to end: Instant) -> Bool {
    guard start < end else { return false }
    let last = GBTime.civil(at: end.advanced(byMilliseconds: -1)).date
    return parts(from: GBTime.civil(at: start).date, upTo: last.adding(days: 1)).contains { part in
      part.calendar.isProvisional(part.first.year)
        || part.calendar.isProvisional(part.end.adding(days: -1).year)
    }
  }
}

extension CalendarHistory {
  /// Takes the calendars that a log sets, in its order; a name that isn't known is the standard's.
  public init(of events: [CalendarSet]) {
    self.init(
      events.map { ($0.from, WorkingCalendar(rawValue: $0.calendar) ?? .standard) })
  }
}
