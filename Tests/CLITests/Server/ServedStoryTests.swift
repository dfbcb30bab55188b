import Foundation
import Testing

/// What is done over HTTP, from the refused request to the confirmed fix.
@Suite struct `The API` {
  @Test func `takes a refused request to a confirmed fix, with everybody at their own token`()
    throws
  {
    let served = try ServedLedger()
    let request = Request.update(
      910, device: Request.otherDevice, mpxn: Request.registeredToAnother)
    let refused = try served.post("/v1/service-requests?open=true", as: .supA, request)
    #expect(refused.status == 200, "\(refused.text)")
    let judged = try refused.object
    #expect(judged["accepted"] as? Bool == false && judged["code"] as? String == "E080415")
    let id = try #require(judged["correction"] as? String, "\(refused.text)")
    #expect(refused.headers["ledger-position"] == (judged["position"] as? Int).map { "\($0)" })

    // The same request again is the same request.
    let again = try served.post("/v1/service-requests", as: .supA, request).object
    #expect(
      again["repeated"] as? Bool == true && again["position"] as? Int == judged["position"] as? Int)

    let path = "/v1/corrections/\(id)"
    for (action, who) in [
      ("consent", .supB), ("propose", .serviceCentre), ("approve", .approver), ("apply", .dsp),
      ("verify", .serviceCentre), ("confirm", .supA),
    ] as [(String, ServedLedger.Who)] {
      let read = try served.get(path, as: who == .dsp ? .serviceCentre : who)
      let tag = try #require(read.headers["etag"])
      let done = try served.post("\(path)/\(action)", as: who, "{}", ["If-Match": tag])
      #expect(done.status == 200, "\(action): \(done.text)")
      #expect(done.headers["etag"] != tag)
      let position = try #require(try done.object["position"] as? Int)
      let seen = try served.get("\(path)?after=\(position)", as: .supA)
      #expect(seen.status == 200)
    }
    let final = try served.get(path, as: .supA).object
    #expect(final["state"] as? String == "confirmed")
    let via = try served.get("\(path)/timeline", as: .auditor).text
    #expect(via.contains("\"via\": \"token\"") && !via.contains("asserted"))
  }

  @Test func `refuses an action on what has moved on, and repeats one under its key`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let path = "/v1/corrections/COR-000001"
    let tag = try #require(try served.get(path, as: .supA).headers["etag"])
    let same = try served.get(path, as: .supA, ["If-None-Match": tag])
    #expect(same.status == 304 && same.bytes.isEmpty)
    let key = ["Idempotency-Key": UUID().uuidString]
    let first = try served.post("\(path)/note", as: .supA, #"{"text": "one"}"#, key)
    #expect(first.status == 200 && first.headers["idempotent-replayed"] == nil, "\(first.text)")
    let repeated = try served.post("\(path)/note", as: .supA, #"{"text": "one"}"#, key)
    #expect(repeated.status == 200 && repeated.headers["idempotent-replayed"] == "true")
    #expect(repeated.headers["ledger-position"] == first.headers["ledger-position"])
    let other = try served.post("\(path)/note", as: .supA, #"{"text": "two"}"#, key)
    #expect(other.status == 409 && other.kind == "keyReused", "\(other.text)")
    let stale = try served.post("\(path)/note", as: .supA, #"{"text": "x"}"#, ["If-Match": tag])
    #expect(stale.status == 412 && stale.kind == "movedOn", "\(stale.text)")
    let foreign = try served.post(
      "\(path)/note", as: .supA, #"{"text": "x"}"#, ["Idempotency-Key": "2001234501019"])
    #expect(foreign.status == 400 && !foreign.text.contains("2001234501019"))
  }

  @Test func `pages a list as of one position while others write`() throws {
    let served = try ServedLedger()
    let devices = [Request.device, Request.otherDevice, "00-DB-12-34-56-78-91-04"]
    for device in devices {
      try served.ledger.report(device, wants: Request.registeredToAnother, by: Request.supA)
    }
    var seen: [String] = []
    var path: String? = "/v1/corrections?all=true&limit=1"
    var pages = 0
    while let next = path {
      let answer = try served.get(next, as: .supA)
      try #require(answer.status == 200, "\(answer.text)")
      let object = try answer.object
      seen += (object["corrections"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
      path = answer.headers["link"].map { link in
        String(link.dropFirst().prefix { $0 != ">" })
      }
      #expect((path == nil) == (object["next"] is NSNull))
      if pages == 0 {
        // Opened while somebody pages: it is not on this list.
        let more = try served.post(
          "/v1/corrections", as: .supA,
          #"{"device": "\#(Request.device)", "field": "other", "value": "the label is wrong"}"#)
        #expect(more.status == 201, "\(more.text)")
      }
      pages += 1
    }
    #expect(seen == ["COR-000001", "COR-000002", "COR-000003"] && pages == 3, "\(seen)")
  }

  @Test func `lets a reader wait for what happens next`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let path = "/v1/corrections/COR-000001/timeline"
    let last = try #require(try served.get(path, as: .supA).object["position"] as? Int)
    let quiet = try served.get("\(path)?after=\(last)&wait=1", as: .supA).object
    #expect((quiet["timeline"] as? [Any])?.isEmpty == true)
    let wire = try Connection(served.port)
    let token = try served.token(.supA)
    try wire.send(
      Array(
        "GET \(path)?after=\(last) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\nConnection: close\r\n\r\n"
          .utf8))
    // By the command line, on the same folder.
    try served.ledger.act("note", "COR-000001", by: Request.supA, "--text", "now")
    let woken = try Answer(wire.rest()).object
    #expect((woken["timeline"] as? [[String: Any]])?.first?["type"] as? String == "NoteAdded")
  }

  @Test func `serves the log as the export lays it out`() throws {
    let served = try ServedLedger()
    let run = try served.ledger.run("export", "tlog", served.ledger.folder.path("tlog"))
    try #require(run.exit == 0, "\(run.errors)")
    let folder = served.ledger.folder.path("tlog")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder + "/tile")
    for file in files {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(folder)/tile/\(file)", isDirectory: &isFolder)
      guard !isFolder.boolValue else { continue }
      let answer = try served.get("/v1/log/tile/\(file)", as: .auditor)
      let expected = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/tile/\(file)"))
      #expect(answer.status == 200 && answer.bytes == Array(expected), "\(file)")
    }
    let note = try served.get("/v1/log/checkpoint", as: .supA).text
    let kept = try String(contentsOfFile: folder + "/checkpoint", encoding: .utf8)
    #expect(note.split(separator: "\n").prefix(3) == kept.split(separator: "\n").prefix(3))
  }

  @Test func `hands out evidence that the tool checks`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let answer = try served.post("/v1/evidence/COR-000001", as: .supA, "")
    #expect(answer.status == 200, "\(answer.text.prefix(300))")
    let file = try served.ledger.folder.write("evidence.json", answer.text)
    let run = try SMILedger.shell(
      "exec python3 \"$2\" \"$3\"", [Package.root + "/tools/verify-evidence", file])
    #expect(run.exit == 0, "\(run.output)\(run.errors)")
  }

  @Test func `ends when it is told to, and logs no meter point`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    _ = try served.get("/v1/devices/2001234501019", as: .supA)
    _ = try served.get("/v1/corrections?party=2001234501019&code=2001234501019", as: .supA)
    _ = try served.get("/v1/corrections/COR-000001", as: .supA)
    let run = try served.end()
    #expect(run.exit == 0, "\(run.errors)")
    #expect(!run.errors.contains("2001234501019"))
    let lines = run.errors.split(separator: "\n")
    #expect(lines.count >= 3)
    for line in lines { #expect(try JSONText.object(String(line))["message"] != nil, "\(line)") }
  }

  @Test func `counts what it does`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    _ = try served.get("/v1/corrections/COR-000001", as: .supA)
    _ = try served.post("/v1/corrections/COR-000001/note", as: .supA, #"{"text": "x"}"#)
    let text = try served.get("/metrics", as: .auditor).text
    for line in [
      #"smi_ledger_http_requests_total{operation="showCorrection",status="200"} 1"#,
      #"smi_ledger_appends_total{outcome="recorded"} 1"#, "smi_ledger_writer_queue 0",
      "smi_ledger_commit_seconds_count 1",
    ] { #expect(text.contains(line + "\n"), "\(line) is missing from \(text)") }
  }
}
