internal import Corrections
package import Ledger
internal import Wire

/// A report as one page that needs nothing beside it: sentences, pictures, and the data of each.
package struct ReportPage {
  let title: String
  let days: String
  let headline: String
  let style = Templates.style
  let tiles: [Tile]
  let sections: [Section]
  let notes: [String]

  struct Tile {
    let name: String
    let value: String
  }

  /// A part of the page under a heading of its own; at most one of the pictures is there.
  struct Section {
    let id: String
    let title: String
    var sentences: [String] = []
    var layout = "beside"
    var histogram: Histogram?
    var bars: Bars?
    var months: MonthLines?
    var tables: [TableView] = []
  }

  /// Puts the page together; what it says is what the tables of the same report say.
  package init(_ reported: Reported) {
    let says = ReportSentences(reported)
    title =
      "Resolution times, \(says.periodInWords)\(says.isRunning ? " so far" : "")"
      + (says.filterInWords.map { ", \($0)" } ?? "")
    days = says.daysInWords + ", Europe/London"
    headline = says.resolvedSentence
    tiles = ReportTables(reported).figures.rows.compactMap { row in
      Self.tileNames[row[0]].map { Tile(name: $0, value: row[1]) }
    }
    let parts = ReportParts(reported)
    sections = [
      parts.times, parts.holders, parts.ages, parts.months, parts.requests, parts.origins,
      parts.groups, parts.running, parts.late,
    ].compactMap { $0 }
    notes = says.notes
  }

  private static let tileNames = [
    "opened": "opened", "joined": "joined", "resolved": "resolved", "confirmed": "confirmed",
    "reopened": "reopened", "merged": "merged", "escalated": "escalated", "rejected": "rejected",
    "withdrawn": "withdrawn", "stillOpen": "still open",
  ]

  /// The page; the same figures give the same bytes.
  package var html: String { Templates.render(self, "report") }
}
