import Foundation
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// The least that Hummingbird does for an answer, as a mark beside which the server's own are held.
///
/// It has as many event loops as `smi-ledger serve`, since both take Hummingbird's own choice: one a core.
enum HelloBench {
  /// Answers `GET /` with `hello` on a loopback port until it is told to end (SIGTERM, SIGINT).
  static func serve(port: Int) throws -> [(String, Answer)] {
    var logger = Logger(label: "hello")
    logger.logLevel = .error
    let router = Router()
    router.get("/") { _, _ in "hello" }
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { channel in
        // Whoever has started it reads this, and then begins; standard output keeps a line to itself.
        print(Answer.line([("port", .count(channel.localAddress?.port ?? port))]))
        fflush(nil)
      }, logger: logger)
    let ending = Ending()
    Task {
      do {
        try await application.runService()
      } catch {
        ending.reason.withLock { $0 = "\(error)" }
      }
      ending.done.signal()
    }
    ending.done.wait()
    if let reason = ending.reason.withLock({ $0 }) { throw Failed(reason: reason) }
    return [("ended", .count(1))]
  }

  private final class Ending: Sendable {
    let done = DispatchSemaphore(value: 0)
    let reason = Mutex<String?>(nil)
  }

  private struct Failed: Error, CustomStringConvertible {
    let reason: String
    var description: String { "127.0.0.1 can't be served: \(reason)" }
  }
}
