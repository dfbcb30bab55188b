internal import GRDB

extension EventLog {
  /// Runs something that reads the log many times, on one connection and one moment of the log.
  ///
  /// Every read of this log that `body` makes on this thread sees the log as it was when `body` began,
  /// so they agree with one another, and none waits for a connection. `body` appends nothing, and
  /// hands no reading to another thread.
  ///
  /// - Throws: ``LogError`` when the ledger can't be read, and whatever `body` throws.
  public func atOneMoment<R>(_ body: () throws -> R) throws -> R {
    guard snapshot == nil else { return try body() }
    var outcome: Result<R, any Error>?
    try read { database in
      let snapshot = try Snapshot(self, database)
      Snapshot.$current.withValue(snapshot) { outcome = Result { try body() } }
    }
    guard let outcome else { preconditionFailure("a body that was run has an outcome") }
    return try outcome.get()
  }

  /// What `make` gives, made once in a moment for each name: what many parts of a decision ask for is
  /// worked out by the first that asks.
  ///
  /// A moment remembers little: the oldest gives way. Where the thread has no moment nothing is remembered.
  ///
  /// - Throws: Whatever `make` throws; that is not remembered.
  public func onceInMoment<Value>(_ name: String, _ make: () throws -> Value) rethrows -> Value {
    guard let snapshot else { return try make() }
    // Found first and cast then: a cast of nothing to an optional value would find it.
    if let made = snapshot.made.first(where: { $0.name == name }), let value = made.value as? Value
    {
      return value
    }
    let value = try make()
    if snapshot.made.count >= Snapshot.mostMade { snapshot.made.removeFirst() }
    snapshot.made.append((name, value))
    return value
  }

  /// The newest position of the moment that this thread reads at; nil where it has none.
  public var momentEnd: Int? { snapshot?.last }

  /// The moment that this thread reads at, where it is one of this log.
  var snapshot: Snapshot? {
    guard let current = Snapshot.current, current.log === self else { return nil }
    return current
  }
}

/// One moment of a log, as a thread reads it.
///
/// `@unchecked Sendable` because only the thread that began it can reach it.
final class Snapshot: @unchecked Sendable {
  @TaskLocal static var current: Snapshot?

  let log: EventLog
  let database: Database
  /// The newest event here; the tail in memory may hold later ones.
  let last: Int
  /// How far the index table reaches here; the tail in memory may have been cut off later than that.
  let indexedTo: Int
  /// What was worked out at this moment, the newest last.
  fileprivate var made: [(name: String, value: Any)] = []
  fileprivate static let mostMade = 8

  init(_ log: EventLog, _ database: Database) throws {
    self.log = log
    self.database = database
    (last, indexedTo) = try database.reach()
  }
}

extension Database {
  func lastPosition() throws -> Int {
    let statement = try statement("SELECT max(position) FROM event")
    defer { statement.reset() }
    return try statement.step() ? statement.int(0) : 0
  }

  /// The newest event, and how far the index table reaches.
  func reach() throws -> (last: Int, indexedTo: Int) {
    let statement = try statement(
      "SELECT max(position), (SELECT indexed_to FROM index_state) FROM event")
    defer { statement.reset() }
    guard try statement.step() else { return (0, 0) }
    // Something else may have written it: no log has as many events as would overflow.
    return (statement.int(0), min(max(0, statement.int(1)), 1 << 53))
  }
}
