extension Rule {
  /// E5 asks whether the SMI status of the device is compatible with the Service Reference.
  ///
  /// Source: the public table of general response codes. It is asked of SR 12.2 here: a device that
  /// the SMI holds can't be pre-notified again (inferred; the codes E1202xx have no public text). SR
  /// 8.4 has codes of its own for it. An observer holds only part of the SMI, so of a device that it
  /// doesn't hold it can't tell.
  static let e5 = Rule(.e5) { facts in
    guard let device = facts.device else {
      return facts.mode == .observer
        ? .unknown(.deviceNotKnown, missing: .device, inferred: true, retry: .no)
        : .holds(.deviceNotKnown, inferred: true)
    }
    let evidence = facts.typeFacts + (device.status.isEmpty ? [] : facts.statusFacts)
    return .fails(.deviceInSMI, evidence, inferred: true)
  }
}
