import Foundation
import HTTPTypes
import LedgerWeb
import Testing

/// The published document as lines: it is written so that its paths can be read without a parser.
private struct OpenAPI {
  struct Operation: Hashable {
    let path: String
    let method: String
    var parameters: Set<String> = []
    var statuses: Set<String> = []
  }

  var operations: [Operation] = []

  init(_ text: String) {
    var names: [String: String] = [:]
    var path = ""
    var section = ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let start = lines.firstIndex(of: "  parameters:") ?? lines.endIndex
    for line in lines[start...].joined(separator: "\n").replacing(":\n      {", with: ": {")
      .replacing(":\n      name", with: ": {name").split(separator: "\n")
    {
      if let match = line.firstMatch(of: /^ {4}(\w+): \{name: ([\w-]+)/) {
        names[String(match.1)] = String(match.2)
      }
    }
    for line in lines.drop(while: { $0 != "paths:" }).prefix(while: { $0 != "components:" }) {
      if let match = line.wholeMatch(of: /^  (\/[^ ]*):/) {
        path = String(match.1)
      } else if let match = line.wholeMatch(of: /^    (get|post):/) {
        operations.append(Operation(path: path, method: String(match.1).uppercased()))
      } else if let match = line.wholeMatch(of: /^      (\w+):.*/) {
        section = String(match.1)
      } else if section == "parameters", let match = line.firstMatch(of: /parameters\/(\w+)"/) {
        operations[operations.count - 1].parameters.insert(
          names[String(match.1)] ?? String(match.1))
      } else if section == "parameters",
        let match = line.firstMatch(of: /^ {8}- \{?name: ([\w-]+)/)
      {
        operations[operations.count - 1].parameters.insert(String(match.1))
      } else if section == "responses", let match = line.firstMatch(of: /^ {8}"?(\d{3})"?:/) {
        operations[operations.count - 1].statuses.insert(String(match.1))
      }
    }
  }
}

@Suite struct `The OpenAPI document` {
  private func text() throws -> String {
    try String(contentsOfFile: Package.root + "/schemas/openapi.yaml", encoding: .utf8)
  }

  @Test func `has the routes of the server with their methods and parameters, and no others`()
    throws
  {
    let document = OpenAPI(try text())
    let headers: Set = ["If-Match", "If-None-Match", "Idempotency-Key"]
    func keyed(_ path: String, _ method: String) -> String {
      "\(method) \(path.replacing("*}", with: "}"))"
    }
    let served = Dictionary(
      uniqueKeysWithValues: Routes.all.filter { !$0.isPage && $0.operation != .asset }.map {
        route in
        let inPath = route.path.matches(of: /\{(\w+)\*?\}/).map { String($0.1) }
        return (
          keyed(route.path, route.method.rawValue), Set(route.parameters).union(inPath).sorted()
        )
      })
    let said = Dictionary(
      uniqueKeysWithValues: document.operations.map {
        (keyed($0.path, $0.method), $0.parameters.subtracting(headers).sorted())
      })
    #expect(Set(served.keys) == Set(said.keys))
    for (key, parameters) in served { #expect(said[key] == parameters, "\(key)") }
    for operation in document.operations {
      #expect(
        operation.statuses.isSuperset(of: ["200", "400", "421"]), "\(operation)")
    }
  }

  @Test func `is served as it is published`() throws {
    let served = try ServedLedger()
    let answer = try served.get("/v1/openapi.yaml", as: nil)
    #expect(answer.status == 200)
    #expect(answer.text == (try text()))
  }

  @Test func `is a valid document whose schemas the answers fit`() throws {
    let served = try ServedLedger(FilledLedger.opened())
    let device = "/v1/devices/\(Request.otherDevice)"
    let answers: [(path: String, method: String, Answer)] = [
      (
        "/v1/corrections/{correction}", "get",
        try served.get("/v1/corrections/COR-000001", as: .supA)
      ),
      ("/v1/corrections", "get", try served.get("/v1/corrections", as: .secas)),
      ("/v1/devices/{device}", "get", try served.get(device, as: .auditor)),
      ("/v1/devices/{device}/history", "get", try served.get(device + "/history", as: .auditor)),
      (
        "/v1/corrections/{correction}/timeline", "get",
        try served.get("/v1/corrections/COR-000001/timeline", as: .supB)
      ),
      (
        "/v1/corrections/{correction}/request", "get",
        try served.get("/v1/corrections/COR-000001/request", as: .supA)
      ),
      ("/v1/reports/{month}", "get", try served.get("/v1/reports/2026-03", as: .secas)),
      (
        "/v1/service-requests", "post",
        try served.post("/v1/service-requests", as: .supA, Request.update(930))
      ),
      (
        "/v1/corrections/{correction}/note", "post",
        try served.post("/v1/corrections/COR-000001/note", as: .supA, #"{"text": "x"}"#)
      ),
      (
        "/v1/corrections/{correction}", "get",
        try served.get("/v1/corrections/COR-000009", as: .supA)
      ),
      (
        "/v1/corrections/{correction}/consent", "post",
        try served.post("/v1/corrections/COR-000001/consent", as: .supA)
      ),
      ("/v1/evidence/{id}", "post", try served.post("/v1/evidence/COR-000001", as: .auditor, "")),
    ]
    #expect(
      answers.map(\.2.status) == [200, 200, 200, 200, 200, 200, 200, 200, 200, 404, 403, 200])
    let cases = answers.map { path, method, answer in
      ["path": path, "method": method, "status": String(answer.status), "body": answer.text]
    }
    let file = try served.ledger.folder.write(
      "answers.json",
      String(decoding: try JSONSerialization.data(withJSONObject: cases), as: UTF8.self))
    let run = try SMILedger.shell(
      "python3 -c 'import yaml, jsonschema' 2>/dev/null || { echo none; exit 0; }; exec python3 \"$2\" \"$3\" \"$4\"",
      [Package.root + "/tools/lib/openapi_fits.py", Package.root + "/schemas/openapi.yaml", file])
    if run.output == "none\n" {
      print("skipped: schemas of answers, since there is no PyYAML or jsonschema")
    } else {
      #expect(run.exit == 0 && run.output == "fits \(cases.count)\n", "\(run.output)\(run.errors)")
    }
  }
}
