/// What stands around a page: who looks, where else to go, what was just recorded, and what is wrong.
package struct Frame {
  let title: String
  let styleAddress = Asset.style.address
  let scriptAddress = Asset.script.address
  let iconAddress = Asset.icon.address
  let visitor: Visitor?
  let hasPlaces: Bool
  let places: [Link]
  let notice: Notice?
  let hasProblems: Bool
  let problems: [Wrong]
  let foot: String

  /// Who looks.
  package struct Visitor: Sendable {
    let who: String
    let csrf: String
    let places: [Place]

    /// A party in a role, with what their forms carry to show that they come from here.
    package init(party: String, role: String, csrf: String, places: [Place]) {
      who = "\(party), \(role)"
      self.csrf = csrf
      self.places = places
    }
  }

  /// The places that the head of each page leads to.
  package enum Place: String, CaseIterable, Sendable {
    case queue, check, discrepancies, report, audit

    var name: String {
      switch self {
      case .queue: "Corrections"
      case .check: "Check a request"
      case .discrepancies: "Discrepancies"
      case .report: "Report"
      case .audit: "Audit"
      }
    }

    var address: String {
      switch self {
      case .queue: "/"
      case .check: "/check"
      case .discrepancies: "/discrepancies"
      case .report: "/reports"
      case .audit: "/audit"
      }
    }
  }

  /// One that is linked; the one that is looked at says so.
  struct Link {
    let name: String
    let address: String
    var isCurrent = false
  }

  /// What was recorded, said once after a form.
  package struct Notice: Sendable {
    let noticeTitle: String
    let noticeLines: [String]

    package init(_ title: String, _ lines: [String]) {
      noticeTitle = title
      noticeLines = lines
    }
  }

  /// What is wrong with what was typed, and in which field.
  package struct Wrong: Sendable {
    package let wrongField: String?
    package let sentence: String

    package init(_ sentence: String, in field: String? = nil) {
      self.sentence = sentence
      wrongField = field
    }
  }

  package init(
    _ title: String, for visitor: Visitor?, at place: Place? = nil, notice: Notice? = nil,
    wrong: [Wrong] = [], foot: String
  ) {
    self.title = (wrong.isEmpty ? "" : "Error: ") + title + " – SMI correction ledger"
    self.visitor = visitor
    places = (visitor?.places ?? []).map {
      Link(name: $0.name, address: $0.address, isCurrent: $0 == place)
    }
    hasPlaces = !places.isEmpty
    self.notice = notice
    problems = wrong
    hasProblems = !wrong.isEmpty
    self.foot = foot
  }
}
