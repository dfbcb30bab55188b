import Testing

@testable import Corrections

/// What can happen to the device of the tests, each told in one line.
enum Told {
  static func became(
    _ status: DeviceStatus, _ basis: Basis = .response, from: DeviceStatus? = nil,
    by request: RequestID? = nil
  ) -> Event {
    .deviceStatusChanged(
      DeviceStatusChanged(
        deviceID: The.device, from: from, to: status, basis: basis, requestID: request))
  }

  static func described(_ details: DeviceDetails, by request: RequestID? = nil) -> Event {
    .deviceDetailsUpdated(
      DeviceDetailsUpdated(
        deviceID: The.device, details: details, basis: .response, requestID: request))
  }

  static func mpxn(
    _ token: Token, in field: MPxNField = .importMPxN, _ basis: Basis = .response,
    from: FieldValue? = nil, by request: RequestID? = nil
  ) -> Event {
    .mpxnUpdated(
      MPxNUpdated(
        deviceID: The.device, field: field, from: from, to: token, basis: basis,
        requestID: request, correction: nil))
  }

  static let deleted = deleted()

  static func deleted(_ basis: Basis = .response, by request: RequestID? = nil) -> Event {
    .deviceDeleted(DeviceDeleted(deviceID: The.device, basis: basis, requestID: request))
  }

  static func joined(
    _ other: EUI64, asked: EUI64 = The.device, _ basis: Basis = .response,
    by request: RequestID? = nil
  ) -> Event {
    .deviceAssociated(
      DeviceAssociation(deviceID: asked, other: other, basis: basis, requestID: request))
  }

  static func parted(
    _ other: EUI64, asked: EUI64 = The.device, _ basis: Basis = .response,
    by request: RequestID? = nil
  ) -> Event {
    .deviceDissociated(
      DeviceAssociation(deviceID: asked, other: other, basis: basis, requestID: request))
  }

  static func passed(
    to user: EUI64?, party: String? = nil, for mpxn: Token? = nil, _ basis: Basis = .response,
    by request: RequestID? = nil
  ) -> Event {
    .deviceSupplierChanged(
      DeviceSupplierChanged(
        deviceID: The.device, user: user, party: party, mpxn: mpxn, basis: basis,
        requestID: request))
  }

  static func said(_ value: FieldValue? = nil, firmware: String? = nil) -> Event {
    .deviceValueObserved(
      DeviceValueObserved(
        deviceID: The.device, importMPxN: value, firmwareVersion: firmware, basis: .alert,
        requestID: nil))
  }

  static func answer(
    _ reference: String, _ code: String = "I0", to request: RequestID
  ) -> Event {
    .serviceResponseRecorded(
      ServiceResponseRecorded(
        requestID: request, responseID: nil, party: nil, serviceReference: reference,
        serviceReferenceVariant: reference, deviceID: The.device, code: code, content: nil,
        schemaVersion: "5.4", flags: [], document: "D"))
  }

  /// A request about the device, sent to the hub.
  static func received(
    _ reference: String, _ asks: ServiceRequestReceived.Asked, variant: Int = 4,
    counter: UInt64 = 2, by user: User = The.supA, about device: EUI64? = The.device
  ) -> ServiceRequestReceived {
    ServiceRequestReceived(
      requestID: RequestID(originator: The.id(user), target: The.hub, counter: counter),
      party: user.party, schemaVersion: "5.4", commandVariant: variant,
      serviceReference: reference.split(separator: ".").prefix(2).joined(separator: "."),
      serviceReferenceVariant: reference, deviceID: device, asks: asks, firstInSequence: nil,
      preceding: nil, document: "D")
  }
}

extension The {
  static let hub = EUI64(bits: 0x00DB_1234_5678_90C0)
  static let gasProxy = EUI64(bits: 0x00DB_1234_5678_90C1)
}

/// The device as events show it that were recorded in this order, each true from its day in February
/// 2026 on; positions count from 11.
func folded(_ told: (day: Int, event: Event)...) throws -> Device { try folded(told) }

func folded(_ told: [(day: Int, event: Event)]) throws -> Device {
  try #require(
    Device.fold(
      The.device,
      told.enumerated().map { index, told in
        recorded(told.event, at: 11 + index, effective: february(told.day))
      }))
}

/// Midnight of a day in February 2026.
func february(_ day: Int) -> Instant {
  local("2026-02-01").advanced(byMilliseconds: Int64(day - 1) * 86_400_000)
}

/// A look at the entry, as an event.
func seen(_ entry: InventoryEntry, _ basis: Basis = .snapshot) -> Event {
  .inventoryObserved(InventoryObserved(deviceID: The.device, basis: basis, entry: entry))
}

/// A pre-notification by a user, as an event.
func added(
  _ type: DeviceType = .esme, by user: User = The.supA, _ details: DeviceDetails = DeviceDetails(),
  gpf: EUI64? = nil
) -> Event {
  prenotified(type, by: user, details: details, gpf: gpf).event
}
