import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Records responses and alerts that the DCC sent.",
    usage: "smi-ledger record FILE.xml|FOLDER … [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger record response.xml
        smi-ledger record responses --format json
        smi-ledger record alert.xml --ledger /srv/ledger
      What came is recorded whatever it says, at its own time; what is odd is flagged.
      The same response or alert again changes nothing.
      Exit codes: 0, 1, 64, 65, 66, 74, 75, 77.
      See also: smi-ledger report --help
      """)

  @Argument(
    help: "DUIS XML files, decoded device answers, or folders of them.",
    completion: .file(extensions: ["xml"]))
  var files: [String]

  @OptionGroup var globals: Globals

  @OptionGroup var who: WhoOptions

  func run() throws {
    try globals.refuseCSV("record")
    let files = try RequestFiles.expand(self.files)
    let ledger = try globals.open()
    let user = try who.user(ledger)
    var answers = RequestAnswers(globals, files.count)
    let line = ProgressLine("record", unit: "files")
    for (index, file) in files.enumerated() {
      answers.take(file) {
        let loaded = try RequestFiles.message(file)
        let recorded =
          switch loaded.content {
          case .response(let response):
            try ledger.record(response, raw: loaded.raw, by: who.acting(user))
          case .alert(let alert):
            try ledger.record(alert, raw: loaded.raw, by: who.acting(user))
          }
        let answer = try RecordedAnswer(recorded, ledger: ledger)
        return RequestAnswers.One(
          outcome: recorded.repeated ? "recorded before" : "recorded", isGood: true,
          json: answer.members, text: answer.text)
      }
      line.update(index + 1, of: files.count)
    }
    line.end()
    ledger.catchUpViewsAfterRecording()
    try answers.finish()
  }
}
