internal import CLedgerShim
public import CanonicalJSON

/// What a log takes from its surroundings, and its limits.
public struct LogConfiguration: Sendable {
  /// The time now, in milliseconds since 1970 UTC.
  public var clock: @Sendable () -> Int64

  /// Unpredictable bytes, as many as asked for.
  public var random: @Sendable (Int) -> [UInt8]

  /// Hands on the tags of an event, as a pure function of its type, version and body.
  public var tags: Tags

  /// Hands on each tag of an event in two pieces, such as `device:` and an identifier, in any order.
  ///
  /// Two pieces, so that nobody need put a text together to compare it.
  public typealias Tags =
    @Sendable (
      _ type: String, _ version: Int, _ body: Value,
      _ add: (_ start: String, _ rest: String) -> Void
    ) throws -> Void

  /// The counters that an event took a number from, as a pure function of the same; only
  /// verification asks.
  public var numbers:
    @Sendable (_ type: String, _ version: Int, _ body: Value) -> [(name: String, number: Int)]

  /// The members of a body that ``tags`` and ``numbers`` look at; `nil` is all of them.
  ///
  /// Only verification asks: whatever else a body holds it need not take apart.
  public var membersRead: Set<String>?

  /// The kinds of tag that an append may be conditional on.
  public var conditionKinds: Set<String> = ["device", "request", "correction", "mpxn"]

  /// The event type whose record may have an earlier time than the one before.
  public var clockCorrectionType = "ClockCorrected"

  /// How long to wait for another process, in milliseconds.
  public var lockTimeout = 10_000

  /// The most records that share one commit.
  public var groupLimit = 2_000

  /// How many events are sorted into the tag index together; up to five times as many when the log
  /// is large.
  public var indexChunk = 20_000

  /// How many rows are saved up for the tag index before a commit writes them.
  public var indexSlice = 128

  /// How long the write-ahead log may become, in pages, before it is copied back.
  public var checkpointPages = 2_000

  /// How many times as long it may become while much is appended at once: each page that changes
  /// again and again until then is copied back once.
  public var checkpointsOfImport = 8

  /// The most pieces of an import that share one commit.
  public var piecesOfCommit = 64

  /// The name of the SQLite VFS to use; `nil` is the system's.
  public var vfs: String?

  /// Only for measuring what the tree costs: hashes no record and keeps no tiles, so nothing is proven.
  package var unsafeWithoutTree = false

  /// Only for a test that must lose events: syncs no commit.
  package var unsafeSynchronousNormal = false

  /// Makes a configuration with the usual limits.
  public init(
    clock: @escaping @Sendable () -> Int64,
    random: @escaping @Sendable (Int) -> [UInt8] = systemRandom,
    tags: @escaping Tags
  ) {
    self.clock = clock
    self.random = random
    self.tags = tags
    self.numbers = { _, _, _ in [] }
  }

  /// Bytes from the system's generator.
  public static let systemRandom: @Sendable (Int) -> [UInt8] = { count in
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let error = ledger_random(buffer.baseAddress, count)
      precondition(error == 0, "the system gives no random bytes: error \(error)")
      filled = count
    }
  }
}
