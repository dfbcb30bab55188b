internal import CanonicalJSON
internal import Corrections
internal import EventLog
internal import Foundation
internal import Wire

/// An erasure as `erasures.jsonl` tells of it: tokens and names, never a value.
public struct KeptErasure: Sendable {
  /// Where it was recorded in the log that wrote the file.
  public let position: Int
  let event: Upkeep

  /// Reads a file strictly: each line is what ``Ledger/writeErasures()`` writes, in the order of positions.
  ///
  /// - Throws: ``WireError`` with the line, ``FileProblem`` when the file can't be read.
  public static func read(_ path: String) throws -> [KeptErasure] {
    let read: [UInt8]?
    do throws(FileFailure) {
      read = try WholeFile.read(path)
    } catch {
      throw FileProblem.unreadable(path, reason: error.reason)
    }
    guard let bytes = read else { throw FileProblem.missing(path) }
    var erasures: [KeptErasure] = []
    for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty, line.endIndex == bytes.endIndex { break }
      func refused(_ expected: String, _ found: String) -> WireError {
        WireError(.structure, file: path, line: index + 1, expected: expected, found: found)
      }
      guard line.endIndex < bytes.endIndex else {
        throw refused("a line feed at the end of each line", "the end of the file")
      }
      let erasure = try KeptErasure(Array(line), refused: refused)
      if let last = erasures.last, last.position >= erasure.position {
        throw refused("a position after \(last.position)", "\(erasure.position)")
      }
      erasures.append(erasure)
    }
    return erasures
  }

  private init(_ line: [UInt8], refused: (String, String) -> WireError) throws {
    guard let value = try? Value(reading: line), let object = value.object else {
      throw refused("one JSON object in canonical form", "something else")
    }
    let keys = ["body", "position", "recordedAt", "type", "version"]
    guard object.members.map(\.key) == keys else {
      throw refused("the keys \(keys.joined(separator: ", "))", "others")
    }
    guard let position = value["position"]?.integer, position > 0 else {
      throw refused("a position from 1", "something else")
    }
    guard let time = value["recordedAt"]?.string, Timestamp.milliseconds(time) != nil else {
      throw refused("recordedAt as YYYY-MM-DDTHH:MM:SS.mmmZ", "something else")
    }
    guard let type = value["type"]?.string, Self.types.contains(type),
      value["version"]?.integer == 1
    else { throw refused("SubjectErased or DocumentsErased in version 1", "something else") }
    guard let body = value["body"],
      case .upkeep(let event)? = try? StoredForm.decode(type: type, version: 1, body: body),
      StoredForm.encode(.upkeep(event)).body == body
    else { throw refused("the body of a \(type)", "something else") }
    self.position = Int(position)
    self.event = event
  }

  private static let types: Set<String> = ["SubjectErased", "DocumentsErased"]
}

extension CheckedBackup {
  /// Refuses a file that lacks an erasure of this log: each is written by a ledger that goes on from it, so
  /// it holds them all, unless it is older, of another ledger, or cut off.
  func mustBeTold(in kept: [KeptErasure]) throws {
    let told = Dictionary(kept.map { ($0.position, $0.event) }) { first, _ in first }
    if let position = erasures.keys.sorted().first(where: { told[$0] != erasures[$0] }) {
      throw CannotRestore.erasureMissing(position: position)
    }
  }

  /// The commitments that an erasure may take from this log, whose positions are its own: none beyond it,
  /// and none at all where the erasure itself stands in another log of that length.
  private func commitments(of erasure: KeptErasure, _ event: DocumentsErased) -> [Int] {
    guard erasure.position > size || erasures[erasure.position] == erasure.event else { return [] }
    return event.commitments.filter { $0 <= size }
  }

  /// What of some erasures has to be made again: what its log knows nothing of and its values still hold.
  func unknown(of kept: [KeptErasure]) throws -> [Upkeep] {
    guard !kept.isEmpty else { return [] }
    let values = try ValuesFile(reading: layout.values)
    defer { values.close() }
    var known = erased
    var again: [Upkeep] = []
    for erasure in kept {
      defer { known.add(erasure.event) }
      switch erasure.event {
      case .subjectErased(let event):
        guard !known.tokens.contains(event.token.text), try values.holds(token: event.token.text)
        else { continue }
        again.append(.subjectErased(event))
      case .documentsErased(let event):
        let documents = try event.documents.filter {
          try !known.documents.contains($0) && values.holds(document: $0)
        }
        let commitments = try commitments(of: erasure, event).filter {
          try !known.commitments.contains($0) && values.holds(commitment: $0)
        }
        guard !documents.isEmpty || !commitments.isEmpty else { continue }
        again.append(
          .documentsErased(
            DocumentsErased(
              deviceID: event.deviceID, documents: documents, commitments: commitments,
              reason: event.reason)))
      case .timelinesSealed, .evidenceExported, .ledgerRestored: continue
      }
    }
    return again
  }
}
