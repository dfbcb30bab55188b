import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

/// Which days and which corrections a report counts.
struct PeriodOptions: ParsableArguments {
  @Option(help: "YYYY-MM.")
  var month: String?

  @Option(help: "The first day, YYYY-MM-DD, with --to.")
  var from: String?

  @Option(help: "The last day, YYYY-MM-DD, with --from.")
  var to: String?

  @Option(help: "Count only what this party asked for first.")
  var party: String?

  @Option(help: "Count only devices of this type.")
  var deviceType: String?

  @Option(help: "Count only what was resolved by this route, or was last advised it.")
  var route: String?

  func period(_ ledger: Ledger) throws -> ReportPeriod {
    let period: ReportPeriod
    switch (try readMonth(), from, to) {
    case (let month?, nil, nil): period = ReportPeriod(month)
    case (nil, let from?, let to?):
      guard let days = ReportPeriod(from: try day(from, "--from"), to: try day(to, "--to")) else {
        throw ValidationError("--to: expected a day not before --from")
      }
      period = days
    default:
      throw ValidationError(
        "name a month with --month YYYY-MM, or days with --from and --to, or ask for --divergence")
    }
    guard period.start <= ledger.now() else {
      throw ValidationError(
        "\(period.month == nil ? "--from" : "--month"): \(period) has not begun")
    }
    return period
  }

  /// The month, where one is given and nothing else.
  func onlyMonth(_ ledger: Ledger) throws -> Month? {
    guard from == nil, to == nil, (try filter()).isEmpty else {
      throw ValidationError("--divergence goes with --month alone")
    }
    guard let month = try readMonth() else { return nil }
    _ = try period(ledger)
    return month
  }

  func filter() throws -> ReportFilter {
    func one<Value: RawRepresentable & CaseIterable>(
      _ text: String?, _ option: String, _: Value.Type
    ) throws -> Value? where Value.RawValue == String {
      guard let text else { return nil }
      if let value = Value(rawValue: text) { return value }
      let all = Value.allCases.map(\.rawValue)
      let near = Nearest.of(text, among: all).map { "; did you mean \($0)?" } ?? ""
      throw ValidationError(
        "\(option): expected one of \(all.joined(separator: ", ")); found \(Shown.typed(text))\(near)"
      )
    }
    return ReportFilter(
      party: party, deviceType: try one(deviceType, "--device-type", DeviceType.self),
      route: try one(route, "--route", Route.self))
  }

  /// Refuses a party that nothing here names: its figures would all be zero, and say so of a typing
  /// error.
  func mustKnowParty(_ ledger: Ledger) throws {
    guard let party, try !Self.isKnown(party, ledger) else { return }
    throw NotFound(
      "no event of this ledger names the party \(Shown.typed(party)) at position "
        + "\(try ledger.head()). Parties are those of import users")
  }

  private static func isKnown(_ party: String, _ ledger: Ledger) throws -> Bool {
    let plain = party.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0 & 0xDF) || [45, 46, 95].contains($0)
    }
    return try plain && !party.isEmpty && ledger.knows(party: party)
  }

  private func readMonth() throws -> Month? {
    try month.map { text in
      guard let month = Month(text) else {
        throw ValidationError("--month: expected YYYY-MM; found \(Shown.typed(text))")
      }
      return month
    }
  }

  private func day(_ text: String, _ option: String) throws -> CivilDate {
    guard let day = CivilDate(text) else {
      throw ValidationError("\(option): expected YYYY-MM-DD; found \(Shown.typed(text))")
    }
    return day
  }
}
