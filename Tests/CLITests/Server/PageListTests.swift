import Foundation
import LedgerWeb
import Testing

@Suite struct `Pages of the server` {
  private func page(_ served: ServedLedger, _ path: String, _ who: ServedLedger.Who) throws
    -> Answer
  {
    try served.get(path, as: who, ["Accept": "text/html"])
  }

  @Test func `say of what isn't there, or not for them, the same`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    func text(_ path: String) throws -> String {
      let answer = try page(served, path, .supC)
      #expect(
        answer.status == 404 && answer.headers["content-type"]?.hasPrefix("text/html") == true)
      return answer.text.replacing(/Request id [0-9a-f]+/, with: "")
    }
    #expect(try text("/corrections/COR-000001") == text("/corrections/COR-999999"))
    #expect(
      try text("/devices/\(Request.otherDevice)") == text("/devices/00-00-00-00-00-00-00-01"))
    #expect(try text("/discrepancies/DIS-000001") == text("/discrepancies/DIS-999999"))
    #expect(try page(served, "/find?q=COR-000001", .supC).status == 404)
  }

  @Test func `say in a badge how long the list is that it opens`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    for who in [ServedLedger.Who.supA, .supB, .supC, .serviceCentre, .dsp, .auditor] {
      let text = try page(served, "/", who).text
      for match in text.matches(of: /href="\/\?list=(\w+)"[^>]*>[^<]*<span class="count">\((\d+)\)/)
      {
        let list = try page(served, "/?list=\(match.1)", who).text
        let rows = list.components(separatedBy: "data-label=\"Due\"").count - 1
        #expect(rows == Int(match.2), "\(who) \(match.1)")
        let csv = try served.get("/queue.csv?list=\(match.1)", as: who).text
        #expect(csv.split(separator: "\r\n").count - 1 == rows, "\(who) \(match.1)")
      }
    }
    #expect(try page(served, "/", .supB).text.contains("Your turn <span class=\"count\">(1)"))
  }

  @Test func `keep what has ended in the list of all, and out of the others`() throws {
    let ledger = try FilledLedger.fixed()
    try ledger.act("confirm", "COR-000001", by: Request.supA)
    let served = try ServedLedger(ledger)
    for who in [ServedLedger.Who.supA, .serviceCentre, .auditor] {
      let all = try page(served, "/?list=all", who)
      #expect(all.text.contains("COR-000001") && all.text.contains("1 correction<"), "\(who)")
      #expect(try served.get("/queue.csv?list=all", as: who).text.contains("COR-000001"))
      #expect(!(try page(served, "/", who)).text.contains("COR-000001"))
    }
  }

  @Test func `narrow a list by its address, in words that can be removed`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let text = try page(served, "/?list=all&state=awaitingConsent&code=", .serviceCentre).text
    #expect(text.contains("state awaitingConsent ×") && text.contains("COR-000001"))
    #expect(!text.contains("code  ×"))
    let none = try page(served, "/?list=all&state=confirmed", .serviceCentre).text
    #expect(none.contains("Nothing in this list fits the filters."))
    let wrong = try page(served, "/?list=all&state=no", .serviceCentre)
    #expect(wrong.status == 400 && wrong.text.contains("expected one of"))
  }

  @Test func `find a thing by its number, a device or a request`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let asked = try served.post(
      "/v1/service-requests?open=true", as: .supA,
      Request.update(950, device: Request.otherDevice, mpxn: Request.registeredToAnother)
    ).object["requestID"]
    for (text, place) in [
      ("cor-000001", "/corrections/COR-000001"),
      (Request.otherDevice, "/devices/\(Request.otherDevice)"),
      (try #require(asked as? String), "/corrections/COR-000001"),
    ] {
      #expect(try page(served, "/find?q=\(text)", .supA).headers["location"] == place)
    }
    #expect(try page(served, "/find?q=", .supA).status == 400)
  }

  @Test func `show a device as it was on a day, as known on another`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let path = "/devices/\(Request.otherDevice)"
    let then = try page(served, path + "?on=2026-03-02&known=25", .serviceCentre)
    #expect(then.status == 200 && then.text.contains("as known at position 25"), "\(then.text)")
    let wrong = try page(served, path + "?on=yesterday", .serviceCentre)
    #expect(wrong.status == 400 && wrong.text.contains("href=\"#on\""))
    let early = try page(served, path + "?known=1", .serviceCentre)
    #expect(early.status == 400 && early.text.contains("href=\"#known\""))
    #expect(early.text.contains("at position 1 it was not. Give a later one"), "\(early.text)")
    let csv = try served.get(path + "/history.csv", as: .serviceCentre)
    #expect(csv.status == 200 && csv.text.contains("field,value,from"))
  }

  @Test func `print a report with its one style sheet allowed by its hash`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let print = try page(served, "/reports/2026-03/print", .secas)
    let policy = try #require(print.headers["content-security-policy"])
    #expect(policy.contains("style-src 'sha256-") && !policy.contains("unsafe"))
    let style = try #require(print.text.firstMatch(of: /<style>([\s\S]*?)<\/style>/)).1
    let folder = try TemporaryFolder()
    let file = try folder.write("style", String(style))
    let hash = try SMILedger.shell(
      "openssl dgst -sha256 -binary \"$2\" | openssl base64", [file]
    ).output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(policy.contains("'sha256-\(hash)'"), "\(policy)")
    let later = try page(served, "/reports/2099-01", .secas)
    #expect(later.status == 400)
  }

  @Test func `link files that are kept for ever under their hash`() throws {
    let served = try ServedLedger()
    let text = try served.get("/sign-in", as: nil).text
    for match in text.matches(of: /"(\/assets\/[^"]+)"/) {
      let asset = try served.get(String(match.1), as: nil)
      #expect(asset.status == 200 && asset.headers["cache-control"]?.contains("immutable") == true)
    }
    #expect(try served.get("/assets/../sign-in", as: nil).status == 404)
  }

  @Test func `tell auditors what was exported, and what was recorded in error`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let text = try page(served, "/audit", .auditor).text
    #expect(text.contains("Recorded in error (0)") && text.contains("Download the checkpoint"))
    #expect(!(try page(served, "/audit", .supA)).text.contains("Recorded in error"))
    _ = try served.post("/v1/evidence/COR-000001", as: .auditor, "")
    let after = try page(served, "/audit", .auditor).text
    #expect(after.contains("Exported as evidence (1)") && after.contains("COR-000001"))
  }
}

@Suite struct `Discrepancies over HTTP` {
  private func served() throws -> ServedLedger {
    let ledger = try FilledLedger()
    let run = try ledger.run("reconcile", "--actor", "DCC-017")
    try #require(run.exit == 0, "\(run.errors)")
    return try ServedLedger(ledger)
  }

  @Test func `are listed page by page to whom they concern`() throws {
    let served = try served()
    let all = try served.get("/v1/discrepancies?state=all", as: .serviceCentre).object
    let rows = try #require(all["discrepancies"] as? [[String: Any]])
    try #require(!rows.isEmpty)
    var ids: [String] = []
    var path: String? = "/v1/discrepancies?state=all&limit=1"
    while let next = path {
      let page = try served.get(next, as: .serviceCentre)
      ids += try #require(page.object["discrepancies"] as? [[String: Any]]).compactMap {
        $0["id"] as? String
      }
      path = page.headers["link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
    }
    #expect(ids == rows.compactMap { $0["id"] as? String })
    for who in [ServedLedger.Who.supA, .supB, .supC] {
      let party = String(who.rawValue.uppercased())
      let own = try served.get("/v1/discrepancies?state=all", as: who).object
      let mine = try #require(own["discrepancies"] as? [[String: Any]])
      for row in mine { #expect((row["parties"] as? [String])?.contains(party) == true) }
      let expected = rows.filter { ($0["parties"] as? [String])?.contains(party) == true }
      #expect(mine.count == expected.count, "\(who)")
      for row in rows {
        let id = try #require(row["id"] as? String)
        let isTheirs = expected.contains { $0["id"] as? String == id }
        #expect(
          try served.get("/v1/discrepancies/\(id)", as: who).status == (isTheirs ? 200 : 404))
      }
    }
    #expect(try served.get("/v1/discrepancies?party=SUPB", as: .supA).status == 404)
    #expect(try served.get("/v1/discrepancies", as: .dsp).status == 404)
    #expect(try served.get("/v1/discrepancies?rule=no", as: .serviceCentre).status == 400)
    #expect(try served.get("/v1/discrepancies?cursor=1.2.3.4", as: .serviceCentre).status == 400)
  }

  @Test func `show SECAS the last three digits`() throws {
    let served = try served()
    let whole = try served.get("/v1/discrepancies?state=all", as: .serviceCentre).text
    try #require(whole.firstMatch(of: /[0-9]{10,}/) != nil, "there is something to mask")
    let text = try served.get("/v1/discrepancies?state=all", as: .secas).text
    #expect(text.firstMatch(of: /[0-9]{10,}/) == nil)
  }
}
