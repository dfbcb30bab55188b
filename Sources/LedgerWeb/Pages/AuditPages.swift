import Answers
import Corrections
import HTTPTypes
import Ledger
import Pages
import Wire

/// The log for auditors: what it is, whether it is what it was, and what was done to the record.
enum AuditPages {
  static let all: [Route] = [
    .page(.audit, .get, "/audit", parameters: ["before"], on: .slow) { .page(try page($0).html) },
    .page(.audit, .post, "/audit/verify", body: .form, on: .slow, verify),
    .page(.evidence, .post, "/audit/evidence", body: .form, on: .slow, evidence),
  ]

  /// How many events one page looks through for its lists.
  private static let stretch = 20_000

  private static func page(
    _ call: Call, verified: Verification? = nil, typed: String = "", wrong: [Frame.Wrong] = []
  ) throws -> AuditPage {
    let ledger = call.ledger
    let checkpoint = try call.server.checkpoint()
    let keys = try ledger.signers().map { signer in
      signer.key.text + (signer.upTo.map { " (up to \($0))" } ?? "")
    }
    var content = AuditContent(
      checkpoint, keys: keys, recordedAt: try ledger.recordedAt(checkpoint.size))
    content.verified = verified
    content.hasEvidence = Rights.of(try call.who.role, to: .evidence) != .none
    if Rights.of(try call.who.role, to: .auditLists) == .all {
      content.lists = try lists(call, upTo: checkpoint.size)
    }
    return AuditPage(
      content, ledger: ledger, typed: typed, for: try call.visitor, wrong: wrong,
      foot: try call.foot())
  }

  private static func lists(_ call: Call, upTo head: Int) throws -> AuditContent.Lists {
    let before = call.route.method == .get ? try call.query.number("before", in: 2...Int.max) : nil
    let last = min(head, (before ?? head + 1) - 1)
    var lists = AuditContent.Lists(from: max(1, last - stretch + 1), through: last)
    let types: Set = [
      "EventAnnulled", "SubjectErased", "DocumentsErased", "EvidenceExported",
      "OwnershipTransferred",
    ]
    for recorded in try call.ledger.events(ofTypes: types, from: lists.first, through: last) {
      switch recorded.event {
      case .eventAnnulled: lists.inError.append(recorded)
      case .upkeep(.subjectErased), .upkeep(.documentsErased): lists.erased.append(recorded)
      case .upkeep(.evidenceExported): lists.exported.append(recorded)
      default: lists.handedOver.append(recorded)
      }
    }
    return lists
  }

  /// The tree alone, which is bounded by its tiles; the content of every record is the operator's to read.
  private static func verify(_ call: Call) throws -> Reply {
    let typed = try call.form["checkpoint"] ?? ""
    var since: Checkpoint?
    if typed.contains(where: { !$0.isWhitespace }) {
      do {
        since = try Checkpoint(reading: typed.hasSuffix("\n") ? typed : typed + "\n")
      } catch {
        let wrong = Frame.Wrong("Expected \(error.expected); found another text", in: "checkpoint")
        return .page(try page(call, typed: typed, wrong: [wrong]).html, status: .badRequest)
      }
    }
    let verified = try Verification.run(
      at: call.ledger.folder, depth: .consistency, since: since, progress: { _, _ in })
    return .page(try page(call, verified: verified, typed: typed).html)
  }

  private static func evidence(_ call: Call) throws -> Reply {
    let form = try call.form
    let text = (form["id"] ?? "").filter { !$0.isWhitespace }
    do {
      return try ReportRoutes.evidence(of: text, isRedacted: form["redact"] == "true", call)
        .file(
          "evidence-\(text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }).json"
        )
    } catch let problem as WebProblem where problem.kind == .notFound {
      let sentence =
        text.isEmpty
        ? "Enter the number of a correction, or a device"
        : "There is no such thing here, or none that you may see"
      return .page(
        try page(call, wrong: [Frame.Wrong(sentence, in: "id")]).html,
        status: text.isEmpty ? .badRequest : .notFound)
    }
  }
}
