@testable import Corrections

/// Random histories of the device of the tests: whatever can be told of it, in whatever order.
///
/// All is told of moments apart, so no two events compete for one; the device is first looked at or
/// added, and then anything happens.
struct DeviceHistories {
  private var generator: SeededGenerator
  private let type: DeviceType

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    type = [.esme, .esme, .gsme, .chf, .ppmid, .ihd].randomElement(using: &generator) ?? .esme
  }

  /// What is told, each with the moment of which it is true; late arrivals among it.
  mutating func told(_ count: Int = 24) -> [(at: Instant, event: Event)] {
    let moments = (0..<count).map { february(1 + $0) }.shuffled(using: &generator)
    return moments.enumerated().map { index, moment in
      (moment, index == 0 ? first() : any(at: moment))
    }
  }

  /// The same, told in another order; what made the device known stays first.
  mutating func reordered(
    _ told: [(at: Instant, event: Event)]
  ) -> [(at: Instant, event: Event)] {
    told.prefix(1) + told.dropFirst().shuffled(using: &generator)
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &generator)]
  }

  private mutating func sometimes(_ percent: Int = 30) -> Bool {
    Int.random(in: 0..<100, using: &generator) < percent
  }

  private mutating func first() -> Event {
    sometimes(50) ? adding() : look(at: february(1))
  }

  private mutating func adding() -> Event {
    added(type, by: user(), details(), gpf: sometimes() ? The.gasProxy : nil)
  }

  private mutating func user() -> User { pick([The.supA, The.supB, The.maker]) }
  private mutating func value() -> Token { token(pick(["A", "B", "C"])) }
  private mutating func other() -> EUI64 { pick([The.hub, The.gasProxy, The.otherDevice]) }

  private mutating func details() -> DeviceDetails {
    DeviceDetails(
      model: sometimes(60) ? pick(["1", "2"]) : nil,
      firmwareVersion: sometimes(60) ? pick(["f", "F", "G"]) : nil,
      esmeVariant: sometimes() ? pick([.A, .BD]) : nil)
  }

  private mutating func look(at moment: Instant) -> Event {
    var look = InventoryEntry(deviceType: sometimes(5) ? .gsme : type)
    look.status = sometimes(70) ? pick(DeviceStatus.allCases) : nil
    if sometimes() {
      // At noon of any day, a look's own, so nothing else begins then.
      let days = Int64.random(in: -30...2, using: &generator)
      look.statusSince = moment.advanced(
        byMilliseconds: days * 86_400_000 + Int64.random(in: 1..<86_400_000, using: &generator))
    }
    look.details = details()
    look.dateCommissioned = sometimes() ? day(pick(["2026-01-01", "2026-01-02"])) : nil
    look.prenotifiedBy = sometimes() ? The.id(user()) : nil
    look.importMPxN = sometimes() ? value() : nil
    look.exportMPAN = sometimes() ? value() : nil
    look.postCode = sometimes() ? value() : nil
    look.cspRegion = sometimes() ? pick(["North", "South"]) : nil
    if sometimes(50) { look.associatedDevices = Array(Set([other(), other()])) }
    look.empty = Set(EntryField.allCases).subtracting(look.given).filter { _ in sometimes() }
    return seen(look, pick([.snapshot, .alert, .response]))
  }

  private mutating func any(at moment: Instant) -> Event {
    let request = The.request(.random(in: 1...9, using: &generator), from: user())
    switch Int.random(in: 0..<16, using: &generator) {
    case 0...2: return look(at: moment)
    case 3: return adding()
    case 4: return Told.deleted
    case 5...7:
      return Told.became(
        pick(DeviceStatus.allCases), pick(Basis.allCases), by: sometimes() ? request : nil)
    case 8: return Told.mpxn(value(), in: pick(MPxNField.allCases))
    case 9: return Told.described(details())
    case 10: return Told.joined(other())
    case 11: return Told.parted(The.device, asked: other())
    case 12: return Told.passed(to: sometimes() ? nil : The.id(user()))
    case 13: return Told.said(sometimes() ? .empty : .mpxn(value()), firmware: pick(["f", "G"]))
    case 14:
      return Told.answer(
        pick(["8.1.1", "8.7.2", "8.14.1", "8.3"]), pick(["I0", "I99"]), to: request)
    default: return sometimes() ? Told.deleted(.alert) : Told.joined(The.hub, asked: other())
    }
  }
}

/// These events at positions from 11 on, in the order in which they are told.
func positioned(_ told: [(at: Instant, event: Event)]) -> [Recorded] {
  told.enumerated().map { recorded($1.event, at: 11 + $0, effective: $1.at) }
}
