public import Corrections
internal import EventLog

extension Ledger {
  /// The events of some stored types in a stretch of the log, the newest first.
  ///
  /// It reads every record of the stretch, and decodes those of the types only.
  public func events(
    ofTypes types: Set<String>, from first: Int, through last: Int
  ) throws -> [Recorded] {
    let marks = types.sorted().map { Array("\"type\":\"\($0)\",\"version\":".utf8) }
    var found: [Recorded] = []
    try log.forEachEvent(from: first, through: last) { event in
      // Keys stand in order, so nothing but a version follows the type.
      let end = event.record.suffix(120)
      guard marks.contains(where: { mark in Ledger.contains(end, mark) }) else { return }
      let recorded = try event.recorded()
      found.append(recorded)
    }
    return found.reversed()
  }

  private static func contains(_ bytes: ArraySlice<UInt8>, _ mark: [UInt8]) -> Bool {
    guard bytes.count >= mark.count else { return false }
    return (bytes.startIndex...(bytes.endIndex - mark.count)).contains {
      bytes[$0...].starts(with: mark)
    }
  }
}
