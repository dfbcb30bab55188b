/// What the inventory held says to an SR 8.2.
public enum QueryAnswer: Hashable, Sendable {
  /// The devices of one premises, in the order of their ids.
  case devices([EUI64])
  /// What was asked for matches nothing that is held.
  case nothing
  /// It matches devices of more than one premises.
  case severalPremises(Int)
  /// It matches more devices than an answer can hold.
  case tooMany(Int)

  /// The most devices that an answer can hold (DUIS 5.4 schema).
  public static let most = 17

  /// The devices that an answer shows.
  public var devices: [EUI64] {
    switch self {
    case .devices(let devices): devices
    case .nothing, .severalPremises, .tooMany: []
    }
  }
}
