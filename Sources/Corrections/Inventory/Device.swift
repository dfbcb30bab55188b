/// One SMI entry as the events show it: a fold that never refuses.
///
/// What the SMI said, it said: a step that the transition table would not allow is kept and flagged.
/// What the device itself holds is another place, kept apart.
public struct Device: Hashable, Sendable {
  /// The device.
  public let id: EUI64
  /// What kind of device it is, as last said.
  public internal(set) var type: DeviceType
  /// The position of the event that last said the type.
  public internal(set) var typeKnownAt: Int
  /// The user that pre-notified it; nil while nobody has said.
  public internal(set) var prenotifier: Known<EUI64>?
  /// The moment of the last word on who pre-notified it.
  var prenotifierSaidAt: Instant?
  /// The user whose installation of it succeeded last; nil while no such answer is held.
  public internal(set) var installer: Known<EUI64>?
  /// The user that took the device over last, where that is told.
  public internal(set) var supplierChange: Known<EUI64?>?
  /// Where it is and how it is listed.
  public internal(set) var listing: DeviceListing
  /// Every device that it was said to be joined with, or joined with no more, and when.
  public internal(set) var associations: [Association]
  /// Every look at all the devices that it was joined with.
  var associationLooks: [AssociationLook]
  /// Every status that it has had; empty for a Type 2 device.
  public internal(set) var status: History<DeviceStatus>
  /// What made a status known, by the position of its event; an extract where none is held.
  var statusBases: [Int: Basis]
  /// Corrections of this device, oldest first.
  public internal(set) var corrections: [CorrectionMark]
  /// The last event that told something about the device.
  public internal(set) var position: Int
  var description: DeviceDescription
  var presence: History<Bool>
  var importMPxN: History<Token?>
  var secondaryImportMPAN: History<Token?>
  var exportMPAN: History<Token?>
  var mpxnsOnDevice: [MPxNField: Known<FieldValue>]
  /// The meter points at which meter technical details say that the device is, by the place that each
  /// belongs in.
  public internal(set) var technicalDetails: [MPxNField: Known<Token>]
  /// The firmware that the device itself last said it runs.
  public internal(set) var firmwareOnDevice: Known<String>?
  /// Flags that events raised; what follows from the values is worked out when asked.
  var remarks: [DeviceFlag]
  /// The moment of which the type is known.
  var lookedAt: Instant

  /// A correction of one field, as its device sees it.
  public struct CorrectionMark: Hashable, Sendable {
    /// The number of the correction.
    public let id: CorrectionID
    /// What of the entry it is about.
    public let field: CorrectionField
    /// Whether it still waits for its fix.
    public internal(set) var isOpen: Bool
    /// Whether it goes on in another one.
    public internal(set) var isMerged = false
  }

  /// Another device, and when the SMI associated the two.
  public struct Association: Hashable, Sendable {
    /// The other device.
    public let other: EUI64
    /// True while they were associated.
    public internal(set) var history: History<Bool>
  }

  /// All the devices that the SMI associated with it at a moment.
  struct AssociationLook: Hashable, Sendable {
    let others: Set<EUI64>
    /// That any other device was not among them.
    let none: Known<Bool>
  }

  /// The day of commissioning; nil while nobody has said.
  public var dateCommissioned: CivilDate? { listing.dateCommissioned }

  /// What is known of its make, versions and variant.
  public var details: DeviceDetails { description.current }

  /// What was known of its make, versions and variant at a moment.
  public func details(at moment: Instant) -> DeviceDetails { description.details(at: moment) }

  /// The position of the event that last said the variant; nil while it is not known.
  public var variantKnownAt: Int? { description.variantKnownAt }

  /// Every value that one detail has had; nil where it was not given anew.
  public func detailHistory(_ value: (DeviceDetails) -> String?) -> History<String?> {
    description.history(value)
  }

  /// The User ID that pre-notified it; nil while nobody has said.
  public var prenotifiedBy: EUI64? { prenotifier?.value }

  /// The devices that the SMI associates with it now.
  public var associatedDevices: [EUI64] {
    associations.filter { $0.history.current?.value == true }.map(\.other)
  }

  /// The devices that the SMI associated with it at a moment.
  public func associatedDevices(at moment: Instant) -> [EUI64] {
    associations.filter { $0.history.value(at: moment)?.value == true }.map(\.other)
  }

  /// Whether the SMI held the entry at a moment; before it was first seen there it counts as held,
  /// before it was added it does not.
  public func isInSMI(at moment: Instant) -> Bool {
    if let known = presence.value(at: moment) { return known.value }
    // Before it was added it was not there; before it was first seen it may have been.
    return presence.entries.first.map { !($0.isExact && $0.value) } ?? true
  }

  /// When it was last added to the SMI, seen in it or taken out of it.
  public var presenceKnownFrom: Instant? { presence.current?.from }

  /// When it was last added to the SMI by a pre-notification; nil while nobody has told of it.
  public var addedAt: Instant? { description.addedAt }

  /// The earliest moment at which it can have been in the SMI, where that is known exactly: when it
  /// was added, or became Pending.
  public var knownToBeAddedAt: Instant? {
    addedAt
      ?? status.entries.first.flatMap { $0.value == .pending && $0.isExact ? $0.from : nil }
  }

  /// From when the newest is known that was said of its details.
  public var detailsKnownFrom: Instant? { description.newest }

  /// When the entry was removed from the SMI, if it is gone now.
  public var removed: Known<Bool>? { presence.current.flatMap { $0.value ? nil : $0 } }

  /// Every value that a field has had, in the order in which they were true; nil for an empty
  /// place.
  public func history(_ field: MPxNField) -> History<Token?> {
    switch field {
    case .importMPxN: importMPxN
    case .secondaryImportMPAN: secondaryImportMPAN
    case .exportMPAN: exportMPAN
    }
  }

  /// The value now in a field; nil when the place is empty, or nothing has been said of it.
  public func current(_ field: MPxNField) -> Known<Token>? { history(field).current?.present() }

  /// What the device itself last said that it holds in the place of a field.
  public func onDevice(_ field: MPxNField) -> Known<FieldValue>? { mpxnsOnDevice[field] }

  /// The status that applies now.
  public var currentStatus: Known<DeviceStatus>? { status.current }
}
