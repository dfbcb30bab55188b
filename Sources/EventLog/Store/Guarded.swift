#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A value that one thread at a time may use.
///
/// The standard library's `Mutex` would do, but on Linux the thread sanitizer can't see its locks
/// and reports races that are none; and it hands itself over to who waits longest, so that once two
/// threads have met in it, many stand in line for what takes no time.
///
/// `@unchecked Sendable` because every use of the value holds the lock.
package final class Guarded<Value>: @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  package init(_ value: Value) {
    self.value = value
    lock = .allocate(capacity: 1)
    let error = pthread_mutex_init(lock, nil)
    precondition(error == 0, "no lock can be made: error \(error)")
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// Runs something with the value; it must not come back here.
  package func withLock<R>(_ body: (inout Value) throws -> R) rethrows -> R {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return try body(&value)
  }
}

/// Lets one thread wait until another opens it, once.
///
/// `@unchecked Sendable` because the flag is only used with the lock held.
final class Gate: @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let change: UnsafeMutablePointer<pthread_cond_t>
  private var isOpen = false

  init() {
    lock = .allocate(capacity: 1)
    change = .allocate(capacity: 1)
    let errors = (pthread_mutex_init(lock, nil), pthread_cond_init(change, nil))
    precondition(errors == (0, 0), "no gate can be made: errors \(errors)")
  }

  deinit {
    pthread_cond_destroy(change)
    pthread_mutex_destroy(lock)
    lock.deallocate()
    change.deallocate()
  }

  func open() {
    pthread_mutex_lock(lock)
    isOpen = true
    pthread_cond_signal(change)
    pthread_mutex_unlock(lock)
  }

  /// Returns at once when the gate is open already.
  func wait() {
    pthread_mutex_lock(lock)
    while !isOpen { pthread_cond_wait(change, lock) }
    pthread_mutex_unlock(lock)
  }
}
