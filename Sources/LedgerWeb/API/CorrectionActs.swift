import Answers
import Corrections
import Foundation
import HTTPTypes
import Ledger
import Wire

/// Opening a correction, and every action on one.
enum CorrectionActs {
  static let all =
    [
      Route(
        .openCorrection, .post, "/v1/corrections", parameters: ["dry-run"], body: .json,
        on: .write, open)
    ]
    + ActionName.allCases.map { name in
      Route(
        .act, .post, "/v1/corrections/{correction}/\(name.rawValue)", parameters: ["dry-run"],
        body: .json, on: .write
      ) { try act(name, $0) }
    }

  private static func open(_ call: Call) throws -> Reply {
    let (who, ledger) = (try call.who, call.ledger)
    let body = try JSONBody(
      call.body, allowed: ["request", "device", "field", "value", "blank", "asDeviceSays"])
    let user = try who.user(ledger)
    let isTried = try call.query.flag("dry-run")
    let time = ledger.now()
    // Trying leaves no trace, so it must not be a way to see what isn't theirs.
    func mayTry(_ device: EUI64?) throws -> Bool {
      guard isTried, call.right == .own else { return true }
      guard let found = try device.flatMap({ try ledger.device($0) }) else { return false }
      return try call.right.covers(found, for: who, at: time, ledger)
    }
    var wanted: WantedValue?
    let opened: Opened
    if let text = try body.text("request") {
      guard let request = RequestID(text) else {
        throw WebProblem(
          .usage,
          "request: expected a RequestID: originator:target:counter; found \(Shown.typed(text))")
      }
      try body.only(["request"])
      guard call.header(.idempotencyKey) == nil else {
        throw WebProblem(
          .usage,
          "Idempotency-Key: expected none with request, whose RequestID makes a repeat count once; found "
            + "one")
      }
      // Of another party's request it is not even said whether it is there.
      guard try call.right == .all || ledger.party(of: request.originator) == who.party else {
        throw WebProblem.notFound
      }
      guard try !isTried || mayTry(ledger.deviceAsked(by: request)) else {
        throw WebProblem.notFound
      }
      opened = try ledger.wordingRefusals {
        try ledger.openCorrection(from: request, by: who.actor(user), dryRun: isTried)
      }
    } else {
      guard let text = try body.text("device") else {
        throw WebProblem(
          .usage, "expected request, or device (an EUI-64) and field; found neither")
      }
      guard let device = EUI64(text) else {
        throw WebProblem(.usage, "device: expected an EUI-64; found \(Shown.typed(text))")
      }
      // A supplier may report any device that is held: one with the wrong meter point is nobody's by its
      // registrations. What isn't held is said alike.
      guard try ledger.device(device) != nil, try mayTry(device) else { throw WebProblem.notFound }
      let field = try TypedText.field(try body.needed("field"))
      if try body.flag("asDeviceSays") {
        try body.only(["device", "field", "asDeviceSays"])
        opened = try ledger.wordingRefusals {
          try ledger.openCorrection(
            asSaidBy: device, of: field, by: who.actor(user),
            key: try call.idempotencyKey, dryRun: isTried)
        }
      } else {
        let value = try body.wanted(for: field)
        wanted = value
        opened = try ledger.wordingRefusals {
          try ledger.openCorrection(
            device: device, value, by: who.actor(user), key: try call.idempotencyKey,
            dryRun: isTried)
        }
      }
    }
    if isTried, opened.joined || opened.repeated, try !call.mayKnow(of: opened.correction.id) {
      throw WebProblem.notFound
    }
    let isNew = isTried && !opened.joined && !opened.repeated
    let typed = isNew ? Typed(value: wanted, wanted: opened.correction.requested) : Typed()
    let answer = CorrectionAnswer(
      opened.correction, ledger, try ledger.terms(), position: opened.correction.position,
      typed: typed)
    var reply = Reply.json(
      answer.members(of: opened, wanting: wanted, dryRun: isTried),
      status: isTried || opened.repeated || opened.joined ? .ok : .created)
    if !isTried {
      reply.headers[.location] = "/v1/corrections/\(opened.correction.id)"
      reply.headers[.eTag] = "\"\(opened.correction.position)\""
    }
    if opened.repeated { reply.headers[.idempotentReplayed] = "true" }
    if let position = opened.position { reply.headers[.position] = String(position) }
    return reply
  }

  private static func act(_ name: ActionName, _ call: Call) throws -> Reply {
    let (who, ledger) = (try call.who, call.ledger)
    let thread = try CorrectionReads.thread(call, Moment(newest: ledger))
    let user = try who.user(ledger)
    let body = try JSONBody(call.body, allowed: name.members)
    guard let field = thread.correction?.field else { throw WebProblem.notFound }
    let action = try name.action(body, field)
    let isTried = try call.query.flag("dry-run")
    let acted: Acted
    do {
      acted = try ledger.wordingRefusals {
        try ledger.act(
          action, on: thread.id, by: user, via: .token, dryRun: isTried,
          guarded: ActGuard(expected: call.expected, key: try call.idempotencyKey))
      }
    } catch let error as Refused {
      var problem = WebProblem(error)
      problem.next = try thread.answer().next
      throw problem
    }
    let answer = CorrectionAnswer(
      acted.correction, ledger, try ledger.terms(), position: acted.correction.position)
    var reply = Reply.json(answer.members(of: acted, dryRun: isTried))
      .with(.eTag, "\"\(acted.correction.position)\"")
    if let position = acted.position { reply.headers[.position] = String(position) }
    if acted.repeated { reply.headers[.idempotentReplayed] = "true" }
    return reply
  }
}

extension Call {
  /// The position of the correction that the caller has read, where If-Match names one.
  var expected: Int? {
    guard let text = header(.ifMatch), text != "*" else { return nil }
    // What is no tag of ours matches nothing: no position is 0.
    return text.hasPrefix("\"") && text.hasSuffix("\"") ? Int(text.dropFirst().dropLast()) ?? 0 : 0
  }

  /// The name under which the party does this once.
  ///
  /// It stands in a record for ever, so it must be what can't hold a meter point or a name.
  var idempotencyKey: String? {
    get throws {
      guard let text = header(.idempotencyKey) else { return nil }
      guard let key = UUID(uuidString: text) else {
        throw WebProblem(.usage, "Idempotency-Key: expected a UUID; found \(Shown.typed(text))")
      }
      return key.uuidString.lowercased()
    }
  }
}
