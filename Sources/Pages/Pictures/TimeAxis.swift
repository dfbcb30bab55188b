internal import Corrections

/// A stretch of time across a picture: where a moment lies, which days are marked, and the days that are
/// no working days.
struct TimeAxis {
  let start: Instant
  let end: Instant

  /// At least an hour, so that what has just begun has a width.
  init(from start: Instant, to end: Instant) {
    self.start = start
    self.end = max(end, start.advanced(byMilliseconds: 3_600_000))
  }

  private var length: Double { Double(end.milliseconds - start.milliseconds) }

  /// The share of the width at which a moment lies, 0 to 100.
  func place(_ moment: Instant) -> Double {
    min(100, max(0, 100 * Double(moment.milliseconds - start.milliseconds) / length))
  }

  struct Tick {
    let x: String
    let anchor: String
    let tickName: String
  }

  /// At most four days that are named, none so near the edges that it would be cut.
  var ticks: [Tick] {
    let (first, last) = (GBTime.civil(at: start).date, GBTime.civil(at: end).date)
    let days = last.daysSinceEpoch - first.daysSinceEpoch
    guard days > 0 else {
      return [Tick(x: "0.00%", anchor: "start", tickName: first.shown)]
    }
    var ticks = [Tick(x: "0.00%", anchor: "start", tickName: short(first))]
    let parts = min(days, 3)
    for part in 1..<max(1, parts) {
      let day = first.adding(days: days * part / parts)
      let share = place(GBTime.startOfDay(day))
      guard (22...78).contains(share) else { continue }
      ticks.append(Tick(x: percent(share), anchor: "middle", tickName: short(day)))
    }
    ticks.append(Tick(x: "100.00%", anchor: "end", tickName: short(last)))
    return ticks
  }

  private func short(_ day: CivilDate) -> String {
    let whole = day.shown.split(separator: " ")
    let isLong = end.milliseconds - start.milliseconds > 300 * 86_400_000
    return isLong ? whole[1...].joined(separator: " ") : whole.prefix(2).joined(separator: " ")
  }

  struct Shut {
    let x: String
    let width: String
  }

  /// The stretches of days that are no working days; none where days are too narrow to be seen.
  func shut(_ calendars: CalendarHistory) -> [Shut] {
    var day = GBTime.civil(at: start).date
    let last = GBTime.civil(at: end).date
    guard last.daysSinceEpoch - day.daysSinceEpoch <= 120 else { return [] }
    var shut: [(from: Instant, to: Instant)] = []
    while day <= last {
      let next = day.adding(days: 1)
      if !calendars.isWorkingDay(day) {
        if let before = shut.last, before.to == GBTime.startOfDay(day) {
          shut[shut.count - 1].to = GBTime.startOfDay(next)
        } else {
          shut.append((GBTime.startOfDay(day), GBTime.startOfDay(next)))
        }
      }
      day = next
    }
    return shut.compactMap { one in
      let (from, to) = (place(one.from), place(one.to))
      return to > from ? Shut(x: percent(from), width: percent(to - from)) : nil
    }
  }
}
