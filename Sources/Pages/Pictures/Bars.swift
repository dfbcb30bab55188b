/// Things beside each other, each with its name and value above its bar.
struct Bars {
  let id: String
  let title: String
  let height: Int
  let bars: [Bar]

  struct Bar {
    let name: String
    let value: String
    let width: String
    let nameY: Int
    let barY: Int
    let style: String
  }

  /// One bar: what it is of, its length, and how that is written.
  struct Entry {
    let name: String
    let length: Double
    let value: String
    var style = "bar"
  }

  private static let step = 42

  init(id: String, title: String, _ entries: [Entry]) {
    self.id = id
    self.title = title
    let longest = max(entries.map(\.length).max() ?? 0, .leastNormalMagnitude)
    height = entries.count * Self.step
    bars = entries.enumerated().map { index, entry in
      Bar(
        name: entry.name, value: entry.value, width: percent(100 * entry.length / longest),
        nameY: index * Self.step + 14, barY: index * Self.step + 20, style: entry.style)
    }
  }
}
