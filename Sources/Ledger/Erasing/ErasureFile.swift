internal import CanonicalJSON
internal import EventLog
internal import Foundation

extension Ledger {
  /// Writes `erasures.jsonl` anew: every erasure of the log, a line each, with tokens and names only.
  ///
  /// It is to be kept apart from the ledger: a backup that was made before an erasure needs it. Whole or
  /// as it was, readable by its owner only.
  public func writeErasures() throws {
    let lines = try erasureLines()
    guard !lines.isEmpty else { return }
    try WholeFile.write(lines, to: erasureFile)
  }

  var erasureFile: String { folder + "/erasures.jsonl" }

  /// What stands in the file; nothing where nothing was erased.
  func erasureLines() throws -> [UInt8] {
    var text = ""
    for event in try log.timeline(Tag.erasures) {
      let record = try event.read()
      let line = Value.object([
        "body": record.body, "position": .integer(Int64(event.position)),
        "recordedAt": .string(Timestamp.text(record.recordedAt)), "type": .string(record.type),
        "version": .integer(Int64(record.version)),
      ])
      text += "\(line)\n"
    }
    return Array(text.utf8)
  }
}
