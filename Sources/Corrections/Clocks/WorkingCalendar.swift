/// Which days are working days: Monday to Friday but for the bank holidays of one part of Britain.
///
/// A ledger uses one calendar at a time, as ``CalendarHistory`` keeps them, and names it beside
/// every figure. That the industry's working day follows the bank holidays of the Banking and
/// Financial Dealings Act 1971 is inferred: it is the usual form, and the code's own definition
/// isn't public.
public enum WorkingCalendar: String, CaseIterable, Hashable, Sendable {
  /// Bank holidays of England and Wales.
  case englandAndWales
  /// Bank holidays of Scotland.
  case scotland

  /// The calendar of a ledger that sets none.
  public static let standard = WorkingCalendar.englandAndWales

  /// The years whose bank holidays are official data.
  public static var officialYears: ClosedRange<Int> { BankHolidays.officialYears }

  /// `England and Wales`, `Scotland`: the name that stands beside every figure.
  public var name: String {
    switch self {
    case .englandAndWales: "England and Wales"
    case .scotland: "Scotland"
    }
  }

  /// Says whether the holidays of a year are computed by rule instead of taken from the official
  /// list.
  public func isProvisional(_ year: Int) -> Bool { !BankHolidays.officialYears.contains(year) }

  /// Says whether people work on that day.
  public func isWorkingDay(_ date: CivilDate) -> Bool {
    date.weekday <= 5 && !holidays(in: date.year).contains(date.daysSinceEpoch)
  }

  /// The bank holidays of a year that fall on Monday to Friday, in order.
  public func bankHolidays(in year: Int) -> [CivilDate] {
    holidays(in: year).map(CivilDate.init(daysSinceEpoch:))
  }

  /// How many working days there are from one date up to, but not including, another.
  public func workingDayCount(from first: CivilDate, upTo end: CivilDate) -> Int {
    guard first < end else { return 0 }
    let days = first.daysSinceEpoch..<end.daysSinceEpoch
    var count = weekdays(before: days.upperBound) - weekdays(before: days.lowerBound)
    for year in first.year...end.year {
      for holiday in holidays(in: year) where days.contains(holiday) { count -= 1 }
    }
    return count
  }

  /// Mondays to Fridays from Monday 1969-12-29 up to, but not including, a day; negative before it.
  private func weekdays(before day: Int) -> Int {
    let (weeks, rest) = Int64(day + 3).quotientAndRemainderFlooring(by: 7)
    return Int(weeks) * 5 + min(Int(rest), 5)
  }
}

extension WorkingCalendar {
  private static let keptYears = 2010...2060
  private static let kept: [WorkingCalendar: [[Int]]] = Dictionary(
    uniqueKeysWithValues: allCases.map { calendar in
      (calendar, keptYears.map { BankHolidays.days(in: $0, of: calendar) })
    })

  /// The holidays of a year as days since 1970-01-01, computed once for the years in common use.
  private func holidays(in year: Int) -> [Int] {
    guard WorkingCalendar.keptYears.contains(year), let years = WorkingCalendar.kept[self] else {
      return BankHolidays.days(in: year, of: self)
    }
    return years[year - WorkingCalendar.keptYears.lowerBound]
  }
}
