import Corrections
import Wire

extension Event {
  /// The known types of events that ``Device`` does not fold.
  static let typesBesideDevices: Set<String> = known.subtracting([
    "InventoryObserved", "DevicePrenotified", "DeviceStatusChanged", "DeviceDetailsUpdated",
    "MPxNUpdated", "DeviceDeleted", "DeviceAssociated", "DeviceDissociated",
    "DeviceSupplierChanged", "DeviceValueObserved", "TechnicalDetailsObserved",
    "ServiceResponseRecorded", "ResponseDiverged",
    "CorrectionRequested", "CorrectionResolved", "CorrectionReopened", "CorrectionRejected",
    "CorrectionWithdrawn", "CorrectionMerged", "MPxNCleared", "IncidentTakenOver",
  ])

  /// The known types of events that open no correction.
  static let typesBesideOpening: Set<String> = known.subtracting([
    "CorrectionRequested", "IncidentTakenOver",
  ])

  /// The known types of events that are no meter technical details.
  static let typesBesideTechnicalDetails: Set<String> = known.subtracting([
    "TechnicalDetailsObserved"
  ])

  /// The known types of events that find no discrepancy.
  static let typesBesideDiscovery: Set<String> = known.subtracting(["DiscrepancyFound"])

  /// The known types of events that are no requests.
  static let typesBesideRequests: Set<String> = known.subtracting(["ServiceRequestReceived"])

  /// The known types of events by which no device can come to hold a meter point.
  static let typesBesideHolding: Set<String> = known.subtracting([
    "InventoryObserved", "MPxNUpdated",
  ])

  /// An annulment says something of every matter.
  private static let known = Set(EventShape.all.map(\.type)).subtracting(["EventAnnulled"])
}
