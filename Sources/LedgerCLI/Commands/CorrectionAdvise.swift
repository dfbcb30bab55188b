import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct Advise: ParsableCommand {
  static let configuration = actionConfiguration(
    "advise", "Works out the route anew from what is held now; --xml writes the 8.4 to send.")
  @OptionGroup var options: ActionOptions

  @Flag(help: "Write the 8.4 that makes the change, ready to be signed and sent; record nothing.")
  var xml = false

  @Option(help: "The counter of its RequestID; else one more than the highest recorded here.")
  var counter: UInt64?

  func validate() throws {
    guard xml || counter == nil else { throw ValidationError("--counter goes with --xml") }
  }

  func run() throws {
    guard xml else { return try options.perform(.advise) }
    try options.globals.refuseCSV("advise --xml")
    let ledger = try options.globals.read()
    let user = try options.actor.user(ledger).flatMap { EUI64($0.id) }
    let ready = try ledger.request(for: options.id, by: user, counter: counter)
    let xml = String(decoding: ready.xml, as: UTF8.self)
    if options.globals.format == .json {
      Output.put(JSON.object(ready.members).text)
      return
    }
    Output.hint(outlook(of: ready, ledger.wording))
    if counter == nil {
      Output.hint(
        "Counter \(ready.requestID.counter) is new to this ledger; your own system may have used "
          + "it: --counter N.")
    }
    Output.put(xml)
  }

  /// What becomes of the request that was written, were it sent now.
  private func outlook(of ready: ReadyRequest, _ wording: Wording) -> String {
    guard let judgement = ready.judgement, let accepted = judgement.accepted else {
      return "Whether it would pass can't be said from what is held."
    }
    guard !accepted else { return "It passes as things stand." }
    let why = judgement.findings.first { $0.code.rawValue == judgement.code }
      .map { ", " + wording.because($0) }
    return "As things stand it is refused: \(judgement.code ?? "")\(why ?? "")"
      + (ready.advice.map { "; route \($0.route.rawValue)." } ?? ".")
  }
}
