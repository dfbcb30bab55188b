@testable import Corrections

/// What the general codes ask, of a request on which all else holds: for each place the same.
extension Situations {
  /// The sender: E1 and E3.
  static func senders(
    _ place: Situation.Place, unknownInObserver: String? = nil, _ facts: (User?) -> RequestFacts
  ) -> [Situation] {
    [
      Situation(
        place, "a sender that is not among the users held", facts(nil), "E1", unknownInObserver),
      Situation(place, "a member of staff", facts(The.staff), "E1", "E1"),
      Situation(place, "a suspended supplier", facts(The.suspended), "E3", "E3"),
      Situation(place, "a withdrawn supplier", facts(The.withdrawn), "E3", "E3"),
    ]
  }

  /// The Command Variant: E12.
  static func variants(_ place: Situation.Place, _ facts: (Int) -> RequestFacts) -> [Situation] {
    [
      Situation(place, "Command Variant 4", facts(4), "E12", "E12"),
      Situation(place, "Command Variant 9", facts(9), "E12", "E12"),
    ]
  }
}

extension The {
  static let staff = user("DCC", 0x90B3_D51F_3009_0001, [.dcc])
  static let suspended = user("SUPA", 0x90B3_D51F_3001_0002, [.importSupplier], .suspended)
  static let withdrawn = user("SUPA", 0x90B3_D51F_3001_0003, [.importSupplier], .withdrawn)
}

/// SR 8.2 and SR 12.2.
extension Situations {
  static let query: [Situation] = {
    func ask(
      _ answer: QueryAnswer = .devices([The.device]), by user: User? = The.supA, variant: Int = 8
    ) -> RequestFacts {
      asking(.query(answer), by: user, variant: variant)
    }
    return [
      Situation(.query, "one device", ask(), "I0", "I0"),
      Situation(.query, "a hub and its devices", ask(.devices(The.many(17))), "I0", "I0"),
      Situation(.query, "a distributor may ask", ask(by: The.distributor), "I0", "I0"),
    ] + senders(.query) { ask(by: $0) } + variants(.query) { ask(variant: $0) } + [
      Situation(
        .query, "a wrong variant, and nothing found", ask(.nothing, variant: 1), "E12", "E12"),
      Situation(.query, "two premises", ask(.severalPremises(2)), "E080201", nil),
      Situation(.query, "more than an answer holds", ask(.tooMany(18)), "E080201", nil),
      Situation(.query, "nothing found", ask(.nothing), "E080202", nil),
    ]
  }()

  static let prenotification: [Situation] = {
    func ask(
      _ type: DeviceType = .esme, of known: Device? = nil, by user: User? = The.maker,
      variant: Int = 8
    ) -> RequestFacts {
      asking(.prenotification(type), by: user, of: known, variant: variant)
    }
    return [
      Situation(.prenotification, "a new ESME, from its maker", ask(), "I99", nil),
      Situation(.prenotification, "a new IHD", ask(.ihd, by: The.supA), "I99", nil),
    ] + senders(.prenotification) { ask(by: $0) } + [
      Situation(.prenotification, "a device in use", ask(of: device()), "E5", "E5"),
      Situation(
        .prenotification, "a device that is Pending", ask(of: device(from: prenotified())), "E5",
        "E5"),
      Situation(
        .prenotification, "an IHD that is there, with a wrong variant",
        ask(.ihd, of: device(.ihd, nil, holding: nil), variant: 1), "E5", "E5"),
    ] + variants(.prenotification) { ask(variant: $0) }
  }()
}

extension The {
  static let distributor = user("NETX", 0x90B3_D51F_3002_0000, [.electricityDistributor])

  static func many(_ count: UInt64) -> [EUI64] {
    (0..<count).map { EUI64(bits: device.bits + $0) }
  }
}
