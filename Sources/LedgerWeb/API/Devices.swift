import Answers
import Corrections
import HTTPTypes
import Ledger
import Wire

/// Devices, now and then.
enum DeviceRoutes {
  static let all = [
    Route(
      .showDevice, .get, "/v1/devices/{device}", parameters: ["knownAt", "effectiveAt", "after"]
    ) { call in
      .json(try answer(call, call.moment()).members())
    },
    Route(
      .deviceHistory, .get, "/v1/devices/{device}/history",
      parameters: ["knownAt", "effectiveAt", "after"]
    ) { call in
      let history = try DeviceHistoryAnswer(answer(call, call.moment()))
      return try call.wantsCSV() ? .csv(history.csv()) : .json(try history.members())
    },
  ]

  static func answer(_ call: Call, _ moment: Moment) throws -> DeviceAnswer {
    let id = try call.name("device") { EUI64($0) }
    let at = moment.effectiveAt ?? moment.now
    guard let device = try call.ledger.device(id),
      try call.right.covers(device, for: call.who, at: at, call.ledger)
    else { throw WebProblem.notFound }
    var answer = try DeviceAnswer(id, call.ledger, moment)
    answer.showsCorrection = { try call.mayKnow(of: $0) }
    return answer
  }
}
