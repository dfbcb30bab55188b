/// The figures that stand for many: nearest-rank percentiles and the median.
///
/// Values are whole milliseconds (or any whole number) in any order; without a value there is no
/// figure.
public enum Percentile {
  /// The smallest value that at least `percent` in a hundred of the values don't exceed.
  ///
  /// Always one of the values: the one at rank ⌈percent ÷ 100 × n⌉ of the sorted list, and the
  /// smallest at 0.
  public static func nearestRank(_ percent: Int, of values: [Int64]) -> Int64? {
    precondition((0...100).contains(percent), "a percentile is 0–100, not \(percent)")
    guard !values.isEmpty else { return nil }
    let rank = max(1, (values.count * percent + 99) / 100)
    return values.sorted()[rank - 1]
  }

  /// The middle value; for an even number of values, the mean of the two in the middle.
  ///
  /// Exact but for half a unit, which is cut: the mean of 3 and 4 is 3.
  public static func median(of values: [Int64]) -> Int64? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let upper = sorted[sorted.count / 2]
    guard sorted.count.isMultiple(of: 2) else { return upper }
    let lower = sorted[sorted.count / 2 - 1]
    return lower + (upper - lower) / 2
  }
}
