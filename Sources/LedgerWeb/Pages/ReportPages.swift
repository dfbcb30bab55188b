import Answers
import Corrections
import Crypto
import Foundation
import HTTPTypes
import Ledger
import Pages
import Wire

/// A month's report as a page, beside another month, and as one page to print or keep.
enum ReportPages {
  private static let narrowing = ["party", "deviceType", "route"]

  static let all: [Route] = [
    .page(.report, .get, "/reports", parameters: ["month", "with"] + narrowing) { call in
      let month = call.query["month"].flatMap { $0.isEmpty ? nil : $0 }
      let chosen = month ?? Month(of: call.ledger.now()).description
      var pairs = call.pairs.filter { narrowing.contains($0.name) && !$0.value.isEmpty }
      if let with = call.query["with"], !with.isEmpty { pairs.append(("with", with)) }
      return .redirect(to: Address("/reports/" + Address.encoded(chosen), pairs).text)
    },
    .page(
      .report, .get, "/reports/{month}", parameters: ["with"] + narrowing, on: .slow, show),
    .page(.report, .get, "/reports/{month}/print", parameters: narrowing, on: .slow) { call in
      let page = ReportPage(try reported(try month(call.names["month"] ?? "", call), call))
      let hash = Data(SHA256.hash(data: Data(page.inlineStyle.utf8))).base64EncodedString()
      return .page(page.html, style: "'sha256-\(hash)'")
    },
  ]

  private static func show(_ call: Call) throws -> Reply {
    let month = try month(call.names["month"] ?? "", call)
    let typed = call.query["with"] ?? ""
    var wrong: [Frame.Wrong] = []
    var other: Reported?
    if !typed.isEmpty {
      do {
        other = try reported(try self.month(typed, call), call)
      } catch let problem as WebProblem where problem.kind == .usage {
        wrong.append(Frame.Wrong(problem.detail.capitalised, in: "with"))
      }
    }
    let parameters = call.pairs.filter { narrowing.contains($0.name) }
    let page = FramedReportPage(
      try reported(month, call), beside: other, with: typed, parameters: parameters,
      for: try call.visitor, wrong: wrong, foot: try call.foot())
    return .page(page.html, status: wrong.isEmpty ? .ok : .badRequest)
  }

  /// A month that has begun.
  private static func month(_ text: String, _ call: Call) throws -> Month {
    guard let month = Month(text) else {
      throw WebProblem(.usage, "expected a month such as 2026-03; found \(Shown.typed(text))")
    }
    guard month.start <= call.ledger.now() else {
      throw WebProblem(.usage, "expected a month that has begun; found \(month)")
    }
    return month
  }

  private static func reported(_ month: Month, _ call: Call) throws -> Reported {
    try call.ledger.report(
      ReportPeriod(month), of: ReportRoutes.filter(call), months: 12)
  }
}
