/// The name under which a command is recorded at most once.
///
/// It stands in the record in clear, so it holds no personal data.
public struct AppendKey: Hashable, Sendable {
  /// The kind of command.
  public let kind: String
  /// Whose command: keys of two parties never meet.
  public let within: String
  /// The command's own identity.
  public let value: String

  /// Names a command.
  public init(kind: String, within: String, value: String) {
    self.kind = kind
    self.within = within
    self.value = value
  }
}

/// No event with any of these tags may have come after the position.
public struct AppendCondition: Hashable, Sendable {
  /// The tags, all of a kind that conditions are allowed on.
  public let tags: [String]
  /// The position that the caller has read to.
  public let after: Int

  /// Demands that nothing with one of the tags happened after the position.
  public init(noEventTagged tags: [String], after: Int) {
    self.tags = tags
    self.after = after
  }
}

/// What an append takes away for ever: erasable rows, by the names that records go on to hold.
public struct Erasure: Hashable, Sendable {
  /// Tokens whose values go; each must still have its value.
  public var tokens: [String]
  /// Names of documents that go; one that is gone already is passed over.
  public var documents: [String]
  /// First positions of appends whose commitment to their content goes; likewise.
  public var commitments: [Int]

  /// Names what is to go.
  public init(tokens: [String] = [], documents: [String] = [], commitments: [Int] = []) {
    self.tokens = tokens
    self.documents = documents
    self.commitments = commitments
  }
}

/// Everything that is recorded together, or not at all.
public struct AppendRequest: Sendable {
  /// What must not have happened.
  public var condition: AppendCondition?
  /// The name under which this happens once.
  public var key: AppendKey?
  /// What the command means, in bytes.
  ///
  /// The same key with other content is refused. Only a salted commitment to it is stored.
  public var content: [UInt8]
  /// The subjects that the drafts name by token.
  public var subjects: [Subject]
  /// The documents that the drafts name.
  public var documents: [Document]
  /// The counters that the drafts take numbers from.
  public var numbers: [String]
  /// The reference set that this append finishes.
  public var references: ReferenceSet?
  /// What goes with this append.
  public var erasing: Erasure?
  /// Whether the first record may be earlier than the one before it: it says that the clock was
  /// wrong.
  public var correctsClock: Bool
  /// What to record.
  ///
  /// Called under the lock, so it must be quick, and perhaps more than once, so it must be pure.
  public var drafts: @Sendable (AppendContext) throws -> [Draft]

  /// Puts a request together.
  public init(
    condition: AppendCondition? = nil, key: AppendKey? = nil, content: [UInt8] = [],
    subjects: [Subject] = [], documents: [Document] = [], numbers: [String] = [],
    references: ReferenceSet? = nil, erasing: Erasure? = nil, correctsClock: Bool = false,
    drafts: @escaping @Sendable (AppendContext) throws -> [Draft]
  ) {
    self.condition = condition
    self.key = key
    self.content = content
    self.subjects = subjects
    self.documents = documents
    self.numbers = numbers
    self.references = references
    self.erasing = erasing
    self.correctsClock = correctsClock
    self.drafts = drafts
  }
}

/// What only the writer knows, at the moment of writing.
public final class AppendContext {
  /// The position that the first record will get.
  public let firstPosition: Int
  /// The time that all records will get.
  public let recordedAt: Int64
  /// The counters asked for, as they stand with this append's numbers taken.
  private(set) var counters: [String: Int]

  init(firstPosition: Int, recordedAt: Int64, counters: [String: Int]) {
    self.firstPosition = firstPosition
    self.recordedAt = recordedAt
    self.counters = counters
  }

  /// Takes the next number of a counter that the request names.
  public func number(_ name: String) -> Int {
    guard let last = counters[name] else {
      preconditionFailure("the request does not name the counter \(name)")
    }
    counters[name] = last + 1
    return last + 1
  }

  /// Raises a counter, so that the next number is above `floor`.
  public func skipNumbers(of name: String, through floor: Int) {
    guard let last = counters[name] else {
      preconditionFailure("the request does not name the counter \(name)")
    }
    counters[name] = max(last, floor)
  }
}

/// The outcome of an append.
public struct Appended: Hashable, Sendable {
  /// Where the records stand.
  public let positions: ClosedRange<Int>
  /// When they were recorded.
  public let recordedAt: Int64
  /// Whether the key was known, so that this is the outcome of the first time and nothing was
  /// appended now.
  public let repeated: Bool
  /// Whether a repeat was found to have the same content; `false` after the commitment was erased.
  public let contentCompared: Bool
}
