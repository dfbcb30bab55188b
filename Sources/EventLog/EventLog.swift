internal import GRDB

/// An append-only log of events in a folder.
///
/// What an append has returned is on the disk: it survives a killed process and a power cut. Events
/// are numbered from 1 without gaps, and never change. A read sees everything that was committed,
/// by any process, before it began.
///
/// All calls are synchronous and may come from any thread; an append waits for the disk. The last
/// reference must not end in a destructor of a thread, as it does when the block of a Foundation
/// `Thread` holds it: on Linux, libdispatch has freed by then what it kept for the thread, and goes
/// on using it.
public final class EventLog: Sendable {
  /// Whether a log is opened for appending, too.
  public enum Access: Hashable, Sendable {
    /// Appending and reading; the folder must be writable.
    case readWrite
    /// Reading only: every append is refused.
    case readOnly
  }

  /// The folder, as an absolute path.
  public let folder: String
  /// What the log takes from its surroundings.
  public let configuration: LogConfiguration

  let lock: FolderLock
  let readers: Readers
  let shared: SharedTail
  let tileRoots = TileRoots()
  let subtreeRoots = SubtreeRoots()
  let queue = CommitQueue()
  private let counted = Guarded(AppendStatistics())
  private let writer: Writer?

  init(
    folder: String, configuration: LogConfiguration, lock: FolderLock, readers: Readers,
    shared: SharedTail, writer: Writer?
  ) {
    self.folder = folder
    self.configuration = configuration
    self.lock = lock
    self.readers = readers
    self.shared = shared
    self.writer = writer
  }

  /// Records events, and returns after they are on the disk.
  ///
  /// - Throws: ``LogError``. Only after ``LogError/outcomeUnknown(code:what:)`` may anything have
  ///   been recorded.
  public func append(_ request: AppendRequest) throws(LogError) -> Appended {
    guard let writer else { throw .readOnlyFolder(folder: folder) }
    try check(request)
    let began = ContinuousClock.now
    counted.withLock { $0.waiting += 1 }
    let ticket = CommitQueue.Ticket(request)
    defer {
      let recorded = if case .success? = ticket.outcome { true } else { false }
      counted.withLock { $0.end(after: ContinuousClock.now - began, recorded: recorded) }
    }
    if queue.wait(ticket) {
      let group = writer.commitGroup(startingWith: ticket, from: queue)
      queue.answer(group)
      writer.tidyUp()
      queue.stopLeading()
    }
    guard let outcome = ticket.outcome else { throw .stopped }
    return try outcome.get()
  }

  /// What the appends of this process came to so far.
  public var statistics: AppendStatistics { counted.withLock { $0 } }

  /// Closes all connections; whatever comes later finds the log stopped.
  public func close() {
    guard let writer else {
      readers.close()
      return
    }
    _ = leading { () throws(LogError) in
      if writer.connection.isOpen { writer.indexBeforeClosing() }
      let isLocked = (try? lock.lock(timeout: configuration.lockTimeout)) != nil
      defer { if isLocked { lock.unlock() } }
      // Readers first: the last connection to close is the one that leaves the write-ahead log
      // alone.
      readers.close()
      writer.connection.close()
    }
  }

  deinit { close() }

  /// Runs something with the writer on this thread, when its turn has come.
  func exclusively<R>(
    isImport: Bool = false, _ body: (Writer) throws(LogError) -> R
  ) throws(LogError) -> R {
    guard let writer else { throw .readOnlyFolder(folder: folder) }
    return try leading { () throws(LogError) in
      let result = try body(writer)
      writer.tidyUp(isImport: isImport)
      return result
    }.get()
  }

  private func leading<R>(_ body: () throws(LogError) -> R) -> Result<R, LogError> {
    _ = queue.wait(CommitQueue.Ticket(nil))
    defer { queue.stopLeading() }
    do throws(LogError) {
      return .success(try body())
    } catch {
      return .failure(error)
    }
  }

  /// Refuses, before standing in line, what could never be recorded.
  func check(_ request: AppendRequest) throws(LogError) {
    if let condition = request.condition {
      for tag in condition.tags {
        guard Tag.isTag(tag), configuration.conditionKinds.contains(String(Tag.kind(tag))) else {
          throw .invalidRequest(
            "an append can't be conditional on this kind of tag: \(Tag.kind(tag))")
        }
      }
    }
    if let key = request.key {
      for part in [key.kind, key.within, key.value] where !RecordEncoder.isKeyPart(part) {
        throw .invalidRequest("each part of a key is printable ASCII of 1 to 256 bytes")
      }
    }
  }
}
