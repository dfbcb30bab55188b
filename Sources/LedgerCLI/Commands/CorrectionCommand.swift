import ArgumentParser
import Corrections
import Ledger
import Wire

struct CorrectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correction",
    abstract: "The one thread: from the report of a wrong SMI field to the confirmed fix.",
    discussion: """
      Examples:
        smi-ledger correction open --request REQUEST-ID
        smi-ledger correction list --holder counterparty
        smi-ledger correction consent COR-000001 --actor 90-B3-D5-1F-30-03-00-00
      """,
    subcommands: [
      CorrectionOpen.self, CorrectionShow.self, CorrectionList.self, Advise.self, Consent.self,
      Refuse.self, Inform.self, Assign.self, Propose.self, Approve.self, Decline.self, Apply.self,
      Fail.self, VerifyFix.self, Resolve.self, Confirm.self, Reopen.self, Reject.self,
      Withdraw.self, Change.self, Merge.self, Escalate.self, Plan.self, Categorise.self,
      AddReference.self, Remind.self, Note.self,
    ])
}

extension CorrectionID: ExpressibleByArgument {
  /// Reads `COR-000118`.
  public init?(argument: String) { self.init(argument) }
}

extension EUI64: ExpressibleByArgument {
  /// Reads eight hex octets joined by hyphens.
  public init?(argument: String) { self.init(argument) }
}

extension RequestID: ExpressibleByArgument {
  /// Reads originator, target and counter joined by colons.
  public init?(argument: String) { self.init(argument) }
}

extension Holder: ExpressibleByArgument {}
extension Correction.State: ExpressibleByArgument {}
extension Route: ExpressibleByArgument {}
extension CorrectionResolved.How: ExpressibleByArgument {}
extension ReferenceSystem: ExpressibleByArgument {}
extension WorkingCalendar: ExpressibleByArgument {}
extension Policy.AfterConsents: ExpressibleByArgument {}
