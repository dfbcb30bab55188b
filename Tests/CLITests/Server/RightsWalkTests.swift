import Foundation
import HTTPTypes
import Ledger
import LedgerWeb
import Testing

/// The whole table of rights, asked over the wire.
@Suite struct `The table of rights` {
  /// A request for each route: of a correction that concerns SUPA and SUPB, and is or was nobody else's.
  private static func request(_ route: Route, _ id: String) -> (path: String, body: String?) {
    let path = route.path.replacing("{correction}", with: id)
      .replacing("{device}", with: Request.otherDevice)
      .replacing("{id}", with: id).replacing("{month}", with: "2026-03")
      .replacing("{kind}", with: "notFound").replacing("{level}", with: "0")
      .replacing("{index*}", with: "000.p/1")
      .replacing("{discrepancy}", with: "DIS-000001").replacing("{action}", with: "note")
      .replacing("{name}", with: "none")
    guard route.longestBody > 0 else {
      return (path, route.method == .post ? "" : nil)
    }
    switch route.operation {
    case .submitRequest: return (path + "?dry-run=true", Request.update(900))
    case .recordMessage: return (path, "<no/>")
    case .openCorrection:
      return (
        path + "?dry-run=true",
        #"{"device": "\#(Request.otherDevice)", "field": "importMPxN", "value": "1200005432101"}"#
      )
    default: return (path + "?dry-run=true", "{}")
    }
  }

  @Test func `are what the table says, for every route and role`() throws {
    let ledger = try FilledLedger.opened()
    try ledger.run("reconcile", "--actor", "DCC-017")
    let served = try ServedLedger(ledger)
    let id = "COR-000001"
    for route in Routes.all where !route.isPage && route.operation != .asset {
      let (path, body) = Self.request(route, id)
      let method = route.method.rawValue
      let without = try served.ask(method, path, as: nil, body: body)
      let isOpen = Rights.open.contains(route.operation)
      #expect((without.status == 401) == !isOpen, "\(method) \(path): \(without.status)")
      for who in ServedLedger.Who.allCases {
        let role = try #require(AccessRole(rawValue: who.role))
        let answer = try served.ask(method, path, as: who, body: body)
        let place = "\(who) \(method) \(path): \(answer.status) \(answer.text)"
        switch Rights.of(role, to: route.operation) {
        case .none: #expect(answer.status == (route.method == .get ? 404 : 403), "\(place)")
        case .all, .masked:
          #expect(![401, 404].contains(answer.status), "\(place)")
          if route.method == .get { #expect(answer.status == 200, "\(place)") }
        case .own:
          // The correction does not concern SUPC; the figures of a month are each party's own.
          let isTheirs =
            route.operation == .showDiscrepancy ? who == Self.concerned : who != .supC
          let isSeen =
            isTheirs
            || [.report, .listCorrections, .listDiscrepancies].contains(route.operation)
          if route.method == .get {
            #expect(answer.status == (isSeen ? 200 : 404), "\(place)")
          } else if route.operation == .act || route.operation == .evidence {
            #expect((answer.status == 404) == !isSeen, "\(place)")
          }
        case .queue:
          if route.operation == .listCorrections {
            #expect(answer.status == 200, "\(place)")
          } else {
            #expect(answer.status == 404, "\(place)")
          }
        }
        #expect(answer.status < 500, "\(place)")
      }
    }
  }

  /// Whom the one discrepancy of the walk concerns.
  private static let concerned = ServedLedger.Who.supA

  @Test func `are the same for pages, which take no form without a session`() throws {
    let ledger = try FilledLedger.opened()
    try ledger.run("reconcile", "--actor", "DCC-017")
    let served = try ServedLedger(ledger)
    for route in Routes.all where route.isPage {
      // Trying without recording is of the API; a page has no such parameter.
      let path = String(Self.request(route, "COR-000001").path.prefix { $0 != "?" })
      let form = ["Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"]
      let method = route.method.rawValue
      let body = route.method == .post ? "a=b" : nil
      let without = try served.ask(method, path, as: nil, form, body: body)
      if !Rights.open.contains(route.operation) {
        #expect(without.status == 303, "\(method) \(path): \(without.status)")
        #expect(without.headers["location"]?.hasPrefix("/sign-in") == true)
      }
      for who in ServedLedger.Who.allCases where route.operation != .signIn {
        let role = try #require(AccessRole(rawValue: who.role))
        let answer = try served.ask(method, path, as: who, form, body: body)
        let place = "\(who) \(method) \(path): \(answer.status)"
        guard route.method == .get else {
          // A token is no session: whatever it may, it can't have loaded the form.
          #expect(answer.status == 403, "\(place) \(answer.text)")
          continue
        }
        #expect(answer.headers["content-security-policy"]?.contains("'none'") == true)
        switch Rights.of(role, to: route.operation) {
        case .none: #expect(answer.status == 404, "\(place)")
        case .all, .masked, .queue, .own:
          #expect([200, 303, 400, 404].contains(answer.status), "\(place) \(answer.text)")
        }
        if who == .auditor, route.operation != .correctionRequest {
          #expect(answer.status != 404 || route.operation == .submitRequest, "\(place)")
        }
      }
    }
  }

  @Test func `make what is hidden look like what isn't there`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    func body(_ path: String) throws -> [String: Any] {
      var object = try served.get(path, as: .supC).object
      object["requestId"] = nil
      return object
    }
    for suffix in ["", "/timeline", "/timeline?after=0", "/request"] {
      let hidden = try body("/v1/corrections/COR-000001" + suffix)
      let absent = try body("/v1/corrections/COR-999999" + suffix)
      #expect(hidden as NSObject == absent as NSObject, "\(suffix)")
    }
    let list = try served.get("/v1/corrections?all=true", as: .supC).object
    #expect((list["corrections"] as? [Any])?.isEmpty == true && list["next"] is NSNull)
    #expect(
      try served.get("/v1/corrections.csv?all=true", as: .supC).text.split(separator: "\r\n").count
        == 1)
  }

  @Test func `let no time tell what is hidden from what isn't there`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    _ = try served.token(.supC)
    for id in ["COR-000001", "COR-999999"] {
      let began = Date()
      #expect(try served.get("/v1/corrections/\(id)", as: .supC).status == 404)
      #expect(Date().timeIntervalSince(began) >= 0.025, "\(id)")
    }
  }

  @Test func `show a supplier whole meter points, and SECAS their last three digits`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let mine = try served.get("/v1/corrections/COR-000001", as: .supA)
    #expect(mine.text.contains(Request.registeredToAnother))
    let masked = try served.get("/v1/corrections/COR-000001", as: .secas)
    let wanted = try masked.object["requested"] as? String
    #expect(masked.status == 200 && wanted == "…019")
    #expect(!masked.text.contains(Request.registeredToAnother))
    #expect(!(try served.get("/v1/corrections", as: .secas)).text.contains("2001234501019"))
  }

  @Test func `hold for a request that is only tried on a device of others`() throws {
    let served = try ServedLedger()
    let request = Request.update(
      901, device: Request.otherDevice, by: "90-B3-D5-1F-30-05-00-00")
    let answer = try served.post("/v1/service-requests?dry-run=true", as: .supC, request)
    #expect(answer.status == 200, "\(answer.text)")
    #expect(!answer.text.contains("1655500011126"), "\(answer.text)")
    let theirs = try served.post("/v1/service-requests?dry-run=true", as: .supB, request)
    #expect(theirs.status == 403 && theirs.kind == "notAllowed")
  }
}
