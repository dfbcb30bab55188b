import Answers
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Ledger
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle
import Wire

/// Where and how the server listens.
package struct ServerOptions: Sendable {
  package var host = "127.0.0.1"
  package var port = 8213
  package var tls: TLSFiles?
  package var limits = TimeLimits()
  package var connections = 1_024
  package var routes = Routes.all

  package init() {}

  /// Whether only this machine can reach it.
  var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }
}

/// The files that TLS needs, each PEM.
package struct TLSFiles: Sendable {
  package let certificate: String
  package let key: String
  /// Who must have signed a client's certificate; nil where a client needs none.
  package let clientCA: String?

  package init(certificate: String, key: String, clientCA: String?) {
    self.certificate = certificate
    self.key = key
    self.clientCA = clientCA
  }

  /// Reads them, so that what is wrong with one is said before anything listens.
  ///
  /// - Throws: ``NotPEM`` naming the file.
  package func check() throws {
    let configuration = try configuration()
    // Whether key and certificate belong together shows only here.
    do { _ = try NIOSSLContext(configuration: configuration) } catch {
      throw NotPEM(key, "the private key of \(certificate)")
    }
  }

  func configuration() throws -> TLSConfiguration {
    func read<Value>(_ file: String, _ what: String, _ body: () throws -> Value) throws -> Value {
      do { return try body() } catch { throw NotPEM(file, what) }
    }
    let chain = try read(certificate, "a certificate chain") {
      try NIOSSLCertificate.fromPEMFile(certificate)
    }
    let privateKey = try read(key, "a private key") {
      try NIOSSLPrivateKey(file: key, format: .pem)
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    if let clientCA {
      let signers = try read(clientCA, "certificates") {
        try NIOSSLCertificate.fromPEMFile(clientCA)
      }
      configuration.trustRoots = .certificates(signers)
      configuration.certificateVerification = .noHostnameVerification
    }
    return configuration
  }
}

/// A file that TLS needs holds something else.
struct NotPEM: WithProblem {
  let file: String
  let expected: String

  init(_ file: String, _ expected: String) {
    self.file = file
    self.expected = expected
  }

  var problem: Problem {
    Problem(
      "malformed", 65, "\(Shown.visible(file)): expected \(expected), in PEM; found something else")
  }
}

/// The HTTP server of one ledger, as a service that ends when it is told to.
package enum LedgerServer {
  /// Serves until the process is told to end (SIGTERM, SIGINT), then answers what is under way and returns.
  package static func run(
    _ shared: Shared, _ options: ServerOptions,
    onRunning: @escaping @Sendable (_ port: Int) async -> Void
  ) async throws {
    let logger = Logger(label: "smi-ledger") { _ in JSONLogHandler() }
    try await application(shared, options, logger: logger, onRunning: onRunning).runService()
    await shared.workers.shutDown()
    try shared.access.close()
  }

  /// Puts the server together; it listens when it is run.
  ///
  /// The views are caught up beside it, so that lists and figures do not wait for what was written since.
  static func application(
    _ shared: Shared, _ options: ServerOptions, logger: Logger,
    onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) throws -> some ApplicationProtocol {
    let limits = options.limits
    let http = HTTPServerBuilder.http1(
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [Deadlines(limits)],
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
    let responder = Responder(
      shared: shared, table: RouteTable(options.routes),
      hosts: options.isLoopback ? ["localhost", "127.0.0.1", "[::1]", options.host] : nil)
    return Application(
      responder: responder,
      server: try options.tls.map {
        try HTTPServerBuilder.tls(http, tlsConfiguration: $0.configuration())
      } ?? http,
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port),
        availableConnectionsDelegate: MaximumAvailableConnections(
          options.connections, logger: logger)
      ), services: [ViewKeeper(shared: shared)],
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? options.port) },
      logger: logger)
  }
}

/// Keeps the views close to the head, so that the first reader after a write need not.
struct ViewKeeper: Service {
  let shared: Shared

  func run() async throws {
    try? await cancelWhenGracefulShutdown { [shared] in
      var known = 0
      while !Task.isCancelled {
        try await Task.sleep(for: .milliseconds(250))
        let last = known
        // Somebody else may have the views, or the disk may be full: the next round tries again, and
        // every reader catches up by itself.
        known =
          (try? await shared.workers.run(.slow) {
            let head = try shared.ledger.head()
            return head == last ? head : try shared.ledger.catchUpViews(waiting: 2_000)
          }) ?? last
      }
    }
  }
}
