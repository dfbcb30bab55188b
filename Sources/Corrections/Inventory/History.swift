/// A value and from when it is known to be true.
public struct Known<Value: Hashable & Sendable>: Hashable, Sendable {
  public let value: Value
  /// When it became true, or the first moment at which it was seen.
  public let from: Instant
  /// Whether `from` is when it became true; false when it was only seen then ("no later than").
  public let isExact: Bool
  /// The event that says so.
  public let position: Int

  public init(value: Value, from: Instant, isExact: Bool, position: Int) {
    self.value = value
    self.from = from
    self.isExact = isExact
    self.position = position
  }
}

/// The values of one field in the order in which they were true, each once per change.
public struct History<Value: Hashable & Sendable>: Hashable, Sendable {
  /// Oldest first.
  public private(set) var entries: [Known<Value>] = []

  public init() {}

  /// The value that is true now.
  public var current: Known<Value>? { entries.last }

  /// Puts a value in at its time; seeing again what already holds then adds nothing.
  ///
  /// A late arrival takes its place in the past and leaves what came after it. Seeing a value
  /// earlier than it was first seen moves its beginning back.
  public mutating func insert(_ known: Known<Value>) {
    let index = entries.lastIndex { $0.from <= known.from }.map { $0 + 1 } ?? 0
    if index > 0, entries[index - 1].value == known.value { return }
    if index < entries.count, entries[index].value == known.value, !entries[index].isExact {
      entries[index] = known
      return
    }
    entries.insert(known, at: index)
  }
}
