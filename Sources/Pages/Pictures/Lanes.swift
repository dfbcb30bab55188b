internal import Answers
internal import Corrections
internal import Ledger
internal import Wire

/// Who had a correction when: a lane for each holder, days without work shaded.
struct Lanes {
  let pictureID = "lanes"
  let pictureTitle: String
  let pictureWords: String
  let height: Int
  let bottom: Int
  let tickEnd: Int
  let tickY: Int
  let shut: [TimeAxis.Shut]
  let lanes: [Lane]
  let ticks: [TimeAxis.Tick]
  /// Every turn that the picture shows, and the sums.
  let table: TableView

  struct Lane {
    let laneName: String
    let laneValue: String
    let nameY: Int
    let barY: Int
    let lineY: Int
    let bars: [Bar]
  }

  struct Bar {
    let x: String
    let width: String
  }

  private static let step = 44

  /// Draws the turns of a correction up to when it was resolved, or to now.
  init(_ answer: CorrectionAnswer) {
    let correction = answer.correction
    let end = answer.countedUpTo
    let axis = TimeAxis(from: correction.openedAt, to: end)
    let turns = correction.turns(at: end).filter { $0.from < end || $0.to == nil }
    var names: [String] = []
    for turn in turns where !names.contains(Lanes.name(turn)) { names.append(Lanes.name(turn)) }
    func days(_ turns: [Turn]) -> String {
      ClockTime.text(
        hundredths: HolderClock(turns, at: end, calendars: answer.terms.calendars).total
          .workingDaysInHundredths)
    }
    let lanes = names.enumerated().map { index, name in
      let own = turns.filter { Lanes.name($0) == name }
      return Lane(
        laneName: name, laneValue: "\(days(own)) working days", nameY: index * Lanes.step + 15,
        barY: index * Lanes.step + 22, lineY: index * Lanes.step + 29,
        bars: own.map { turn in
          let (from, to) = (axis.place(turn.from), axis.place(turn.to ?? end))
          return Bar(x: percent(min(from, 99.4)), width: percent(max(0.6, to - from)))
        })
    }
    self.lanes = lanes
    bottom = names.count * Lanes.step + 2
    tickEnd = bottom + 5
    tickY = bottom + 20
    height = bottom + 26
    shut = axis.shut(answer.terms.calendars)
    ticks = axis.ticks
    pictureTitle = "Who had \(correction.id) when"
    pictureWords =
      "From \(Wording.time(correction.openedAt)) to \(Wording.time(end)): "
      + lanes.map { "\($0.laneName) \($0.laneValue)" }.joined(separator: ", ")
      + ". Days without work are shaded. The table below has every turn."
    let rows = turns.map { turn in
      [
        Lanes.name(turn), Wording.time(turn.from),
        turn.to.map { Wording.time(min($0, end)) } ?? (correction.hasEnded ? "end" : "now"),
        days([turn]),
      ]
    }
    table = TableView(
      "Every turn, \(answer.calendarName)", ["whose", "from", "to", "working days"],
      words: [1, 2],
      rows + [["all", Wording.time(correction.openedAt), Wording.time(end), days(turns)]])
  }

  private static func name(_ turn: Turn) -> String {
    switch turn.holder {
    case .dcc, .dsp, .nobody, .notKnown: PageWords.holder(turn.holder).capitalised
    case .requester, .counterparty, .otherUser:
      turn.party.map { "\($0), \(PageWords.holder(turn.holder))" }
        ?? PageWords.holder(turn.holder).capitalised
    }
  }
}
