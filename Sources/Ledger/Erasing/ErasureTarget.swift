import Corrections
import EventLog
import Wire

/// Everything that goes with one erasure: values, documents, and commitments to what was asked.
struct ErasureTarget {
  var tokens: [(kind: SubjectKind, token: Token)] = []
  /// The values themselves, as they are held.
  var values: [String] = []
  var documents: [String] = []
  var commitments: [Int] = []
  var device: EUI64?

  /// The timelines that the values have.
  var timelines: [String] { tokens.filter { $0.kind == .mpxn }.map { Tag.mpxn($0.token) } }

  var isEmpty: Bool { tokens.isEmpty && documents.isEmpty && commitments.isEmpty }

  /// Finds it in the log as it is at a position; every document is looked into for a value.
  init(
    _ thing: ErasableThing, _ search: ValueSearch?, in ledger: Ledger, upTo head: Int,
    _ progress: (Int) -> Void
  ) throws {
    var named: Set<String> = []
    var touched: Set<Int> = []
    switch thing {
    case .documents(let device):
      self.device = device
      for event in try ledger.log.timeline(Tag.device(device), upTo: head) {
        // Why something was erased stays.
        let names =
          try event.read().type == "DocumentsErased" ? [] : event.names().documents
        guard try names.contains(where: { try ledger.log.document(named: $0) != nil }) else {
          continue
        }
        named.formUnion(names)
        touched.insert(try ledger.log.append(of: event.position).lowerBound)
      }
    case .value(let kind, let value):
      try findTokens(of: kind, value, search, in: ledger)
      for (_, token) in tokens where kind == .mpxn {
        // The raw messages that name a meter point hold it, however it is written there.
        for event in try ledger.log.timeline(Tag.mpxn(token), upTo: head) {
          touched.insert(try ledger.log.append(of: event.position).lowerBound)
          if ErasureTarget.messages.contains(try event.read().type) {
            named.formUnion(try event.names().documents)
          }
        }
      }
      guard search?.isTelling == true else { break }
      let known = named
      var searched = 0
      try ledger.log.forEachDocument { name, bytes in
        if search?.isIn(bytes) == true { named.insert(name) }
        if searched % 1000 == 0 { progress(searched) }
        searched += 1
      }
      let others = named.subtracting(known)
      if !others.isEmpty { touched.formUnion(try ErasureTarget.keyed(naming: others, in: ledger)) }
    }
    documents = try named.filter { try ledger.log.document(named: $0) != nil }.sorted()
    commitments = try touched.filter {
      try ledger.log.commitments(after: $0 - 1, limit: 1).first == $0
    }.sorted()
  }

  /// The tokens of a value: of a meter point the one, of words each spelling of them that is held.
  private mutating func findTokens(
    of kind: SubjectKind, _ value: String, _ search: ValueSearch?, in ledger: Ledger
  ) throws {
    guard kind != .mpxn else {
      let token = try ledger.log.token(kind: kind.rawValue, value: value).flatMap(Token.init)
      if let token {
        tokens = [(kind, token)]
        values = [value]
      }
      return
    }
    var found: [(Token, String)] = []
    try ledger.log.forEachSubject(kind: kind.rawValue) { text, held in
      guard let token = Token(text), held == value || search?.isSame(as: held) == true else {
        return
      }
      found.append((token, held))
    }
    tokens = found.map { (kind, $0.0) }
    values = found.map(\.1)
  }

  /// Events whose document is the message itself.
  private static let messages: Set<String> = [
    "ServiceRequestReceived", "ServiceResponseRecorded", "AlertRecorded",
  ]

  /// The keyed appends in which an event names one of some documents.
  private static func keyed(naming documents: Set<String>, in ledger: Ledger) throws -> Set<Int> {
    var found: Set<Int> = []
    var last = 0
    while true {
      let page = try ledger.log.commitments(after: last, limit: 1000)
      guard let newest = page.last else { return found }
      for first in page {
        let range = try ledger.log.append(of: first)
        for event in try ledger.log.events(from: first, through: range.upperBound)
        where try !documents.isDisjoint(with: event.names().documents) {
          found.insert(first)
        }
      }
      last = newest
    }
  }

  /// What one append takes away.
  struct Part {
    var documents: [String] = []
    var commitments: [Int] = []
  }

  /// Names that one event holds.
  private static let width = 500
  /// Events in one append.
  private static let length = 20

  var parts: [Part] {
    let width = ErasureTarget.width * ErasureTarget.length
    let count = max(documents.count, commitments.count)
    return stride(from: 0, to: max(count, 1), by: width).map { start in
      Part(
        documents: Array(documents.dropFirst(start).prefix(width)),
        commitments: Array(commitments.dropFirst(start).prefix(width)))
    }
  }

  func erasure(of part: Part, with tokens: [(kind: SubjectKind, token: Token)]) -> Erasure {
    Erasure(
      tokens: tokens.map(\.token.text), documents: part.documents, commitments: part.commitments)
  }

  func events(
    of part: Part, with tokens: [(kind: SubjectKind, token: Token)], device: EUI64?,
    _ reason: String
  ) -> [Upkeep] {
    let count = max(part.documents.count, part.commitments.count)
    return tokens.map {
      .subjectErased(SubjectErased(kind: $0.kind, token: $0.token, reason: reason))
    }
      + stride(from: 0, to: count, by: ErasureTarget.width).map { start in
        .documentsErased(
          DocumentsErased(
            deviceID: device,
            documents: Array(part.documents.dropFirst(start).prefix(ErasureTarget.width)),
            commitments: Array(part.commitments.dropFirst(start).prefix(ErasureTarget.width)),
            reason: reason))
      }
  }
}

extension StoredEvent {
  /// The tokens and documents that the event names.
  func names() throws -> EventShape.Names {
    let record = try read()
    return try EventShape.names(type: record.type, version: record.version, body: record.body)
  }
}
