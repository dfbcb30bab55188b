import Testing

@testable import Corrections

@Suite struct `Routes to another status, other details or none` {
  /// What is advised to SUPA on a device as these events show it.
  private func advice(
    _ field: CorrectionField, _ wanted: EntryValue, on inventory: [Recorded],
    senders: [User] = [The.supA], product: ProductAnswer = .listed(product(), position: 40)
  ) -> RouteAdvice? {
    var story = Story()
    story.field = field
    story.reported = wanted
    story.inventory = inventory
    story.senders = senders
    story.product = product
    return RouteAdvice(forRequester: "SUPA", given: story.facts())
  }

  private func seen(_ type: DeviceType = .esme, _ status: DeviceStatus?) -> [Recorded] {
    [observed(entry(type, status))]
  }

  private func pending(by user: User) -> [Recorded] { [prenotified(by: user)] }

  private let model = EntryValue.details(DeviceDetails(model: "010A030B"))
  private let installed = EntryValue.status(.installedNotCommissioned)

  @Test func `selfServe: the requester's request passes, and by which user`() {
    let own = RouteAdvice(route: .selfServe, because: .requestPasses, user: The.id(The.supA))
    #expect(advice(.status, installed, on: seen(.esme, .commissioned)) == own)
    #expect(advice(.details, model, on: pending(by: The.supA)) == own)
    #expect(advice(.deletion, .listed(false), on: pending(by: The.supA)) == own)
    #expect(advice(.status, .status(.withdrawn), on: seen(.chf, .commissioned)) == own)
  }

  @Test func `selfServe: only the very user that added it, though it be the same party's`() {
    #expect(
      advice(.details, model, on: pending(by: The.supATwin), senders: [The.supA, The.supATwin])
        == RouteAdvice(
          route: .selfServe, because: .requestPasses, user: The.id(The.supATwin)))
  }

  @Test func `selfServe: another party's user passes`() {
    #expect(
      advice(
        .status, installed, on: seen(.esme, .commissioned), senders: [The.maker, The.supB])
        == RouteAdvice(
          route: .selfServe, because: .anotherPartyPasses, party: "SUPB", user: The.id(The.supB)))
  }

  @Test func `selfServe: a status takes a user in a supplier's role, whoever added the device`() {
    let needed = RouteAdvice(route: .selfServe, because: .senderRoleNeeded)
    let commissioned =
      pending(by: The.maker) + [
        recorded(Told.became(.commissioned), at: 31, effective: local("2026-03-01"))
      ]
    #expect(advice(.status, installed, on: commissioned, senders: [The.maker]) == needed)
    #expect(advice(.status, installed, on: commissioned, senders: []) == needed)
  }

  @Test func `preNotifier: details and deletion of a Pending device, with who and User ID`() {
    let theirs = RouteAdvice(
      route: .preNotifier, because: .anotherPrenotified, party: "SUPB", user: The.id(The.supB))
    for senders in [[The.supA], [The.supA, The.supB], []] {
      #expect(advice(.details, model, on: pending(by: The.supB), senders: senders) == theirs)
      #expect(
        advice(.deletion, .listed(false), on: pending(by: The.supB), senders: senders) == theirs)
    }
  }

  @Test func `preNotifier: nobody knows who`() {
    let unknown = RouteAdvice(route: .preNotifier, because: .prenotifierNotKnown)
    #expect(advice(.details, model, on: seen(.esme, .pending)) == unknown)
    #expect(advice(.deletion, .listed(false), on: seen(.esme, .pending)) == unknown)
  }

  @Test func `installingSupplier: the status of a Pending device, with who and User ID`() {
    let events = pending(by: The.maker) + [answered(to: The.supB)]
    let theirs = RouteAdvice(
      route: .installingSupplier, because: .anotherInstalled, party: "SUPB",
      user: The.id(The.supB))
    for senders in [[The.supA], [The.supA, The.maker, The.supB], []] {
      #expect(advice(.status, installed, on: events, senders: senders) == theirs)
    }
    #expect(
      advice(.status, installed, on: pending(by: The.maker) + [answered(to: The.supATwin)])
        == RouteAdvice(route: .selfServe, because: .requestPasses, user: The.id(The.supA)))
  }

  @Test func `installingSupplier: nobody knows who installs it`() {
    #expect(
      advice(.status, installed, on: pending(by: The.maker))
        == RouteAdvice(route: .installingSupplier, because: .devicePending))
  }

  @Test(arguments: [
    DeviceStatus.whitelisted, .decommissioned, .withdrawn, .suspended, .recovery, .recovered,
  ])
  func `incident: a status that 8.4 can't set`(_ status: DeviceStatus) {
    #expect(
      advice(.status, .status(status), on: seen(.esme, .commissioned))
        == RouteAdvice(route: .incident, because: .notExpressible))
  }

  @Test func `incident: a status that 8.4 can't set on that type`() {
    let none = RouteAdvice(route: .incident, because: .notExpressible)
    #expect(advice(.status, .status(.pending), on: seen(.chf, .commissioned)) == none)
    #expect(advice(.status, .status(.commissioned), on: seen(.esme, .pending)) == none)
    #expect(advice(.status, installed, on: seen(.ihd, nil)) == none)
  }

  @Test(arguments: [DeviceStatus.commissioned, .whitelisted, .suspended])
  func `incident: details and deletion of a device that is not Pending`(_ status: DeviceStatus) {
    let none = RouteAdvice(route: .incident, because: .deviceNotPending)
    #expect(advice(.details, model, on: seen(.esme, status)) == none)
    #expect(advice(.deletion, .listed(false), on: seen(.esme, status)) == none)
  }

  @Test func `incident: details and deletion of a device that has no status`() {
    let none = RouteAdvice(route: .incident, because: .deviceNotPending)
    #expect(advice(.details, model, on: seen(.ihd, nil)) == none)
    #expect(advice(.deletion, .listed(false), on: seen(.cad, nil)) == none)
  }

  @Test func `incident: the resulting product is not on the list`() {
    let none = RouteAdvice(route: .incident, because: .productNotListed)
    let mine = pending(by: The.supA)
    #expect(advice(.details, model, on: mine, product: .notListed(imported: 3)) == none)
    #expect(
      advice(.details, model, on: mine, product: .listed(product(.withdrawn), position: 3)) == none)
  }

  @Test func `nothing is advised on facts that are not known`() {
    let mine = pending(by: The.supA)
    #expect(advice(.details, model, on: mine, product: .listNotHeld) == nil)
    #expect(
      advice(.details, model, on: mine, product: .notDescribed(missing: .esmeVariant)) == nil)
    #expect(advice(.status, installed, on: seen(.esme, nil)) == nil)
    #expect(advice(.deletion, .listed(false), on: seen(.esme, nil)) == nil)
  }

  @Test func `of a device of which nothing is held no way can be worked out, and that is said`() {
    #expect(
      advice(.details, model, on: []) == RouteAdvice(route: .incident, because: .deviceNotHeld))
  }

  @Test func `nothing is advised where it is so already, an Incident where the entry is gone`() {
    #expect(advice(.status, installed, on: seen(.esme, .installedNotCommissioned)) == nil)
    let gone =
      seen(.esme, .commissioned) + [
        recorded(Told.deleted, at: 31, effective: local("2026-03-01"))
      ]
    #expect(
      advice(.status, installed, on: gone)
        == RouteAdvice(route: .incident, because: .deviceNotInSMI))
  }
}
