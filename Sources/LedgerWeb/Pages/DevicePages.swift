import Answers
import Corrections
import HTTPTypes
import Ledger
import Pages
import Wire

/// The page of one device, now and then.
enum DevicePages {
  static let all: [Route] = [
    .page(.showDevice, .get, "/devices/{device}", parameters: ["on", "known"], show),
    .page(
      .deviceHistory, .get, "/devices/{device}/history.csv", parameters: ["knownAt", "effectiveAt"]
    ) { call in
      let answer = try DeviceRoutes.answer(call, call.moment())
      return .csv(try DeviceHistoryAnswer(answer).csv()).file("\(answer.device.id).csv")
    },
  ]

  private static func show(_ call: Call) throws -> Reply {
    let ledger = call.ledger
    let asked = DevicePage.Asked(on: call.query["on"] ?? "", known: call.query["known"] ?? "")
    var wrong: [Frame.Wrong] = []
    var moment = try Moment(newest: ledger)
    if !asked.known.isEmpty {
      do {
        moment = try known(asked.known, ledger)
      } catch {
        wrong.append(Frame.Wrong(sentence(error, "known"), in: "known"))
      }
    }
    if !asked.on.isEmpty {
      if let day = CivilDate(asked.on) {
        moment.effectiveAt = end(of: day)
      } else if let time = try? Times.instant(asked.on) {
        moment.effectiveAt = time
      } else {
        wrong.append(
          Frame.Wrong(
            "Expected a date such as 2026-03-09; found \(Shown.typed(asked.on))", in: "on"))
      }
    }
    if !wrong.isEmpty {
      moment = try Moment(newest: ledger)
    }
    let answer: DeviceAnswer
    do {
      answer = try DeviceRoutes.answer(call, moment)
    } catch is NotFound where asked.known != "" {
      // It is theirs to see, and was not held then.
      wrong.append(
        Frame.Wrong(
          "Expected a time at which this device was known; at position \(moment.position) it was not. "
            + "Give a later one, or leave it empty", in: "known"))
      moment = try Moment(newest: ledger)
      answer = try DeviceRoutes.answer(call, moment)
    }
    let page = try DevicePage(
      answer, asked: asked, isShown: wrong.isEmpty, moment: moment,
      discrepancies: try discrepancies(answer.device.id, call), for: try call.visitor,
      wrong: wrong, foot: try call.foot())
    return .page(page.html, status: wrong.isEmpty ? .ok : .badRequest)
  }

  private static func sentence(_ error: any Error, _ field: String) -> String {
    let detail = WebProblem(error).detail
    let words = detail.hasPrefix(field + ": ") ? String(detail.dropFirst(field.count + 2)) : detail
    return words.capitalised
  }

  /// A position, a time, or a day up to its end.
  private static func known(_ text: String, _ ledger: Ledger) throws -> Moment {
    guard let day = CivilDate(text) else { return try Moment(text, of: "known", ledger) }
    guard GBTime.startOfDay(day) <= ledger.now() else {
      throw WebProblem(.usage, "known: expected a day that has come; found \(text)")
    }
    let time = min(end(of: day), ledger.now())
    return Moment(position: try ledger.position(knownAt: time), now: time, isAsked: true)
  }

  private static func end(of day: CivilDate) -> Instant {
    GBTime.startOfDay(day.adding(days: 1)).advanced(byMilliseconds: -1)
  }

  /// The open discrepancies about it that may be seen.
  private static func discrepancies(_ id: EUI64, _ call: Call) throws -> [DiscrepancyAnswer] {
    let (who, ledger) = (try call.who, call.ledger)
    let right = Rights.of(who.role, to: .showDiscrepancy)
    guard right != .none else { return [] }
    var filter = DiscrepancyFilter()
    filter.device = id
    if right == .own { filter.party = who.party }
    return try ledger.discrepancyPage(filter, after: 0, limit: 20).discrepancies.map {
      DiscrepancyAnswer($0, ledger, runs: [:], sight: right.sight)
    }
  }
}
