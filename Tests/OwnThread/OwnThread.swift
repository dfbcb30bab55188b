#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A thread that runs one body and can be waited for.
///
/// Not Foundation's `Thread`: on Linux that lets go of its block in a destructor of the thread,
/// after libdispatch has freed what it kept for the thread without forgetting it. Whatever then
/// ends there and uses a queue, such as the last reference to a log, damages the heap. Here the
/// body is gone before the thread begins to end.
public struct OwnThread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let handle: pthread_t

  /// Starts the thread.
  public init(_ body: @escaping @Sendable () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    #if canImport(Glibc)
      var handle = pthread_t()
    #else
      // swift-format-ignore: NeverUseImplicitlyUnwrappedOptionals
      // because Darwin's pthread_create takes the address of one.
      var handle: pthread_t!
    #endif
    let error = pthread_create(
      &handle, nil,
      { context in
        #if canImport(Glibc)
          guard let context else { return nil }
        #endif
        Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    precondition(error == 0, "no thread can be made: error \(error)")
    self.handle = handle
  }

  /// Waits until the thread has ended; to be called once.
  public func join() {
    let error = pthread_join(handle, nil)
    precondition(error == 0, "the thread can't be waited for: error \(error)")
  }
}
