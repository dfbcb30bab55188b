import Answers
import ArgumentParser
import Corrections
import Foundation
import Ledger
import Wire

struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "How long turns last, what silence leads to, which calendar and targets count.",
    usage: "smi-ledger policy [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger policy
        smi-ledger policy --after-consents ledger --actor DCC-017
        smi-ledger policy --calendar scotland --from 2027-01-01T00:00:00Z --actor DCC-017

      Without anything to set it shows what is in force. What is set counts from --from, else from
      now; figures of an earlier time stay as they were.
      Exit codes: 0, 1, 64, 66, 74, 75, 77.
      See also: smi-ledger correction remind --help
      """)

  @Option(help: "Who makes the change once everybody agreed: dsp, or ledger (an authority only).")
  var afterConsents: Policy.AfterConsents?

  @Option(
    help: "Working days per turn, such as requester=5,counterparty=5,otherUser=5,dcc=2,dsp=2.")
  var turns: String?

  @Option(help: "Working days after a reminder until silence leads to an Incident.")
  var escalateAfter: Int?

  @Option(help: "Working days of silence after which a resolution counts as accepted.")
  var confirmWithin: Int?

  @Option(help: "Working days within which a fault that comes back reopens the old correction.")
  var reopenWithin: Int?

  @Option(help: "Working days within which a supplier gives its customer a plan.")
  var planWithin: Int?

  @Option(help: "The local hour, 0 to 24, after which a day no longer counts.")
  var cutOffHour: Int?

  @Option(help: "englandAndWales or scotland.")
  var calendar: WorkingCalendar?

  @Option(help: "Targets per category: 4=5wd sets working days, 1=4h hours of wall time.")
  var target: [String] = []

  @Flag(help: "The targets were held against SEC Appendix AG.")
  var verified = false

  @Option(help: "From when it counts (RFC 3339); else from now.")
  var from: String?

  @Flag(help: "Say what would be set, and record nothing.")
  var dryRun = false

  @OptionGroup var globals: Globals
  @OptionGroup var who: WhoOptions

  func validate() throws {
    for (name, days) in [
      ("--escalate-after", escalateAfter), ("--confirm-within", confirmWithin),
      ("--reopen-within", reopenWithin), ("--plan-within", planWithin),
    ] {
      if let days, !(0...250).contains(days) {
        throw ValidationError(
          "\(name): expected 0 to 250 working days; found \(Shown.typed("\(days)"))")
      }
    }
    if let cutOffHour, !(0...24).contains(cutOffHour) {
      throw ValidationError(
        "--cut-off-hour: expected 0 to 24; found \(Shown.typed("\(cutOffHour)"))")
    }
    _ = try change()
    guard sets || from == nil else {
      throw ValidationError("--from goes with what is to count from then, such as --turns dcc=2")
    }
  }

  func run() throws {
    try globals.refuseCSV("policy")
    let change = try change()
    guard sets else {
      try show(try globals.read())
      return
    }
    let ledger = try globals.open(dryRun: dryRun)
    let user = try who.requiredUser(ledger, of: .dcc, for: "policy")
    if afterConsents == .ledger, ledger.opened.mode == .observer {
      throw ValidationError(
        "--after-consents ledger: only an authority ledger makes changes; this one observes")
    }
    let start = try from.map(Globals.time(of: "--from")) ?? ledger.now()
    let done = try ledger.setPolicy(
      change, from: start, by: user, via: .asserted(account: getuid()), dryRun: dryRun)
    if !dryRun { ledger.catchUpViewsAfterRecording() }
    let sentences = EventSentences(ledger: ledger)
    if globals.format == .table {
      for (offset, event) in done.events.enumerated() {
        let place = done.position.map { "\($0 + offset)" } ?? "would record"
        let said = sentences.sentence(
          Recorded(
            position: 0, recordedAt: start, effectiveAt: start, actor: .ledger, cause: nil,
            event: event))
        Output.say("\(place)  \(user.id): \(said), from \(Wording.time(start))")
      }
      if done.events.isEmpty { Output.say("It is so already; nothing was recorded.") }
      if !done.events.isEmpty, let when = when(start, ledger.now()) { Output.say(when) }
      if dryRun { Output.say("Nothing was recorded.") }
    }
    if globals.format == .json || !dryRun { try show(ledger) }
  }

  /// What a start that is not now means.
  private func when(_ start: Instant, _ now: Instant) -> String? {
    guard from != nil, start != now else { return nil }
    if dryRun {
      return "It would count from \(Wording.time(start)) on, which "
        + (start > now ? "lies ahead." : "has passed.")
    }
    return start > now
      ? "It counts from \(Wording.time(start)) on, which lies ahead; until then this is in force:"
      : "It counts from \(Wording.time(start)) on, which has passed: turns, ages and targets since then "
        + "are counted by it."
  }

  private var sets: Bool {
    afterConsents != nil || turns != nil || escalateAfter != nil || confirmWithin != nil
      || reopenWithin != nil || planWithin != nil || cutOffHour != nil || calendar != nil
      || !target.isEmpty || verified
  }

  private func change() throws -> PolicyChange {
    var change = PolicyChange()
    change.afterConsents = afterConsents
    change.escalateAfter = escalateAfter
    change.confirmWithin = confirmWithin
    change.reopenWithin = reopenWithin
    change.planWithin = planWithin
    change.cutOffHour = cutOffHour
    change.calendar = calendar
    change.targetsAreVerified = verified ? true : nil
    for part in (turns ?? "").split(separator: ",") {
      let pair = part.split(separator: "=").map(String.init)
      guard pair.count == 2, let holder = Holder(rawValue: pair[0]), holder != .nobody,
        holder != .notKnown, let days = Int(pair[1]), (1...250).contains(days)
      else {
        throw ValidationError(
          "--turns: expected HOLDER=DAYS with 1 to 250 working days, joined by commas, such as "
            + "dcc=2; found \(Shown.typed(part))"
        )
      }
      change.turns[holder] = days
    }
    change.targets = try target.map(PolicyCommand.target)
    return change
  }

  /// Reads `4=5wd` or `1=4h`.
  private static func target(_ text: String) throws -> ServiceTargets.Target {
    let pair = text.split(separator: "=").map(String.init)
    if pair.count == 2, let category = Int(pair[0]), ServiceTargets.categories.contains(category) {
      if pair[1].hasSuffix("wd"), let days = Int(pair[1].dropLast(2)), (1...250).contains(days) {
        return ServiceTargets.Target(
          category: category, minutes: days * 1440, counting: .working)
      }
      if pair[1].hasSuffix("h"), let hours = Int(pair[1].dropLast()), (1...10_000).contains(hours) {
        return ServiceTargets.Target(category: category, minutes: hours * 60, counting: .elapsed)
      }
    }
    throw ValidationError(
      "--target: expected CATEGORY=5wd or CATEGORY=4h with a category of 1 to 5; found "
        + Shown.typed(text))
  }

  private func show(_ ledger: Ledger) throws {
    let terms = try ledger.terms()
    let now = ledger.now()
    let text = PolicyText(terms: terms, now: now)
    if globals.format == .json { Output.put(text.json.text) } else { Output.say(text.text) }
  }
}

/// What is in force, as people and programs read it.
struct PolicyText {
  let terms: Terms
  let now: Instant

  var text: String {
    let policy = terms.policy(at: now)
    func days(_ count: Int?) -> String {
      count.map { Wording.count($0, "working day") } ?? "not set"
    }
    var table = Table(["", ""])
    table.add(["Policy", "\(policy.version), in force from \(Wording.time(policy.from))"])
    table.add(["Calendar", terms.calendar(at: now).name])
    table.add(["Cut-off", "\(policy.cutOffHour):00 local time"])
    for holder in Holder.allCases {
      guard let count = policy.days(for: holder) else { continue }
      table.add(["Turn", "\(holder.rawValue): \(days(count))"])
    }
    table.add([
      "Consents", "once all stand, \((policy.afterConsents ?? .dsp).rawValue) makes the change",
    ])
    table.add(["Silence", "an Incident, \(days(policy.escalateAfter)) after a reminder"])
    table.add(["Confirming", "by silence after \(days(policy.confirmWithin))"])
    table.add(["Coming back", "reopens within \(days(policy.reopenWithin))"])
    table.add(["Plan", "to the customer within \(days(policy.planWithin))"])
    let targets = terms.targets(at: now)
    for target in targets?.targets ?? [] {
      table.add(["Target", "category \(target.category): \(PolicyText.duration(target))"])
    }
    let note =
      targets.map { set in
        set.isVerified
          ? "Targets are verified." : "Targets are NOT verified against SEC Appendix AG."
      } ?? "No targets are set."
    return table.text() + "\n" + note
  }

  private static func duration(_ target: ServiceTargets.Target) -> String {
    switch target.counting {
    case .elapsed: Wording.count(target.minutes / 60, "hour") + " of wall time"
    case .working: Wording.count(target.minutes / 1440, "working day")
    }
  }

  var json: JSON {
    let policy = terms.policy(at: now)
    let targets = terms.targets(at: now)
    return .pairs([
      "policy": .integer(policy.version), "from": .string(policy.from.stored),
      "calendar": .string(terms.calendar(at: now).rawValue),
      "cutOffHour": .integer(policy.cutOffHour),
      "turns": .object(
        Holder.allCases.compactMap { holder in
          policy.days(for: holder).map { (holder.rawValue, .integer($0)) }
        }),
      "afterConsents": .string((policy.afterConsents ?? .dsp).rawValue),
      "escalateAfter": .of(policy.escalateAfter), "confirmWithin": .of(policy.confirmWithin),
      "reopenWithin": .of(policy.reopenWithin), "planWithin": .of(policy.planWithin),
      "targetsVerified": .of(targets?.isVerified),
      "targets": .array(
        (targets?.targets ?? []).map {
          .pairs([
            "category": .integer($0.category), "minutes": .integer($0.minutes),
            "counting": .string($0.counting.rawValue),
          ])
        }),
    ])
  }
}
