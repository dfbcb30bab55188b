/// Bank holidays: the official ones as data, and the rule that computes every other year.
///
/// The data are the lists the UK government publishes for England and Wales and for Scotland, with
/// the days that no rule foresees: the early May holiday moved to 8 May 2020, the spring holiday
/// moved to 2 June 2022 and the jubilee on the 3rd, the funeral on 19 September 2022, the coronation
/// on 8 May 2023, and Scotland's World Cup holiday on 15 June 2026. A holiday that falls on a weekend
/// stands here as its substitute day. They begin with the year in which the DCC's service did.
enum BankHolidays {
  /// The years whose holidays are data; all others are computed.
  static let officialYears = 2016...2028

  /// The holidays of a year that fall on Monday to Friday, in order, as days since 1970-01-01.
  static func days(in year: Int, of calendar: WorkingCalendar) -> [Int] {
    if officialYears.contains(year) {
      let years = calendar == .scotland ? scotland : englandAndWales
      return years[year - officialYears.lowerBound]
    }
    return BankHolidayRule.days(in: year, of: calendar)
  }

  private static let englandAndWales: [[Int]] = days([
    (2016, [101, 325, 328, 502, 530, 829, 1226, 1227]),
    (2017, [102, 414, 417, 501, 529, 828, 1225, 1226]),
    (2018, [101, 330, 402, 507, 528, 827, 1225, 1226]),
    (2019, [101, 419, 422, 506, 527, 826, 1225, 1226]),
    (2020, [101, 410, 413, 508, 525, 831, 1225, 1228]),
    (2021, [101, 402, 405, 503, 531, 830, 1227, 1228]),
    (2022, [103, 415, 418, 502, 602, 603, 829, 919, 1226, 1227]),
    (2023, [102, 407, 410, 501, 508, 529, 828, 1225, 1226]),
    (2024, [101, 329, 401, 506, 527, 826, 1225, 1226]),
    (2025, [101, 418, 421, 505, 526, 825, 1225, 1226]),
    (2026, [101, 403, 406, 504, 525, 831, 1225, 1228]),
    (2027, [101, 326, 329, 503, 531, 830, 1227, 1228]),
    (2028, [103, 414, 417, 501, 529, 828, 1225, 1226]),
  ])

  private static let scotland: [[Int]] = days([
    (2016, [101, 104, 325, 502, 530, 801, 1130, 1226, 1227]),
    (2017, [102, 103, 414, 501, 529, 807, 1130, 1225, 1226]),
    (2018, [101, 102, 330, 507, 528, 806, 1130, 1225, 1226]),
    (2019, [101, 102, 419, 506, 527, 805, 1202, 1225, 1226]),
    (2020, [101, 102, 410, 508, 525, 803, 1130, 1225, 1228]),
    (2021, [101, 104, 402, 503, 531, 802, 1130, 1227, 1228]),
    (2022, [103, 104, 415, 502, 602, 603, 801, 919, 1130, 1226, 1227]),
    (2023, [102, 103, 407, 501, 508, 529, 807, 1130, 1225, 1226]),
    (2024, [101, 102, 329, 506, 527, 805, 1202, 1225, 1226]),
    (2025, [101, 102, 418, 505, 526, 804, 1201, 1225, 1226]),
    (2026, [101, 102, 403, 504, 525, 615, 803, 1130, 1225, 1228]),
    (2027, [101, 104, 326, 503, 531, 802, 1130, 1227, 1228]),
    (2028, [103, 104, 414, 501, 529, 807, 1130, 1225, 1226]),
  ])

  /// Turns months and days written as MMDD into days since 1970-01-01.
  private static func days(_ years: [(year: Int, monthDays: [Int])]) -> [[Int]] {
    years.map { year, monthDays in
      monthDays.map { monthDay in
        guard let date = CivilDate(year: year, month: monthDay / 100, day: monthDay % 100) else {
          preconditionFailure("the bank holidays of \(year) name \(monthDay), which is no date")
        }
        return date.daysSinceEpoch
      }
    }
  }
}
