/// A DUIS user or a member of staff: who may act, and for which party.
///
/// A later registration of the same id replaces the earlier one.
public struct User: Hashable, Sendable {
  /// An EUI-64 for a DUIS user; a meaningless code for staff.
  public let id: String
  public let party: String
  /// The ids by which registration data names this party.
  public let marketParticipantIDs: [String]
  public let roles: [UserRole]
  public let status: UserStatus
  /// Stands for the name, which is a person's.
  public let name: Token?

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

/// The roles of DUIS users, and of staff. Source: SEC; older names are read as these.
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
  case otherUser = "OU"
  case dcc = "DCC"
  case dsp = "DSP"
  case secas = "SECAS"
  case auditor = "AUD"
}

/// Whether a user may act.
public enum UserStatus: String, CaseIterable, Hashable, Sendable {
  case active, suspended, withdrawn
}

/// A user's status became another one.
public struct UserStatusChanged: Hashable, Sendable {
  public let id: String
  public let party: String
  public let status: UserStatus

  public init(id: String, party: String, status: UserStatus) {
    self.id = id
    self.party = party
    self.status = status
  }
}

/// One line of the Central Products List; a later listing of the same product replaces it.
public struct Product: Hashable, Sendable {
  public let deviceType: DeviceType
  /// The first letter of the variant, for an ESME.
  public let esmeVariantFirst: String?
  public let manufacturer: String
  public let model: String
  public let firmwareVersion: String?
  public let status: ProductStatus
  public let listedFrom: Instant?
  /// The first moment at which it is no longer listed.
  public let listedTo: Instant?

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

/// The status of a product. Source: DUIS 5.4 schema, `CPLStatus`.
public enum ProductStatus: String, CaseIterable, Hashable, Sendable {
  case active = "Active"
  case cancelled = "Cancelled"
  case expired = "Expired"
  case withdrawn = "Withdrawn"
}

/// A set of registrations was taken over: its rows count from this event on.
public struct RegistrationsImported: Hashable, Sendable {
  /// The set of reference rows that this event brings into force.
  public let set: Int
  /// The position of the import that the rows are a difference to; nil for the first.
  public let base: Int?
  public let mode: Mode
  /// Rows in the file.
  public let rows: Int
  /// Registrations not held before.
  public let added: Int
  /// Registrations held before whose end became another one.
  public let changed: Int
  /// RFC 6962 root over the stored rows in order, base64.
  public let root: String

  public init(
    set: Int, base: Int?, mode: Mode, rows: Int, added: Int, changed: Int, root: String
  ) {
    self.set = set
    self.base = base
    self.mode = mode
    self.rows = rows
    self.added = added
    self.changed = changed
    self.root = root
  }

  /// Whether what the file leaves out stays (`update`) or ends (`full`).
  public enum Mode: String, CaseIterable, Hashable, Sendable { case update, full }
}

/// An extract of the SMI was read to its end; appended also when it said nothing new.
public struct InventoryImported: Hashable, Sendable {
  public let coverage: Coverage
  /// Rows in the file.
  public let rows: Int
  /// Rows that said something new.
  public let observed: Int
  /// The moment the extract speaks of.
  public let asAt: Instant

  public init(coverage: Coverage, rows: Int, observed: Int, asAt: Instant) {
    self.coverage = coverage
    self.rows = rows
    self.observed = observed
    self.asAt = asAt
  }

  /// Whether the extract listed every device, or some of them.
  public enum Coverage: String, CaseIterable, Hashable, Sendable { case full, part }
}
