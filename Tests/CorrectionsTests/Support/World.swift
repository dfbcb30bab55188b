import Testing

@testable import Corrections

/// What a ledger holds when an alert arrives: devices, and requests.
struct World: AlertFacts {
  var devices: [EUI64: Device] = [:]
  var requests: [RequestID: ServiceRequestReceived] = [:]

  /// Holds nothing.
  init() {}

  /// Holds the device of the tests as events show it, and perhaps a request.
  init(_ told: [(day: Int, event: Event)], _ request: ServiceRequestReceived? = nil) throws {
    devices[The.device] = try folded(told)
    if let request { requests[request.requestID] = request }
  }

  /// What an alert of 9 February 2026 makes of it.
  func effects(_ alert: AlertContent) throws -> [Event] {
    try alert.effects(given: self, at: february(9))
  }

  func device(_ id: EUI64) -> Device? { devices[id] }
  func request(_ id: RequestID) -> ServiceRequestReceived? { requests[id] }
  func token(_ mpxn: MPxN) -> Token { World.token(mpxn) }

  static func token(_ mpxn: MPxN) -> Token {
    CorrectionsTests.token(mpxn.digits.last ?? "0")
  }

  static let mpan = valid("1200005432101")

  private static func valid(_ digits: String) -> MPxN {
    guard let mpxn = MPxN(digits) else { fatalError("\(digits) is no meter point") }
    return mpxn
  }
}
