import Foundation
import Testing

@Suite struct `A server with limits` {
  private static let health = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"

  /// How long a connection stays open after some bytes, when one more comes every tenth of a second; at
  /// most three seconds.
  private func stays(
    _ served: ServedLedger, _ first: String, then byte: String
  ) throws -> TimeInterval {
    let wire = try Connection(served.port, 5)
    try wire.send(Array(first.utf8))
    let began = Date()
    while Date().timeIntervalSince(began) < 3 {
      usleep(100_000)
      if wire.hasEnded() { break }
      if !byte.isEmpty { try wire.send(Array(byte.utf8)) }
    }
    return Date().timeIntervalSince(began)
  }

  @Test func `closes a connection that takes too long for any part of an exchange`() throws {
    let served = try ServedLedger(FilledLedger(), milliseconds: 300)
    let post =
      "POST /v1/service-requests HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/xml\r\n"
      + "Content-Length: 40\r\n"
    let known = post + "Authorization: Bearer \(try served.token(.supA))\r\n\r\n"
    let body = String(repeating: "a", count: 40)
    for (what, first, byte) in [
      ("nothing", "", ""), ("half a head", "GET /hea", ""), ("a head by bytes", "GET /", "a"),
      ("after an answer", Self.health, ""), ("after two", Self.health + Self.health, ""),
      ("no body", known, ""), ("a body by bytes", known, "a"),
      // Who has no token is answered before the body; what comes of it later is no new lease.
      ("an early answer, and no body", post + "\r\n", ""),
      ("an early answer, and a body by bytes", post + "\r\n", "a"),
      ("an early answer, and the body", post + "\r\n" + body, ""),
      ("no such path, and a body by bytes", post.replacing("/v1", with: "/v0") + "\r\n", "a"),
    ] {
      let seconds = try stays(served, first, then: byte)
      #expect(seconds < 2.9, "\(what): still open")
    }
  }

  @Test func `keeps a connection whose answer takes longer than its limits`() throws {
    let served = try ServedLedger(FilledLedger.opened(), milliseconds: 300)
    let path = "/v1/corrections/COR-000001/timeline?after=\(try served.ledger.events())&wait=2"
    let quiet = try served.get(path, as: .supA)
    #expect(quiet.status == 200, "\(quiet.text)")
  }

  @Test(arguments: ["read", "write", "slow"])
  func `says at once that a line is full, and when to come again`(_ full: String) throws {
    let served = try ServedLedger(FilledLedger.opened(), milliseconds: 20_000, full: full)
    let csv = ["Accept": "text/csv"]
    for (line, answer) in [
      ("read", try served.get("/v1/corrections/COR-000001", as: .supA)),
      ("slow", try served.get("/v1/corrections.csv", as: .supA)),
      // The whole list, though its path is that of a page of it.
      ("slow", try served.get("/v1/corrections", as: .supA, csv)),
      ("write", try served.post("/v1/service-requests", as: .supA, Request.update(940))),
    ] {
      // Who was looked up a moment ago waits for no read before their body is taken in.
      let isFull = line == full
      #expect((answer.status == 503) == isFull, "\(line): \(answer.status) \(answer.text)")
      guard isFull else { continue }
      #expect(answer.kind == "busy" && answer.headers["retry-after"] == "1", "\(answer.text)")
    }
  }
}
