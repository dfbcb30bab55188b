internal import Corrections
internal import EventLog
internal import Foundation
internal import Wire

extension Ledger {
  /// What says whether somebody looks after the ledger: how long a sync takes, how old the last checkpoint
  /// and the last seal are, and whether the clock was put right.
  func diagnoseUpkeep(head: Int) throws -> [Diagnosis] {
    [
      Diagnosis(name: "sync latency", value: syncLatency()),
      Diagnosis(name: "last checkpoint", value: lastCheckpoint(head: head)),
      Diagnosis(name: "last seal", value: try lastSeal(head: head)),
      Diagnosis(name: "clock steps", value: try clockSteps()),
    ]
  }

  private func syncLatency() -> String {
    guard WholeFile.isWritable(folder) else { return "not measured: the folder may only be read" }
    let times = WholeFile.syncTimes(in: folder, count: 9).sorted()
    guard !times.isEmpty else { return "not measured: no file can be made and synced here" }
    let hundredths = (times[times.count / 2] + 5) / 10
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) ms, the median of \(times.count)"
  }

  private func lastCheckpoint(head: Int) -> String {
    let last = LastCheckpoint(folder: folder)
    let note: Checkpoint?
    do {
      note = try last.read()
    } catch CannotSign.lastUnreadable {
      return "not readable: last-checkpoint holds no checkpoint"
    } catch {
      return "not readable: last-checkpoint can't be opened"
    }
    guard let note else { return "none kept: smi-ledger checkpoint signs one" }
    // The time of the file is that of a copy, too: what it covers says how old it is.
    let covered = note.size <= head ? try? recordedAt(note.size) : nil
    let since =
      note.size <= head
      ? "\(Wording.count(head - note.size, "event")) since" : "the log ends before it, at \(head)"
    return ["position \(note.size)", covered.map { "recorded \(age($0)) ago" }, since].compactMap {
      $0
    }
    .joined(separator: ", ")
  }

  private func lastSeal(head: Int) throws -> String {
    guard let position = try log.lastPosition(of: Tag.seals) else { return "none yet" }
    return
      "position \(position), \(age(try recordedAt(position))) ago, \(head - position) events since"
  }

  private func clockSteps() throws -> String {
    let steps = try log.clockSteps()
    return steps.last.map {
      "recorded time went back \(steps.count == 1 ? "once" : "\(steps.count) times"), last at position \($0)"
    } ?? "none: recorded time never went back"
  }

  /// How long ago a moment was, in its two largest units.
  private func age(_ moment: Instant) -> String {
    let seconds = max(0, (now().milliseconds - moment.milliseconds) / 1000)
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(seconds / 60) min"
    case ..<86_400: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    default: return "\(seconds / 86_400) d \(seconds / 3600 % 24) h"
    }
  }
}
