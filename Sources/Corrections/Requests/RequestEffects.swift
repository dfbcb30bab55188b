/// What a message makes of the inventory: events for the log, worked out from what is held.
///
/// What 8.4 does, and that the sender of 12.2 becomes the one who pre-notified, is confirmed; that the
/// device of a 12.2 is joined with the Gas Proxy Function it names is inferred; what the other
/// services do to the SMI is remembered.
extension ServiceRequestReceived {
  /// The same request asking for something else.
  public func asking(_ asks: Asked) -> ServiceRequestReceived {
    ServiceRequestReceived(
      requestID: requestID, party: party, schemaVersion: schemaVersion,
      commandVariant: commandVariant, serviceReference: serviceReference,
      serviceReferenceVariant: serviceReferenceVariant, deviceID: deviceID, asks: asks,
      firstInSequence: firstInSequence, preceding: preceding, document: document)
  }

  /// Whether a code means that the request was carried out.
  ///
  /// For a request without a device I0 and I99 are the same success (inferred); for a device I99 only
  /// acknowledges that it was passed on.
  public func isCarriedOut(_ code: String) -> Bool {
    commandVariant == 8 ? Judgement.isSuccess(code) : code == Judgement.successWithContent
  }

  /// Whether two codes that came back for this request can't both be the answer.
  ///
  /// Of a request to a device I99 says only that it was passed on, and anything may follow.
  public func contradict(_ one: String, _ other: String) -> Bool {
    guard one != other else { return false }
    let both = [one, other]
    return commandVariant == 8
      ? !both.allSatisfy(Judgement.isSuccess) : !both.contains(Judgement.success)
  }

  /// What the success of this request makes of the inventory; nothing where it holds that already.
  ///
  /// `device` is what is held of the device that the request is about.
  public func effects(
    basis: Basis, on device: Device?, at time: Instant
  ) -> [Event] {
    switch (serviceReferenceVariant, asks) {
    case ("8.4", _): return update(basis, device, time)
    case ("12.2", .prenotification(let type, let details, let gpf)):
      guard let deviceID else { return [] }
      return [
        .devicePrenotified(
          DevicePrenotified(
            deviceID: deviceID, type: type, details: details, associatedGPF: gpf,
            by: requestID.originator, party: party, basis: basis, requestID: requestID))
      ] + (gpf.map { association(true, basis, nil, time, other: $0) } ?? [])
    case ("8.11", .hanDeviceLog(.add, let mpxns)):
      let points = MPxNField.allCases.flatMap { field in
        mpxns[field].map { point(field, $0, basis, device, time) } ?? []
      }
      return status(.whitelisted, basis, device, time) + points
        + association(true, basis, device, time)
    case ("8.11", .hanDeviceLog(.remove, _)): return association(false, basis, device, time)
    case ("8.1.1", _): return status(.commissioned, basis, device, time)
    case ("8.7.1", .join(_, let other)), ("8.7.2", .join(_, let other)):
      let joins = association(true, basis, device, time, other: other)
      switch device?.type {
      case .ppmid?, .hcalcs?: return joins + status(.commissioned, basis, device, time)
      case .esme?, .gsme?, .gpf?, .chf?, .ihd?, .cad?, nil: return joins
      }
    case ("8.8.1", .unjoin(_, let other)), ("8.8.2", .unjoin(_, let other)):
      return association(false, basis, device, time, other: other)
    case ("8.3", _): return status(.decommissioned, basis, device, time)
    case ("6.23", .supplierChange(let mpxn)):
      guard let deviceID else { return [] }
      return [
        .deviceSupplierChanged(
          DeviceSupplierChanged(
            deviceID: deviceID, user: requestID.originator, party: party, mpxn: mpxn, basis: basis,
            requestID: requestID))
      ]
    case ("6.20.1", .setMPxNs(_, let mpxns)), ("6.20.2", .setMPxNs(_, let mpxns)):
      guard let deviceID else { return [] }
      return [
        .deviceValueObserved(
          DeviceValueObserved(
            deviceID: deviceID, importMPxN: mpxns.importMPxN.map(FieldValue.mpxn),
            secondaryImportMPAN: mpxns.secondaryImportMPAN.map(FieldValue.mpxn),
            exportMPAN: mpxns.exportMPAN.map(FieldValue.mpxn), basis: basis, requestID: requestID))
      ]
    default: return []
    }
  }

  /// SR 8.4: the one change that it asks for.
  private func update(_ basis: Basis, _ device: Device?, _ time: Instant) -> [Event] {
    guard let deviceID else { return [] }
    switch asks {
    case .mpxn(let field, let token): return point(field, token, basis, device, time)
    case .status(_, let status): return self.status(status, basis, device, time)
    case .details(let details):
      let held = device?.details(at: time)
      guard !details.isEmpty, held.map({ $0.merged(with: details) != $0 }) ?? true else {
        return []
      }
      return [
        .deviceDetailsUpdated(
          DeviceDetailsUpdated(
            deviceID: deviceID, details: details, basis: basis, requestID: requestID))
      ]
    case .branch(.delete):
      guard device?.isInSMI(at: time) ?? true else { return [] }
      return [
        .deviceDeleted(DeviceDeleted(deviceID: deviceID, basis: basis, requestID: requestID))
      ]
    case .branch, .query, .prenotification, .hanDeviceLog, .join, .unjoin, .supplierChange,
      .setMPxNs, .other:
      return []
    }
  }

  private func point(
    _ field: MPxNField, _ token: Token, _ basis: Basis, _ device: Device?, _ time: Instant
  ) -> [Event] {
    guard let deviceID else { return [] }
    let place = device?.history(field).value(at: time)
    guard place?.value != token else { return [] }
    return [
      .mpxnUpdated(
        MPxNUpdated(
          deviceID: deviceID, field: field, from: place.map { FieldValue($0.value) }, to: token,
          basis: basis, requestID: requestID, correction: nil))
    ]
  }

  private func status(
    _ status: DeviceStatus, _ basis: Basis, _ device: Device?, _ time: Instant
  ) -> [Event] {
    guard let deviceID, device?.type.isType2 != true else { return [] }
    let held = device?.status.value(at: time)?.value
    guard held != status else { return [] }
    return [
      .deviceStatusChanged(
        DeviceStatusChanged(
          deviceID: deviceID, from: held, to: status, basis: basis, requestID: requestID))
    ]
  }

  /// The device and the hub that was asked, or another device.
  private func association(
    _ isMade: Bool, _ basis: Basis, _ device: Device?, _ time: Instant, other: EUI64? = nil
  ) -> [Event] {
    let other = other ?? requestID.target
    guard let deviceID, other != deviceID,
      (device?.associatedDevices(at: time).contains(other) ?? !isMade) != isMade
    else { return [] }
    let event = DeviceAssociation(
      deviceID: deviceID, other: other, basis: basis, requestID: requestID)
    return [isMade ? .deviceAssociated(event) : .deviceDissociated(event)]
  }
}
