import Foundation
import LedgerWeb
import Testing

/// Somebody with a browser, as far as cookies and forms go.
private final class Visitor {
  let served: ServedLedger
  private(set) var cookie = ""

  init(_ served: ServedLedger, _ who: ServedLedger.Who) throws {
    self.served = served
    let answer = try post("/sign-in", ["token": try served.token(who)])
    try #require(answer.status == 303, "\(answer.text)")
  }

  var headers: [String: String] {
    ["Cookie": cookie, "Accept": "text/html", "Origin": "http://127.0.0.1:\(served.port)"]
  }

  func get(_ path: String) throws -> Answer { try served.ask("GET", path, as: nil, headers) }

  func post(
    _ path: String, _ fields: [String: String], _ more: [String: String] = [:]
  ) throws -> Answer {
    let allowed = CharacterSet.alphanumerics
    let body = fields.map {
      "\($0.key)=\($0.value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
    }.joined(separator: "&")
    var headers = headers.merging(more) { $1 }
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    let answer = try served.ask("POST", path, as: nil, headers, body: body)
    if let set = answer.headers["set-cookie"] {
      cookie = String(set.prefix { $0 != ";" })
    }
    return answer
  }

  /// Posts a form that has a file in it.
  func upload(_ path: String, _ fields: [String: [UInt8]]) throws -> Answer {
    var body: [UInt8] = []
    for (name, value) in fields {
      body += Array(
        "--x\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"a.xml\"\r\n\r\n".utf8)
      body += value + Array("\r\n".utf8)
    }
    body += Array("--x--\r\n".utf8)
    let lines = ["POST \(path) HTTP/1.1", "Host: 127.0.0.1:\(served.port)", "Connection: close"]
    var headers = headers
    headers["Content-Type"] = "multipart/form-data; boundary=x"
    headers["Content-Length"] = String(body.count)
    let head = (lines + headers.map { "\($0.key): \($0.value)" }).joined(separator: "\r\n")
    let wire = try Connection(served.port)
    try wire.send(Array((head + "\r\n\r\n").utf8) + body)
    return try Answer(wire.rest())
  }

  /// The hidden fields of a form of a page.
  func form(_ page: Answer, _ action: String) throws -> [String: String] {
    let form = try #require(
      page.text.components(separatedBy: "<form ").first {
        $0.contains("action=\"\(action)\"")
      }, "no form \(action)")
    return Dictionary(
      uniqueKeysWithValues: form.matches(of: /type="hidden" name="([^"]+)" value="([^"]*)"/)
        .map { (String($0.1), String($0.2)) })
  }
}

@Suite struct `A session` {
  @Test func `is a cookie that no script reads, no other site sends, and that is not the token`()
    throws
  {
    let served = try ServedLedger()
    let answer = try served.ask(
      "POST", "/sign-in", as: nil,
      [
        "Origin": "http://127.0.0.1:\(served.port)",
        "Content-Type": "application/x-www-form-urlencoded",
      ], body: "token=\(try served.token(.supA))&next=%2Fcheck")
    #expect(answer.status == 303 && answer.headers["location"] == "/check")
    let cookie = try #require(answer.headers["set-cookie"])
    for part in ["HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(part)) }
    #expect(!cookie.contains("smil_"))
    #expect(!(try served.log()).contains("smil_"))
  }

  @Test(arguments: ["https://elsewhere.invalid", "//elsewhere.invalid", "/\\elsewhere", "check"])
  func `leads nowhere else`(_ next: String) throws {
    let served = try ServedLedger()
    let encoded = next.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let answer = try served.ask(
      "POST", "/sign-in", as: nil,
      [
        "Origin": "http://127.0.0.1:\(served.port)",
        "Content-Type": "application/x-www-form-urlencoded",
      ], body: "token=\(try served.token(.supA))&next=\(encoded)")
    #expect(answer.status == 303 && answer.headers["location"] == "/")
  }

  @Test func `is not begun by a token that isn't good, nor by a form of another site`() throws {
    let served = try ServedLedger()
    let form = ["Content-Type": "application/x-www-form-urlencoded"]
    let own = form.merging(["Origin": "http://127.0.0.1:\(served.port)"]) { $1 }
    let wrong = try served.ask("POST", "/sign-in", as: nil, own, body: "token=smil_no")
    #expect(wrong.status == 403 && wrong.headers["set-cookie"] == nil)
    #expect(wrong.text.contains("unknown, expired or revoked") && !wrong.text.contains("smil_no"))
    let token = try served.token(.supA)
    for origin in ["http://elsewhere.invalid", "null"] {
      let foreign = form.merging(["Origin": origin]) { $1 }
      let answer = try served.ask("POST", "/sign-in", as: nil, foreign, body: "token=\(token)")
      #expect(answer.status == 403 && answer.headers["set-cookie"] == nil, "\(origin)")
    }
    let none = try served.ask("POST", "/sign-in", as: nil, form, body: "token=\(token)")
    #expect(none.status == 403)
  }

  @Test func `ends by signing out, and with its token`() throws {
    let served = try ServedLedger()
    let one = try Visitor(served, .supA)
    let other = try Visitor(served, .supA)
    #expect(try one.get("/").status == 200)
    let kept = one.headers
    let out = try one.form(try one.get("/"), "/sign-out")
    #expect(try one.post("/sign-out", out).status == 303)
    #expect(try served.ask("GET", "/", as: nil, kept).status == 303, "the cookie is worth nothing")
    #expect(try other.get("/").status == 200)
    let token = try served.token(.supA).split(separator: "_")[1]
    let revoked = try served.ledger.run("token", "revoke", String(token))
    #expect(revoked.exit == 0, "\(revoked.errors)")
    let after = try other.get("/corrections/COR-000001")
    #expect(after.status == 303)
    #expect(after.headers["location"] == "/sign-in?next=%2Fcorrections%2FCOR-000001")
  }

  @Test func `reads the API, and changes nothing by it`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let visitor = try Visitor(served, .supA)
    #expect(try visitor.get("/v1/corrections/COR-000001").status == 200)
    let answer = try served.ask(
      "POST", "/v1/corrections/COR-000001/note", as: nil,
      visitor.headers.merging(["Content-Type": "application/json"]) { $1 },
      body: #"{"text": "x"}"#)
    #expect(answer.status == 401)
  }
}

@Suite struct `A form of a page` {
  @Test func `records once, leads to the page again, and tells what was recorded there`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let supB = try Visitor(served, .supB)
    let path = "/corrections/COR-000001"
    let page = try supB.get(path)
    #expect(page.status == 200 && page.text.contains("<h1>Your turn"))
    let form = try supB.form(page, path + "/consent")
    let done = try supB.post(path + "/consent", form)
    let place = try #require(done.headers["location"], "\(done.status) \(done.text)")
    #expect(done.status == 303 && place.hasPrefix(path + "?recorded="))
    let after = try supB.get(place)
    #expect(after.text.contains("Recorded at position") && after.text.contains("agreed for SUPB"))
    // The same form again counts once.
    let events = try served.ledger.events()
    #expect(try supB.post(path + "/consent", form).headers["location"] == place)
    #expect(try served.ledger.events() == events)
    // Another party is told nothing of it by that address.
    #expect(!(try Visitor(served, .supA).get(place)).text.contains("Recorded at position"))
  }

  @Test func `is refused from elsewhere, without what the session gave it, or of another session`()
    throws
  {
    let served = try ServedLedger(FilledLedger.opened())
    let supA = try Visitor(served, .supA)
    let path = "/corrections/COR-000001"
    var form = try supA.form(try supA.get(path), path + "/note")
    form["text"] = "typed"
    let events = try served.ledger.events()
    for origin in ["http://elsewhere.invalid", "null", ""] {
      #expect(try supA.post(path + "/note", form, ["Origin": origin]).status == 403, "\(origin)")
    }
    let other = try Visitor(served, .supA)
    let theirs = try other.form(try other.get(path), path + "/note")
    #expect(form["csrf"] != theirs["csrf"])
    for csrf in [theirs["csrf"], "", nil] {
      var form = form
      form["csrf"] = csrf
      #expect(try supA.post(path + "/note", form).status == 403)
    }
    #expect(try served.ledger.events() == events)
    #expect(try supA.post(path + "/note", form).status == 303)
  }

  @Test func `of a page that moved on gets a calm page, and keeps what was typed`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let supA = try Visitor(served, .supA)
    let path = "/corrections/COR-000001"
    var form = try supA.form(try supA.get(path), path + "/note")
    form["text"] = "typed <before>"
    try served.ledger.act("consent", "COR-000001", by: Request.supB)
    let answer = try supA.post(path + "/note", form)
    #expect(answer.status == 412 && answer.text.contains("It moved on while you read"))
    #expect(answer.text.contains("typed &lt;before&gt;") && answer.text.contains("Read COR-000001"))
  }

  @Test func `that says too little comes back with what was typed and what is wrong`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let dcc = try Visitor(served, .serviceCentre)
    let path = "/corrections/COR-000001"
    var form = try dcc.form(try dcc.get(path), path + "/merge")
    form["into"] = "COR-000001x"
    form["reason"] = "of one <fault>"
    let answer = try dcc.post(path + "/merge", form)
    #expect(answer.status == 400 && answer.text.contains("<title>Error: "))
    #expect(answer.text.contains("href=\"#merge-into\""))
    #expect(answer.text.contains("of one &lt;fault&gt;</textarea>"))
  }

  @Test func `that asks with nothing in it is shown again as the form that asks`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let supA = try Visitor(served, .supA)
    let path = "/corrections/COR-000001"
    let page = try supA.get(path)
    let events = try served.ledger.events()
    var form = try supA.form(page, path + "/inform")
    form["ask"] = ""
    let answer = try supA.post(path + "/inform", form)
    #expect(answer.status == 400 && answer.text.contains("Fill this in"), "\(answer.status)")
    #expect(answer.text.contains("href=\"#ask-ask\""))
    #expect(try served.ledger.events() == events)
  }

  @Test func `of times that can't be had comes back with what was typed`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let dcc = try Visitor(served, .serviceCentre)
    let page = try dcc.get("/devices/\(Request.otherDevice)?on=yesterday&known=25")
    #expect(page.status == 400 && page.text.contains("href=\"#on\""))
    #expect(page.text.contains("value=\"yesterday\"") && page.text.contains("value=\"25\""))
    #expect(page.text.contains("The entry now"), "it shows what can be had")
  }

  @Test func `judges a request without a trace, and opens a correction with it`() throws {
    let served = try ServedLedger()
    let supA = try Visitor(served, .supA)
    let csrf = Array(try supA.form(try supA.get("/check"), "/check")["csrf", default: ""].utf8)
    let events = try served.ledger.events()
    let xml = Array(
      Request.update(941, device: Request.otherDevice, mpxn: Request.registeredToAnother).utf8)
    func check(_ file: [UInt8]) throws -> Answer {
      try supA.upload("/check", ["csrf": csrf, "xml": [], "file": file])
    }
    // Some editors begin UTF-8 with a mark; it is not of the request.
    for file in [xml, [0xEF, 0xBB, 0xBF] + xml] {
      let judged = try check(file)
      #expect(judged.status == 200 && judged.text.contains("Would be refused with E080415"))
      #expect(judged.text.contains("action=\"/check/open\""))
    }
    let wide = try #require(
      String(decoding: xml, as: UTF8.self).replacing("UTF-8", with: "UTF-16").data(
        using: .utf16LittleEndian))
    let other = try check([0xFF, 0xFE] + Array(wide))
    #expect(!other.text.contains("action=\"/check/open\""))
    if other.status == 200 { #expect(other.text.contains("Save it as UTF-8")) }
    #expect(try served.ledger.events() == events)
    let opened = try supA.upload("/check/open", ["csrf": csrf, "xml": [0xEF, 0xBB, 0xBF] + xml])
    #expect(opened.headers["location"]?.hasPrefix("/corrections/COR-000001") == true)
  }

  @Test func `and a link lead nowhere that is not the reader's`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let path = "/corrections/COR-000001"
    for who in ServedLedger.Who.allCases {
      let visitor = try Visitor(served, who)
      let page = try visitor.get(path)
      for match in page.text.matches(of: /href="(\/devices\/[0-9A-F-]+)"/) {
        #expect(try visitor.get(String(match.1)).status == 200, "\(who) \(match.1)")
      }
    }
    let dcc = try Visitor(served, .serviceCentre)
    #expect(try dcc.get(path).text.contains("href=\"/devices/"))
  }

  @Test func `and a file of what was known then are of then`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let head = try served.ledger.events()
    try served.ledger.act("consent", "COR-000001", by: Request.supB)
    let supA = try Visitor(served, .supA)
    let path = "/corrections/COR-000001"
    let then = try supA.get(path + "?knownAt=\(head)")
    try #require(then.status == 200)
    #expect(then.text.contains("href=\"/v1\(path)?knownAt=\(head)\""), "\(then.text)")
    #expect(!then.text.contains("timeline.csv") && !then.text.contains("request.xml"))
    #expect(try supA.get(path).text.contains("timeline.csv"))
  }

  @Test func `is there for whoever may do it, and for nobody else`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let path = "/corrections/COR-000001"
    func actions(_ who: ServedLedger.Who) throws -> Set<String> {
      let text = try Visitor(served, who).get(path).text
      return Set(text.matches(of: /action="\/corrections\/COR-000001\/(\w+)"/).map { String($0.1) })
    }
    let supA = try actions(.supA)
    #expect(supA.contains("withdraw") && supA.contains("note") && !supA.contains("consent"))
    let supB = try actions(.supB)
    #expect(supB.contains("consent") && supB.contains("refuse") && !supB.contains("withdraw"))
    let dcc = try actions(.serviceCentre)
    #expect(dcc.contains("assign") && dcc.contains("reject") && !dcc.contains("consent"))
    #expect(try actions(.auditor).isEmpty && actions(.secas).isEmpty)
  }
}
