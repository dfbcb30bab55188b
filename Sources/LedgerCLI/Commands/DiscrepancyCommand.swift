import ArgumentParser
import Corrections
import Ledger
import Wire

struct DiscrepancyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discrepancy",
    abstract: "Suspected errors that reconcile found: listed, shown, dismissed.",
    discussion: """
      Examples:
        smi-ledger discrepancy list --rule crossedMPxNs
        smi-ledger discrepancy show DIS-000001
        smi-ledger discrepancy rules
      """,
    subcommands: [
      DiscrepancyList.self, DiscrepancyShow.self, DiscrepancyDismiss.self, DiscrepancyRules.self,
    ])
}

extension DiscrepancyID: ExpressibleByArgument {
  /// Reads `DIS-000041`.
  public init?(argument: String) { self.init(argument) }
}

extension Discrepancy.State: ExpressibleByArgument {}
extension Confidence: ExpressibleByArgument {}
