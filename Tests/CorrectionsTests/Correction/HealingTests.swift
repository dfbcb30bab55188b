import Testing

@testable import Corrections

@Suite struct `What the inventory says of an open correction` {
  private let brought = entry(importMPxN: wantedMPxN)

  @Test(arguments: Stage.allCases)
  func `that it holds the wanted value resolves it, in every state that is open`(
    _ stage: Stage
  ) throws {
    var story = try stage.story()
    let correction = try #require(story.correction)
    guard stage != .escalatedInWords else { return }
    let events = try story.see(
      correction.requested == .empty ? entry() : brought, how: .serviceRequest)
    #expect(events.names == (correction.isOpen ? ["correctionResolved"] : []), "\(stage)")
    guard correction.isOpen else { return }
    let how = stage == .awaitingVerification ? CorrectionResolved.How.manualFix : .serviceRequest
    #expect(story.correction?.how == how, "a fix that was applied is what made it")
    guard case .correctionResolved(let resolved)? = events.first else { return }
    #expect(resolved.evidence == story.inventory.last?.position)
    #expect(story.correction?.resolvedAt == story.now)
  }

  @Test(arguments: Stage.allCases)
  func `that it holds another value is marked once`(_ stage: Stage) throws {
    var story = try stage.story()
    let isMarked = stage.isWatched
    let state = story.correction?.state
    let events = try story.see(entry(importMPxN: token("Z")))
    #expect(events.names == (isMarked ? ["heldValueChanged"] : []), "\(stage)")
    #expect(try story.see(entry(importMPxN: token("Z"))).isEmpty, "it says the same again")
    #expect(story.correction?.state == state)
    guard isMarked else { return }
    #expect(story.correction?.heldNow == .mpxn(token("Z")))
    #expect(story.correction?.heldChanged?.at == story.now)
    #expect(try story.see(entry(importMPxN: token("Y"))).names == ["heldValueChanged"])
  }

  @Test(arguments: Stage.allCases)
  func `that it holds what it held changes nothing`(_ stage: Stage) throws {
    var story = try stage.story()
    let wasChanged = [.resolved, .confirmed, .awaitingVerification, .lapsed].contains(stage)
    #expect(
      try story.see(entry(importMPxN: heldMPxN)).names == (wasChanged ? ["heldValueChanged"] : []),
      "\(stage)")
  }

  @Test func `is marked from the first word on, where nothing was known`() throws {
    var story = Story()
    var silent = entry()
    silent.empty = []
    story.inventory = [observed(silent)]
    try story.report()
    #expect(story.correction?.heldNow == nil)
    #expect(try story.see(entry(importMPxN: heldMPxN)).names == ["heldValueChanged"])
    #expect(story.correction?.heldNow == .mpxn(heldMPxN))
    #expect(try story.see(entry(importMPxN: heldMPxN)).isEmpty)
  }

  @Test func `of another field neither heals nor marks`() throws {
    var story = try Stage.awaitingConsent.story()
    #expect(
      try story.see(entry(importMPxN: heldMPxN, export: wantedMPxN)).isEmpty)
    story.observe(brought)
    let words = CorrectionRequested(
      correction: CorrectionID(number: 7), deviceID: The.device, deviceType: .esme, field: .other,
      current: nil, requested: .text("D9"), party: "SUPC", requestID: nil, firstCode: nil)
    let other = try #require(
      Correction.fold(words.correction, [recorded(.correctionRequested(words), at: 50)]))
    #expect(other.seen(story.device, at: story.now, by: 200, how: .observed).isEmpty)
  }

  @Test func `heals a status, details, a deletion and a blank, too`() throws {
    var described = entry(.esme, .suspended)
    described.details = DeviceDetails(model: "2", firmwareVersion: "F")
    let cases: [(CorrectionField, EntryValue, InventoryEntry)] = [
      (.status, .status(.suspended), described),
      (.details, .details(DeviceDetails(model: "2")), described), (.importMPxN, .empty, entry()),
    ]
    for (field, wanted, seen) in cases {
      var story = Story()
      story.field = field
      story.reported = wanted
      try story.report()
      #expect(try story.see(seen).names == ["correctionResolved"], "\(field)")
    }
    var story = Story()
    story.field = .deletion
    story.reported = .listed(false)
    try story.report()
    story.record([Told.deleted])
    let events = try #require(story.correction)
      .seen(story.device, at: story.now, by: story.position, how: .serviceRequest)
    #expect(events.names == ["correctionResolved"])
  }

  @Test func `before the fix was applied says nothing of the fix`() throws {
    var story = try Stage.approved.story()
    story.mode = .observer
    try story.when(.apply, by: By.dsp)
    let correction = try #require(story.correction)
    let applied = try #require(correction.proposal?.applied)
    story.observe(brought)
    #expect(
      correction.seen(story.device, at: story.now, by: applied - 1, how: .observed).isEmpty)
    #expect(
      correction.seen(story.device, at: story.now, by: story.position, how: .observed).names
        == ["correctionResolved"])
  }

  @Test func `in an event about something else neither heals nor verifies`() throws {
    // One was reopened and the other applied while the entry says the wanted value.
    let reopened = try Stage.resolved.then(.reopen(reason: "D"), By.supA)
    for var story in [reopened, try Stage.awaitingVerification.story()] {
      #expect(story.holds == .mpxn(wantedMPxN))
      story.record([Told.became(.whitelisted)])
      let correction = try #require(story.correction)
      #expect(
        correction.seen(story.device, at: story.now, by: story.position, how: .observed).isEmpty)
      #expect(try story.see(brought).names == ["correctionResolved"])
    }
  }

  @Test func `never resolves it before it was opened`() throws {
    var story = try Stage.awaitingRequest.story()
    let opened = try #require(story.correction?.openedAt)
    story.now = opened.advanced(byMilliseconds: -86_400_000)
    try story.see(brought, how: .serviceRequest)
    #expect(story.correction?.state == .resolved)
    #expect(try #require(story.correction?.resolvedAt) >= opened)
  }
}
