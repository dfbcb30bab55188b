/// Which SMI status can follow which.
///
/// Remembered, not confirmed: no public text holds the normative table. So nothing is refused by it;
/// what lies outside is flagged where it is shown.
public enum StatusTransitions {
  /// The steps that messages other than SR 8.4 make, one at a time.
  static let steps: [DeviceStatus: Set<DeviceStatus>] = [
    .pending: [.whitelisted, .decommissioned, .withdrawn],
    .whitelisted: [.installedNotCommissioned, .decommissioned, .withdrawn],
    .installedNotCommissioned: [.commissioned, .decommissioned, .withdrawn],
    .commissioned: [.suspended, .recovery, .decommissioned, .withdrawn],
    .suspended: [.commissioned, .decommissioned, .withdrawn],
    .recovery: [.recovered, .decommissioned, .withdrawn],
    .recovered: [.commissioned, .decommissioned, .withdrawn],
    .decommissioned: [], .withdrawn: [],
  ]

  /// What SR 8.4 can set, whatever stood before: from which statuses is not public.
  static func settable(on type: DeviceType) -> Set<DeviceStatus> {
    switch type {
    case .chf, .gpf: [.commissioned, .withdrawn, .installedNotCommissioned]
    case .esme, .gsme, .hcalcs, .ppmid, .ihd, .cad: [.pending, .installedNotCommissioned]
    }
  }

  /// Whether a device can have come from one status to another, steps that nobody saw included.
  public static func allow(
    from: DeviceStatus?, to: DeviceStatus, type: DeviceType, basis: Basis
  ) -> Bool {
    guard let from, from != to else { return true }
    switch basis {
    case .manual: return true
    case .decided, .response: if settable(on: type).contains(to) { return true }
    case .alert, .snapshot: break
    }
    return reachable(from: from).contains(to)
  }

  private static func reachable(from start: DeviceStatus) -> Set<DeviceStatus> {
    var reached: Set<DeviceStatus> = []
    var next = steps[start] ?? []
    while let status = next.popFirst() {
      guard reached.insert(status).inserted else { continue }
      next.formUnion(steps[status] ?? [])
    }
    return reached
  }
}
