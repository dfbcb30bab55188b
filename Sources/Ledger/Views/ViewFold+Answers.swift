import Corrections

/// An answer to an 8.4, as far as it is counted.
struct UpdateAnswer {
  let key: ViewFold.JudgedKey
  let device: EUI64?
  let request: RequestID?
  let isAccepted: Bool
  /// Whether another one to the same request may have been recorded before.
  let mayBeRepeated: Bool

  init?(_ recorded: Recorded) {
    let (code, party): (String, String?)
    switch recorded.event {
    case .serviceResponseIssued(let event) where event.serviceReference == "8.4":
      (code, party) = (event.code, event.party)
      (device, request, mayBeRepeated) = (event.deviceID, event.requestID, false)
    case .serviceResponseRecorded(let event)
    where event.serviceReference == "8.4" && event.isOutcome:
      (code, party) = (event.code, event.party)
      (device, request, mayBeRepeated) = (event.deviceID, event.requestID, true)
    default: return nil
    }
    isAccepted = Judgement.isSuccess(code)
    key = ViewFold.JudgedKey(
      day: GBTime.civil(at: recorded.effectiveAt).date.description, code: code,
      party: party ?? Actor.unknownParty)
  }
}

/// How answers to 8.4s are counted.
///
/// A first try is one about a device whose last 8.4 before was accepted, or that had none: what
/// follows a refusal is another try. Of an answer that names no device that can't be said.
extension ViewFold {
  /// Whether no other answer to the same request was recorded before: what is acknowledged and then
  /// answered is one request.
  func isFirst(_ answer: UpdateAnswer, _ recorded: Recorded, from source: Source) throws -> Bool {
    guard answer.mayBeRepeated, let request = answer.request else { return true }
    return try source.outcomes(request, recorded.position - 1).isEmpty
  }

  /// Counts an answer that is the newest of its device.
  func count(_ answer: UpdateAnswer, from source: Source) throws {
    var count = Judged(requests: 1)
    if let device = answer.device {
      let slot = try answerSlot(device, from: source)
      if slot.state != false { count.firstTries = 1 }
      slot.state = answer.isAccepted
    }
    add(count, to: answer.key)
  }

  /// Takes back what an answer in error counted: of several to one request the next one counts then,
  /// and a try after it may be the first.
  func uncount(_ answer: UpdateAnswer, at position: Int, from source: Source) throws {
    var devices = Set([answer.device].compactMap { $0 })
    for (end, sign) in [(position - 1, -1), (position, 1)] {
      guard answer.mayBeRepeated, let request = answer.request else {
        if answer.device == nil, sign < 0 { add(Judged(requests: sign), to: answer.key) }
        continue
      }
      guard let counted = try source.outcomes(request, end).first.flatMap(UpdateAnswer.init) else {
        continue
      }
      if let device = counted.device {
        devices.insert(device)
      } else {
        add(Judged(requests: sign), to: counted.key)
      }
    }
    for device in devices { try countAnew(device, at: position, from: source) }
  }

  /// Counts the answers about a device anew, one of them having been in error.
  private func countAnew(_ device: EUI64, at position: Int, from source: Source) throws {
    let slot = try answerSlot(device, from: source)
    slot.hasShrunk = true
    for (end, sign) in [(position - 1, -1), (position, 1)] {
      slot.state = nil
      for answer in try source.answers(device, end) {
        add(Judged(requests: sign, firstTries: slot.state == false ? 0 : sign), to: answer.key)
        slot.state = answer.isAccepted
      }
    }
  }
}

extension Ledger {
  /// The outcomes recorded of an 8.4 up to a position, but for those in error; with a moment those
  /// effective by it.
  func outcomes(
    of request: RequestID, upTo position: Int, effectiveAt moment: Instant? = nil
  ) throws -> [Recorded] {
    try standing(Tag.request(request), upTo: position, effectiveAt: moment).filter { recorded in
      UpdateAnswer(recorded)?.mayBeRepeated ?? false
    }
  }

  /// The answers to 8.4s about a device up to a position, the first to each request, but for those in
  /// error; with a moment those effective by it.
  func updateAnswers(
    about device: EUI64, upTo position: Int, effectiveAt moment: Instant? = nil
  ) throws -> [UpdateAnswer] {
    try standing(Tag.device(device), upTo: position, effectiveAt: moment).compactMap { recorded in
      guard let answer = UpdateAnswer(recorded) else { return nil }
      guard answer.mayBeRepeated, let request = answer.request else { return answer }
      let first = try outcomes(of: request, upTo: position, effectiveAt: moment).first
      return first?.position == recorded.position ? answer : nil
    }
  }
}
