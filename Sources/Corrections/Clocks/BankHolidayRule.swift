/// The standing rule for bank holidays, for the years without an official list.
///
/// It can't foresee a holiday that is moved or granted once, so what it gives is provisional.
enum BankHolidayRule {
  /// The holidays of a year that fall on Monday to Friday, in order, as days since 1970-01-01.
  static func days(in year: Int, of calendar: WorkingCalendar) -> [Int] {
    guard let newYear = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch,
      let may = CivilDate(year: year, month: 5, day: 1)?.daysSinceEpoch,
      let august = CivilDate(year: year, month: 8, day: 1)?.daysSinceEpoch,
      let saintAndrew = CivilDate(year: year, month: 11, day: 30)?.daysSinceEpoch,
      let christmas = CivilDate(year: year, month: 12, day: 25)?.daysSinceEpoch,
      let easter = easterSunday(of: year)
    else { return [] }
    let common = [
      easter - 2,  // Good Friday
      monday(onOrAfter: may),
      monday(onOrAfter: may + 31) - 7,  // the last Monday of May
    ]
    let own: [Int]
    switch calendar {
    case .englandAndWales:
      own =
        substituted([newYear]) + [easter + 1, monday(onOrAfter: august + 31) - 7]
    case .scotland:
      own =
        substituted([newYear, newYear + 1]) + [monday(onOrAfter: august)]
        + substituted([saintAndrew])
    }
    return (common + own + substituted([christmas, christmas + 1])).sorted()
  }

  /// Each day that falls on a weekend moves to the next weekday that is not itself one of the days.
  private static func substituted(_ days: [Int]) -> [Int] {
    var taken = days.filter { !isWeekend($0) }
    for day in days where isWeekend(day) {
      var substitute = day + 1
      while isWeekend(substitute) || taken.contains(substitute) { substitute += 1 }
      taken.append(substitute)
    }
    return taken
  }

  private static func isWeekend(_ day: Int) -> Bool {
    CivilDate(daysSinceEpoch: day).weekday >= 6
  }

  private static func monday(onOrAfter day: Int) -> Int {
    day + (8 - CivilDate(daysSinceEpoch: day).weekday) % 7
  }

  /// Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher.
  private static func easterSunday(of year: Int) -> Int? {
    let golden = year % 19
    let (century, inCentury) = (year / 100, year % 100)
    let correction = (century - (century + 8) / 25 + 1) / 3
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30
    let toSunday = (32 + 2 * (century % 4) + 2 * (inCentury / 4) - epact - inCentury % 4) % 7
    let late = (golden + 11 * epact + 22 * toSunday) / 451
    let sum = epact + toSunday - 7 * late + 114
    return CivilDate(year: year, month: sum / 31, day: sum % 31 + 1)?.daysSinceEpoch
  }
}
