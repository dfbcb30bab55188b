internal import Corrections
internal import Wire

/// Median and 90th percentile of months beside each other.
struct MonthLines {
  let id: String
  let title: String
  let grid: [Grid]
  let segments: [Segment]
  let medians: [Point]
  let percentiles: [Point]
  let names: [Name]

  struct Grid {
    let y: Int
    let label: String
    let labelY: Int
  }

  struct Segment {
    let x1: String
    let y1: Int
    let x2: String
    let y2: Int
    let style: String
  }

  struct Point {
    let x: String
    let y: Int
    /// The left upper corner of a square around it.
    let top: Int
  }

  struct Name {
    let x: String
    let month: String
    let year: String
    let anchor: String
    /// Whether it is left out where pictures are narrow.
    let style: String
  }

  private static let (top, bottom) = (46, 190)

  init(id: String, title: String, _ months: [MonthFigures]) {
    self.id = id
    self.title = title
    func days(_ milliseconds: Int64) -> Double { Double(milliseconds) / Double(ClockTime.day) }
    let medians = months.map { $0.working.map { days($0.median) } }
    let percentiles = months.map { month in
      month.working.flatMap { $0.isFew ? nil : days($0.p90) }
    }
    let (step, most) = Self.scale((medians + percentiles).compactMap { $0 }.max() ?? 0)
    func y(_ value: Double) -> Int {
      Self.bottom - Int((value / most * Double(Self.bottom - Self.top)).rounded())
    }
    func x(_ index: Int) -> String {
      // The labels of the grid stand on the left.
      percent(8 + (Double(index) + 0.5) * 92 / Double(max(1, months.count)))
    }
    func points(_ values: [Double?]) -> [Point] {
      values.enumerated().compactMap { index, value in
        value.map { Point(x: x(index), y: y($0), top: y($0) - 4) }
      }
    }
    func segments(_ values: [Double?], _ style: String) -> [Segment] {
      values.indices.dropLast().compactMap { index in
        guard let one = values[index], let next = values[index + 1] else { return nil }
        return Segment(x1: x(index), y1: y(one), x2: x(index + 1), y2: y(next), style: style)
      }
    }
    self.medians = points(medians)
    self.percentiles = points(percentiles)
    self.segments = segments(medians, "solid") + segments(percentiles, "dashed")
    grid = (0...Int((most / step).rounded())).map { line in
      let tenths = Int((Double(line) * step * 10).rounded())
      let label = "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)")
      let y = y(Double(tenths) / 10)
      return Grid(y: y, label: label, labelY: y - 4)
    }
    names = months.enumerated().map { index, figures in
      Name(
        x: x(index), month: Self.short[figures.month.month - 1],
        year: index == 0 || figures.month.month == 1 ? String(figures.month.year) : "",
        anchor: index > 0 && index == months.count - 1 ? "end" : "middle",
        style: index.isMultiple(of: 2) ? "" : "wide")
    }
  }

  private static let short = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// A step of 1, 2 or 5 times a power of ten, and the whole in two to five of them.
  private static func scale(_ largest: Double) -> (step: Double, most: Double) {
    guard largest > 0 else { return (1, 2) }
    var power = 0.1
    while true {
      for factor in [1.0, 2, 5] where factor * power * 5 >= largest {
        let step = factor * power
        return (step, step * max(2, (largest / step).rounded(.up)))
      }
      power *= 10
    }
  }
}
