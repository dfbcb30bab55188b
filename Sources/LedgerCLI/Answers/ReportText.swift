import Answers
import Corrections
import Ledger
import Pages
import Wire

extension ReportAnswer {
  /// The figures for people: what happened, how long it took, where the time went, what is open.
  var text: String {
    let says = ReportSentences(reported)
    var lines = [says.headline, times.text(indent: 2), "  " + says.happened, "  " + says.targets]
    lines.append("  " + says.requests)
    if !report.resolved.isEmpty {
      lines += ["", "Working days by what they have in common (* fewer than 10: read each case)"]
      lines.append(groups.text(indent: 2))
      lines += ["", "Where the time went, in working days", holders.text(indent: 2)]
    }
    lines += ["", "Still open by age in working days", "  " + says.ages]
    if !report.running.isEmpty { lines.append(running.text(indent: 2)) }
    lines += [""] + says.notes
    return lines.joined(separator: "\n")
  }

  private var times: Table {
    var table = Table(
      ["", "n", "median", "90th percentile", "longest"], rightAligned: [1, 2, 3, 4])
    let says = ReportSentences(reported)
    for (name, spread, unit) in says.spreads { table.add([name] + says.cells(spread, unit)) }
    return table
  }

  private var groups: Table {
    var table = Table(
      ["", "", "n", "median", "90th percentile", "longest"], rightAligned: [2, 3, 4, 5])
    let says = ReportSentences(reported)
    for grouping in ResolutionReport.Grouping.allCases {
      for (index, group) in report.groups(grouping).enumerated() {
        var cells = [group.name] + says.cells(group.working, ClockTime.day)
        if group.working.isFew { cells[1] += "*" }
        table.add([index == 0 ? says.name(of: grouping) : ""] + cells)
      }
    }
    return table
  }

  private var holders: Table {
    var table = Table(["", ""], rightAligned: [1])
    for holder in Holder.allCases {
      guard let time = report.byHolder[holder] else { continue }
      table.add([holder.rawValue, ClockTime.text(hundredths: time.workingDaysInHundredths)])
    }
    return table
  }

  private var running: Table {
    var table = Table(["oldest", "age", "turn"], rightAligned: [1])
    for one in report.running.prefix(5) {
      table.add([one.item.id.description, String(one.age), one.holder.rawValue])
    }
    return table
  }
}
