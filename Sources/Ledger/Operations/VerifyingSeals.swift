import Corrections
import EventLog

extension Verification {
  /// Counts every seal anew from the records, in a temporary file; gives what does not agree.
  static func seals(in log: EventLog, progress: (Int) -> Void) throws -> [Problem] {
    let events = try log.timeline(Tag.seals)
    guard !events.isEmpty else { return [] }
    var problems: [Problem] = []
    do {
      try log.withPassingSeal { seal in
        for event in events {
          guard let record = try? event.recorded(),
            case .upkeep(.timelinesSealed(let said)) = record.event
          else {
            problems.append(
              Problem(
                position: event.position,
                what: "expected a seal that can be read; found another record: it was changed"))
            continue
          }
          guard said.form == 1, said.upTo < event.position, try said.upTo >= seal.upTo else {
            problems.append(
              Problem(
                position: event.position,
                what: "expected a seal of form 1 that goes on from the one before it; found form "
                  + "\(said.form) up to \(said.upTo)"))
            continue
          }
          let root = TimelinesSealed(try seal.advance(to: said.upTo, progress: progress))
          guard root != said else { continue }
          problems.append(
            Problem(
              position: event.position,
              what: "expected \(root.tags) timelines up to \(said.upTo) with the root "
                + "\(root.root); the seal says \(said.tags) with \(said.root): what it covers is not "
                + "what the log holds"))
        }
      }
    } catch LogError.damaged(let position, let what) {
      problems.append(Problem(position: position, what: "seals can't be counted anew: \(what)"))
    }
    return problems
  }
}
