internal import CLedgerShim

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A lock between processes, on a file of its own.
///
/// It ends with the process that holds it. Two locks on one file exclude each other also within a
/// process. Waiting is fair: who waits holds a turnstile, so that whoever just gave the lock back
/// can't take it again first.
public final class FolderLock: Sendable {
  /// Why a lock was not obtained.
  public enum Failure: Error, Hashable, Sendable {
    /// The lock file can't be opened or made.
    case cannotOpen(path: String, errno: Int32)
    /// Somebody held it for the whole time.
    case timedOut(milliseconds: Int)
  }

  private let descriptor: Int32

  /// Opens the lock file, and makes it if that is allowed and it is missing; takes no lock yet.
  public init(path: String, mayCreate: Bool = true) throws(Failure) {
    descriptor = ledger_open_lock_file(path, mayCreate ? 1 : 0)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: -descriptor) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Takes the lock, alone or together with others that take it shared.
  public func lock(shared: Bool = false, timeout milliseconds: Int) throws(Failure) {
    if tryLock(shared: shared) { return }
    var pause: UInt32 = 50
    var waited = 0
    var inTurnstile = false
    defer { if inTurnstile { _ = ledger_turnstile_leave(descriptor) } }
    let start = Self.microseconds()
    while true {
      if !inTurnstile { inTurnstile = ledger_turnstile_enter(descriptor, 0) == 0 }
      if inTurnstile, flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 { return }
      waited = (Self.microseconds() - start) / 1000
      guard waited < milliseconds else { throw .timedOut(milliseconds: waited) }
      usleep(pause)
      pause = min(pause * 2, 500)
    }
  }

  /// Takes the lock if nobody holds it and nobody waits for it.
  public func tryLock(shared: Bool = false) -> Bool {
    guard ledger_turnstile_enter(descriptor, 0) == 0 else { return false }
    defer { _ = ledger_turnstile_leave(descriptor) }
    return flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0
  }

  /// Whether somebody waits for the lock; only whoever holds it asks.
  public var isWanted: Bool {
    guard ledger_turnstile_enter(descriptor, 0) == 0 else { return true }
    _ = ledger_turnstile_leave(descriptor)
    return false
  }

  /// Gives the lock back.
  public func unlock() {
    flock(descriptor, LOCK_UN)
  }

  static func microseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1_000_000 + now.tv_nsec / 1000
  }
}
