import Corrections

extension EventShape {
  static let corrections: [EventShape] = opening + consents + fixes + endings

  static func correction(
    _ type: String, version: Int = 1, _ about: String, _ fields: [Field]
  ) -> EventShape {
    EventShape(
      type, version: version, about,
      [.required("correction", .correction), .required("device", .device)]
        + (type == "CorrectionRequested" ? [] : [.required("requester", .party)]) + fields)
  }

  private static let side = Kind.oneOf(ConsentSide.allCases.map(\.rawValue))
  private static let place = Kind.oneOf(MPxNField.allCases.map(\.rawValue))
  private static let field = Kind.oneOf(CorrectionField.allCases.map(\.rawValue))

  private static let opening: [EventShape] = [
    correction(
      "CorrectionRequested", "A correction of one field of one device was opened.",
      [
        .optional("current", .fieldValue),
        .required("deviceType", .oneOf(DeviceType.allCases.map(\.rawValue))),
        .required("field", place),
        .optional("firstCode", .code("the code of the refusal")), .required("party", .party),
        .optional("requestId", .request), .required("requested", .fieldMPxN),
      ]),
    correction(
      "CorrectionRequested", version: 2, "A correction of one field of one device was opened.",
      [
        .optional("batch", .code("1–40 letters, digits, . _ -")),
        .optional("current", .entryValue),
        .required("deviceType", .oneOf(DeviceType.allCases.map(\.rawValue))),
        .required("field", field), .optional("firstCode", .code("the code of the refusal")),
        .required("party", .party), .optional("requestId", .request),
        .required("requested", .entryValue),
      ]),
    correction(
      "CorrectionJoined", "A second report of the same fault joined the open correction.",
      [
        .required("party", .party), .optional("requestId", .request),
        .required("requested", .fieldMPxN),
      ]),
    correction(
      "CorrectionJoined", version: 2,
      "A second report of the same fault joined the open correction.",
      [
        .required("party", .party), .optional("requestId", .request),
        .required("requested", .entryValue),
      ]),
    correction("RouteAdvised", "The shortest open way was worked out.", advice),
    correction(
      "RouteAdvised", version: 2, "The shortest open way was worked out.",
      advice + [.optional("user", .eui)]),
    correction(
      "OwnerAssigned", "A team or person at the DCC took the correction.",
      [.required("owner", .code("a user of the DCC")), .required("party", .party)]),
    correction(
      "OwnershipTransferred", "The owner changed: a handover.",
      [
        .required("from", .code("a user of the DCC")), .required("party", .party),
        .required("reason", .document), .required("to", .code("a user of the DCC")),
      ]),
  ]

  private static let advice: [Field] =
    [
      .optional("askedBy", .code("a user")),
      .required("because", .oneOf(RouteAdvice.Because.allCases.map(\.rawValue))),
      .optional(
        "consents",
        .list(
          .object([
            .required("mpxn", .token), .required("party", .code("a party")),
            .required("registrations", .position), .required("side", side),
            .required("supplier", .code("a market participant id")),
          ]))), .required("factsUpTo", .position), .optional("otherDevices", .list(.device)),
      .optional("party", .party), .optional("registrations", .position),
      .required("route", .oneOf(Route.allCases.map(\.rawValue))), .optional("until", .time),
    ]

  private static let consents: [EventShape] = [
    correction(
      "ConsentRequested", "A Registered Supplier was asked to agree.",
      agreement),
    correction(
      "ConsentGiven", "A Registered Supplier agreed, or consents by asking.",
      [.optional("asked", .position), .required("byAsking", .bool)] + agreement),
    correction(
      "ConsentRefused", "A Registered Supplier did not agree.",
      [.required("asked", .position), .required("reason", .document)] + agreement),
    correction(
      "ConsentLapsed", "A consent that was given or asked for no longer counts.",
      [
        .optional("asked", .position),
        .required("because", .oneOf(ConsentLapsed.Because.allCases.map(\.rawValue))),
        .optional("shownBy", .position),
      ] + agreement),
  ]

  private static let agreement: [Field] = [
    .required("mpxn", .mpxn), .required("party", .party), .required("registrations", .position),
    .required("side", side), .required("supplier", .code("a market participant id")),
  ]

  private static let fixes: [EventShape] = [
    correction(
      "ManualFixProposed", "The DCC proposed a change of the SMI by hand.",
      [
        .required("expected", .fieldValue), .required("field", place),
        .required("new", .fieldMPxN), .required("party", .party),
      ]),
    correction(
      "ManualFixProposed", version: 2, "The DCC proposed that the DSP replaces one value.",
      [
        .required("expected", .entryValue), .optional("explanation", .document),
        .required("field", field), .required("new", .entryValue),
        .optional("otherDevices", .list(.eui)), .required("party", .party),
      ]),
    correction(
      "ManualFixApproved", "Another person at the DCC approved it.",
      [.required("party", .party), .required("proposal", .position)]),
    correction(
      "ManualFixDeclined", "The proposal was declined.",
      [
        .required("party", .party), .required("proposal", .position),
        .required("reason", .document),
      ]),
    correction(
      "ManualFixApplied", "The DSP made the change.",
      [.required("party", .party), .required("proposal", .position)]),
    correction(
      "FixVerified", "The inventory holds the wanted value.",
      [
        .required("evidence", .position), .required("field", place),
        .required("found", .fieldMPxN), .required("party", .party),
      ]),
    correction(
      "FixVerified", version: 2, "The inventory holds the wanted value.",
      [
        .required("evidence", .position), .required("field", field),
        .required("found", .entryValue), .required("party", .party),
      ]),
    correction(
      "FixNotFound", "The inventory does not hold the wanted value.",
      [
        .optional("evidence", .position), .required("field", place),
        .optional("found", .fieldValue), .required("party", .party),
      ]),
    correction(
      "FixNotFound", version: 2, "The inventory does not hold the wanted value.",
      [
        .optional("evidence", .position), .required("field", field),
        .optional("found", .entryValue), .required("party", .party),
      ]),
  ]

  /// Version 2 of a step that an old ticket can have, too, which may name no device.
  private static func ticket(_ type: String, _ about: String, _ fields: [Field]) -> EventShape {
    EventShape(
      type, version: 2, about,
      [
        .required("correction", .correction), .optional("device", .device),
        .required("requester", .party),
      ] + fields)
  }

  private static let endings: [EventShape] = [
    correction(
      "CorrectionResolved", "The fault is gone; the requester is asked to confirm.",
      [
        .optional("evidence", .position),
        .required("how", .oneOf(CorrectionResolved.How.allCases.map(\.rawValue))),
      ]),
    correction(
      "CorrectionConfirmed", "A party that reported it says that it is right now.",
      [.required("party", .party)]),
    correction(
      "CorrectionReopened", "The fault is there again, or was never gone.",
      [.required("party", .party), .required("reason", .document)]),
    correction(
      "CorrectionReopened", version: 2, "The fault is there again, or was never gone.",
      [
        .required("because", .oneOf(CorrectionReopened.Because.allCases.map(\.rawValue))),
        .required("party", .party), .optional("reason", .document),
        .optional("requestId", .request),
      ]),
    correction(
      "CorrectionRejected", "The DCC ended it without a fix.",
      [.required("party", .party), .required("reason", .document)]),
    ticket(
      "CorrectionRejected", "The DCC ended it without a fix; an old ticket may name no device.",
      [.required("party", .party), .required("reason", .document)]),
    correction(
      "CorrectionWithdrawn", "The requester ended it.",
      [.required("party", .party), .required("reason", .document)]),
    correction(
      "NoteAdded", "Somebody wrote something down.",
      [.required("note", .document), .required("party", .party)]),
    ticket(
      "NoteAdded", "Somebody wrote something down; an old ticket may name no device.",
      [.required("note", .document), .required("party", .party)]),
  ]
}
