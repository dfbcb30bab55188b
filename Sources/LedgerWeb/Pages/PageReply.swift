import Answers
import Corrections
import HTTPTypes
import Ledger
import Pages
import Wire

extension Reply {
  /// A page: nothing in it runs or loads but what this server links.
  static func page(
    _ html: String, status: HTTPResponse.Status = .ok, style: String = "'self'"
  ) -> Reply {
    Reply(Array(html.utf8), as: "text/html; charset=utf-8", status: status)
      .with(
        .contentSecurityPolicy,
        "default-src 'none'; style-src \(style); script-src 'self'; img-src 'self'; form-action 'self'; "
          + "base-uri 'none'; frame-ancestors 'none'"
      )
      // Without it a browser would not say where a form comes from.
      .with(.own("Referrer-Policy"), "same-origin")
  }

  /// Elsewhere, by GET; the page there tells what was recorded from a position on.
  static func redirect(to address: String, recorded position: Int? = nil) -> Reply {
    Reply([], as: "text/plain; charset=utf-8", status: .seeOther)
      .with(.location, address + (position.map { "?recorded=\($0)" } ?? ""))
  }

  /// A file to keep.
  func file(_ name: String) -> Reply {
    with(.contentDisposition, "attachment; filename=\"\(name)\"")
  }
}

extension Route {
  /// A route that answers with a page.
  static func page(
    _ operation: Operation, _ method: HTTPRequest.Method, _ path: String,
    parameters: [String] = [], body: Body = .none, on workers: Workers.Kind = .read,
    _ handle: @escaping @Sendable (Call) throws -> Reply
  ) -> Route {
    Route(
      operation, method, path, parameters: parameters, body: body, on: workers, isPage: true, handle
    )
  }
}

/// Every page there is.
enum PageRoutes {
  static let all =
    AssetRoutes.all + SignInPages.all + QueuePages.all + FindPages.all + CorrectionPages.all
    + CorrectionForms.all + CheckPages.all + DevicePages.all + DiscrepancyPages.all
    + ReportPages.all + AuditPages.all
}

/// What pages link.
enum AssetRoutes {
  static let all = [
    Route(.asset, .get, "/assets/{name}") { call in
      let asset = try call.name("name") { name in Asset.all.first { $0.name == name } }
      return Reply(asset.bytes, as: asset.type)
        .with(.cacheControl, "public, max-age=31536000, immutable")
    }
  ]
}

extension Principal {
  /// Who looks at a page, and where they may go.
  var visitor: Frame.Visitor {
    let places = Frame.Place.allCases.filter { place in
      let operation: Operation =
        switch place {
        case .queue: .listCorrections
        case .check: .submitRequest
        case .discrepancies: .listDiscrepancies
        case .report: .report
        case .audit: .audit
        }
      return Rights.of(role, to: operation) != .none
    }
    let words =
      switch role {
      case .supplier: "supplier"
      case .servicecentre: "service centre"
      case .dsp: "DSP"
      case .secas: "SECAS"
      case .auditor: "auditor"
      }
    return Frame.Visitor(
      party: party + (token.user.map { " (\($0))" } ?? ""), role: words, csrf: csrf ?? "",
      places: places)
  }
}

extension Call {
  /// Who looks.
  var visitor: Frame.Visitor { get throws { try who.visitor } }

  /// The line at the foot of each page: position, time, calendar.
  func foot() throws -> String {
    let now = ledger.now()
    return "Position \(try ledger.head()), \(Wording.time(now)). Calendar: "
      + "\(try ledger.terms().calendars.calendar(at: now).name)."
  }

  /// What stands under the time that a form was filled, from the parameter of the redirect after it.
  func notice(_ events: [Recorded], _ more: [String] = []) throws -> Frame.Notice? {
    guard let position = try query.number("recorded", in: 1...Int.max),
      let first = events.first(where: { $0.position == position }),
      try first.actor.party == who.party
    else { return nil }
    let sentences = EventSentences(ledger: ledger, sight: right.sight)
    let together = events.filter {
      $0.position >= position && $0.position < position + 8 && $0.recordedAt == first.recordedAt
    }
    return Frame.Notice(
      "Recorded at position \(position)",
      together.map { "\($0.actor.shortName): \(sentences.sentence($0))" } + more)
  }
}
