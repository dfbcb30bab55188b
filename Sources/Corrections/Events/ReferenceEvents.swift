/// A DUIS user or a member of staff: who may act, and for which party.
///
/// A later registration of the same id replaces the earlier one.
public struct User: Hashable, Sendable {
  /// An EUI-64 for a DUIS user; a meaningless code for staff.
  public let id: String
  /// The code of the party that the user acts for.
  public let party: String
  /// The ids by which registration data names this party.
  public let marketParticipantIDs: [String]
  /// What the user may act as.
  public let roles: [UserRole]
  /// Whether the user may act.
  public let status: UserStatus
  /// Stands for the name, which is a person's.
  public let name: Token?

  /// Makes a user of codes; the name stands behind its token.
  public init(
    id: String, party: String, marketParticipantIDs: [String], roles: [UserRole],
    status: UserStatus, name: Token?
  ) {
    self.id = id
    self.party = party
    self.marketParticipantIDs = marketParticipantIDs
    self.roles = roles
    self.status = status
    self.name = name
  }
}

/// The roles of DUIS users, and of staff.
///
/// Source: SEC; older names are read as these.
public enum UserRole: String, CaseIterable, Hashable, Sendable {
  /// Import Supplier (older EIS).
  case importSupplier = "IS"
  /// Export Supplier (older EES).
  case exportSupplier = "ES"
  /// Gas Supplier (older GIS).
  case gasSupplier = "GS"
  /// Registered Supplier Agent.
  case registeredSupplierAgent = "RSA"
  /// Electricity Distributor (older ENO).
  case electricityDistributor = "ED"
  /// Gas Transporter (older GNO).
  case gasTransporter = "GT"
  /// Other User: a DUIS user that is none of the above.
  case otherUser = "OU"
  /// Staff of the DCC: owns, proposes, approves, verifies, rejects.
  case dcc = "DCC"
  /// Staff of the Data Service Provider: applies a fix.
  case dsp = "DSP"
  /// Staff of SECAS: reads reports.
  case secas = "SECAS"
  /// An auditor: reads and verifies.
  case auditor = "AUD"
}

/// Whether a user may act.
public enum UserStatus: String, CaseIterable, Hashable, Sendable {
  /// Only an active user may act.
  case active, suspended, withdrawn
}

/// A user's status became another one.
public struct UserStatusChanged: Hashable, Sendable {
  /// The user, by the id that was registered.
  public let id: String
  /// The party that the user acts for.
  public let party: String
  /// The status from now on.
  public let status: UserStatus

  /// Makes the event of its parts.
  public init(id: String, party: String, status: UserStatus) {
    self.id = id
    self.party = party
    self.status = status
  }
}

/// One line of the Central Products List; a later listing of the same product replaces it.
public struct Product: Hashable, Sendable {
  /// The type of device that it is listed for.
  public let deviceType: DeviceType
  /// The first letter of the variant, for an ESME.
  public let esmeVariantFirst: String?
  /// As the SMI writes it, four hex digits in practice.
  public let manufacturer: String
  /// As the SMI writes it, eight hex digits in practice.
  public let model: String
  /// As the SMI writes it, eight hex digits in practice; nil where a listing names none.
  public let firmwareVersion: String?
  /// How it stands on the list.
  public let status: ProductStatus
  /// The first moment at which it is listed; nil when the list does not say.
  public let listedFrom: Instant?
  /// The first moment at which it is no longer listed.
  public let listedTo: Instant?

  /// Makes one line of the list.
  public init(
    deviceType: DeviceType, esmeVariantFirst: String?, manufacturer: String, model: String,
    firmwareVersion: String?, status: ProductStatus, listedFrom: Instant?, listedTo: Instant?
  ) {
    self.deviceType = deviceType
    self.esmeVariantFirst = esmeVariantFirst
    self.manufacturer = manufacturer
    self.model = model
    self.firmwareVersion = firmwareVersion
    self.status = status
    self.listedFrom = listedFrom
    self.listedTo = listedTo
  }
}

/// The status of a product.
///
/// Source: DUIS 5.4 schema, `CPLStatus`.
public enum ProductStatus: String, CaseIterable, Hashable, Sendable {
  /// Listed and in force.
  case active = "Active"
  /// `Cancelled` on the list.
  case cancelled = "Cancelled"
  /// `Expired` on the list.
  case expired = "Expired"
  /// `Withdrawn` from the list.
  case withdrawn = "Withdrawn"
}

/// A set of registrations was taken over: its rows count from this event on.
public struct RegistrationsImported: Hashable, Sendable {
  /// The set of reference rows that this event brings into force.
  public let set: Int
  /// The position of the import that the rows are a difference to; nil for the first.
  public let base: Int?
  /// What becomes of registrations that the file leaves out.
  public let mode: Mode
  /// Rows in the file.
  public let rows: Int
  /// Registrations not held before.
  public let added: Int
  /// Registrations held before whose end became another one.
  public let changed: Int
  /// Registrations held as in force that a full file leaves out: their end is the import's time.
  public let ended: Int
  /// RFC 6962 root over the stored rows in order, base64.
  public let root: String

  /// Makes the event that brings a finished set of rows into force.
  public init(
    set: Int, base: Int?, mode: Mode, rows: Int, added: Int, changed: Int, ended: Int, root: String
  ) {
    self.set = set
    self.base = base
    self.mode = mode
    self.rows = rows
    self.added = added
    self.changed = changed
    self.ended = ended
    self.root = root
  }

  /// Whether what the file leaves out stays (`update`) or ends (`full`).
  public enum Mode: String, CaseIterable, Hashable, Sendable { case update, full }
}

/// An extract of the SMI was read to its end; appended also when it said nothing new.
public struct InventoryImported: Hashable, Sendable {
  /// Whether the extract claims to list every device.
  public let coverage: Coverage
  /// Rows in the file.
  public let rows: Int
  /// Rows that said something new.
  public let observed: Int
  /// The moment the extract speaks of.
  public let asAt: Instant

  /// Makes the event that ends the reading of an extract.
  public init(coverage: Coverage, rows: Int, observed: Int, asAt: Instant) {
    self.coverage = coverage
    self.rows = rows
    self.observed = observed
    self.asAt = asAt
  }

  /// Whether the extract listed every device, or some of them.
  public enum Coverage: String, CaseIterable, Hashable, Sendable { case full, part }
}

/// A file of the products list was read to its end; appended also when it said nothing new.
public struct ProductsImported: Hashable, Sendable {
  /// Rows in the file.
  public let rows: Int
  /// Rows that said something new.
  public let listed: Int
  /// The moment the list speaks of.
  public let asAt: Instant

  /// Makes the event that ends the reading of a list.
  public init(rows: Int, listed: Int, asAt: Instant) {
    self.rows = rows
    self.listed = listed
    self.asAt = asAt
  }
}
