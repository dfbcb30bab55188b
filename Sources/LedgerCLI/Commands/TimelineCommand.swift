import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "All events of a device, MPxN, request, correction, discrepancy or party.",
    usage: "smi-ledger timeline KIND ID [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger timeline correction COR-000001
        smi-ledger timeline device 00-DB-12-34-56-78-90-A0
        smi-ledger timeline party SUPB --effective-at 2026-03-31T23:00:00Z
      Exit codes: 0, 64, 66.
      See also: smi-ledger device history --help
      """)

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case device, mpxn, request, correction, discrepancy, party
  }

  @Argument(help: "device, mpxn, request, correction, discrepancy or party.")
  var kind: Kind

  @Argument(help: "Its EUI-64, digits, RequestID, number or code.")
  var id: String

  @OptionGroup var axes: AxesOptions
  @OptionGroup var globals: Globals

  func run() throws {
    let ledger = try globals.read()
    let moment = try axes.moment(ledger)
    let known = try ledger.timeline(try tag(ledger), upTo: moment.position)
    let events = known.effective(at: moment.effectiveAt)
    guard !events.isEmpty else { throw nothing(known, moment) }
    let timeline = TimelineAnswer(events: events, ledger: ledger)
    switch globals.format {
    case .table:
      Output.say(timeline.text())
      Output.footer(
        "\(Wording.count(events.count, "event")). Times are when it was true in the world. "
          + moment.foot)
    case .json: Output.put(timeline.json().text)
    case .csv: Output.put(timeline.csv())
    }
  }

  /// Why there is nothing to show: nothing is known, or nothing of it was true by then.
  private func nothing(_ known: [Recorded], _ moment: Moment) -> NotFound {
    let what = "no event of \(kind.rawValue) \(shownID)"
    guard let effective = moment.effectiveAt, let first = known.map(\.effectiveAt).min() else {
      return NotFound("\(what) is in this ledger at position \(moment.position)")
    }
    return NotFound("\(what) was true by --effective-at \(effective); the first is of \(first)")
  }

  /// The id as it may stand in a message.
  private var shownID: String {
    switch kind {
    case .mpxn: MPxN(id)?.masked ?? "of that value"
    case .correction: CorrectionID(id)?.description ?? Shown.typed(id)
    case .discrepancy: DiscrepancyID(id)?.description ?? Shown.typed(id)
    case .device, .request, .party: Shown.typed(id)
    }
  }

  private func tag(_ ledger: Ledger) throws -> String {
    switch kind {
    case .device:
      guard let device = EUI64(id) else {
        throw ValidationError("expected an EUI-64 such as 00-DB-12-34-56-78-90-A0")
      }
      return Tag.device(device)
    case .request:
      guard let request = RequestID(id) else {
        throw ValidationError("expected a RequestID: originator:target:counter")
      }
      return Tag.request(request)
    case .correction:
      guard let correction = CorrectionID(id) else {
        throw ValidationError("expected a correction such as COR-000118")
      }
      return Tag.correction(correction)
    case .discrepancy:
      guard let discrepancy = DiscrepancyID(id) else {
        throw ValidationError("expected a discrepancy such as DIS-000041")
      }
      return Tag.discrepancy(discrepancy)
    case .party: return Tag.party(id)
    case .mpxn:
      guard let mpxn = MPxN(id) else {
        throw ValidationError("expected an MPAN of 13 digits or an MPRN of up to 10")
      }
      guard let token = try ledger.token(of: mpxn) else {
        throw NotFound("no event of mpxn \(mpxn.masked) is in this ledger")
      }
      return Tag.mpxn(token)
    }
  }
}
