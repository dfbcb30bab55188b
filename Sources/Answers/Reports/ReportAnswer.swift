package import Corrections
package import Ledger
package import Wire

/// A month's figures as programs and people read them.
package struct ReportAnswer {
  package let reported: Reported

  package init(_ reported: Reported) { self.reported = reported }

  package var report: ResolutionReport { reported.report }
  /// The form of the JSON: it goes up when the same figures are written otherwise.
  package static let form = 2

  package var json: JSON {
    let refused = reported.requests.filter { !Judgement.isSuccess($0.key) }
    func step(_ what: ReportCase.Step.What) -> JSON { .integer(report.steps[what] ?? 0) }
    let figures = JSON.pairs([
      "month": .of(report.period.month?.description),
      "from": .string(report.period.first.description),
      "to": .string(report.period.last.description), "filter": filter,
      "knownAt": .string(reported.knownAt.stored),
      "position": .integer(reported.position), "root": .string(reported.root),
      "calendar": .string(report.calendar), "policy": .integer(report.policy),
      "rule": .string(ResolutionReport.rule), "opened": .integer(report.opened),
      "resolved": .integer(report.resolved.count), "confirmed": .integer(report.confirmed),
      "joined": step(.joined), "merged": step(.merged), "reopened": step(.reopened),
      "rejected": .integer(report.rejected), "withdrawn": .integer(report.withdrawn),
      "escalated": step(.escalated), "stillOpen": .integer(report.running.count),
      "bundled": .integer(report.bundled),
      "elapsedHours": spread(report.elapsed, ClockTime.hour),
      "workingDays": spread(report.working, ClockTime.day),
      "workingDaysExcludingRequester": spread(
        report.workingExcludingRequester, ClockTime.day),
      "handovers": .pairs([
        "mean": report.resolved.isEmpty
          ? .null
          : .decimal(
            ClockTime.text(
              hundredths: (report.handovers.total * 200 / report.resolved.count + 1) / 2)),
        "max": .integer(report.handovers.max),
      ]),
      "withinTarget": .pairs([
        "n": .integer(report.withinTarget.n), "of": .integer(report.withinTarget.of),
        "verified": .bool(report.withinTarget.isVerified),
      ]),
      "requests": .pairs([
        "accepted": .integer(reported.accepted),
        "refusedByCode": counts(refused),
        "firstTries": .pairs([
          "accepted": .integer(reported.acceptedAtFirst),
          "of": .integer(reported.firstTries.values.reduce(0, +)),
        ]),
      ]), "byCode": counts(.byCode), "byRoute": counts(.byRoute), "byParty": counts(.byParty),
      "byHolder": .object(
        Holder.allCases.compactMap { holder in
          report.byHolder[holder].map {
            (
              holder.rawValue,
              .decimal(ClockTime.text(hundredths: $0.workingDaysInHundredths))
            )
          }
        }), "byDeviceType": counts(.byDeviceType), "byFuel": counts(.byFuel),
      "byTwoSupplier": counts(.byTwoSupplier), "byOrigin": counts(.byOrigin),
      "ageBands": .object(report.ageBands.map { ($0.band, .integer($0.count)) }),
      "groups": .object(
        ResolutionReport.Grouping.allCases.map { grouping in
          (
            grouping.rawValue,
            .object(report.groups(grouping).map { ($0.name, spread($0.working, ClockTime.day)) })
          )
        }),
      "months": .array(
        reported.months.map {
          .pairs([
            "month": .string($0.month.description), "opened": .integer($0.opened),
            "workingDays": spread($0.working, ClockTime.day),
          ])
        }),
      "open": .array(report.running.map(json)), "late": counts(reported.late),
    ])
    // Only where it was asked for, so that a published report is written as before.
    guard let effective = reported.effectiveAt, case .object(let members) = figures else {
      return figures
    }
    return .object(members + [("effectiveAt", .string(effective.stored))])
  }

  private var filter: JSON {
    .pairs([
      "party": .of(report.filter.party), "deviceType": .of(report.filter.deviceType?.rawValue),
      "route": .of(report.filter.route?.rawValue),
    ])
  }

  private func json(_ running: ResolutionReport.Running) -> JSON {
    .pairs([
      "correction": .string(running.item.id.description),
      "openedAt": .string(running.item.openedAt.stored), "ageWorkingDays": .integer(running.age),
      "holder": .string(running.holder.rawValue),
    ])
  }

  private func counts(_ counts: [String: Int]) -> JSON {
    .object(counts.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })
  }

  private func counts(_ grouping: ResolutionReport.Grouping) -> JSON {
    .object(report.groups(grouping).map { ($0.name, .integer($0.working.n)) })
  }

  private func spread(_ spread: ResolutionReport.Spread?, _ unit: Int64) -> JSON {
    guard let spread else {
      return .pairs([
        "n": .integer(0), "median": .null, "p90": .null, "max": .null, "few": .bool(true),
      ])
    }
    func value(_ milliseconds: Int64) -> JSON {
      .decimal(ClockTime.text(hundredths: ClockTime.hundredths(of: milliseconds, unit: unit)))
    }
    return .pairs([
      "n": .integer(spread.n), "median": value(spread.median), "p90": value(spread.p90),
      "max": value(spread.max), "few": .bool(spread.isFew),
    ])
  }
}

extension Reported {
  /// Requests that were accepted.
  package var accepted: Int { accepted(of: requests) }

  /// Those of them that were a first try.
  package var acceptedAtFirst: Int { accepted(of: firstTries) }

  private func accepted(of requests: [String: Int]) -> Int {
    requests.filter { Judgement.isSuccess($0.key) }.values.reduce(0, +)
  }
}
