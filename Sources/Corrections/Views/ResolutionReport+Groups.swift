extension ResolutionReport {
  /// The middle, the 90th percentile (nearest rank) and the largest, in milliseconds.
  public struct Spread: Hashable, Sendable {
    /// How many values there are; never 0.
    public let n: Int
    /// The middle value.
    public let median: Int64
    /// The 90th percentile: always one of the values.
    public let p90: Int64
    /// The largest value.
    public let max: Int64

    /// Measures some values; nil when there are none.
    public init?(_ values: [Int64]) {
      guard let median = Percentile.median(of: values),
        let p90 = Percentile.nearestRank(90, of: values), let max = values.max()
      else { return nil }
      n = values.count
      self.median = median
      self.p90 = p90
      self.max = max
    }

    /// Whether there are so few that each case says more than a percentile.
    public var isFew: Bool { n < ResolutionReport.few }
  }

  /// The resolved corrections that have something in common.
  public struct Group: Hashable, Sendable {
    /// What they have in common, such as a code.
    public let name: String
    /// Their working time from opening to resolution.
    public let working: Spread
  }

  /// By what the resolved corrections are told apart.
  public enum Grouping: String, CaseIterable, Sendable {
    /// The code first refused with; `none` where no request was.
    case byCode
    /// The route that led to the resolution; `none` where none was advised.
    case byRoute
    /// The party that asked.
    case byParty
    /// The type of the device; `none` where an old ticket does not say.
    case byDeviceType
    /// The fuel; `neither` where the device type names none.
    case byFuel
    /// Whether another supplier was asked to agree: `yes` or `no`.
    case byTwoSupplier
    /// Tracked here, or an old ticket.
    case byOrigin

    func name(of one: Resolved) -> String {
      switch self {
      case .byCode: one.item.firstCode ?? "none"
      case .byRoute: one.resolution.route?.rawValue ?? "none"
      case .byParty: one.item.requester
      case .byDeviceType: one.item.deviceType?.rawValue ?? "none"
      case .byFuel: one.item.deviceType?.fuel?.rawValue ?? "neither"
      case .byTwoSupplier: one.item.isTwoSupplier ? "yes" : "no"
      case .byOrigin: one.item.origin.rawValue
      }
    }
  }

  /// The resolved corrections in groups, in the order of their names.
  public func groups(_ grouping: Grouping) -> [Group] {
    let times = resolved.reduce(into: [String: [Int64]]()) {
      $0[grouping.name(of: $1), default: []].append($1.clock.total.workingMilliseconds)
    }
    return times.keys.sorted().compactMap { name in
      Spread(times[name] ?? []).map { Group(name: name, working: $0) }
    }
  }

  /// How many of the resolved corrections were rows of bundled old tickets.
  public var bundled: Int { resolved.count { $0.item.isBundled } }
}
