/// The one thing of an SMI entry that a correction is about.
public enum CorrectionField: String, CaseIterable, Hashable, Sendable {
  /// The MPAN of an ESME or the MPRN of a GSME.
  case importMPxN
  /// The second import MPAN of a twin-element ESME.
  case secondaryImportMPAN
  /// The export MPAN of an ESME.
  case exportMPAN
  /// The SMI status.
  case status
  /// Manufacturer, model, versions and variant, as SR 8.4 sets them.
  case details
  /// That the entry is there at all.
  case deletion
  /// Anything else, such as the device type, the UPRN or the address: 8.4 has no way to ask for it.
  case other

  /// The field of a place that holds a meter point.
  public init(_ field: MPxNField) {
    switch field {
    case .importMPxN: self = .importMPxN
    case .secondaryImportMPAN: self = .secondaryImportMPAN
    case .exportMPAN: self = .exportMPAN
    }
  }

  /// The place that holds a meter point; nil for what is no such place.
  public var mpxn: MPxNField? {
    switch self {
    case .importMPxN: .importMPxN
    case .secondaryImportMPAN: .secondaryImportMPAN
    case .exportMPAN: .exportMPAN
    case .status, .details, .deletion, .other: nil
    }
  }
}

/// What one field of an SMI entry holds, held or shall hold.
public enum EntryValue: Hashable, Sendable {
  /// A place for a meter point that holds none.
  case empty
  /// A meter point.
  case mpxn(Token)
  /// A status.
  case status(DeviceStatus)
  /// Details; as a wanted value those that are to change.
  case details(DeviceDetails)
  /// Whether the entry is there.
  case listed(Bool)
  /// What somebody says in words; the name of the document that holds them.
  case text(String)

  /// What a place for a meter point holds.
  public init(_ value: FieldValue) {
    switch value {
    case .empty: self = .empty
    case .mpxn(let token): self = .mpxn(token)
    }
  }

  /// The meter point, where there is one.
  public var mpxn: Token? {
    if case .mpxn(let token) = self { token } else { nil }
  }

  /// Whether an entry that holds this needs no change to hold the wanted value.
  public func brings(_ wanted: EntryValue) -> Bool {
    switch (self, wanted) {
    case (.details(let held), .details(let wanted)): held.merged(with: wanted) == held
    // What is said in words can't be compared with anything.
    case (_, .text): false
    default: self == wanted
    }
  }

  /// What a field holds once this was put there: details are laid over the ones before.
  func laid(over held: EntryValue?) -> EntryValue {
    guard case .details(let new) = self, case .details(let old)? = held else { return self }
    return .details(old.merged(with: new))
  }

  /// Whether the DSP can be told to put it there as a value.
  public var isValue: Bool {
    if case .text = self { false } else { true }
  }
}

extension Device {
  /// What a field held at a moment; nil when nothing is known of it.
  public func value(of field: CorrectionField, at moment: Instant) -> EntryValue? {
    switch field {
    case .importMPxN, .secondaryImportMPAN, .exportMPAN:
      field.mpxn.flatMap { history($0).value(at: moment) }.map {
        EntryValue(FieldValue($0.value))
      }
    case .status: status.value(at: moment).map { .status($0.value) }
    case .details:
      detailsKnownFrom.map { _ in EntryValue.details(details(at: moment)) }
    case .deletion: .listed(isInSMI(at: moment))
    case .other: nil
    }
  }

  /// The last event after a position that said what a field held at a moment or later.
  func said(of field: CorrectionField, since moment: Instant, after position: Int) -> Int? {
    switch field {
    case .importMPxN, .secondaryImportMPAN, .exportMPAN:
      field.mpxn.flatMap { history($0).said(since: moment, after: position) }
    case .status: status.said(since: moment, after: position)
    case .details: description.said(since: moment, after: position)
    case .deletion: presence.said(since: moment, after: position)
    case .other: nil
    }
  }

  /// What the device itself said last of a field; nil when it has not been heard of that.
  public func heardOnDevice(_ field: CorrectionField) -> Known<EntryValue>? {
    switch field {
    case .importMPxN, .secondaryImportMPAN, .exportMPAN:
      field.mpxn.flatMap(onDevice).map { heard in
        heard.saying(heard.value.mpxn.map(EntryValue.mpxn) ?? .empty)
      }
    case .details:
      firmwareOnDevice.map { $0.saying(.details(DeviceDetails(firmwareVersion: $0.value))) }
    case .status, .deletion, .other: nil
    }
  }

  /// From when the newest is known that was said of a field; nil when nothing was.
  func knownFrom(of field: CorrectionField) -> Instant? {
    switch field {
    case .importMPxN, .secondaryImportMPAN, .exportMPAN:
      field.mpxn.flatMap { history($0).newest }
    case .status: status.newest
    case .details: detailsKnownFrom
    case .deletion: presence.newest
    case .other: nil
    }
  }

  /// The event that last said what a field holds; nil when none has.
  func lastSaid(of field: CorrectionField) -> Int? {
    said(of: field, since: Instant(milliseconds: .min), after: 0)
  }

  /// The correction of a field that is still open.
  public func openCorrection(of field: CorrectionField) -> CorrectionID? {
    corrections.last { $0.field == field && $0.isOpen }?.id
  }

  /// The correction of a field that was opened last, whether or not it has ended; not one that goes on
  /// in another.
  public func lastCorrection(of field: CorrectionField) -> CorrectionID? {
    corrections.last { $0.field == field && !$0.isMerged }?.id
  }

  /// Every correction that is still open, oldest first.
  public var openCorrections: [CorrectionID] { corrections.filter(\.isOpen).map(\.id) }

  /// Every correction that what is said of the device matters to: the open ones, and of each field
  /// the last one.
  public var watchedCorrections: [CorrectionID] {
    corrections.filter { mark in mark.isOpen || lastCorrection(of: mark.field) == mark.id }
      .map(\.id)
  }
}
