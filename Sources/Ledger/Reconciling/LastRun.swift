internal import CanonicalJSON
public import Corrections
internal import EventLog
internal import Wire

/// When the rules were last asked of the whole inventory, and of which position.
///
/// It stands beside the log in `last-reconcile`, since a run that finds nothing new records nothing. What
/// is open was last seen by that run; without the file, when something was last recorded of it.
public struct LastRun: Hashable, Sendable {
  /// The position that was judged.
  public let position: Int
  /// When.
  public let at: Instant
  /// The rules that were asked.
  public let rules: Set<DiscrepancyRule>

  private static func file(_ folder: String) -> String { folder + "/last-reconcile" }

  /// The last run of each rule that a ledger's folder tells of; an unreadable file tells of none.
  static func read(in folder: String) -> [DiscrepancyRule: LastRun] {
    guard let bytes = try? WholeFile.read(file(folder)), let lines = try? Value(reading: bytes),
      case .object(let object) = lines
    else { return [:] }
    var runs: [DiscrepancyRule: LastRun] = [:]
    for member in object.members {
      guard let rule = DiscrepancyRule(rawValue: member.key),
        case .integer(let position)? = member.value["position"],
        let at = member.value["at"]?.string.flatMap(Instant.init(stored:))
      else { continue }
      runs[rule] = LastRun(position: Int(position), at: at, rules: [rule])
    }
    return runs
  }

  /// Leaves a run for the next reader; other rules keep theirs.
  func leave(in folder: String) throws {
    var runs = LastRun.read(in: folder)
    for rule in rules { runs[rule] = self }
    let object = Object(
      runs.map { rule, run in
        (
          rule.rawValue,
          Value.object([
            "at": .string(run.at.stored), "position": .integer(Int64(run.position)),
          ])
        )
      })
    try WholeFile.write(Value.object(object).bytes(), to: LastRun.file(folder))
  }
}
