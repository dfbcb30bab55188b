/// How many cases took how long, in bands that grow wider, with lines at some values.
///
/// Widths are shares of the picture, so that its text keeps its size however wide the page is.
struct Histogram {
  let id: String
  let title: String
  let unit: String
  let bars: [Bar]
  let ticks: [Tick]
  let marks: [Mark]

  struct Bar {
    let x: String
    let width: String
    let y: Int
    let height: Int
    let count: String
    let middle: String
    let countY: Int
  }

  struct Tick {
    let x: String
    let label: String
    let anchor: String
  }

  /// A value that is marked, and its entry in the legend.
  struct Mark {
    let x: String
    let label: String
    let style: String
    let legendX: Int
    let legendEnd: Int
    let labelX: Int
  }

  /// Where bands begin; the last has no end.
  private static let edges: [Double] = [0, 1, 2, 5, 10, 20, 40, 60, 120]
  private static let (top, bottom) = (48, 190)

  /// The names of the bands.
  static let bands = edges.indices.map { index in
    index + 1 < edges.count
      ? "\(Int(edges[index])) to under \(Int(edges[index + 1]))"
      : "\(Int(edges[index])) or more"
  }

  /// How many values lie in each band; a value on an edge is in the band that begins there.
  static func counts(of values: [Double]) -> [Int] {
    values.reduce(into: Array(repeating: 0, count: edges.count)) { counts, value in
      counts[band(of: value)] += 1
    }
  }

  init(
    id: String, title: String, unit: String, values: [Double],
    marks: [(label: String, value: Double, style: String)]
  ) {
    self.id = id
    self.title = title
    self.unit = unit
    let counts = Self.counts(of: values)
    let (most, share) = (max(1, counts.max() ?? 1), 100 / Double(Self.edges.count))
    bars = counts.enumerated().map { index, count in
      let height = count * (Self.bottom - Self.top) / most
      return Bar(
        x: percent(Double(index) * share + 0.5), width: percent(share - 1),
        y: Self.bottom - height, height: height, count: Self.short(count),
        middle: percent((Double(index) + 0.5) * share), countY: Self.bottom - height - 5)
    }
    ticks = Self.edges.enumerated().map { index, edge in
      Tick(
        x: percent(Double(index) * share), label: String(Int(edge)),
        anchor: index == 0 ? "start" : "middle")
    }
    let longest = values.max() ?? 0
    var legendX = 0
    self.marks = marks.map { mark in
      defer { legendX += 40 + 7 * mark.label.count }
      return Mark(
        x: percent(Self.place(of: mark.value, longest: longest) * share), label: mark.label,
        style: mark.style, legendX: legendX, legendEnd: legendX + 22, labelX: legendX + 28)
    }
  }

  /// A number that fits above a narrow bar; the table beside the picture has it whole.
  private static func short(_ count: Int) -> String {
    switch count {
    case 0: ""
    case ..<10_000: String(count)
    case ..<1_000_000: "\(count / 1_000)k"
    default: "\(count / 1_000_000)m"
    }
  }

  private static func band(of value: Double) -> Int {
    (edges.lastIndex { $0 <= value }) ?? 0
  }

  /// How many bands lie before a value, with its share of its own.
  private static func place(of value: Double, longest: Double) -> Double {
    let index = band(of: value)
    let (start, end) = (
      edges[index], index + 1 < edges.count ? edges[index + 1] : max(longest, 2 * edges[index])
    )
    return Double(index) + min(1, max(0, (value - start) / (end - start)))
  }
}

/// A share of a picture's width, such as `12.50%`.
func percent(_ share: Double) -> String {
  let hundredths = Int((share * 100).rounded())
  let rest = hundredths % 100
  return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
}
