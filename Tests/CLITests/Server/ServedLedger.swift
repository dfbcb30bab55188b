import Foundation
import Glibc
import Testing

/// A ledger with the server running beside it, and a token for each role.
final class ServedLedger {
  let ledger: FilledLedger
  let port: UInt16
  private let serving: Started

  /// The roles in tokens that the tests ask with.
  enum Who: String, CaseIterable, Sendable {
    case supA, supB, supC, serviceCentre, approver, dsp, secas, auditor

    var role: String {
      switch self {
      case .supA, .supB, .supC: "supplier"
      case .serviceCentre, .approver: "servicecentre"
      case .dsp: "dsp"
      case .secas: "secas"
      case .auditor: "auditor"
      }
    }

    fileprivate var options: [String] {
      switch self {
      case .supA: ["--party", "SUPA"]
      case .supB: ["--party", "SUPB"]
      case .supC: ["--party", "SUPC"]
      case .serviceCentre: ["--party", "DCC", "--user", "DCC-017"]
      case .approver: ["--party", "DCC", "--user", "DCC-021"]
      case .dsp: ["--party", "DSP"]
      case .secas: ["--party", "SECAS"]
      case .auditor: ["--party", "SECAS"]
      }
    }
  }

  private var tokens: [Who: String] = [:]

  convenience init(_ ledger: FilledLedger? = nil, _ options: [String] = []) throws {
    let ledger = try ledger ?? FilledLedger()
    try self.init(
      ledger, SMILedger.started(["serve", "--port", "0", "--ledger", ledger.path] + options))
  }

  /// With a time limit for each part of an exchange, and one line of workers that takes nobody.
  convenience init(_ ledger: FilledLedger, milliseconds: Int, full: String = "none") throws {
    let program =
      (SMILedger.binary as NSString).deletingLastPathComponent + "/limited-server"
    try self.init(
      ledger, Started(program, [ledger.path, String(milliseconds), full], environment: [:]))
  }

  private init(_ ledger: FilledLedger, _ started: Started) throws {
    self.ledger = ledger
    serving = started
    var address = ""
    for _ in 0..<2_000 where address.isEmpty {
      usleep(5_000)
      address = try serving.output()
    }
    let digits = address.split(separator: ":").last?.trimmingCharacters(in: .whitespacesAndNewlines)
    port = try #require(digits.flatMap { UInt16($0) }, "no address: \(address)")
  }

  deinit { _ = serving.killed() }

  /// Ends the server as an operator does.
  func end() throws -> Run {
    serving.process.terminate()
    return try serving.finished(within: 30)
  }

  /// What the server has logged so far.
  func log() throws -> String { try serving.errors() }

  func token(_ who: Who) throws -> String {
    if let token = tokens[who] { return token }
    let token = try made(["--role", who.role, "--expires", "1d"] + who.options)
    tokens[who] = token
    return token
  }

  /// Makes a token; it is the last line.
  func made(_ options: [String]) throws -> String {
    let run = try ledger.run(["token", "create"] + options)
    try #require(run.exit == 0, "\(run.errors)")
    return try #require(run.output.split(separator: "\n").last.map(String.init))
  }

  /// One exchange over a connection of its own.
  func ask(
    _ method: String, _ path: String, as who: Who?, _ headers: [String: String] = [:],
    body: String? = nil
  ) throws -> Answer {
    var headers = headers
    if let who { headers["Authorization"] = "Bearer \(try token(who))" }
    if let body {
      if headers["Content-Length"] == nil { headers["Content-Length"] = String(body.utf8.count) }
      if headers["Content-Type"] == nil {
        headers["Content-Type"] = body.hasPrefix("<") ? "application/xml" : "application/json"
      }
    }
    let lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
    let head = (lines + headers.map { "\($0.key): \($0.value)" }).joined(separator: "\r\n")
    return try Answer(exchange(head + "\r\n\r\n" + (body ?? "")))
  }

  func get(_ path: String, as who: Who?, _ headers: [String: String] = [:]) throws -> Answer {
    try ask("GET", path, as: who, headers)
  }

  func post(
    _ path: String, as who: Who?, _ body: String = "{}", _ headers: [String: String] = [:]
  ) throws -> Answer {
    try ask("POST", path, as: who, headers, body: body)
  }

  /// Sends bytes as they are, and reads until the other side closes.
  func exchange(_ text: String, waiting seconds: Int = 30) throws -> [UInt8] {
    let wire = try Connection(port, seconds)
    try wire.send(Array(text.utf8))
    return wire.rest()
  }
}

/// What came back.
struct Answer {
  let status: Int
  let headers: [String: String]
  let text: String
  let bytes: [UInt8]

  init(_ raw: [UInt8]) throws {
    let end = try #require(
      raw.indices.first { raw[$0...].starts(with: Array("\r\n\r\n".utf8)) },
      "no answer: \(String(decoding: raw.prefix(200), as: UTF8.self))")
    let lines = String(decoding: raw[..<end], as: UTF8.self).components(separatedBy: "\r\n")
    status = try #require(Int(lines[0].split(separator: " ")[1]))
    headers = Dictionary(
      lines.dropFirst().map { line in
        let parts = line.split(separator: ":", maxSplits: 1)
        return (parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces))
      }, uniquingKeysWith: { first, _ in first })
    bytes = Array(raw[(end + 4)...])
    text = String(decoding: bytes, as: UTF8.self)
  }

  var object: [String: Any] { get throws { try JSONText.object(text) } }

  /// The kind of a problem.
  var kind: String? {
    (try? object["type"] as? String)?.split(separator: "/").last.map(String.init)
  }
}

/// A connection over which bytes go as they are.
final class Connection {
  private let socket: Int32

  init(_ port: UInt16, _ seconds: Int = 30) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(
      socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let socket = socket
    let done = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(done == 0, "nobody listens on \(port)")
  }

  deinit { close(socket) }

  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      // The other side may answer and close before it has read all.
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Everything until the other side closes, or nothing comes for so long.
  func rest() -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { return all }
      all += buffer[..<count]
    }
  }

  /// Whether the other side has closed by now; what it said before is read over.
  func hasEnded() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      if count == 0 { return true }
      if count < 0 { return errno != EAGAIN && errno != EWOULDBLOCK }
    }
  }

  /// Says that nothing more is sent.
  func finish() { shutdown(socket, Int32(SHUT_WR)) }
}
