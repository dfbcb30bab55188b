import Answers
import Foundation
import Synchronization

/// Where answers, hints and progress go: stdout is the answer, stderr everything else.
enum Output {
  private static let state = Mutex((wantsJSON: false, isQuiet: false))

  static var wantsJSON: Bool {
    get { state.withLock { $0.wantsJSON } }
    set { state.withLock { $0.wantsJSON = newValue } }
  }

  static var isQuiet: Bool {
    get { state.withLock { $0.isQuiet } }
    set { state.withLock { $0.isQuiet = newValue } }
  }

  /// Whether the answer goes to a terminal.
  static let isTerminal = isatty(STDOUT_FILENO) == 1

  /// Whether progress may be drawn: stderr is a terminal that can, and nobody asked for quiet.
  static var errorTakesProgress: Bool {
    isatty(STDERR_FILENO) == 1 && !isQuiet
      && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// How many columns stderr's terminal has now.
  static var errorWidth: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// The one place that decides about colour.
  static let hasColour: Bool = {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }()

  /// What decided about colour, for `doctor`.
  static var colourReason: String {
    let environment = ProcessInfo.processInfo.environment
    if !isTerminal { return "off: not a terminal" }
    if !(environment["NO_COLOR"] ?? "").isEmpty { return "off: NO_COLOR is set" }
    if environment["TERM"] == "dumb" { return "off: TERM is dumb" }
    return "on"
  }

  /// Part of the answer.
  static func say(_ text: String) { write(text + "\n", to: .standardOutput) }

  /// What stands below a table: on a terminal it is part of it, else a hint, so that a file or a
  /// pipe gets the rows alone.
  static func footer(_ text: String) {
    if isTerminal { say(text) } else { hint(text) }
  }

  /// Part of the answer, as it is.
  static func put(_ text: String) { write(text, to: .standardOutput) }

  /// A hint or a warning, silenced by `--quiet`.
  static func hint(_ text: String) {
    if !isQuiet { write(text + "\n", to: .standardError) }
  }

  /// An error; never silenced.
  static func error(_ text: String) { write(text + "\n", to: .standardError) }

  static func write(_ text: String, to handle: FileHandle) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Foundation.write(
          handle.fileDescriptor, $0.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        // A reader that went away is no failure of ours; anything else is.
        if errno == EPIPE { Foundation.exit(0) }
        if handle.fileDescriptor != STDERR_FILENO {
          error(
            "the answer can't be written: \(String(cString: strerror(errno))). What was recorded "
              + "stands; the same request again gets the same answer")
        }
        Foundation.exit(74)
      }
      done += count
    }
  }

  /// A word that carries the answer; colour only repeats it.
  static func verdict(_ word: String, good: Bool?) -> String {
    guard hasColour else { return word }
    let code = good.map { $0 ? "32" : "31" } ?? "33"
    return "\u{1B}[\(code)m\(word)\u{1B}[0m"
  }

  /// A sentence that does not count any more; the line through it only repeats a word.
  static func struckThrough(_ sentence: String) -> String {
    hasColour ? "\u{1B}[9m\(sentence)\u{1B}[0m" : sentence
  }
}
