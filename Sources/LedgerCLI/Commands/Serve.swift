import Answers
import ArgumentParser
import Foundation
import Ledger
import LedgerWeb
import Synchronization
import Wire

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves pages and the API over HTTP until it is told to end.",
    usage: "smi-ledger serve [--port N] [--host ADDRESS] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger serve
        smi-ledger serve --port 0
        smi-ledger serve --host 0.0.0.0 --tls-certificate chain.pem --tls-key key.pem
      Without --host only this machine reaches it. What may be seen and done goes by
      access tokens (smi-ledger token create); --client-ca asks for a client
      certificate beside them. The API is described at /v1/openapi.yaml.
      SIGTERM ends it: what is under way is answered first. The command line works on
      the same ledger meanwhile. Log lines are JSON on stderr.
      Exit codes: 0 ended, 64, 65, 66, 73, 74, 75, 77.
      See also: smi-ledger token --help
      """)

  @Option(help: "The port; 0 takes a free one. The address is printed.")
  var port = 8213

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(
    name: .customLong("tls-certificate"), help: "The certificate chain, PEM.", completion: .file())
  var certificate: String?

  @Option(
    name: .customLong("tls-key"), help: "The private key of the certificate, PEM.",
    completion: .file())
  var key: String?

  @Option(
    name: .customLong("client-ca"), help: "Who signs the certificates of clients, PEM.",
    completion: .file())
  var clientCA: String?

  @OptionGroup var place: LedgerOptions

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port: expected 0 to 65535; found \(Shown.typed("\(port)"))")
    }
    guard (certificate == nil) == (key == nil) else {
      throw ValidationError("--tls-certificate and --tls-key go together")
    }
    guard clientCA == nil || certificate != nil else {
      throw ValidationError("--client-ca needs --tls-certificate and --tls-key")
    }
  }

  func run() throws {
    let ledger = try place.openIfWritable()
    var options = ServerOptions()
    options.host = host
    options.port = port
    if let certificate, let key {
      for file in [certificate, key, clientCA].compactMap({ $0 })
      where !FileManager.default.isReadableFile(atPath: file) {
        throw FileProblem.missing(file)
      }
      let files = TLSFiles(certificate: certificate, key: key, clientCA: clientCA)
      try files.check()
      options.tls = files
    }
    let shared = try Shared(
      ledger, AccessStore(folder: ledger.folder), isSecure: options.tls != nil)
    let scheme = options.tls == nil ? "http" : "https"
    let name = host.contains(":") ? "[\(host)]" : host
    let chosen = options
    try waiting {
      try await LedgerServer.run(shared, chosen) { port in
        Output.say("Serving \(scheme)://\(name):\(port)")
      }
    }
  }

  /// Runs something that waits, and waits for it.
  private func waiting(_ body: @escaping @Sendable () async throws -> Void) throws {
    let ending = Ending()
    Task {
      do {
        try await body()
      } catch {
        ending.reason.withLock { $0 = "\(error)" }
      }
      ending.done.signal()
    }
    ending.done.wait()
    guard let reason = ending.reason.withLock({ $0 }) else { return }
    throw CannotServe(host: host, port: port, reason: reason)
  }
}

/// How serving ended.
private final class Ending: Sendable {
  let done = DispatchSemaphore(value: 0)
  let reason = Mutex<String?>(nil)
}

/// The address can't be listened on, or serving ended by itself.
private struct CannotServe: WithProblem {
  let host: String
  let port: Int
  let reason: String

  var problem: Problem {
    Problem(
      "cannotCreate", 73, "\(Shown.visible(host)):\(port) can't be served: \(Shown.visible(reason))"
    )
  }
}
