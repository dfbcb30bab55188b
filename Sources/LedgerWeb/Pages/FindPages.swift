import Answers
import Corrections
import HTTPTypes
import Ledger
import Pages
import Wire

/// From a number that somebody has to the page of it: a correction, a discrepancy, a device, a request.
enum FindPages {
  static let all: [Route] = [
    .page(.find, .get, "/find", parameters: ["q"]) { call in
      let text = (call.query["q"] ?? "").filter { !$0.isWhitespace }
      if let place = try place(text, call) { return .redirect(to: place) }
      let sentence =
        text.isEmpty
        ? "Enter the number of a correction or a discrepancy, a device or a RequestID."
        : "Nothing that you may see goes by \(Shown.typed(text)). Expected COR- or DIS- and a number, an "
          + "EUI-64, or a RequestID: originator:target:counter."
      return .page(
        ProblemPage(
          "Nothing found", [sentence], for: try call.visitor,
          links: [("Go to the corrections", "/")], foot: try call.foot()
        ).html, status: text.isEmpty ? .badRequest : .notFound)
    }
  ]

  private static func place(_ text: String, _ call: Call) throws -> String? {
    let (ledger, role) = (call.ledger, try call.who.role)
    if let id = CorrectionID(text) {
      return try call.mayKnow(of: id) ? "/corrections/\(id)" : nil
    }
    if let id = DiscrepancyID(text) {
      return try DiscrepancyRoutes.isSeen(id, call) ? "/discrepancies/\(id)" : nil
    }
    if let id = EUI64(text) { return try device(id, call) }
    guard let request = RequestID(text) else { return nil }
    for recorded in try ledger.standing(Tag.request(request)).reversed() {
      guard let id = recorded.event.namedCorrection, try call.mayKnow(of: id) else { continue }
      return "/corrections/\(id)"
    }
    guard Rights.of(role, to: .showDevice) != .none else { return nil }
    return try ledger.deviceAsked(by: request).flatMap { try device($0, call) }
  }

  private static func device(_ id: EUI64, _ call: Call) throws -> String? {
    try call.maySee(device: id) ? "/devices/\(id)" : nil
  }
}

extension Call {
  /// Whether the page of a device is theirs to see.
  func maySee(device id: EUI64) throws -> Bool {
    let who = try who
    guard let device = try ledger.device(id) else { return false }
    return try Rights.of(who.role, to: .showDevice)
      .covers(device, for: who, at: ledger.now(), ledger)
  }
}
