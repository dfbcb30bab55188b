/// What was said of a device's make, versions and variant, in the order in which it was true.
struct DeviceDescription: Hashable, Sendable {
  /// One thing said: what it gives is laid over what was said before.
  struct Said: Hashable, Sendable {
    let details: DeviceDetails
    /// Whether nothing said before it counts any more: the device was added anew.
    let replaces: Bool
    let from: Instant
    let isExact: Bool
    let position: Int
  }

  private var said: [Said] = []

  /// Puts something said in at its time; a late arrival leaves what came after it.
  mutating func insert(_ new: Said) {
    let index = said.lastIndex { ($0.from, $0.position) < (new.from, new.position) }
    said.insert(new, at: index.map { $0 + 1 } ?? 0)
  }

  /// When the device was last added; nil while nobody has told of it.
  var addedAt: Instant? { said.last { $0.replaces }?.from }

  /// What is known now.
  var current: DeviceDetails { merged(said) }

  /// What was known of a moment; of a moment before the first, what was said first.
  func details(at moment: Instant) -> DeviceDetails {
    let until = said.prefix { $0.from <= moment }
    return merged(until.isEmpty ? said.prefix(1) : until)
  }

  private func merged(_ said: some Collection<Said>) -> DeviceDetails {
    said.reduce(DeviceDetails()) { known, said in
      said.replaces ? said.details : known.merged(with: said.details)
    }
  }

  /// From when the newest is known that was said.
  var newest: Instant? { said.last?.from }

  /// The last event after a position that said something of a moment or later.
  func said(since moment: Instant, after position: Int) -> Int? {
    said.filter { $0.from >= moment && $0.position > position }.map(\.position).max()
  }

  /// The last event that gave the variant.
  var variantKnownAt: Int? { said.last { $0.details.esmeVariant != nil }?.position }

  /// The values of one detail, each once per change; nil where the device was added anew without it.
  func history(_ value: (DeviceDetails) -> String?) -> History<String?> {
    var history = History<String?>()
    for said in said {
      let value = value(said.details)
      guard value != nil || said.replaces else { continue }
      history.insert(
        Known(value: value, from: said.from, isExact: said.isExact, position: said.position))
    }
    return history
  }
}
