public import Corrections

extension InventoryRow {
  /// Makes a row of its parts, such as a device of an 8.2 response; what is left out is not given.
  public init(
    deviceID: EUI64, deviceType: DeviceType, status: DeviceStatus? = nil,
    details: DeviceDetails = DeviceDetails(), firmwareVersionStatus: ProductStatus? = nil,
    cplStatus: ProductStatus? = nil, dateCommissioned: CivilDate? = nil,
    mpxns: MPxNs<MPxN> = MPxNs(), empty: Set<EntryField> = [], uprn: String? = nil,
    postCode: String? = nil, addressIdentifier: String? = nil, cspRegion: CSPRegion? = nil,
    gbcsVersion: String? = nil, hanVariant: String? = nil, s1sp: String? = nil,
    connectivity: Connectivity? = nil, statusSince: Instant? = nil, prenotifiedBy: EUI64? = nil,
    associatedDeviceIDs: [EUI64] = []
  ) {
    self.deviceID = deviceID
    self.deviceType = deviceType
    self.status = status
    self.details = details
    self.firmwareVersionStatus = firmwareVersionStatus
    self.cplStatus = cplStatus
    self.dateCommissioned = dateCommissioned
    importMPxN = mpxns.importMPxN
    secondaryImportMPAN = mpxns.secondaryImportMPAN
    exportMPAN = mpxns.exportMPAN
    self.empty = empty
    self.uprn = uprn
    self.postCode = postCode
    self.addressIdentifier = addressIdentifier
    self.cspRegion = cspRegion
    self.gbcsVersion = gbcsVersion
    self.hanVariant = hanVariant
    self.s1sp = s1sp
    self.connectivity = connectivity
    self.statusSince = statusSince
    self.prenotifiedBy = prenotifiedBy
    self.associatedDeviceIDs = associatedDeviceIDs
  }
}
