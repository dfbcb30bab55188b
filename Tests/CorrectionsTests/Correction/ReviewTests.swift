import Testing

@testable import Corrections

@Suite struct `Looking at a correction anew` {
  @Test(arguments: Stage.allCases)
  func `changes nothing while nothing has changed`(_ stage: Stage) throws {
    var story = try stage.story()
    #expect(try story.review().isEmpty, "\(stage)")
  }

  @Test(arguments: Stage.allCases)
  func `resolves what was seen to be right, but for what is to be verified`(
    _ stage: Stage
  ) throws {
    var story = try stage.story()
    let correction = try #require(story.correction)
    story.observe(correction.requested == .empty ? entry() : entry(importMPxN: wantedMPxN))
    let heals =
      correction.isOpen && ![.awaitingVerification, .escalatedInWords].contains(stage)
    #expect(try story.review().names == (heals ? ["correctionResolved"] : []), "\(stage)")
    #expect(try story.review().isEmpty)
    if heals { #expect(story.correction?.how == .observed) }
  }

  @Test func `believes who reopens until the inventory says something new`() throws {
    var story = try Stage.resolved.then(.reopen(reason: "D"), By.supA)
    #expect(story.holds == .mpxn(wantedMPxN), "so says the inventory still")
    #expect(try story.review().isEmpty)
    #expect(story.correction?.state == .open)
    #expect(story.correction?.turn == "dcc")
    story.pass(hours: 1)
    story.observe(wantedMPxN)
    #expect(try story.review().names == ["correctionResolved"])
  }

  @Test(arguments: [Stage.awaitingConsent, .awaitingFix, .proposed, .approved])
  func `a registration that brings both values to the requester makes it selfServe`(
    _ stage: Stage
  ) throws {
    var story = try stage.story()
    story.held.append(row(heldMPxN, "SUPA", from: story.now, imported: 90))
    let events = try story.review()
    #expect(events.names == ["consentLapsed", "consentLapsed", "routeAdvised"], "\(stage)")
    #expect(story.correction?.advice?.route == .selfServe)
    #expect(story.correction?.state == .awaitingRequest)
    #expect(story.correction?.turn == "requester SUPA")
    #expect(story.correction?.proposal == nil)
    #expect(try story.review().isEmpty)
  }

  @Test func `a new supplier is asked, whoever was asked is let go`() throws {
    var story = try Stage.awaitingConsent.story()
    story.held.append(row(heldMPxN, "SUPC", from: story.now, imported: 90))
    #expect(try story.review().names == ["consentLapsed", "routeAdvised", "consentRequested"])
    #expect(story.correction?.turn == "counterparty SUPC")
  }

  @Test func `a device that is commissioned since waits for its installer no more`() throws {
    var story = Story()
    story.held = [row(heldMPxN, "SUPA")]
    story.inventory = [observed(entry(.esme, .pending, importMPxN: heldMPxN))]
    try story.report()
    #expect(story.correction?.advice?.route == .installingSupplier)
    story.observe(entry(.esme, .commissioned, importMPxN: heldMPxN))
    #expect(try story.review().names == ["routeAdvised"])
    #expect(story.correction?.advice?.route == .selfServe)
    #expect(story.correction?.turn == "requester SUPA")
  }

  @Test func `facts that were missing give the first advice`() throws {
    var story = Story()
    story.inventory = [observed(entry(.esme, nil, importMPxN: heldMPxN))]
    try story.report()
    #expect(story.correction?.advice == nil)
    story.observe(heldMPxN)
    #expect(try story.review().names == ["routeAdvised", "consentRequested", "consentRequested"])
    #expect(story.correction?.state == .awaitingConsent)
  }

  @Test func `leaves to the DCC what a supplier refused, what is asked and what is an Incident`()
    throws
  {
    for stage in [Stage.open, .asked, .escalatedForConsent] {
      var story = try stage.story()
      story.held = [row(heldMPxN, "SUPC", imported: 90)]
      #expect(try story.review().isEmpty, "\(stage)")
    }
  }

  @Test func `says nothing again of an Incident that everybody agreed to`() throws {
    var story = Story()
    story.reported = .empty
    try story.report()
    try story.when(.consent, by: By.supB)
    #expect(story.correction?.state == .open)
    #expect(try story.review().isEmpty)
    #expect(try story.when(.advise, by: By.dcc).isEmpty)
  }

  @Test func `is done before anybody is reminded`() throws {
    var story = try Stage.awaitingConsent.story()
    story.pass(hours: 24 * 30)
    story.held.append(row(heldMPxN, "SUPC", from: story.now, imported: 90))
    #expect(try story.due().names == ["consentLapsed", "routeAdvised", "consentRequested"])
    #expect(try story.due().isEmpty, "SUPC has its own time")
  }
}
