import Foundation
import Synchronization
import Wire

/// Tells on stderr how far real work has come: share done, rate, time left.
///
/// On a terminal it is one line, which begins after a second, is redrawn at most twice a second in
/// one write and goes again. Elsewhere it is a plain line each 10 % or 60 s. With `--quiet` there
/// is none, and none where stderr is to be a JSON document.
final class ProgressLine: Sendable {
  private let label: String
  private let unit: String
  private let way: Way
  private let state = Mutex(State())

  private enum Way { case redrawn, lines, none }

  private struct State {
    var began = Date()
    var drawn = Date.distantPast
    var isOnScreen = false
    var pace = ProgressPace()
    /// When the file was there to be checked.
    var checkBegan = Date()
    /// When the work itself began, which is what the rate is counted from.
    var workBegan = Date()
  }

  init(_ label: String, unit: String) {
    self.label =
      label.count > 24 ? "\(label.prefix(11))…\(label.suffix(12))" : label
    self.unit = unit
    way =
      Output.errorTakesProgress ? .redrawn : Output.isQuiet || Output.wantsJSON ? .none : .lines
  }

  /// Says how much of the work is done.
  func update(_ done: Int, of total: Int) {
    say { state, now in
      ProgressText(
        label, done, of: total, unit: unit, seconds: now.timeIntervalSince(state.workBegan))
    }
  }

  /// Says how much of work is done of which nobody knows the whole.
  func count(_ done: Int) {
    say { _, _ in ProgressText(label, done, unit: unit) }
  }

  /// Says how much of a file has been checked before the work begins.
  func check(_ read: CSVProgress) {
    guard read.isChecking else { return }
    say { state, now in
      state.workBegan = now
      return ProgressText(label, read, seconds: now.timeIntervalSince(state.checkBegan))
    }
  }

  /// Says how much has come of what is kept before it is checked.
  func take(_ bytes: Int) {
    say { state, now in
      (state.checkBegan, state.workBegan) = (now, now)
      return ProgressText(label, reading: bytes)
    }
  }

  /// Takes the line away again.
  func end() {
    state.withLock { state in
      if state.isOnScreen { Output.write("\r\u{1B}[K", to: .standardError) }
      state.isOnScreen = false
    }
  }

  private func say(_ text: (inout State, Date) -> ProgressText) {
    guard way != .none else { return }
    state.withLock { state in
      let now = Date()
      let text = text(&state, now)
      let seconds = now.timeIntervalSince(state.began)
      guard way == .redrawn else {
        if state.pace.isDue(text, after: seconds) {
          Output.write(text.whole + "\n", to: .standardError)
        }
        return
      }
      guard seconds > 1, now.timeIntervalSince(state.drawn) > 0.5 else { return }
      state.drawn = now
      state.isOnScreen = true
      let room = Output.errorWidth - 1
      let lines = text.forms.map { $0.joined(separator: "  ") }
      let line = lines.first { $0.count <= room } ?? String((lines.last ?? "").prefix(room))
      Output.write("\r\(line)\u{1B}[K", to: .standardError)
    }
  }
}
