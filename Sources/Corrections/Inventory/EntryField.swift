/// The fields of an SMI entry that may be empty, by the names under which they are stored.
public enum EntryField: String, CaseIterable, Hashable, Sendable {
  /// Where it is, as the address says.
  case addressIdentifier
  /// The devices that it is joined with.
  case associatedDevices
  /// How a hub is connected.
  case connectivity
  /// The status of its model on the products list.
  case cplStatus
  /// The region of the communications service provider.
  case cspRegion
  /// The day on which it was commissioned.
  case dateCommissioned
  /// The variant of an ESME.
  case esmeVariant
  /// The export meter point.
  case exportMPAN
  /// The version of its firmware.
  case firmwareVersion
  /// The status of that version on the products list.
  case firmwareVersionStatus
  /// The version of GBCS that it follows.
  case gbcsVersion
  /// Which bands a hub can use.
  case hanVariant
  /// The import meter point.
  case importMPxN
  /// Who made it.
  case manufacturer
  /// Which model it is.
  case model
  /// The postcode of where it is.
  case postCode
  /// The user that pre-notified it.
  case prenotifiedBy
  /// The provider of a SMETS1 device.
  case s1sp
  /// The secondary import meter point.
  case secondaryImportMPAN
  /// The version of SMETS or CHTS that it follows.
  case smetsCHTSVersion
  /// Its status.
  case status
  /// Since when the status applies.
  case statusSince
  /// The property that it is at.
  case uprn

  /// The field of a meter point's place.
  public init(_ field: MPxNField) {
    switch field {
    case .importMPxN: self = .importMPxN
    case .secondaryImportMPAN: self = .secondaryImportMPAN
    case .exportMPAN: self = .exportMPAN
    }
  }
}

extension InventoryEntry {
  /// The fields of which this look says a value.
  public var given: Set<EntryField> {
    Set(EntryField.allCases.filter { gives($0) })
  }

  /// How many fields these are.
  public var givenCount: Int { EntryField.allCases.count { gives($0) } }

  private func gives(_ field: EntryField) -> Bool {
    switch field {
    case .addressIdentifier: addressIdentifier != nil
    case .associatedDevices: !associatedDevices.isEmpty
    case .connectivity: connectivity != nil
    case .cplStatus: cplStatus != nil
    case .cspRegion: cspRegion != nil
    case .dateCommissioned: dateCommissioned != nil
    case .esmeVariant: details.esmeVariant != nil
    case .exportMPAN: exportMPAN != nil
    case .firmwareVersion: details.firmwareVersion != nil
    case .firmwareVersionStatus: firmwareVersionStatus != nil
    case .gbcsVersion: gbcsVersion != nil
    case .hanVariant: hanVariant != nil
    case .importMPxN: importMPxN != nil
    case .manufacturer: details.manufacturer != nil
    case .model: details.model != nil
    case .postCode: postCode != nil
    case .prenotifiedBy: prenotifiedBy != nil
    case .s1sp: s1sp != nil
    case .secondaryImportMPAN: secondaryImportMPAN != nil
    case .smetsCHTSVersion: details.smetsCHTSVersion != nil
    case .status: status != nil
    case .statusSince: statusSince != nil
    case .uprn: uprn != nil
    }
  }
}
