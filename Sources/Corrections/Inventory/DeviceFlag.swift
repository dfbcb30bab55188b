/// Something about an SMI entry that does not fit together; it changes nothing by itself.
public enum DeviceFlag: Hashable, Sendable {
  /// One status followed another, and no known message leads from one to the other.
  case transitionNotInTable(from: DeviceStatus, to: DeviceStatus, position: Int)
  /// A status was said of a device of a type that has none.
  case statusOfType2(DeviceStatus, position: Int)
  /// The device holds another meter point than the SMI; the position says where the device said it.
  case mpxnDiffersOnDevice(MPxNField, smi: FieldValue, device: FieldValue, position: Int)
  /// The device runs another firmware than the SMI says.
  case firmwareDiffersOnDevice(smi: String, device: String, position: Int)
  /// A response to a request about the device was not the one predicted.
  case responseDiverged(predicted: String, returned: String, position: Int)

  /// The word under which JSON shows it.
  public var name: String {
    switch self {
    case .transitionNotInTable: "transitionNotInTable"
    case .statusOfType2: "statusOfType2"
    case .mpxnDiffersOnDevice: "mpxnDiffersOnDevice"
    case .firmwareDiffersOnDevice: "firmwareDiffersOnDevice"
    case .responseDiverged: "responseDiverged"
    }
  }

  /// The event that it was learned from.
  public var position: Int {
    switch self {
    case .transitionNotInTable(_, _, let position), .statusOfType2(_, let position),
      .mpxnDiffersOnDevice(_, _, _, let position), .firmwareDiffersOnDevice(_, _, let position),
      .responseDiverged(_, _, let position):
      position
    }
  }
}

extension Device {
  /// What does not fit together about the entry now, in the order in which it was learned.
  public var flags: [DeviceFlag] {
    (remarks + statusFlags + mpxnDifferences + firmwareDifference)
      .sorted { $0.position < $1.position }
  }

  private var statusFlags: [DeviceFlag] {
    // One event may say a status twice: since when, and that it applies now.
    status.entries.compactMap(flag).reduce(into: []) { flags, flag in
      if !flags.contains(flag) { flags.append(flag) }
    }
  }

  private func flag(_ known: Known<DeviceStatus>) -> DeviceFlag? {
    if type.isType2 { return .statusOfType2(known.value, position: known.position) }
    // Nothing leads from the status of an entry that is gone to that of a new one.
    guard let before = status.lastSaid(before: known), wasInSMI(from: before.from, to: known.from),
      !StatusTransitions.allow(
        from: before.value, to: known.value, type: type,
        basis: statusBases[known.position] ?? .snapshot)
    else { return nil }
    return .transitionNotInTable(from: before.value, to: known.value, position: known.position)
  }

  private func wasInSMI(from start: Instant, to end: Instant) -> Bool {
    (presence.value(at: start)?.value ?? true)
      && !presence.entries.contains { !$0.value && $0.from > start && $0.from < end }
  }

  private var mpxnDifferences: [DeviceFlag] {
    MPxNField.allCases.compactMap { field in
      guard let onDevice = onDevice(field), let smi = history(field).current else { return nil }
      let value = FieldValue(smi.value)
      return value == onDevice.value
        ? nil
        : .mpxnDiffersOnDevice(
          field, smi: value, device: onDevice.value, position: onDevice.position)
    }
  }

  private var firmwareDifference: [DeviceFlag] {
    guard let onDevice = firmwareOnDevice, let smi = details.firmwareVersion,
      smi.uppercased() != onDevice.value.uppercased()
    else { return [] }
    return [
      .firmwareDiffersOnDevice(smi: smi, device: onDevice.value, position: onDevice.position)
    ]
  }
}
