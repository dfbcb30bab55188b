import Corrections
import Ledger
import Wire

/// A month's figures as programs and people read them.
struct ReportAnswer {
  let reported: Reported

  init(_ reported: Reported) { self.reported = reported }

  var report: MonthlyReport { reported.report }
  static let hour: Int64 = 3_600_000
  static let day: Int64 = 86_400_000

  var json: JSON {
    let refused = reported.requests.filter { !Judgement.isSuccess($0.key) }
    return .pairs([
      "month": .string(report.month.description), "knownAt": .string(reported.knownAt.stored),
      "position": .integer(reported.position), "root": .string(reported.root),
      "calendar": .string(report.calendar), "policy": .integer(report.policy),
      "rule": .string(MonthlyReport.rule), "opened": .integer(report.opened),
      "resolved": .integer(report.resolved), "confirmed": .integer(report.confirmed),
      "joined": .integer(reported.joined), "merged": .integer(reported.merged),
      "reopened": .integer(reported.reopened), "rejected": .integer(report.rejected),
      "withdrawn": .integer(report.withdrawn), "escalated": .integer(reported.escalated),
      "stillOpen": .integer(report.stillOpen),
      "elapsedHours": spread(report.elapsed, ReportAnswer.hour),
      "workingDays": spread(report.working, ReportAnswer.day),
      "workingDaysExcludingRequester": spread(
        report.workingExcludingRequester, ReportAnswer.day),
      "handovers": .pairs([
        "mean": report.resolved == 0
          ? .null
          : .decimal(
            ClockTime.text(hundredths: report.handovers.total * 100 / report.resolved)),
        "max": .integer(report.handovers.max),
      ]), "withinTarget": .pairs(["n": .integer(0), "of": .integer(0)]),
      "requests": .pairs([
        "accepted": .integer(accepted),
        "refusedByCode": counts(refused),
      ]), "byCode": counts(report.byCode), "byRoute": counts(report.byRoute),
      "byParty": counts(report.byParty),
      "byHolder": .object(
        Holder.allCases.compactMap { holder in
          report.byHolder[holder].map {
            (
              holder.rawValue,
              .decimal(ClockTime.text(hundredths: $0.workingDaysInHundredths))
            )
          }
        }), "byDeviceType": counts(report.byDeviceType), "byFuel": counts(report.byFuel),
      "ageBands": .object(report.ageBands.map { ($0.band, .integer($0.count)) }),
    ])
  }

  private var accepted: Int {
    reported.requests.filter { Judgement.isSuccess($0.key) }.values.reduce(0, +)
  }

  private func counts(_ counts: [String: Int]) -> JSON {
    .object(counts.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
  }

  private func spread(_ spread: MonthlyReport.Spread?, _ unit: Int64) -> JSON {
    guard let spread else {
      return .pairs(["n": .integer(0), "median": .null, "p90": .null, "max": .null])
    }
    func value(_ milliseconds: Int64) -> JSON {
      .decimal(ClockTime.text(hundredths: ClockTime.hundredths(of: milliseconds, unit: unit)))
    }
    return .pairs([
      "n": .integer(spread.n), "median": value(spread.median), "p90": value(spread.p90),
      "max": value(spread.max),
    ])
  }

  var text: String {
    var lines = [headline]
    var figures = Table(
      ["", "n", "median", "90th percentile", "longest"], rightAligned: [1, 2, 3, 4])
    figures.add(row("elapsed hours", report.elapsed, ReportAnswer.hour))
    figures.add(row("working days", report.working, ReportAnswer.day))
    figures.add(
      row(
        "working days without the requester's", report.workingExcludingRequester, ReportAnswer.day))
    lines.append(figures.text(indent: 2))
    lines.append(
      "  opened \(report.opened), joined \(reported.joined), resolved \(report.resolved), confirmed "
        + "\(report.confirmed), reopened \(reported.reopened), merged \(reported.merged), "
        + "escalated \(reported.escalated), rejected \(report.rejected), withdrawn "
        + "\(report.withdrawn), still open \(report.stillOpen)")
    lines.append(
      "  handovers \(report.handovers.total), at most \(report.handovers.max) in one correction; "
        + "targets are not counted here yet")
    lines.append("  requests  \(requests)")
    for (name, group) in [
      ("by code", report.byCode), ("by route", report.byRoute), ("by party", report.byParty),
      ("by type", report.byDeviceType), ("by fuel", report.byFuel),
    ] where !group.isEmpty {
      lines.append("  \(name)  \(list(group))")
    }
    let holders = Holder.allCases.compactMap { holder in
      report.byHolder[holder].map {
        "\(holder.rawValue) \(ClockTime.text(hundredths: $0.workingDaysInHundredths))"
      }
    }
    if !holders.isEmpty {
      lines.append("  working days by holder  " + holders.joined(separator: ", "))
    }
    lines.append(
      "  open by age in working days  "
        + report.ageBands.map { "\($0.band): \($0.count)" }.joined(separator: ", "))
    lines.append(
      "Rule \(MonthlyReport.rule); calendar \(report.calendar); policy \(report.policy). "
        + "p90 is a real case (nearest rank); below n = 10 read each case, not the percentile.")
    lines.append(
      "Position \(reported.position), root \(reported.root), \(Wording.time(reported.knownAt)).")
    return lines.joined(separator: "\n")
  }

  private var headline: String {
    guard report.resolved > 0 else {
      return "\(report.month): no correction was resolved in this month."
    }
    let median = report.working.map {
      ClockTime.text(
        hundredths: ClockTime.hundredths(of: $0.median, unit: ReportAnswer.day))
    }
    return "\(report.month): \(Wording.count(report.resolved, "correction")) resolved, median "
      + "\(median ?? "–") working days."
  }

  private func row(_ name: String, _ spread: MonthlyReport.Spread?, _ unit: Int64) -> [String] {
    guard let spread else { return [name, "0", "–", "–", "–"] }
    func text(_ value: Int64) -> String {
      ClockTime.text(hundredths: ClockTime.hundredths(of: value, unit: unit))
    }
    return [name, String(spread.n), text(spread.median), text(spread.p90), text(spread.max)]
  }

  private var requests: String {
    let refused = reported.requests.filter { !Judgement.isSuccess($0.key) }
    return "accepted \(accepted), refused "
      + "\(refused.values.reduce(0, +))" + (refused.isEmpty ? "" : " (\(list(refused)))")
  }

  private func list(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}
