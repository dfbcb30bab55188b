import Corrections

extension EventShape {
  static let corrections: [EventShape] = opening + consents + fixes + endings

  private static func correction(_ type: String, _ about: String, _ fields: [Field])
    -> EventShape
  {
    EventShape(
      type, about,
      [.required("correction", .correction), .required("device", .device)] + fields)
  }

  private static let side = Kind.oneOf(ConsentSide.allCases.map(\.rawValue))
  private static let field = Kind.oneOf(MPxNField.allCases.map(\.rawValue))

  private static let opening: [EventShape] = [
    correction(
      "CorrectionRequested", "A correction of one field of one device was opened.",
      [
        .optional("current", .mpxn),
        .required("deviceType", .oneOf(DeviceType.allCases.map(\.rawValue))),
        .required("field", field),
        .optional("firstCode", .oneOf(RuleCode.allCases.map(\.rawValue))),
        .required("party", .party), .optional("requestId", .request),
        .required("requested", .mpxn),
      ]),
    correction(
      "CorrectionJoined", "A second report of the same fault joined the open correction.",
      [
        .required("party", .party), .optional("requestId", .request),
        .required("requested", .mpxn),
      ]),
    correction(
      "RouteAdvised", "The shortest open way was worked out.",
      [
        .required("because", .oneOf(RouteAdvice.Because.allCases.map(\.rawValue))),
        .optional(
          "consents",
          .list(
            .object([
              .required("mpxn", .token), .required("party", .code("a party")),
              .required("registrations", .position), .required("side", side),
            ]))), .optional("party", .party),
        .required("route", .oneOf(Route.allCases.map(\.rawValue))), .optional("until", .time),
      ]),
    correction(
      "OwnerAssigned", "A team or person at the DCC took the correction.",
      [.required("owner", .code("a staff or team code"))]),
    correction(
      "OwnershipTransferred", "The owner changed: a handover.",
      [
        .required("from", .code("a staff or team code")), .required("reason", .document),
        .required("to", .code("a staff or team code")),
      ]),
  ]

  private static let consents: [EventShape] = [
    correction(
      "ConsentRequested", "A Registered Supplier was asked to agree.",
      [
        .required("mpxn", .mpxn), .required("party", .party),
        .required("registrations", .position), .required("side", side),
      ]),
    correction(
      "ConsentGiven", "A Registered Supplier agreed, or consents by asking.",
      [
        .required("byAsking", .bool), .required("mpxn", .mpxn), .required("party", .party),
        .required("registrations", .position), .required("side", side),
      ]),
    correction(
      "ConsentRefused", "A Registered Supplier did not agree.",
      [.required("party", .party), .required("reason", .document), .required("side", side)]),
    correction(
      "ConsentLapsed", "A consent no longer names the Registered Supplier.",
      [
        .required("party", .party), .required("registrations", .position),
        .required("side", side),
      ]),
  ]

  private static let fixes: [EventShape] = [
    correction(
      "ManualFixProposed", "The DCC proposed a change of the SMI by hand.",
      [.optional("expected", .mpxn), .required("field", field), .required("new", .mpxn)]),
    correction(
      "ManualFixApproved", "Another person at the DCC approved it.",
      [.required("proposal", .position)]),
    correction(
      "ManualFixDeclined", "The proposal was declined.",
      [.required("proposal", .position), .required("reason", .document)]),
    correction(
      "ManualFixApplied", "The DSP made the change.", [.required("proposal", .position)]),
    correction(
      "FixVerified", "The inventory holds the wanted value.",
      [
        .required("evidence", .position), .required("field", field), .required("found", .mpxn),
      ]),
    correction(
      "FixNotFound", "The inventory does not hold the wanted value.",
      [.required("field", field), .optional("found", .mpxn)]),
  ]

  private static let endings: [EventShape] = [
    correction(
      "CorrectionResolved", "The fault is gone; the requester is asked to confirm.",
      [.required("how", .oneOf(CorrectionResolved.How.allCases.map(\.rawValue)))]),
    correction("CorrectionConfirmed", "The requester says that it is right now.", []),
    correction(
      "CorrectionReopened", "The fault is there again, or was never gone.",
      [.required("reason", .document)]),
    correction(
      "CorrectionRejected", "The DCC ended it without a fix.", [.required("reason", .document)]),
    correction(
      "CorrectionWithdrawn", "The requester ended it.", [.required("reason", .document)]),
    correction("NoteAdded", "Somebody wrote something down.", [.required("note", .document)]),
  ]
}
