import Foundation
import Testing

@Suite struct `A server that is asked wrongly` {
  @Test func `refuses tokens that are expired, revoked, cut short or made up, all alike`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let good = try served.made(["--party", "SUPA", "--role", "supplier", "--expires", "1d"])
    let path = "/v1/corrections/COR-000001"
    func status(_ token: String) throws -> (Int, String) {
      let answer = try served.get(path, as: nil, ["Authorization": "Bearer \(token)"])
      var object = try answer.object
      object["requestId"] = nil
      return (answer.status, "\(object["detail"] ?? "")")
    }
    #expect(try status(good).0 == 200)
    let name = String(good.dropFirst(5).prefix(10))
    var bytes = Array(good)
    bytes[20] = bytes[20] == "A" ? "B" : "A"
    let none = try status("smil_aaaaaaaaaa_" + String(repeating: "A", count: 43))
    #expect(none.0 == 401)
    for wrong in [String(bytes), String(good.dropLast()), good + "A", "smil_\(name)", "", name] {
      #expect(try status(wrong) == none, "\(wrong.count)")
    }
    #expect(try served.ledger.run("token", "revoke", name).exit == 0)
    #expect(try status(good) == none)
    #expect(try served.ledger.run("token", "list").output.contains("revoked"))
    let path2 = served.ledger.path + "/access.sqlite"
    let mode = try FileManager.default.attributesOfItem(atPath: path2)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let secret = String(good.suffix(43))
    let kept = try Data(contentsOf: URL(fileURLWithPath: path2))
    #expect(kept.range(of: Data(secret.utf8)) == nil)
  }

  @Test func `refuses a body that is too large, without reading all of it`() throws {
    let served = try ServedLedger()
    let said = try served.post(
      "/v1/service-requests", as: .supA, "<a>", ["Content-Length": "2000000000"])
    #expect(said.status == 413 && said.kind == "tooLarge", "\(said.text)")
    let token = try served.token(.supA)
    let head =
      "POST /v1/service-requests HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n"
      + "Content-Type: application/xml\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    let chunk = "10000\r\n" + String(repeating: "a", count: 65_536) + "\r\n"
    let raw = try served.exchange(head + String(repeating: chunk, count: 17) + "0\r\n\r\n")
    #expect(try Answer(raw).status == 413)
  }

  @Test func `gets through a bomb, a DOCTYPE, rubbish and another message's XML`() throws {
    let served = try ServedLedger()
    let bomb = """
      <!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>
      """
    let deep = String(repeating: "<a>", count: 50_000)
    for body in [
      bomb, deep, "<", "not xml", "\u{0}", Request.update(1).replacing("Header", with: "Head"),
    ] {
      let answer = try served.post(
        "/v1/service-requests", as: .supA, body, ["Content-Type": "application/xml"])
      #expect(answer.status == 400 && answer.kind == "malformed", "\(answer.text)")
      #expect((try answer.object["errors"] as? [Any])?.count == 1)
    }
    let head = try served.ledger.events()
    #expect(head == FilledLedger.imported)
  }

  @Test func `answers pipelined requests in order, and outlives broken ones`() throws {
    let served = try ServedLedger()
    let one = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    let last = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    let all = String(
      decoding: try served.exchange(String(repeating: one, count: 20) + last), as: UTF8.self)
    #expect(all.components(separatedBy: "HTTP/1.1 200").count == 22)
    #expect(all.hasSuffix("ready\n"))
    for broken in [
      "GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n", "GET\r\n\r\n", "\u{16}\u{3}\u{1}",
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "a", count: 40_000)
        + "\r\n\r\n",
    ] {
      let wire = try Connection(served.port, 5)
      try wire.send(Array(broken.utf8))
      wire.finish()
      let text = String(decoding: wire.rest(), as: UTF8.self)
      #expect(
        !text.hasPrefix("HTTP/1.1 2") && !text.hasPrefix("HTTP/1.1 5"),
        "\(broken.prefix(40)): \(text)")
    }
    let cut = try Connection(served.port, 5)
    try cut.send(
      Array(
        "POST /v1/service-requests HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nAuthorization: Bearer \(try served.token(.supA))\r\nContent-Type: application/xml\r\n\r\n<a"
          .utf8))
    cut.finish()
    _ = cut.rest()
    #expect(try served.get("/healthz", as: nil).status == 200)
  }

  @Test func `leads nowhere by tricks with the path`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    for path in [
      "/v1/../access.sqlite", "/v1/log/tile/../../ledger.key",
      "/v1/log/tile/entries/..%2f..%2fledger.key",
      "//v1/corrections", "/v1//corrections", "/v1/corrections/", "/v1/corrections/COR-000001/",
      "/v1/corrections/%00", "/v1/corrections/COR-000001%2ftimeline", "/%2e%2e/ledger.key",
      "/v1/log/tile/0/x000/000", "/v1/log/tile/99/000", "/v1/log/tile/0/000.p/256",
      "/v1/log/tile/0/999", "/v1/reports/2026-13", "/v1/reports/2999-01", "/problems/..", "/v1",
    ] {
      let answer = try served.get(path, as: .auditor)
      #expect(answer.status == 404 && answer.kind == "notFound", "\(path): \(answer.status)")
    }
  }

  @Test func `names what is wrong with a parameter, a cursor or a method`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    for path in [
      "/v1/corrections?limit=0", "/v1/corrections?limit=501", "/v1/corrections?limit=x",
      "/v1/corrections?holdr=dcc", "/v1/corrections?holder=me", "/v1/corrections?late=1",
      "/v1/corrections?cursor=made.up.by.me", "/v1/corrections?cursor=1.30.1.0000",
      "/v1/corrections?limit=1&limit=2", "/v1/corrections?code=%ff", "/v1/corrections?olderThan=5",
      "/v1/corrections/COR-000001?knownAt=yesterday", "/v1/corrections/COR-000001?after=-1",
      "/v1/corrections/COR-000001/timeline?wait=21&after=1",
    ] {
      let answer = try served.get(path, as: .auditor)
      #expect(answer.status == 400 && answer.kind == "usage", "\(path): \(answer.text)")
    }
    let method = try served.ask("DELETE", "/v1/corrections/COR-000001", as: .auditor)
    #expect(method.status == 405 && method.headers["allow"] == "GET, HEAD")
    let form = try served.get("/v1/corrections", as: .auditor, ["Accept": "image/png"])
    #expect(form.status == 406)
    let type = try served.post(
      "/v1/corrections", as: .supA, "{}", ["Content-Type": "text/plain"])
    #expect(type.status == 415)
    let head = try served.ask("HEAD", "/v1/corrections/COR-000001", as: .auditor)
    #expect(
      head.status == 200 && head.bytes.isEmpty
        && (Int(head.headers["content-length"] ?? "") ?? 0) > 100)
    let ahead = try served.get("/v1/corrections/COR-000001?after=999999", as: .auditor)
    #expect(
      ahead.status == 503 && ahead.headers["retry-after"] != nil && ahead.kind == "notReachedYet")
  }

  @Test func `takes a cursor to no other list and no other party`() throws {
    let served = try ServedLedger()
    for device in [Request.device, Request.otherDevice] {
      try served.ledger.report(device, wants: Request.registeredToAnother, by: Request.supA)
    }
    let first = try served.get("/v1/corrections?limit=1", as: .supA).object
    let cursor = try #require(first["next"] as? String)
    #expect(try served.get("/v1/corrections?limit=1&cursor=\(cursor)", as: .supA).status == 200)
    #expect(try served.get("/v1/corrections?all=true&cursor=\(cursor)", as: .supA).status == 400)
    #expect(try served.get("/v1/corrections?limit=1&cursor=\(cursor)", as: .supB).status == 400)
    #expect(try served.get("/v1/discrepancies?limit=1&cursor=\(cursor)", as: .supA).status == 400)
  }

  @Test func `answers to no other host than its own on a loopback address`() throws {
    let served = try ServedLedger()
    for host in ["evil.invalid", "evil.invalid:\(served.port)", "", "localhost.evil.invalid"] {
      let raw = try served.exchange(
        "GET /healthz HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
      #expect(try Answer(raw).status == 421, "\(host)")
    }
    for host in ["localhost", "LOCALHOST:1", "127.0.0.1:\(served.port)", "[::1]:80"] {
      let raw = try served.exchange(
        "GET /healthz HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
      #expect(try Answer(raw).status == 200, "\(host)")
    }
  }

  @Test func `refuses a request of another party's User ID, and records nothing of it`() throws {
    let served = try ServedLedger()
    for who in [ServedLedger.Who.supB, .serviceCentre] {
      let answer = try served.post("/v1/service-requests", as: who, Request.update(920))
      #expect(answer.status == 403 && answer.kind == "notAllowed", "\(answer.text)")
    }
    #expect(try served.ledger.events() == FilledLedger.imported)
  }

  @Test func `lets one of two people do it, and tells the other where it stands`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let path = "/v1/corrections/COR-000001"
    let tag = try #require(try served.get(path, as: .supA).headers["etag"])
    let wires = try [ServedLedger.Who.serviceCentre, .approver].map { who in
      let body = #"{"reason": "x"}"#
      let wire = try Connection(served.port)
      try wire.send(
        Array(
          ("POST \(path)/reject HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIf-Match: \(tag)\r\n"
            + "Authorization: Bearer \(try served.token(who))\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n" + body).utf8))
      return wire
    }
    let answers = try wires.map { try Answer($0.rest()).status }.sorted()
    #expect(answers == [200, 412], "\(answers)")
  }

  @Test func `says what was found in the place of what was expected`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let path = "/v1/corrections/COR-000001"
    for (address, body, found) in [
      (path + "/merge", #"{"into": "COR-1", "reason": "x"}"#, "found COR-1"),
      (path + "/categorise", #"{"category": 9}"#, "found 9"),
      (path + "/categorise", #"{"category": "two"}"#, "found two"),
      (path + "/categorise", #"{"category": true}"#, "found"),
      (path + "/categorise", "{}", "found none"),
      ("/v1/corrections", #"{"request": "12"}"#, "found 12"),
      ("/v1/corrections", #"{"device": "here", "field": "other"}"#, "found here"),
      ("/v1/corrections", "{}", "found neither"),
    ] {
      let answer = try served.post(address, as: .serviceCentre, body)
      #expect(answer.status == 400 && answer.kind == "usage", "\(body): \(answer.text)")
      #expect((try answer.object["detail"] as? String)?.contains(found) == true, "\(answer.text)")
    }
  }

  @Test func `records nothing of what it refuses for a parameter`() throws {
    let served = try ServedLedger()
    let head = try served.ledger.events()
    for parameter in ["open=AAA", "open=0", "dry-run=no", "at=2026-03-01T00:00:00Z", "opne=true"] {
      let answer = try served.post(
        "/v1/service-requests?\(parameter)", as: .supA, Request.update(960))
      #expect(answer.status == 400 && answer.kind == "usage", "\(parameter): \(answer.text)")
    }
    #expect(try served.ledger.events() == head)
  }

  @Test func `takes a key for what is opened by hand, and none beside a RequestID`() throws {
    let served = try ServedLedger()
    let key = ["Idempotency-Key": UUID().uuidString]
    let opening =
      #"{"device": "\#(Request.device)", "field": "other", "value": "the label is wrong"}"#
    let first = try served.post("/v1/corrections", as: .supA, opening, key)
    #expect(first.status == 201, "\(first.text)")
    let again = try served.post("/v1/corrections", as: .supA, opening, key)
    #expect(again.status == 200 && again.headers["idempotent-replayed"] == "true", "\(again.text)")
    let other = try served.post(
      "/v1/corrections", as: .supA, opening.replacing(Request.device, with: Request.otherDevice),
      key)
    #expect(other.status == 409 && other.kind == "keyReused", "\(other.text)")
    let asked = try served.post(
      "/v1/corrections", as: .supA, #"{"request": "\#(Request.supA):\#(Request.supA):1"}"#, key)
    #expect(asked.status == 400 && asked.text.contains("RequestID makes a repeat count once"))
  }

  @Test func `takes a number for a number, and true for none`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let path = "/v1/corrections/COR-000001/categorise"
    for category in 1...5 {
      let done = try served.post(path, as: .serviceCentre, "{\"category\": \(category)}")
      #expect(done.status == 200, "\(category): \(done.text)")
    }
    for wrong in ["true", "1.5", "0", "6", "[1]", "null"] {
      let answer = try served.post(path, as: .serviceCentre, "{\"category\": \(wrong)}")
      #expect(answer.status == 400 && answer.kind == "usage", "\(wrong): \(answer.text)")
    }
    let blank = #"{"device": "\#(Request.device)", "field": "importMPxN", "blank": 1}"#
    let answer = try served.post("/v1/corrections", as: .supA, blank)
    #expect(answer.status == 400 && answer.text.contains("found 1"), "\(answer.text)")
  }

  @Test func `tells who has no good token nothing of the log`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let bad = ["Authorization": "Bearer nonsense"]
    for (path, headers, status) in [
      ("/nothing", [:], 404), ("/v1/corrections?no=1", bad, 400), ("/v1/corrections", bad, 401),
      ("/v1/corrections", bad.merging(["Accept": "image/png"]) { $1 }, 401),
    ] as [(String, [String: String], Int)] {
      let answer = try served.get(path, as: nil, headers)
      #expect(answer.status == status, "\(path): \(answer.text)")
      #expect(try answer.object["position"] is NSNull, "\(path): \(answer.text)")
    }
    let posted = try served.post("/v1/corrections", as: nil, "{}", bad)
    #expect(try posted.status == 401 && posted.object["position"] is NSNull)
  }

  @Test func `says where a request stands of which no correction can be opened`() throws {
    let served = try ServedLedger()
    let unknown = Request.update(961, device: "00-DB-12-34-56-78-90-77")
    let answer = try served.post("/v1/service-requests?open=true", as: .supA, unknown)
    #expect(answer.status == 409 && answer.kind == "refused", "\(answer.text)")
    #expect(answer.headers["ledger-position"] != nil && answer.text.contains("is recorded at"))
  }

  @Test func `names who asked in the log, of what was refused too`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    _ = try served.post("/v1/service-requests", as: .supB, Request.update(921))
    _ = try served.post("/v1/corrections", as: .auditor, "{}")
    _ = try served.get("/v1/corrections/COR-000001", as: .supC)
    let lines = try served.log().split(separator: "\n").map { try JSONText.object(String($0)) }
    for (status, party) in [("403", "SUPB"), ("403", "SECAS"), ("404", "SUPC")] {
      #expect(
        lines.contains { $0["status"] as? String == status && $0["party"] as? String == party },
        "\(status) of \(party)")
    }
  }

  @Test func `keeps markup in free text as text`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let words = #"<script>alert(1)</script>\u0007=1+1"#
    let done = try served.post(
      "/v1/corrections/COR-000001/note", as: .supA, "{\"text\": \"\(words)\"}")
    #expect(done.status == 200, "\(done.text)")
    let timeline = try served.get("/v1/corrections/COR-000001/timeline", as: .supA)
    #expect(timeline.headers["content-type"] == "application/json")
    #expect(timeline.headers["x-content-type-options"] == "nosniff")
    #expect(
      timeline.text.contains("<script>alert(1)</script>\\\\u{7}=1+1"),
      "\(timeline.text.suffix(400))")
  }
}
