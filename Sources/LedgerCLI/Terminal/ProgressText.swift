import Wire

/// What a line of progress says: stage, share, count, rate, time left.
struct ProgressText {
  let label: String
  var stage: String?
  /// In percent.
  var share: Int?
  var count: String
  var rate: String?
  var left: String?

  /// Work of which the whole is known.
  init(_ label: String, _ done: Int, of total: Int, unit: String, seconds: Double) {
    self.label = label
    share = done * 100 / max(total, 1)
    count = "\(Wording.grouped(done)) of \(Wording.grouped(total)) \(unit)"
    guard done > 0, seconds > 0 else { return }
    let rate = Double(done) / seconds
    self.rate = "\(Wording.grouped(Int(rate))) \(unit)/s"
    left = ProgressText.left(Double(total - done) / rate)
  }

  /// Work of which the whole isn't known.
  init(_ label: String, _ done: Int, unit: String) {
    self.label = label
    count = "\(Wording.grouped(done)) \(unit)"
  }

  /// A file that is checked, of which only the length is known: lines are counted up from it.
  init(_ label: String, _ read: CSVProgress, seconds: Double) {
    self.label = label
    stage = "checking"
    count = "\(Wording.grouped(read.lines)) lines"
    guard let length = read.length, length > 0, read.bytes > 0 else { return }
    let done = min(1, Double(read.bytes) / Double(length))
    share = Int(done * 100)
    count =
      "\(Wording.grouped(read.lines)) of about "
      + "\(ProgressText.about(Double(read.lines) / done)) lines"
    guard seconds > 0 else { return }
    rate = "\(Wording.grouped(Int(Double(read.lines) / seconds))) lines/s"
    left = ProgressText.left(seconds / done - seconds)
  }

  /// Bytes that are taken in before anything can be checked.
  init(_ label: String, reading bytes: Int) {
    self.label = label
    stage = "reading"
    count = "\(Wording.grouped(bytes >> 20)) MiB"
  }

  /// All of it on one line.
  var whole: String { forms[0].joined(separator: "  ") }

  /// The parts of the line, from the whole to what is left where there is little room.
  var forms: [[String]] {
    let share = share.map { "\($0) %" }
    return [
      [label, stage, share, count, rate, left], [label, stage, share, count, left],
      [label, stage, share ?? count, left], [label, share ?? count, left],
      [share ?? count, left], [share ?? count],
    ].map { $0.compactMap(\.self) }
  }

  private static func left(_ seconds: Double) -> String {
    let seconds = Int(seconds.rounded(.up))
    return seconds >= 60 ? "\(seconds / 60) min \(seconds % 60) s left" : "\(seconds) s left"
  }

  /// Three digits of a number: `30.1 M`, `248,000`.
  static func about(_ number: Double) -> String {
    if number >= 999_500 {
      let tenths = Int((number / 100_000).rounded())
      return "\(Wording.grouped(tenths / 10)).\(tenths % 10) M"
    }
    let step = number >= 100_000 ? 1000 : number >= 10_000 ? 100 : number >= 1000 ? 10 : 1
    return Wording.grouped(Int((number / Double(step)).rounded()) * step)
  }
}

/// When a line of progress is due where it isn't redrawn: each 10 % or 60 s.
///
/// Work that is over within a few seconds says nothing, and the end is told by the answer.
struct ProgressPace {
  static let quietSeconds = 5.0

  private var tenth = 0
  private var stage: String?
  private var last = 0.0

  /// Whether a line is due so many seconds after the beginning.
  mutating func isDue(_ text: ProgressText, after seconds: Double) -> Bool {
    if text.stage != stage {
      stage = text.stage
      tenth = 0
    }
    let now = (text.share ?? 0) / 10
    guard seconds >= ProgressPace.quietSeconds, now < 10, now > tenth || seconds - last >= 60
    else { return false }
    tenth = max(tenth, now)
    last = seconds
    return true
  }
}
