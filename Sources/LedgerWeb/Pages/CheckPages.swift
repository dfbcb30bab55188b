import Answers
import Corrections
import HTTPTypes
import Ledger
import Pages
import Wire

/// A Service Request that is tried, and the correction that is opened with it.
enum CheckPages {
  static let all: [Route] = [
    .page(.submitRequest, .get, "/check") { call in
      .page(CheckPage(for: try call.visitor, foot: try call.foot()).html)
    },
    .page(.submitRequest, .post, "/check", body: .upload, on: .read, check),
    .page(.submitRequest, .post, "/check/open", body: .upload, on: .write, open),
  ]

  /// What was pasted, else the file; without the mark that some editors begin UTF-8 with.
  private static func document(_ form: FormBody) -> [UInt8] {
    let pasted = form.bytes("xml")
    let bytes = pasted.allSatisfy { $0 <= 32 } ? form.bytes("file") : pasted
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  private static func check(_ call: Call) throws -> Reply {
    let bytes = document(try call.form)
    let typed = String(validating: bytes, as: UTF8.self) ?? ""
    func wrong(_ problem: WebProblem) throws -> Reply {
      .page(
        CheckPage(
          for: try call.visitor, typed: typed,
          wrong: [Frame.Wrong(problem.detail.capitalised, in: "xml")], foot: try call.foot()
        ).html, status: problem.kind.status)
    }
    guard !bytes.isEmpty else {
      return try wrong(
        WebProblem(.usage, "Paste a Service Request, or choose a file that holds one"))
    }
    let request: ServiceRequest
    do {
      request = try read(bytes)
      if call.right != .all { try MessageRoutes.mustBeTheirs(request, call) }
    } catch {
      return try wrong(WebProblem(error))
    }
    let ledger = call.ledger
    let judged = try ledger.judge(request, at: ledger.now())
    let sight = try MessageRoutes.sight(of: request.deviceID, call)
    var beside = CheckResult.Beside()
    beside.linksDevice = try request.deviceID.map { try call.maySee(device: $0) } ?? false
    // A request of somebody else is judged for the service centre; whether it was sent is theirs to say.
    beside.recorded = try ledger.position(ofRequest: request.id)
    beside.open = try judged.openCorrection.flatMap { try call.mayKnow(of: $0) ? $0 : nil }
    if let csrf = try call.who.csrf, try isOwn(request, call),
      (try? call.who.user(ledger)) != nil, case .updateInventory = request.content
    {
      beside.notOpening = notOpening(bytes, typed)
      if beside.notOpening == nil { beside.opening = (csrf, typed) }
    }
    let wording =
      sight == .whole
      ? ledger.wording(for: judged) : EntryWording(ledger, sight: sight).wording
    return .page(
      CheckPage(
        for: try call.visitor, CheckResult(request, judged, wording, beside), typed: typed,
        foot: try call.foot()
      ).html)
  }

  private static func read(_ bytes: [UInt8]) throws -> ServiceRequest {
    guard case .request(let request) = try DUIS.read(bytes) else {
      throw WireError(
        .value, line: 1, column: 1, expected: "a Service Request",
        found: "a response or an alert", next: nil)
    }
    return request
  }

  /// Why the form that opens the correction would not bring back what was checked; nil where it does.
  private static func notOpening(_ bytes: [UInt8], _ typed: String) -> String? {
    guard typed.utf8.elementsEqual(bytes) else {
      return "Save it as UTF-8 to open a correction with it."
    }
    guard !CheckPage.carries(typed) else { return nil }
    return "It holds characters that can’t be seen: take them out to open a correction with it."
  }

  private static func isOwn(_ request: ServiceRequest, _ call: Call) throws -> Bool {
    try call.ledger.party(of: request.id.originator) == call.who.party
  }

  /// Records the request as it was checked, and opens the correction with it, or joins the open one.
  private static func open(_ call: Call) throws -> Reply {
    let (who, ledger) = (try call.who, call.ledger)
    let bytes = document(try call.form)
    let request = try read(bytes)
    let submitted = try ledger.submit(request, raw: bytes) {
      try MessageRoutes.mustBeTheirs(request, call)
      return who.actor(try who.user(ledger))
    }
    guard submitted.judgement?.accepted == false else {
      return .page(
        ProblemPage(
          "It is not refused any more",
          [
            "The request was recorded at position \(submitted.position) and answered "
              + "\(submitted.judgement?.code ?? "without a code"): there is nothing to correct."
          ], for: try call.visitor, links: [("Go to the corrections", "/")], foot: try call.foot()
        ).html)
    }
    let opened = try ledger.wordingRefusals {
      try ledger.openCorrection(from: request.id, by: who.actor(try who.user(ledger)))
    }
    return .redirect(to: "/corrections/\(opened.correction.id)", recorded: opened.position)
  }
}
