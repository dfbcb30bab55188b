package import Answers
internal import Corrections
internal import Wire

/// Which corrections a list shows.
package enum QueueList: String, CaseIterable, Sendable {
  /// Those whose turn is the reader's.
  case mine
  /// Those that are open and somebody else's turn.
  case others
  /// Those that nobody at the DCC owns.
  case unowned
  /// Every one that has not ended.
  case open
  /// Ended ones, too.
  case all

  var name: String {
    switch self {
    case .mine: "Your turn"
    case .others: "Waiting for others"
    case .unowned: "No owner"
    case .open: "Open"
    case .all: "All, ended too"
    }
  }
}

/// What the queue shows: a list, what it was narrowed to, and how long each list is.
package struct QueueContent {
  package var list: QueueList
  /// How long the lists are that were counted; a badge is the length of the list that it opens.
  package var counts: [(list: QueueList, count: Int?)]
  /// How many discrepancies stand open; nil where they may not be seen.
  package var discrepancies: Int?
  package var filters: [(name: String, value: String)]
  package var answers: [CorrectionAnswer]
  /// How many there are in all; nil where only this page is known.
  package var total: Int?
  package var cursor: String?

  package init(
    _ list: QueueList, counts: [(list: QueueList, count: Int?)], discrepancies: Int?,
    filters: [(name: String, value: String)], answers: [CorrectionAnswer], total: Int?,
    cursor: String?
  ) {
    self.list = list
    self.counts = counts
    self.discrepancies = discrepancies
    self.filters = filters
    self.answers = answers
    self.total = total
    self.cursor = cursor
  }
}

/// The queue: whose turn, what is due first, how old, and what to do next.
package struct QueuePage {
  let frame: Frame
  let heading: String
  let tabs: [Tab]
  let hasFilters: Bool
  let filters: [Frame.Link]
  let clearAddress: String
  let filterForm: FormView
  let total: String
  let csvAddress: String
  let jsonAddress: String
  let emptyWords: String?
  let hasRows: Bool
  let dueSorted: Bool
  let numberSorted: Bool
  let rows: [Row]
  let moreAddress: String?

  struct Tab {
    let name: String
    let address: String
    let isCurrent: Bool
    let badge: String?
  }

  struct Row {
    let isLate: Bool
    let due: String
    let number: String
    let address: String
    let what: String
    let turn: String
    let age: String
    let nextStep: String
  }

  /// What a list can be narrowed to, in the order of the form.
  package static let filterNames = ["state", "route", "code", "party", "device", "late"]

  package init(_ content: QueueContent, for visitor: Frame.Visitor, foot: String) {
    let here = Address("/", [("list", content.list.rawValue)] + content.filters)
    heading =
      switch content.list {
      case .mine: "Your turn"
      case .others: "Waiting for others"
      case .unowned: "Corrections without an owner"
      case .open: "Open corrections"
      case .all: "All corrections"
      }
    frame = Frame(heading, for: visitor, at: .queue, foot: foot)
    var tabs = content.counts.map { one in
      Tab(
        name: one.list.name, address: Address("/", [("list", one.list.rawValue)]).text,
        isCurrent: one.list == content.list, badge: one.count.map(Wording.grouped))
    }
    if let count = content.discrepancies {
      tabs.append(
        Tab(
          name: "Discrepancies", address: "/discrepancies", isCurrent: false,
          badge: Wording.grouped(count)))
    }
    self.tabs = tabs
    filters = content.filters.map {
      Frame.Link(name: "\($0.name) \($0.value)", address: here.with($0.name, nil).text)
    }
    hasFilters = !filters.isEmpty
    clearAddress = Address("/", [("list", content.list.rawValue)]).text
    filterForm = QueuePage.form(content)
    let count = content.total ?? content.answers.count
    let words = "\(Wording.grouped(count)) \(count == 1 ? "correction" : "corrections")"
    total =
      content.total == nil
      ? "\(words) on this page" : count > content.answers.count ? "\(words) in all" : words
    csvAddress = here.at("/queue.csv").text
    jsonAddress = here.at("/queue.json").text
    rows = content.answers.map(Row.init)
    hasRows = !rows.isEmpty
    dueSorted = content.list != .all
    numberSorted = content.list == .all
    emptyWords =
      hasRows
      ? nil
      : hasFilters
        ? "Nothing in this list fits the filters."
        : content.list == .mine
          ? "Nothing waits for you." : "There is no correction in this list."
    moreAddress = content.cursor.map { here.with("cursor", $0).text }
  }

  private static func form(_ content: QueueContent) -> FormView {
    func value(_ name: String) -> String {
      content.filters.first { $0.name == name }?.value ?? ""
    }
    let any = [(value: "", name: "any")]
    return FormView(
      "/", method: "get", hidden: [("list", content.list.rawValue)],
      [
        FieldView(
          "state", "State",
          .choice(
            any
              + Correction.State.allCases.map { ($0.rawValue, PageWords.state($0)) }),
          value: value("state")),
        FieldView(
          "route", "Route",
          .choice(any + Route.allCases.map { ($0.rawValue, PageWords.route($0)) }),
          value: value("route")),
        FieldView("code", "First code", hint: "Such as E080410", value: value("code"), longest: 12),
        FieldView("party", "Party", hint: "That it names", value: value("party"), longest: 60),
        FieldView("device", "Device", hint: "An EUI-64", value: value("device"), longest: 30),
        FieldView(
          "late", "Late", .choice([("", "any"), ("true", "late"), ("false", "not late")]),
          value: value("late")),
      ], button: "Filter", style: "other")
  }

  package var html: String { Templates.render(self, "queue") }
}

extension QueuePage.Row {
  init(_ answer: CorrectionAnswer) {
    let correction = answer.correction
    isLate = answer.isLate && answer.turn?.holder != .nobody
    due = answer.dueInWords
    number = correction.id.description
    address = "/corrections/\(correction.id)"
    what =
      PageWords.field(answer.fieldName) + " of "
      + (correction.knownDevice?.description ?? "a device that is not named")
      + (correction.firstCode.map { ", \($0)" } ?? "")
    turn =
      correction.hasEnded
      ? PageWords.state(correction.state)
      : answer.holderName + (answer.turn.map { ", \(Wording.date($0.from))" } ?? "")
    age = Wording.count(answer.ageInWorkingDays, "working day")
    nextStep = answer.nextWord
  }
}
