import Answers
import ArgumentParser

/// The program: parses, runs one command, and turns whatever went wrong into one sentence.
@main
struct SMILedger: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "smi-ledger",
    abstract: """
      Tracks each correction of the Smart Metering Inventory from the refused request \
      to the confirmed fix.
      """,
    discussion: """
      Examples:
        smi-ledger init --mode authority
        smi-ledger check wrong-mpan.xml
        smi-ledger submit --open wrong-mpan.xml

      The ledger is --ledger DIR, else $SMI_LEDGER, else ./ledger.
      Exit codes: 0 done; 1 a lawful no; 64 usage; 65 input not what it claims to be;
      66 not found; 73 cannot create; 74 input/output error; 75 busy, try again;
      77 not allowed.
      """,
    version: "0.1.0",
    subcommands: [
      Init.self, Import.self, Submit.self, Check.self, Record.self, Explain.self,
      CorrectionCommand.self,
      Reconcile.self, DiscrepancyCommand.self, DeviceCommand.self, TimelineCommand.self,
      Compare.self, Report.self, Export.self,
      PolicyCommand.self,
      Annul.self, Erase.self,
      Verify.self, CheckpointCommand.self, Prove.self, Seal.self, EvidenceCommand.self,
      Backup.self, Restore.self, Rebuild.self,
      Doctor.self, Serve.self, TokenCommand.self,
    ])

  static func main() {
    do {
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch let code as ExitCode {
        throw code
      } catch  where exitCode(for: error) == .success {
        throw error  // Help is an answer: it goes the way of a parsed --version.
      } catch {
        Problem(error).report(asJSON: Output.wantsJSON)
      }
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      let usage = Usage(error, Array(CommandLine.arguments.dropFirst()))
      Problem("usage", 64, usage.sentence).report(asJSON: usage.wantsJSON)
    }
  }
}
