public import Corrections

/// How values are put before people: local GB time with its zone, whole or masked meter points.
public struct Wording: Sendable {
  /// The digits behind a token; nil when they were erased.
  let digits: @Sendable (Token) -> String?

  /// Takes what gives the digits behind a token; nil from it means that they were erased.
  public init(digits: @escaping @Sendable (Token) -> String?) { self.digits = digits }

  /// The whole value, for whoever may see it.
  public func whole(_ token: Token?) -> String {
    guard let token else { return "nothing" }
    return digits(token) ?? "(erased)"
  }

  /// `…743`.
  public func masked(_ token: Token?) -> String {
    guard let token else { return "nothing" }
    return digits(token).map { "…" + $0.suffix(3) } ?? "(erased)"
  }

  /// The whole value for JSON: null when there is none, `(erased)` when it was erased.
  public func json(_ token: Token?) -> JSON {
    .of(token.map { digits($0) ?? "(erased)" })
  }

  /// `11 Feb 2026`, in GB local time.
  public static func date(_ time: Instant) -> String { date(GBTime.civil(at: time).date) }

  /// `11 Feb 2026`.
  public static func date(_ date: CivilDate) -> String { date.shown }

  /// `4 Mar 2026 10:12 GMT`, in GB local time.
  public static func time(_ time: Instant) -> String {
    let civil = GBTime.civil(at: time)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date(civil.date)) \(two(civil.hour)):\(two(civil.minute)) "
      + GBTime.abbreviation(at: time)
  }

  /// `1 working day`, `3 working days`.
  public static func count(_ number: Int, _ unit: String) -> String {
    "\(grouped(number)) \(unit)\(number == 1 ? "" : "s")"
  }

  /// `30,118,204`.
  public static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var out = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return out
  }
}
