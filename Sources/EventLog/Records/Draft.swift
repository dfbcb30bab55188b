public import CanonicalJSON

/// Who caused an event, and how that is known.
///
/// `party` and `via` always stand in a record; `user` and `role` are absent when there is none. No
/// field is ever empty, and none holds a person's name.
public struct Actor: Hashable, Sendable {
  /// A meaningless identifier of the person or system that acted.
  public var user: String?
  /// The organisation acted for.
  public var party: String
  /// In what capacity.
  public var role: String?
  /// How the actor was known: `asserted`, `token`, `certificate`, `import` or `system`.
  public var via: String

  /// Names an actor.
  public init(user: String? = nil, party: String, role: String? = nil, via: String) {
    self.user = user
    self.party = party
    self.role = role
    self.via = via
  }
}

/// An event as its author gives it; the log adds position, identity, time and tags.
public struct Draft: Sendable {
  /// What happened, in past tense: letters and digits, beginning with a capital.
  public var type: String
  /// The version of the body's shape, from 1.
  public var version: Int
  /// When it is true in the world, in milliseconds since 1970; `nil` is the time of recording.
  public var effectiveAt: Int64?
  /// Who caused it.
  public var actor: Actor
  /// The position of the event that this one follows from, which may be one of the same append.
  public var cause: Int?
  /// The facts, an object.
  ///
  /// No string in it is longer than 4 KiB, none is personal data.
  public var body: Value { didSet { written = nil } }
  /// The body's bytes and the tags, where they were made ahead; `body` is then not written again.
  package fileprivate(set) var written: WrittenBody?

  /// Writes down an event to be.
  public init(
    type: String, version: Int = 1, effectiveAt: Int64? = nil, actor: Actor, cause: Int? = nil,
    body: Value
  ) {
    self.type = type
    self.version = version
    self.effectiveAt = effectiveAt
    self.actor = actor
    self.cause = cause
    self.body = body
  }

  /// Writes down an event whose body is canonical bytes already: an import makes them on one core while
  /// the other commits.
  package init(
    type: String, version: Int = 1, effectiveAt: Int64? = nil, actor: Actor, written: WrittenBody
  ) {
    self.init(
      type: type, version: version, effectiveAt: effectiveAt, actor: actor, body: .object([:]))
    self.written = written
  }
}

extension EventLog {
  /// The same draft with the bytes of its body and its tags made on this thread, so that whoever commits
  /// for many need not make them while the others wait.
  ///
  /// - Throws: ``LogError``, as the append would.
  package func writtenAhead(_ draft: Draft) throws(LogError) -> Draft {
    var tags = TagList()
    do {
      try configuration.putTags(of: draft.type, draft.version, draft.body, into: &tags)
    } catch {
      throw .draftsFailed(error)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    try RecordEncoder.append(draft.body, of: draft.type, to: &bytes)
    var draft = draft
    draft.written = WrittenBody(bytes: bytes, tags: try tags.texts(of: draft.type))
    return draft
  }
}

/// A body as it will stand in its record, with the tags that it gives.
package struct WrittenBody: Sendable {
  /// Canonical JSON, an object.
  package let bytes: [UInt8]
  /// The tags: sorted, none twice.
  package let tags: [String]
  /// What stands for the tags in the index.
  let marks: [Int64]

  /// Takes what the caller vouches for; a debug build reads it back.
  package init(bytes: [UInt8], tags: [String]) {
    self.bytes = bytes
    self.tags = tags
    marks = TagList(tags).marks()
    assert((try? Value(reading: bytes))?.object != nil, "a body is a canonical object")
  }
}
