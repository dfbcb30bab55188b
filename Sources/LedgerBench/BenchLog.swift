import CanonicalJSON
import EventLog
import Foundation

/// Opens logs as the bench needs them, and puts requests for them together.
enum BenchLog {
  static let actor = Actor(user: "u17", party: "SUPA", role: "supplier", via: "token")

  /// Somebody of a party who is not named.
  static func actor(of party: String, via: String) -> Actor {
    Actor(user: nil, party: party, role: nil, via: via)
  }

  /// The system's clock, and the tags that the bodies of the file name.
  static let configuration = {
    var configuration = LogConfiguration(
      clock: { Int64(Date().timeIntervalSince1970 * 1000) },
      tags: { _, _, body, add in
        guard case .object(let object) = body else { return }
        for member in object.members {
          guard case .string(let text) = member.value else { continue }
          switch member.key {
          case "correction": add("correction:", text)
          case "device": add("device:", text)
          case "mpxn": add("mpxn:", text)
          case "party": add("party:", text)
          case "request": add("request:", text)
          default: break
          }
        }
      })
    configuration.membersRead = ["correction", "device", "mpxn", "party", "request"]
    return configuration
  }()

  /// Opens the log of a folder, or makes it with its first event.
  static func openOrCreate(_ folder: String) throws -> EventLog {
    if FileManager.default.fileExists(atPath: folder + "/ledger.sqlite") {
      return try EventLog.open(at: folder, access: .readWrite, configuration: configuration)
    }
    let body: Object = ["format": 1, "mode": "observer"]
    let first = Draft(type: "LedgerOpened", actor: actor, body: .object(body))
    return try EventLog.create(at: folder, configuration: configuration, first: first)
  }

  /// What is ready before the clock starts: everything but the position that a condition names.
  struct Ready: Sendable {
    let correction: UInt32
    let tag: String
    let key: AppendKey
    let content: [UInt8]
    let drafts: [Draft]

    func request(after position: Int) -> AppendRequest {
      let drafts = drafts
      return AppendRequest(
        condition: AppendCondition(noEventTagged: [tag], after: position), key: key,
        content: content
      ) { _ in drafts }
    }
  }

  /// One append of these events, under the key of the first and on the condition of its correction.
  static func ready(_ entries: ArraySlice<EventFile.Entry>, of file: EventFile) throws -> Ready {
    let drafts = try entries.map { entry in
      let body = try Value(reading: file.bodyBytes(of: entry))
      return Draft(type: file.type(of: entry), actor: actor, body: body)
    }
    guard let first = entries.first else { throw EventFile.Malformed() }
    let digits = String(first.index)
    let padded = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    return Ready(
      correction: first.correction, tag: EventFile.correctionTag(first.correction),
      key: AppendKey(kind: "submit", within: "SUPA", value: "90B3D51F30010000-" + padded),
      content: file.bodyBytes(of: first), drafts: drafts)
  }
}
