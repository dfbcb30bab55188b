import Answers
import ArgumentParser
import Corrections
import Foundation
import Ledger
import Wire

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judges Service Requests as submit would; records nothing.",
    usage: "smi-ledger check FILE.xml|FOLDER … [--at TIME] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger check wrong-mpan.xml
        smi-ledger check requests --format json
        smi-ledger check wrong-mpan.xml --at 2026-03-16T00:00:00Z
      Rule: --at asks what holds then; submit to an authority decides on what holds now.
      Exit codes: 0 accepted, 1 refused or unknown, 64, 65, 66.
      See also: smi-ledger submit --help
      """)

  @Argument(help: "DUIS XML files, or folders of them.", completion: .file(extensions: ["xml"]))
  var files: [String]

  @OptionGroup var globals: Globals

  @Option(help: "Judge as of this time (RFC 3339), which may lie ahead.")
  var at: String?

  func run() throws {
    try globals.refuseCSV("check")
    let files = try RequestFiles.expand(self.files)
    let ledger = try globals.look()
    var actor = ActorOptions()
    actor.at = at
    let time = try actor.time(ledger, mayBeAhead: true)
    var answers = RequestAnswers(globals, files.count)
    let line = ProgressLine("check", unit: "files")
    for (index, file) in files.enumerated() {
      defer { line.update(index + 1, of: files.count) }
      answers.take(file) {
        let loaded = try RequestFiles.request(file)
        let judged = try ledger.judge(loaded.content, at: time)
        let wording = ledger.wording(for: judged)
        let recorded = try ledger.position(ofRequest: loaded.content.id)
        let answer = JudgementAnswer(loaded.content, judged.judgement)
        let text = JudgementText(
          request: loaded.content, judgement: judged.judgement, wording: wording,
          isDecided: false, position: judged.position, held: judged.held,
          asOf: at == nil ? nil : time)
        return RequestAnswers.One(
          judged.judgement, json: answer.members(wording) + [("recorded", .of(recorded))],
          text: [
            text.text,
            recorded.map {
              "This RequestID is recorded already, at position \($0): submit would give the answer "
                + "of then. A new request needs a new counter."
            },
            text.next(
              file: file, correction: judged.openCorrection, isRecorded: recorded != nil),
          ].compactMap { $0 }.joined(separator: "\n"))
      }
    }
    line.end()
    try answers.finish()
  }
}
