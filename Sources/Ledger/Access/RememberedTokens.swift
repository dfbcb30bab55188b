internal import Corrections
internal import EventLog
internal import Glibc

/// What was looked up of the tokens, good for as long as no commit has changed their file.
///
/// SQLite counts the commits of a file that keeps a rollback journal in bytes 24 to 27 of its header
/// (sqlite.org/fileformat2.html, "File change counter"). The count is read at each use, so whatever any
/// process commits, such as a revocation, is seen by the next look-up; and what is remembered was read in
/// the same transaction as the count that it is remembered under, so that no count can stand for other rows.
final class RememberedTokens: Sendable {
  /// A token as its file has it, and what proves that somebody has it.
  struct Found: Sendable {
    let token: AccessToken
    /// The SHA-256 of the secret, of the token's or of a session's.
    let digest: [UInt8]
    /// When the session ends; nil for the token itself.
    let ends: Instant?
  }

  /// What a look-up asks by.
  enum Key: Hashable, Sendable {
    case token(String)
    case session([UInt8])
  }

  private struct State {
    var count: UInt32?
    var found: [Key: Found] = [:]
  }

  /// More are forgotten all at once.
  private static let most = 10_000

  private let descriptor: Int32
  private let state = Guarded(State())

  /// Opens the file for its count.
  ///
  /// It stays open as long as this does: closing a file drops the locks that this process has on it (POSIX),
  /// those of a transaction under way, too.
  ///
  /// - Throws: ``LogError`` when the file can't be read.
  init(path: String, folder: String) throws {
    descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw LogError.readOnlyFolder(folder: folder) }
  }

  deinit { Glibc.close(descriptor) }

  /// What was found by a key, when the file is still as it was then.
  func find(_ key: Key) -> Found? {
    let count = commits()
    return state.withLock { state in
      count == state.count && count != nil ? state.found[key] : nil
    }
  }

  /// Remembers what a transaction found; it must still be open, so that nobody else can commit meanwhile.
  func remember(_ found: Found, by key: Key) {
    let count = commits()
    state.withLock { state in
      if count != state.count || state.found.count >= Self.most {
        state = State(count: count)
      }
      state.found[key] = found
    }
  }

  /// How many commits the file's header counts; nil when it can't be read, and then nothing is remembered.
  private func commits() -> UInt32? {
    var count: UInt32 = 0
    return pread(descriptor, &count, 4, 24) == 4 ? UInt32(bigEndian: count) : nil
  }
}
