import Answers
import Corrections
import Foundation
import Ledger
import Testing

@testable import Pages

@Suite struct `The page of a correction` {
  private let visitor = Frame.Visitor(party: "SUPB", role: "supplier", csrf: "abc", places: [])

  private func page(
    _ desk: LedgerOfPages, for viewer: String, may: [ActionForms.Kind] = [],
    sight: Sight = .whole, newestFirst: Bool = false
  ) throws -> OneCorrectionPage {
    let thread = try desk.thread(sight)
    let correction = try #require(thread.correction)
    var content = CorrectionContent(
      try thread.answer(), events: thread.events, sight: sight, viewer: viewer, may: may,
      address: Address("/corrections/\(desk.id)")
    ) { _ in true }
    content.forms = ActionForms(correction, csrf: "abc")
    content.newestFirst = newestFirst
    return OneCorrectionPage(content, for: visitor, foot: "foot")
  }

  @Test func `says first whose turn it is and until when`() throws {
    let desk = try LedgerOfPages()
    let theirs = try page(desk, for: "SUPB")
    #expect(theirs.heading.hasPrefix("Your turn, due "), "\(theirs.heading)")
    let others = try page(desk, for: "SUPA")
    #expect(others.heading.hasPrefix("SUPB’s turn, due "), "\(others.heading)")
    #expect(others.lead.contains("working days left") && others.lead.contains("agrees or refuses"))
    #expect(others.html.contains("<h1>SUPB’s turn, due "))
  }

  @Test func `puts what the turn asks for before the history, with the position that was read`()
    throws
  {
    let desk = try LedgerOfPages()
    let page = try page(
      desk, for: "SUPB", may: [.command(.consent), .command(.refuse), .command(.note)])
    #expect(page.mainForms.map(\.formTitle) == ["Agree", "Refuse"])
    #expect(page.otherForms.map(\.formTitle) == ["Add a note"])
    let html = page.html
    let position = try #require(try desk.thread().correction).position
    let mark = "name=\"position\" value=\"\(position)\""
    #expect(html.components(separatedBy: mark).count == 4)
    let keys = html.matches(of: /name="key" value="([^"]+)"/).map { String($0.1) }
    #expect(Set(keys).count == 3, "each form is safe to repeat by itself")
    let form = try #require(html.range(of: ">Agree</button>"))
    let history = try #require(html.range(of: "What happened"))
    #expect(form.lowerBound < history.lowerBound)
  }

  @Test(arguments: CommandName.allCases)
  func `has words for every command`(_ name: CommandName) throws {
    let desk = try LedgerOfPages()
    let correction = try #require(try desk.thread().correction)
    let forms = ActionForms(correction, csrf: "abc")
    for kind in [ActionForms.Kind.command(name), .ask, .closeIncident] {
      let view = forms.form(kind, isMain: false)
      #expect(!view.formTitle.isEmpty && !view.formView.button.isEmpty)
      #expect(view.formView.formAddress.hasPrefix("/corrections/\(desk.id)/"))
      let ids = view.formView.fields.map(\.fieldID)
      #expect(Set(ids).count == ids.count)
    }
  }

  @Test func `keeps what was typed in a form that came back, and opens it`() throws {
    let desk = try LedgerOfPages()
    let correction = try #require(try desk.thread().correction)
    let forms = ActionForms(
      correction, csrf: "abc",
      failed: (.command(.refuse), ["reason": "<mine>"], ["reason": "Expected a reason"]))
    let view = forms.form(.command(.refuse), isMain: false)
    #expect(view.isOpenForm && view.formView.fields[0].fieldValue == "<mine>")
    #expect(view.formView.fields[0].wrong == "Expected a reason")
    #expect(!forms.form(.command(.note), isMain: false).isOpenForm)
  }

  @Test func `shows the last three digits, and no text, to who may not see them`() throws {
    let desk = try LedgerOfPages()
    try desk.act(.note("about 12 Any Street"), by: LedgerOfPages.supA)
    let whole = try page(desk, for: "SUPA").html
    #expect(whole.contains("2001234501019") && whole.contains("12 Any Street"))
    let masked = try page(desk, for: "SECAS", sight: .masked).html
    #expect(!masked.contains("2001234501019") && masked.contains("…019"))
    #expect(!masked.contains("12 Any Street") && !masked.contains("/devices/"))
  }

  @Test func `tells the turns as a picture with every value in its table`() throws {
    let desk = try LedgerOfPages()
    try desk.act(.consent, by: LedgerOfPages.supB)
    let page = try page(desk, for: "SUPA")
    let html = page.html
    #expect(html.contains("<svg role=\"img\" aria-labelledby=\"lanes-title lanes-desc\""))
    #expect(page.lanes.lanes.count >= 2 && page.lanes.table.rows.count > page.lanes.lanes.count)
    for lane in page.lanes.lanes { #expect(html.contains(lane.laneName)) }
  }

  @Test func `strikes through what was recorded in error, and says who said so and why`() throws {
    let desk = try LedgerOfPages()
    let noted = try #require(try desk.act(.note("wrong"), by: LedgerOfPages.supA).position)
    let staff = try #require(try desk.ledger.user("DCC-017"))
    _ = try desk.ledger.annul(
      noted, reason: "of another device", replacedBy: nil, by: staff, via: .token)
    let html = try page(desk, for: "SUPA").html
    #expect(html.contains("<del>") && html.contains("of another device"))
  }

  @Test func `tells what happened in either order`() throws {
    let desk = try LedgerOfPages()
    let old = try page(desk, for: "SUPA").events.map(\.position)
    let new = try page(desk, for: "SUPA", newestFirst: true).events.map(\.position)
    #expect(old == old.sorted() && new == old.reversed() && old.count > 2)
  }
}

@Suite struct `An event on a page` {
  @Test(arguments: [
    (0, nil), (23, nil), (24, "learned 1 day after"), (150, "learned 6 days after"),
  ])
  func `says how long after it was true it was learned`(_ hours: Int64, _ words: String?) throws {
    let at = try #require(Instant(stored: "2026-03-04T10:00:00.000Z"))
    let recorded = Recorded(
      position: 1, recordedAt: at.advanced(byMilliseconds: hours * 3_600_000), effectiveAt: at,
      actor: .ledger, cause: nil, event: .calendarSet(CalendarSet(calendar: "scotland", from: at)))
    #expect(EventView.learned(recorded) == words)
  }

  @Test(arguments: [
    ("DCC-017 owns it", "DCC-017", "owns it"), ("agreed for SUPA", "SUPA", "agreed for SUPA"),
    ("SUPA agrees by asking", "SUPA", "agrees by asking"),
    ("SUPAX agrees by asking", "SUPA", "SUPAX agrees by asking"),
  ])
  func `an event does not name who acted twice`(_ sentence: String, _ who: String, _ words: String)
  {
    #expect(EventView.words(sentence, by: who) == words)
  }
}
