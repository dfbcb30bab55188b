package import Answers
package import Corrections
internal import Ledger
internal import Wire

/// What the page of one correction is made of.
package struct CorrectionContent {
  package var answer: CorrectionAnswer
  package var events: [Recorded]
  package var sight: Sight
  /// The party that looks.
  package var viewer: String
  /// What they may do, as forms; empty for what was known then.
  package var may: [ActionForms.Kind]
  package var forms: ActionForms?
  /// What the request that it began with was judged.
  package var judgement: Judgement?
  /// Whether the newest stands first.
  package var newestFirst = false
  /// What was asked for other than the newest.
  package var asOf: String?
  /// The address without the order.
  package var address: Address
  /// Whether the request that settles it can be had.
  package var hasRequest = false
  /// Whether the device's page is the reader's to see.
  package var linksDevice = false
  /// Whether another correction may be named to the reader.
  package var mayKnow: (CorrectionID) -> Bool

  package init(
    _ answer: CorrectionAnswer, events: [Recorded], sight: Sight, viewer: String,
    may: [ActionForms.Kind], address: Address, mayKnow: @escaping (CorrectionID) -> Bool
  ) {
    self.answer = answer
    self.events = events
    self.sight = sight
    self.viewer = viewer
    self.may = may
    self.address = address
    self.mayKnow = mayKnow
  }
}

/// One correction: whose turn and until when, what can be done, why, where the time went, what happened.
package struct OneCorrectionPage {
  let frame: Frame
  let over: String
  let heading: String
  let lead: String
  let asOf: String?
  let heldName: String
  let held: String
  let wanted: String
  let hasMain: Bool
  let mainForms: [ActionFormView]
  let hasOther: Bool
  let otherTitle: String
  let otherForms: [ActionFormView]
  let othersCan: String?
  let facts: [FactView]
  let hasJudgement: Bool
  let judgement: FindingsView?
  let lanes: Lanes
  let eventCount: String
  let orderWords: String
  let otherOrderAddress: String
  let otherOrderName: String
  let downloads: [Frame.Link]
  let events: [EventView]

  package init(
    _ content: CorrectionContent, for visitor: Frame.Visitor?, notice: Frame.Notice? = nil,
    wrong: [Frame.Wrong] = [], foot: String
  ) {
    let answer = content.answer
    let correction = answer.correction
    heading = answer.turnInWords(for: content.asOf == nil ? content.viewer : nil)
    frame = Frame(
      "\(correction.id): \(heading)", for: visitor, at: .queue, notice: notice, wrong: wrong,
      foot: foot)
    over =
      "\(correction.id), \(PageWords.field(answer.fieldName)) of "
      + (correction.knownDevice?.description ?? "a device that is not named")
      + (correction.deviceType.map { " (\($0.rawValue))" } ?? "")
    lead = [answer.timeLeft.map { $0.capitalised + "." }, answer.nextInWords]
      .compactMap { $0 }.joined(separator: " ")
    asOf = content.asOf
    let hasChanged = correction.heldChanged != nil && correction.heldNow != correction.current
    heldName = hasChanged ? "The SMI says now" : "The SMI says"
    held =
      answer.heldInWords
      + (hasChanged ? " (at opening \(answer.entries.whole(correction.current)))" : "")
    wanted = answer.wantedInWords ?? "not said"
    let forms = content.forms
    let main = content.may.filter { forms?.isMain($0) ?? false }
    mainForms = main.compactMap { forms?.form($0, isMain: true) }
    otherForms = content.may.filter { !main.contains($0) }
      .compactMap { forms?.form($0, isMain: false) }
    hasMain = !mainForms.isEmpty
    hasOther = !otherForms.isEmpty
    otherTitle = hasMain ? "You can also" : "You can"
    othersCan = content.asOf == nil ? OneCorrectionPage.others(content) : nil
    facts =
      CorrectionFactRows(
        answer, sight: content.sight, linksDevice: content.linksDevice, mayKnow: content.mayKnow
      ).rows
    judgement = content.judgement.map { FindingsView($0, answer.wording) }
    hasJudgement = judgement != nil
    lanes = Lanes(answer)
    let sentences = EventSentences(ledger: answer.ledger, sight: content.sight)
    let annulments = content.events.annulments
    let all = content.events.map {
      EventView($0, sentences, annulledBy: annulments[$0.position])
    }
    events = content.newestFirst ? all.reversed() : all
    eventCount = Wording.count(all.count, "event")
    orderWords = content.newestFirst ? "newest first" : "oldest first"
    otherOrderAddress =
      content.address.with("order", content.newestFirst ? nil : "newest").text + "#happened"
    otherOrderName = content.newestFirst ? "Show the oldest first" : "Show the newest first"
    downloads = OneCorrectionPage.downloads(content)
  }

  /// What can be kept of it; of what was known then there is JSON alone, since the others are of now.
  private static func downloads(_ content: CorrectionContent) -> [Frame.Link] {
    let here = "/corrections/\(content.answer.correction.id)"
    let json = Frame.Link(name: "JSON", address: content.address.at("/v1" + here).text)
    guard content.asOf == nil else { return [json] }
    return [Frame.Link(name: "CSV", address: here + "/timeline.csv"), json]
      + (content.hasRequest
        ? [Frame.Link(name: "Ready 8.4 (XML)", address: here + "/request.xml")] : [])
  }

  /// What others can do, by who they are.
  private static func others(_ content: CorrectionContent) -> String? {
    let correction = content.answer.correction
    let mine = Set(
      content.may.compactMap { kind -> CommandName? in
        if case .command(let name) = kind { name } else { nil }
      })
    var groups: [(who: String, what: [String])] = []
    func add(_ who: String, _ what: CommandName) {
      guard !mine.contains(what) || who != content.viewer else { return }
      if let index = groups.firstIndex(where: { $0.who == who }) {
        groups[index].what.append(what.rawValue)
      } else {
        groups.append((who, [what.rawValue]))
      }
    }
    for name in correction.possible {
      switch name {
      case .consent, .refuse:
        for party in Set(correction.pendingConsents.map(\.party)).sorted()
        where party != content.viewer {
          add(party, name)
        }
      case .assign, .propose, .approve, .verify, .resolve, .reject, .merge, .categorise:
        if !mine.contains(name) { add("The DCC", name) }
      case .apply, .fail: if !mine.contains(name) { add("The DSP", name) }
      case .withdraw, .confirm:
        if correction.requester != content.viewer { add(correction.requester, name) }
      case .open, .advise, .decline, .inform, .change, .escalate, .reopen, .plan, .reference,
        .note:
        continue
      }
    }
    guard !groups.isEmpty else { return nil }
    return groups.map { "\($0.who) can: \($0.what.joined(separator: ", "))." }
      .joined(separator: " ")
  }

  package var html: String { Templates.render(self, "correction") }
}
