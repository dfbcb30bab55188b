import Answers
import ArgumentParser
import Corrections
import Foundation
import Ledger
import Wire

struct Submit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Records Service Requests, judges them and prints DUIS responses.",
    usage: "smi-ledger submit FILE.xml|FOLDER … [--open] [--responses DIR] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger submit update.xml
        smi-ledger submit --open wrong-mpan.xml
        smi-ledger submit *.xml --responses out --format json
      The same request again changes nothing and gets the first answer.
      Exit codes: 0 accepted, 1 refused or unknown, 64, 65, 66, 74, 75, 77.
      See also: smi-ledger check --help
      """)

  @Argument(help: "DUIS XML files, or folders of them.", completion: .file(extensions: ["xml"]))
  var files: [String]

  @OptionGroup var globals: Globals
  @OptionGroup var actor: ActorOptions

  @Flag(help: "Open a correction at once for what is refused.")
  var open = false

  @Option(help: "Write each DUIS response to this folder.", completion: .directory)
  var responses: String?

  func run() throws {
    try globals.refuseCSV("submit")
    let files = try RequestFiles.expand(self.files)
    let ledger = try globals.open()
    if let responses { try makeFolder(responses) }
    let user = try actor.user(ledger)
    var answers = RequestAnswers(globals, files.count)
    let line = ProgressLine("submit", unit: "files")
    for (index, file) in files.enumerated() {
      answers.take(file) {
        try one(file, ledger, actor.acting(user), isOnly: files.count == 1)
      }
      line.update(index + 1, of: files.count)
    }
    line.end()
    ledger.catchUpViewsAfterRecording()
    try answers.finish()
  }

  private func one(
    _ file: String, _ ledger: Ledger, _ actor: Actor?, isOnly: Bool
  ) throws -> RequestAnswers.One {
    let loaded = try RequestFiles.request(file)
    let submitted = try ledger.submit(
      loaded.content, raw: loaded.raw, by: actor, at: try self.actor.givenTime(ledger))
    var answer = SubmittedAnswer(loaded.content, submitted, ledger)
    var openedText: String?
    var afterwards: Problem?
    if open, submitted.judgement?.accepted == false {
      do {
        let opened = try ledger.wordingRefusals {
          try ledger.openCorrection(
            from: loaded.content.id, by: actor, at: try self.actor.givenTime(ledger))
        }
        answer.correction = opened.correction.id
        openedText = OpenedText(opened, ledger).text
      } catch {
        afterwards = Problem(error).continued(
          by: "The request is recorded at position \(submitted.position); no correction was opened")
      }
    }
    if open, submitted.judgement != nil, submitted.judgement?.accepted == nil {
      openedText = "No correction was opened: whether it is refused can't be said."
    }
    if let responses, let response = answer.response {
      do {
        try write(response, of: submitted, to: responses)
      } catch {
        afterwards = Problem(error).continued(
          by: "The request is recorded at position \(submitted.position); submit it again for its "
            + "response")
      }
    }
    return RequestAnswers.One(
      submitted.judgement, json: try answer.members(),
      text: try text(
        answer, loaded, correction: openedText == nil ? answer.correction : nil, openedText,
        isOnly ? answer.response : nil),
      afterwards: afterwards)
  }

  private func text(
    _ answer: SubmittedAnswer, _ loaded: RequestFiles.Loaded<ServiceRequest>,
    correction: CorrectionID?, _ openedText: String?, _ response: [UInt8]?
  ) throws -> String {
    let (submitted, ledger) = (answer.submitted, answer.ledger)
    let judgement = JudgementText(
      request: loaded.content, judgement: submitted.judgement, wording: ledger.wording,
      isDecided: submitted.response != nil, position: submitted.position, held: submitted.held)
    var parts = [judgement.text]
    parts += EventSentences(ledger: ledger).lines(try answer.consequences())
    if submitted.repeated {
      parts.append(
        "Recorded before, at position \(submitted.position): this is the answer of then."
          + (submitted.contentCompared
            ? "" : " Its content was erased, so it could not be compared."))
    } else {
      parts.append("Recorded at position \(submitted.position).")
    }
    if let openedText { parts.append(openedText) }
    if openedText == nil || submitted.judgement?.accepted == nil,
      let next = judgement.next(
        file: loaded.file, correction: correction, isRecorded: true)
    {
      parts.append(next)
    }
    if responses == nil, let response {
      parts.append(String(decoding: response, as: UTF8.self))
    }
    return parts.joined(separator: "\n")
  }

  private func write(_ response: [UInt8], of submitted: Submitted, to folder: String) throws {
    let name = submitted.requestID.description.replacing(":", with: ".") + ".response.xml"
    let path = folder + "/" + name
    guard FileManager.default.createFile(atPath: path, contents: Data(response)) else {
      throw FileProblem.unwritable(path, reason: String(cString: strerror(errno)))
    }
  }

  /// Before anything is recorded, so that a folder that can't be there costs nothing.
  private func makeFolder(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      let reason = String(cString: strerror(errno))
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
      throw FileProblem.unwritable(
        folder,
        reason: (exists && !isFolder.boolValue ? "it is a file" : reason)
          + ". Nothing was recorded; name a folder for the responses")
    }
  }
}
