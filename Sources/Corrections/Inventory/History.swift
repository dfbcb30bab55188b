/// A value and from when it is known to be true.
public struct Known<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The value.
  public let value: Value
  /// When it became true, or the first moment at which it was seen.
  public let from: Instant
  /// Whether `from` is when it became true; false when it was only seen then ("no later than").
  public let isExact: Bool
  /// The event that says so.
  public let position: Int

  /// Makes a value of what an event says.
  public init(value: Value, from: Instant, isExact: Bool, position: Int) {
    self.value = value
    self.from = from
    self.isExact = isExact
    self.position = position
  }
}

extension Known {
  /// Another value that is known from the same event.
  func saying<Other>(_ value: Other) -> Known<Other> {
    Known<Other>(value: value, from: from, isExact: isExact, position: position)
  }

  /// The same, where there is a value at all.
  func present<Wrapped>() -> Known<Wrapped>? where Value == Wrapped? {
    value.map { Known<Wrapped>(value: $0, from: from, isExact: isExact, position: position) }
  }
}

/// The values of one field in the order in which they were true, each once per change.
public struct History<Value: Hashable & Sendable>: Hashable, Sendable {
  /// Oldest first; neighbours differ.
  public private(set) var entries: [Known<Value>] = []
  /// What was seen again and so began nothing, until a late arrival comes before it.
  private var again: [Known<Value>] = []

  /// Makes a history in which nothing is known.
  public init() {}

  /// Whether nothing is known.
  public var isEmpty: Bool { entries.isEmpty }

  /// The value that is true now.
  public var current: Known<Value>? { entries.last }

  /// The value that was true at a moment; nil before the first that is known.
  public func value(at moment: Instant) -> Known<Value>? {
    entries.last { $0.from <= moment }
  }

  /// The last event after a position that said what the value was at a moment or later.
  public func said(since moment: Instant, after position: Int) -> Int? {
    (entries + again).filter { $0.from >= moment && $0.position > position }
      .map(\.position).max()
  }

  /// What was last said before a value began, whether or not that began anything itself.
  func lastSaid(before known: Known<Value>) -> Known<Value>? {
    (entries + again).filter { ($0.from, $0.position) < (known.from, known.position) }
      .max { ($0.from, $0.position) < ($1.from, $1.position) }
  }

  /// The last event that said what the value is, whether or not it began anything.
  public var lastSaidAt: Int? {
    [entries.last, again.last].compactMap { $0?.position }.max()
  }

  /// The newest moment of which somebody said what the value was, whether or not that began anything.
  public var newest: Instant? {
    (entries.suffix(1) + again).map(\.from).max()
  }

  /// Puts a value in at its time; seeing again what already holds then begins nothing.
  ///
  /// A late arrival takes its place in the past and leaves what came after it, also what was only
  /// seen again after it. Seeing a value earlier than it was first seen moves its beginning back.
  public mutating func insert(_ known: Known<Value>) {
    let isLate = [entries.last, again.last].contains {
      $0.map { (known.from, known.position) < ($0.from, $0.position) } ?? false
    }
    guard isLate else {
      append(known)
      return
    }
    let all = (entries + again + [known])
      .sorted { ($0.from, $0.position) < ($1.from, $1.position) }
    entries = []
    again = []
    for known in all { append(known) }
  }

  private mutating func append(_ known: Known<Value>) {
    if entries.last?.value == known.value { again.append(known) } else { entries.append(known) }
  }
}
