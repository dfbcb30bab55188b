import Foundation
import Synchronization
import Wire

/// A line on the terminal that tells how far real work has come: share done, rate, time left.
///
/// It begins after a second, is redrawn at most twice a second in one write, never fills more than
/// one line, and says nothing at all when stderr is no terminal or a dumb one, or with `--quiet`.
final class ProgressLine: Sendable {
  private let label: String
  private let unit: String
  private let isShown: Bool
  private let state = Mutex(State())

  private struct State {
    var began = Date()
    var drawn = Date.distantPast
    var isOnScreen = false
    /// When the work itself began, which is what the rate is counted from.
    var workBegan = Date()
  }

  init(_ label: String, unit: String) {
    self.label =
      label.count > 24 ? "\(label.prefix(11))…\(label.suffix(12))" : label
    self.unit = unit
    isShown = Output.errorTakesProgress
  }

  /// Says how much of the work is done.
  func update(_ done: Int, of total: Int) {
    draw { state, now in
      forms(done, total, elapsed: now.timeIntervalSince(state.workBegan))
    }
  }

  /// Says how many lines of a file have been checked before the work begins.
  func check(_ lines: Int) {
    draw { state, now in
      state.workBegan = now
      return [[label, "checking", "\(Wording.grouped(lines)) lines"]]
    }
  }

  /// Takes the line away again.
  func end() {
    state.withLock { state in
      if state.isOnScreen { Output.write("\r\u{1B}[K", to: .standardError) }
      state.isOnScreen = false
    }
  }

  private func draw(_ forms: (inout State, Date) -> [[String]]) {
    guard isShown else { return }
    state.withLock { state in
      let now = Date()
      let forms = forms(&state, now)
      guard now.timeIntervalSince(state.began) > 1, now.timeIntervalSince(state.drawn) > 0.5
      else { return }
      state.drawn = now
      state.isOnScreen = true
      let room = Output.errorWidth - 1
      let lines = forms.map { $0.joined(separator: "  ") }
      let line = lines.first { $0.count <= room } ?? String((lines.last ?? "").prefix(room))
      Output.write("\r\(line)\u{1B}[K", to: .standardError)
    }
  }

  /// The line's parts, from the whole to what is left where there is little room.
  private func forms(_ done: Int, _ total: Int, elapsed: Double) -> [[String]] {
    let share = "\(done * 100 / max(total, 1)) %"
    let count = "\(Wording.grouped(done)) of \(Wording.grouped(total)) \(unit)"
    guard done > 0, elapsed > 0 else {
      return [[label, share, count], [label, share], [share]]
    }
    let rate = Double(done) / elapsed
    let seconds = Int((Double(total - done) / rate).rounded(.up))
    let left =
      seconds >= 60 ? "\(seconds / 60) min \(seconds % 60) s left" : "\(seconds) s left"
    return [
      [label, share, count, "\(Wording.grouped(Int(rate))) \(unit)/s", left],
      [label, share, count, left], [label, share, left], [share, left], [share],
    ]
  }
}
