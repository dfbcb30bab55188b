/// What was done to the ledger itself, and says nothing of devices or corrections.
public enum Upkeep: Hashable, Sendable {
  /// A personal value was erased.
  case subjectErased(SubjectErased)
  /// Documents, and commitments to what was asked, were erased.
  case documentsErased(DocumentsErased)
  /// All timelines were committed to.
  case timelinesSealed(TimelinesSealed)
  /// Evidence of one timeline was handed out.
  case evidenceExported(EvidenceExported)
  /// The ledger was made anew from a backup.
  case ledgerRestored(LedgerRestored)
}

/// What a token stands for.
public enum SubjectKind: String, CaseIterable, Hashable, Sendable {
  /// A meter point, whatever it is used as.
  case mpxn
  /// A Unique Property Reference Number.
  case uprn
  /// A postcode.
  case postcode
  /// An address.
  case address
  /// A person's name.
  case person
  /// The number that a ticket has elsewhere.
  case reference
}

/// The value behind a token was erased: the token stays in records and stands for nothing any more.
///
/// The same value, should it come again, gets another token; the two are not joined.
public struct SubjectErased: Hashable, Sendable {
  /// What it was.
  public let kind: SubjectKind
  /// What stood for it.
  public let token: Token
  /// The document that holds the reason.
  public let reason: String

  /// Makes the event of its parts.
  public init(kind: SubjectKind, token: Token, reason: String) {
    self.kind = kind
    self.token = token
    self.reason = reason
  }
}

/// Documents were erased, and the salted commitments to the content of some appends.
public struct DocumentsErased: Hashable, Sendable {
  /// The device whose documents they were, where all of one were erased.
  public let deviceID: EUI64?
  /// The names of the documents.
  public let documents: [String]
  /// The first positions of the appends whose content can't be compared any more.
  public let commitments: [Int]
  /// The document that holds the reason.
  public let reason: String

  /// Makes the event of its parts.
  public init(deviceID: EUI64?, documents: [String], commitments: [Int], reason: String) {
    self.deviceID = deviceID
    self.documents = documents
    self.commitments = commitments
    self.reason = reason
  }
}

/// All timelines up to a position were committed to, so that it can be proven of one that it leaves
/// nothing out.
public struct TimelinesSealed: Hashable, Sendable {
  /// The form of the commitment; 1 is the only one so far.
  public let form: Int
  /// The last position that it covers.
  public let upTo: Int
  /// How many timelines there are.
  public let tags: Int
  /// The root of the trie over them, base64 of 32 bytes.
  public let root: String

  /// Makes the event of its parts.
  public init(form: Int = 1, upTo: Int, tags: Int, root: String) {
    self.form = form
    self.upTo = upTo
    self.tags = tags
    self.root = root
  }
}

/// Evidence of one timeline was handed out.
public struct EvidenceExported: Hashable, Sendable {
  /// The timeline.
  public let tag: String
  /// The last position that it shows.
  public let upTo: Int
  /// How many events the checkpoint in it covers.
  public let size: Int
  /// Whether values were disclosed; their holder recognises their tokens in every record.
  public let discloses: Bool

  /// Makes the event of its parts.
  public init(tag: String, upTo: Int, size: Int, discloses: Bool) {
    self.tag = tag
    self.upTo = upTo
    self.size = size
    self.discloses = discloses
  }
}

/// The ledger was made anew from a backup.
public struct LedgerRestored: Hashable, Sendable {
  /// How many events the backup held.
  public let size: Int
  /// The RFC 6962 root over them, base64.
  public let root: String
  /// How many erasures, made after the backup, were made again.
  public let erasures: Int
  /// How many events the last checkpoint covered that it was held against; nil when there was none.
  public let checkpoint: Int?
  /// Under which name it goes on, where it can't go on under its own.
  public let fork: Fork?

  /// Makes the event of its parts.
  public init(size: Int, root: String, erasures: Int, checkpoint: Int?, fork: Fork?) {
    self.size = size
    self.root = root
    self.erasures = erasures
    self.checkpoint = checkpoint
    self.fork = fork
  }

  /// A name and key of its own, since the history that was lost had signed checkpoints.
  public struct Fork: Hashable, Sendable {
    /// The name that checkpoints carry from here on.
    public let origin: String
    /// The Ed25519 key that signs them, base64 of 32 bytes.
    public let publicKey: String

    /// Makes the fork of its parts.
    public init(origin: String, publicKey: String) {
      self.origin = origin
      self.publicKey = publicKey
    }
  }
}
