import Corrections
import EventLog
import Foundation
import Ledger
import Synchronization
import Wire

/// Made-up months of corrections, as many each day, always the same for the same seed.
///
/// Days are gone through in order, and what happens on one in the order of its time, so a step is
/// recorded when it happens but for a few that are told of later.
struct RandomMonths {
  private static let day: Int64 = 86_400_000
  /// 2021-01-01, midnight in London.
  private static let start: Int64 = 1_609_459_200_000

  private let count: Int
  private let days: Int
  private var dice: Dice
  private var begun = 0
  private var live: [Int: RandomCorrection] = [:]
  /// Who is worked on next on each day, and at which millisecond of it.
  private var due: [[(at: Int64, number: Int)]]
  /// Some that were live lately, to be merged and linked with.
  private var recent: [Int] = []
  private let tags: (Event) throws -> [String]

  /// Makes corrections of some whole years.
  init(
    seed: UInt64, corrections: Int, days: Int, tags: @escaping (Event) throws -> [String]
  ) {
    count = corrections
    self.days = days
    dice = Dice(seed: seed)
    due = Array(repeating: [], count: days)
    self.tags = tags
  }

  /// Something that was recorded together, and when it was true and recorded.
  struct Act {
    let events: [Event]
    let effectiveAt: Instant
    let recordedAt: Instant

    /// Who recorded it: one of three, by its time.
    var actor: Corrections.Actor {
      RandomMonths.actors[Int(recordedAt.milliseconds % Int64(RandomMonths.actors.count))]
    }
  }

  /// What happened on a day, each act given the position that comes next.
  mutating func day(_ day: Int, _ position: Int, _ record: (Act) throws -> Int) throws {
    var position = position
    let openings = count * (day + 1) / days - count * day / days
    for _ in 0..<openings {
      begun += 1
      due[day].append((Int64(dice.below(Int(Self.day))), begun))
    }
    let acts = due[day].sorted { ($0.at, $0.number) < ($1.at, $1.number) }
    due[day] = []
    for act in acts {
      let now = Instant(milliseconds: Self.start + Int64(day) * Self.day + act.at)
      for made in try self.acts(of: act.number, now, position + 1) {
        for (offset, event) in made.events.enumerated() {
          fold(
            Recorded(
              position: position + 1 + offset, recordedAt: made.recordedAt,
              effectiveAt: made.effectiveAt, actor: made.actor, cause: nil, event: event),
            act.number)
        }
        position = try record(made)
      }
      schedule(act.number, day)
    }
  }

  static let actors = ["DCC", "SUPA", Corrections.Actor.unknownParty].map {
    Corrections.Actor(user: nil, party: $0, role: nil, via: .asserted(account: 0))
  }

  private mutating func acts(of number: Int, _ now: Instant, _ position: Int) throws -> [Act] {
    guard var item = live[number] else { return [open(number, now)] }
    defer { live[number] = item }
    if let wrong = item.erred(&dice) {
      let annulled = EventAnnulled(
        position: wrong.position, type: StoredForm.encode(wrong.event).type,
        tags: try tags(wrong.event), replacedBy: nil, reason: item.document(18))
      return [Act(events: [.eventAnnulled(annulled)], effectiveAt: now, recordedAt: now)]
    }
    if item.state?.isAsTakenOver == true, dice.isOne(in: 6) {
      // The file of old tickets is read again, and says something else.
      let raised = now.advanced(byMilliseconds: -Int64(1 + dice.below(200)) * Self.day)
      let told = item.ticket(raised: raised, told: now, into: nil, &dice)
      return [Act(events: [told], effectiveAt: raised, recordedAt: now)]
    }
    let others = [others(than: number), others(than: number)].compactMap { $0 }
    let events = item.next(at: position, beside: others, &dice)
    let late = dice.isOne(in: 50) ? Int64(dice.below(40)) * Self.day : 0
    let at = max(now.advanced(byMilliseconds: -late), item.state?.openedAt ?? now)
    return events.isEmpty ? [] : [Act(events: events, effectiveAt: at, recordedAt: now)]
  }

  private mutating func open(_ number: Int, _ now: Instant) -> Act {
    let item = RandomCorrection(number, &dice)
    live[number] = item
    guard dice.isOne(in: 10) else {
      return Act(events: item.opening(&dice), effectiveAt: now, recordedAt: now)
    }
    let raised = now.advanced(byMilliseconds: -Int64(1 + dice.below(300)) * Self.day)
    let other = dice.isOne(in: 10) ? others(than: number) : nil
    let told = item.ticket(raised: raised, told: now, into: other, &dice)
    return Act(events: [told], effectiveAt: raised, recordedAt: now)
  }

  /// Another correction that is open.
  private mutating func others(than number: Int) -> CorrectionID? {
    guard !recent.isEmpty else { return nil }
    let other = dice.one(of: recent)
    guard other != number, let state = live[other]?.state, state.isOpen, state.ticket == nil else {
      return nil
    }
    return state.id
  }

  private mutating func fold(_ recorded: Recorded, _ number: Int) {
    var numbers = [number]
    switch recorded.event {
    case .eventAnnulled: return
    case .correctionStep(let step): numbers += step.others.map(\.number)
    case .incidentTakenOver(let ticket): numbers += ticket.mergedInto.map { [$0.number] } ?? []
    default: break
    }
    for number in numbers { live[number]?.take(recorded) }
  }

  /// Work goes on after some days, sooner or later; what is over is forgotten, and a few are left
  /// open for good.
  private mutating func schedule(_ number: Int, _ day: Int) {
    guard let item = live[number] else { return }
    if recent.count < 64 { recent.append(number) } else { recent[dice.below(64)] = number }
    let wait = 1 + min(dice.below(12), dice.below(40))
    guard !item.isOver, day + wait < days else {
      live[number] = nil
      return
    }
    if dice.isOne(in: 400) { return }
    due[day + wait].append((Int64(dice.below(Int(Self.day))), number))
  }
}
