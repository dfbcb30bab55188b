import Foundation
import Synchronization
import Wire

/// A line on the terminal that tells how far real work has come: rate, share done, time left.
///
/// It begins after a second, is redrawn at most twice a second, and says nothing at all when stderr
/// is no terminal or with `--quiet`.
final class ProgressLine: Sendable {
  private let label: String
  private let unit: String
  private let state: Mutex<(began: Date, drawn: Date, shown: Bool)>

  init(_ label: String, unit: String) {
    self.label = label
    self.unit = unit
    state = Mutex((Date(), .distantPast, false))
  }

  func update(_ done: Int, of total: Int) {
    guard Output.errorIsTerminal, !Output.isQuiet else { return }
    state.withLock { state in
      let now = Date()
      let elapsed = now.timeIntervalSince(state.began)
      guard elapsed > 1, now.timeIntervalSince(state.drawn) > 0.5, done > 0 else { return }
      state.drawn = now
      state.shown = true
      let rate = Double(done) / elapsed
      let left = Int((Double(total - done) / rate).rounded(.up))
      let time = left >= 60 ? "\(left / 60) min \(left % 60) s" : "\(left) s"
      Output.write(
        "\r\u{1B}[K\(label)  \(done * 100 / max(total, 1)) %  \(Wording.grouped(done)) of "
          + "\(Wording.grouped(total)) \(unit)  \(Wording.grouped(Int(rate))) \(unit)/s  \(time) left",
        to: .standardError)
    }
  }

  /// Takes the line away again.
  func end() {
    state.withLock { state in
      if state.shown { Output.write("\r\u{1B}[K", to: .standardError) }
      state.shown = false
    }
  }
}
