import Answers
package import Corrections
package import Ledger
internal import Wire

/// What a report says in sentences, the same on a terminal and on a page.
package struct ReportSentences {
  private let reported: Reported
  private var report: ResolutionReport { reported.report }

  package init(_ reported: Reported) { self.reported = reported }

  /// What was resolved, and how long it took in the middle.
  package var headline: String {
    let says = resolvedSentence
    return "\(what): \(says.prefix(1).lowercased())\(says.dropFirst())"
  }

  /// The period, and what the filter leaves.
  private var what: String { "\(report.period)" + (filterInWords.map { ", \($0)" } ?? "") }

  /// Whether the period goes on after the moment that is counted up to.
  var isRunning: Bool { reported.countedTo < report.period.end }

  /// `5 Jan 2026 to 20 Mar 2026`, or one day.
  var daysInWords: String {
    let (first, last) = (Wording.date(report.period.first), Wording.date(report.period.last))
    return first == last ? first : "\(first) to \(last)"
  }

  /// `March 2026`, or days.
  var periodInWords: String {
    guard let month = report.period.month else { return daysInWords }
    return "\(Self.months[month.month - 1]) \(month.year)"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  var resolvedSentence: String {
    let soFar = isRunning ? " so far" : ""
    guard let working = report.working else {
      return "No correction was resolved in this \(period)\(soFar)."
    }
    return "\(Wording.count(working.n, "correction")) resolved\(soFar), median "
      + "\(days(working.median)) working days."
  }

  private var period: String { report.period.month == nil ? "period" : "month" }

  var filterInWords: String? {
    let parts = [
      report.filter.party.map { "of \($0)" }, report.filter.deviceType.map { "of \($0.rawValue)" },
      report.filter.route.map { "by route \($0.rawValue)" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// How often each thing happened.
  package var happened: String {
    func step(_ what: ReportCase.Step.What) -> Int { report.steps[what] ?? 0 }
    return "opened \(report.opened), joined \(step(.joined)), resolved \(report.resolved.count), "
      + "confirmed \(report.confirmed), reopened \(step(.reopened)), merged \(step(.merged)), "
      + "escalated \(step(.escalated)), rejected \(report.rejected), withdrawn "
      + "\(report.withdrawn), still open \(report.running.count)"
  }

  /// Targets, handovers and bundled tickets.
  package var targets: String {
    let target = report.withinTarget
    let within =
      target.of == 0
      ? (report.resolved.isEmpty
        ? "no target to meet" : "none of them has a category with a target")
      : "within target \(target.n) of the \(target.of) that have one"
        + (target.isVerified ? "" : " [targets not verified]")
    return within + "; handovers \(report.handovers.total), at most \(report.handovers.max) in one"
      + (report.bundled == 0 ? "" : "; \(report.bundled) of bundled old tickets")
  }

  /// What became of requests.
  package var requests: String {
    let refused = reported.requests.filter { !Judgement.isSuccess($0.key) }
    let codes = refused.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return "SR 8.4 " + acceptance
      + (codes.isEmpty ? "" : "; refused " + codes.joined(separator: ", ")) + everyType
  }

  /// How many requests were accepted, and how many at the first try.
  var acceptance: String {
    let all = reported.requests.values.reduce(0, +)
    let first = reported.firstTries.values.reduce(0, +)
    return
      "accepted \(reported.accepted) of \(all), at the first try \(reported.acceptedAtFirst) of \(first)"
  }

  /// That a filter by type or route leaves requests as they are.
  var everyType: String {
    report.filter.deviceType == nil && report.filter.route == nil
      ? "" : " (of every type and route)"
  }

  /// What is open, by age.
  package var ages: String {
    report.ageBands.map { "\($0.band): \($0.count)" }.joined(separator: ", ")
  }

  /// The rule, the calendar, and what the figures rest on.
  package var notes: [String] {
    var notes = [
      "Rule \(ResolutionReport.rule): times are of what was resolved in the \(period); what is open "
        + "counts as still running.",
      "Calendar \(report.calendar); policy \(report.policy). The 90th percentile is a real case "
        + "(nearest rank).",
    ]
    if let soFar { notes.insert(soFar, at: 0) }
    if !reported.late.isEmpty {
      let who = reported.late.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      notes.append(
        "Recorded after the \(period)'s end: \(who.joined(separator: ", ")); a report made before "
          + "may differ: --compare.")
    }
    notes.append(
      "Position \(reported.position), root \(reported.root), \(Wording.time(reported.knownAt)).")
    return notes
  }

  /// Until when was counted, where that is not the period's end, or something else was asked for.
  private var soFar: String? {
    let time = Wording.time(reported.countedTo)
    guard let effective = reported.effectiveAt else {
      return isRunning ? "The \(period) is not over: counted up to \(time)." : nil
    }
    return "As it was \(Wording.time(effective)): "
      + (isRunning
        ? "the \(period) is counted up to \(effective > reported.knownAt ? time : "then")."
        : "the \(period) was over, so only what was said later of a correction as a whole, such as "
          + "its category, is left out.")
  }

  /// A grouping in words.
  package func name(of grouping: ResolutionReport.Grouping) -> String {
    switch grouping {
    case .byCode: "first code"
    case .byRoute: "route"
    case .byParty: "asked by"
    case .byDeviceType: "device type"
    case .byFuel: "fuel"
    case .byTwoSupplier: "two suppliers"
    case .byOrigin: "tracked in"
    }
  }

  /// What a table of a grouping is called.
  func caption(of grouping: ResolutionReport.Grouping) -> String {
    switch grouping {
    case .byCode: "By the code first refused with"
    case .byRoute: "By route"
    case .byParty: "By who asked"
    case .byDeviceType: "By device type"
    case .byFuel: "By fuel"
    case .byTwoSupplier: "By whether another supplier was to agree"
    case .byOrigin: "Tracked here, and old tickets"
    }
  }

  /// A whole from opening to resolution in working days, such as `7.25`.
  func days(_ milliseconds: Int64) -> String { text(milliseconds, ClockTime.day) }

  private func text(_ milliseconds: Int64, _ unit: Int64) -> String {
    ClockTime.text(hundredths: ClockTime.hundredths(of: milliseconds, unit: unit))
  }

  /// The measures of how long it took, each with its name and unit.
  package var spreads: [(name: String, spread: ResolutionReport.Spread?, unit: Int64)] {
    [
      ("elapsed hours", report.elapsed, ClockTime.hour),
      ("working days", report.working, ClockTime.day),
      (
        "working days without the requester's", report.workingExcludingRequester, ClockTime.day
      ),
    ]
  }

  /// n, median, 90th percentile and longest; of few cases no percentile is told.
  package func cells(_ spread: ResolutionReport.Spread?, _ unit: Int64) -> [String] {
    guard let spread else { return ["0", "–", "–", "–"] }
    return [
      String(spread.n), text(spread.median, unit), spread.isFew ? "–" : text(spread.p90, unit),
      text(spread.max, unit),
    ]
  }

  /// A group in words.
  func name(ofGroup name: String, in grouping: ResolutionReport.Grouping) -> String {
    switch grouping {
    case .byOrigin: name == ReportCase.Origin.oldTicket.rawValue ? "old tickets" : "tracked here"
    case .byRoute: Route(rawValue: name).map(PageWords.route) ?? "no route advised"
    case .byCode: name == "none" ? "no request refused" : name
    case .byDeviceType: name == "none" ? "not known" : name
    case .byFuel, .byParty, .byTwoSupplier: name
    }
  }
}
