import EventLog
package import Ledger
import Synchronization

/// What all requests share.
package final class Shared: Sendable {
  package let ledger: Ledger
  package let access: AccessStore
  package let workers: Workers
  package let metrics = Metrics()
  /// The newest checkpoint, so that one of each size is signed once.
  private let signed = Mutex<Checkpoint?>(nil)

  /// Whether browsers reach the server by TLS, so that a cookie is sent by it only.
  package let isSecure: Bool

  /// What seals cursors and forms.
  let secret: [UInt8]

  package init(
    _ ledger: Ledger, _ access: AccessStore, _ workers: Workers = Workers(), isSecure: Bool = false
  ) throws {
    secret = try access.secret()
    self.ledger = ledger
    self.access = access
    self.workers = workers
    self.isSecure = isSecure
  }

  /// The newest checkpoint.
  package func checkpoint() throws -> Checkpoint {
    let head = try ledger.head()
    if let signed = signed.withLock({ $0 }), signed.size == head { return signed }
    let checkpoint = try ledger.checkpoint()
    signed.withLock { $0 = checkpoint }
    return checkpoint
  }
}
