extension DiscrepancyCheck {
  /// Asks whether the device itself says what the SMI says.
  ///
  /// Source: SR 6.2.7 reads the meter points of a device and SR 11.2 its firmware; the SMI is another
  /// place. What makes a ring is a crossed one.
  static let differsOnDevice = DiscrepancyCheck(.differsOnDevice) { facts in
    let places = facts.differing(from: .device).map { said in
      facts.suspicion(
        .differsOnDevice, .likely, said,
        Fact(
          .mpxnOnDevice, said.value.value.mpxn.map { .token($0) } ?? .text("empty"),
          from: .position(said.value.position)))
    }
    guard let firmware = facts.device.firmwareOnDevice,
      let smi = facts.device.details.firmwareVersion,
      smi.uppercased() != firmware.value.uppercased()
    else { return places }
    return places + [
      facts.suspicion(
        .differsOnDevice, .likely, field: .details,
        facts: [
          Fact(.firmwareVersion, .text(smi)),
          Fact(.firmwareOnDevice, .text(firmware.value), from: .position(firmware.position)),
        ], wanted: .details(DeviceDetails(firmwareVersion: firmware.value)))
    ]
  }
}
