import ArgumentParser
import Corrections
import Foundation
import Ledger
import Wire

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judges Service Requests as submit would; records nothing.",
    usage: "smi-ledger check FILE.xml … [--at TIME] [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger check wrong-mpan.xml
        smi-ledger check *.xml --format json
        smi-ledger check wrong-mpan.xml --at 2026-03-16T00:00:00Z
      Exit codes: 0 accepted, 1 refused or unknown, 64, 65, 66.
      See also: smi-ledger submit --help
      """)

  @Argument(help: "DUIS XML files.", completion: .file(extensions: ["xml"]))
  var files: [String]

  @OptionGroup var globals: Globals

  @Option(help: "Judge as of this time (RFC 3339), which may lie ahead.")
  var at: String?

  func run() throws {
    try globals.refuseCSV("check")
    let ledger = try globals.read()
    var actor = ActorOptions()
    actor.at = at
    let time = try actor.time(ledger, mayBeAhead: true)
    var answers = RequestAnswers(globals, files.count)
    for file in files {
      answers.take(file) {
        let loaded = try RequestFiles.load(file)
        let judged = try ledger.judge(loaded.request, at: time)
        let wording = ledger.wording(for: judged)
        let recorded = try ledger.timeline(Tag.request(loaded.request.id)).first?.position
        let answer = JudgementAnswer(
          requestID: loaded.request.id, deviceID: loaded.request.deviceID,
          branch: loaded.request.branchName, judgement: judged.judgement)
        let text = JudgementText(
          request: loaded.request, judgement: judged.judgement, wording: wording,
          isDecided: false, position: judged.position, held: judged.held)
        return RequestAnswers.One(
          accepted: judged.judgement == nil ? true : judged.judgement?.accepted,
          json: .object(answer.members(wording) + [("recorded", .of(recorded))]),
          text: [
            text.text,
            recorded.map {
              "This RequestID is recorded already, at position \($0): submit would give the answer "
                + "of then. A new request needs a new counter."
            },
            text.next(file: file, correction: judged.openCorrection, isRecorded: false),
          ].compactMap { $0 }.joined(separator: "\n"))
      }
    }
    try answers.finish()
  }
}

/// The answers to many files: one object or an array, and the worst exit code.
struct RequestAnswers {
  struct One {
    let accepted: Bool?
    let json: JSON
    let text: String
    /// What went wrong after the request itself was recorded and answered.
    var afterwards: Problem?
  }

  private let globals: Globals
  private let count: Int
  private var json: [JSON] = []
  private var worst: Int32 = 0
  private var hasSpoken = false

  init(_ globals: Globals, _ count: Int) {
    self.globals = globals
    self.count = count
  }

  /// Answers one file; what is wrong with it is said, and the others go on.
  mutating func take(_ file: String, _ body: () throws -> One) {
    do {
      let one = try body()
      if one.accepted != true { worst = max(worst, 1) }
      switch globals.format {
      case .table, .csv:
        if hasSpoken { Output.say("") }
        Output.say(one.text)
        hasSpoken = true
      case .json: break
      }
      json.append(one.json)
      if let problem = one.afterwards {
        worst = max(worst, problem.exit)
        (count > 1 ? problem.naming(file) : problem).say(asJSON: globals.format == .json)
      }
    } catch {
      let problem = Problem(error)
      guard count > 1, [1, 65, 66].contains(problem.exit) else {
        problem.report(asJSON: globals.format == .json)
      }
      worst = max(worst, problem.exit)
      problem.naming(file).say(asJSON: globals.format == .json)
      json.append(
        .pairs([
          "file": .string(file), "error": .string(problem.kind),
          "detail": .string(problem.sentence),
        ]))
    }
  }

  func finish() throws {
    if globals.format == .json {
      Output.put(count == 1 ? json[0].text : JSON.array(json).text)
    }
    if worst != 0 { throw ExitCode(worst) }
  }
}
