import Testing

@testable import Corrections

/// Random people who do random things in a small world, while registrations, the SMI and time move
/// under them.
struct RandomActs {
  private var generator: SeededGenerator
  private(set) var world: SmallWorld
  /// What the last act recorded, and the world that it was decided in.
  private(set) var last: (events: [Event], before: SmallWorld)

  private static let staff = [By.dcc, By.otherDCC, By.dsp, By.auditor]
  private static let parties = SmallWorld.suppliers.prefix(3) + ["XENO"]

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    var world = SmallWorld(devices: 3)
    if Bool.random(using: &generator) { world.policy = .byLedger }
    if Int.random(in: 0..<3, using: &generator) == 0 { world.mode = .observer }
    self.world = world
    last = ([], world)
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &generator)]
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }

  /// Any of the three meter points of the devices, or a fourth one.
  private mutating func point() -> Token { SmallWorld.point(.random(in: 0...3, using: &generator)) }

  /// One thing that happens.
  mutating func step() throws {
    last = ([], world)
    let length = world.log.count
    world.pass(hours: .random(in: 0..<(chance(10) ? 400 : 30), using: &generator))
    switch Int.random(in: 0..<100, using: &generator) {
    case 0..<12: try report()
    case 12..<16:
      let from = world.now.advanced(
        byMilliseconds: .random(in: -5...5, using: &generator) * 86_400_000)
      let point = point()
      world.rows[point, default: []].append(
        row(point, pick(Array(Self.parties.prefix(3))), from: from, imported: length))
    case 16..<20: look()
    case 20..<22:
      let index = Int.random(in: 0..<3, using: &generator)
      world.tell(
        .mpxnUpdated(
          MPxNUpdated(
            deviceID: SmallWorld.device(index), field: .importMPxN, from: nil, to: point(),
            basis: .decided, requestID: The.request(9), correction: nil)), of: index)
    case 22..<30: try world.due()
    default: try act()
    }
    last.events = world.log.dropFirst(length).map(\.event)
  }

  private mutating func report() throws {
    if chance(40), let (party, index, wanted) = otherHalf() {
      do { try world.report(by: party, index, wanting: wanted) } catch is Refusal {}
      return
    }
    let index = Int.random(in: 0..<3, using: &generator)
    let (field, wanted) = wanted(chance(60) ? .importMPxN : pick(CorrectionField.allCases))
    do {
      try world.report(by: pick(Array(Self.parties)), index, field, wanting: wanted)
    } catch is Refusal {}
  }

  /// What makes an open correction one of a crossed pair, if the same party reports it.
  private mutating func otherHalf() -> (party: String, index: Int, wanted: Token)? {
    let open = world.corrections.values.filter { $0.isOpen && $0.field == .importMPxN }
      .sorted { $0.id < $1.id }
    guard let first = open.randomElement(using: &generator), let wanted = first.requested.mpxn,
      let held = world.devices[first.deviceID]?.current(.importMPxN)?.value
    else { return nil }
    return (0..<3).first { world.holds($0) == .mpxn(wanted) }.map { (first.requester, $0, held) }
  }

  private mutating func wanted(_ field: CorrectionField) -> (CorrectionField, EntryValue) {
    let value: EntryValue
    switch field {
    case .importMPxN, .exportMPAN: value = chance(15) ? .empty : .mpxn(point())
    case .secondaryImportMPAN: value = .mpxn(point())
    case .status: value = .status(pick([.pending, .suspended, .commissioned]))
    case .details: value = .details(DeviceDetails(model: pick(["1", "2"])))
    case .deletion: value = .listed(false)
    case .other: value = .text(pick(["D1", "D2"]))
    }
    return (field, value)
  }

  private mutating func look() {
    let index = Int.random(in: 0..<3, using: &generator)
    let status = chance(80) ? DeviceStatus.commissioned : pick(DeviceStatus.allCases)
    world.look(at: index, entry(.esme, status, importMPxN: chance(90) ? point() : nil))
  }

  /// Somebody does something to a correction: mostly what leads on, by who may.
  private mutating func act() throws {
    let open = world.corrections.values.filter { !$0.hasEnded || chance(5) }
      .sorted { $0.id < $1.id }
    guard !open.isEmpty else { return }
    let correction = pick(open)
    let leading = correction.possible.first { $0 != .advise } ?? .note
    let name = chance(55) ? leading : pick(chance(95) ? correction.possible : CommandName.allCases)
    if name != leading, [.escalate, .reject, .withdraw, .resolve, .change].contains(name),
      chance(75)
    {
      return
    }
    guard let command = command(name, on: correction) else { return }
    let actor = chance(5) ? pick(everybody) : actor(for: command, on: correction)
    let (_, other) = wanted(correction.field)
    do {
      try world.act(
        command, on: correction.id.number, by: actor, wanting: name == .change ? other : nil)
    } catch is Refusal {}
  }

  private var everybody: [CorrectionActor] { Self.staff + (0..<3).map(SmallWorld.supplier) }

  private mutating func command(
    _ name: CommandName, on correction: Correction
  ) -> Correction.Command? {
    switch name {
    case .open: return nil
    case .advise: return .advise
    case .consent: return .consent
    case .refuse: return .refuse(reason: "D")
    case .assign: return .assign(owner: pick(["DCC-SC-1", "DCC-SC-2"]), reason: "D")
    case .propose: return .propose(explanation: chance(50) ? "D" : nil)
    case .approve: return .approve
    case .decline: return .decline(reason: "D")
    case .apply: return .apply
    case .fail: return .fail(reason: "D")
    case .verify: return .verify
    case .resolve: return .resolve(pick(CorrectionResolved.How.allCases))
    case .confirm: return .confirm
    case .reopen: return .reopen(reason: "D")
    case .reject: return .reject(reason: "D")
    case .withdraw: return .withdraw(reason: "D")
    case .note: return .note("D")
    case .plan: return .plan
    case .inform:
      return correction.question == nil || chance(10)
        ? .ask(of: correction.parties.sorted().randomElement(using: &generator), question: "D")
        : .inform(answer: "D")
    case .change: return .change(reason: "D")
    case .merge:
      let all = world.corrections.values.sorted { $0.id < $1.id }
      let fitting = all.filter {
        $0.isOpen && $0.id != correction.id && $0.knownDevice == correction.knownDevice
      }
      return (fitting.isEmpty || chance(30) ? all : fitting).randomElement(using: &generator)
        .map { .merge(into: $0, reason: "D") }
    case .escalate:
      return correction.isEscalated != chance(10)
        ? .closeIncident(outcome: "D") : .escalate(reason: "D")
    case .categorise: return .categorise(.random(in: 1...5, using: &generator))
    case .reference: return .reference(pick(ReferenceSystem.allCases), document: "D")
    }
  }

  private mutating func actor(
    for command: Correction.Command, on correction: Correction
  ) -> CorrectionActor {
    func of(_ party: String?) -> CorrectionActor {
      SmallWorld.suppliers.firstIndex { $0 == party }.map(SmallWorld.supplier)
        ?? CorrectionActor(user: nil, party: party ?? "XENO", roles: [.otherUser])
    }
    switch command {
    case .consent, .refuse:
      let asked = correction.pendingConsents.map(\.party)
      return of(asked.randomElement(using: &generator))
    case .inform: return of(correction.question?.of)
    case .confirm, .plan, .withdraw:
      return of(correction.reporters.randomElement(using: &generator))
    case .change: return chance(50) ? of(correction.requester) : By.dcc
    case .apply, .fail: return By.dsp
    case .approve: return correction.proposal?.proposedBy == "DCC-017" ? By.otherDCC : By.dcc
    case .advise, .assign, .propose, .decline, .verify, .resolve, .reopen, .reject, .note, .ask,
      .merge, .escalate, .closeIncident, .categorise, .reference:
      return chance(80) ? By.dcc : By.otherDCC
    }
  }
}
