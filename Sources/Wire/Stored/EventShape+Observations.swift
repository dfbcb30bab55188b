import Corrections

extension EventShape {
  static let observations: [EventShape] = [
    EventShape(
      "ServiceResponseRecorded",
      "A response that the DCC sent; its raw XML is the document. True at its own time.",
      [
        .required("code", .code("as it came back")),
        .optional("content", .code("the element that holds the content")),
        .optional("device", .device), .required("document", .document), flags,
        .optional("party", .party), .optional("requestId", .request),
        .optional("responseId", .code("target:originator:counter")),
        .required("schemaVersion", .code("such as 5.4")),
        .optional("serviceReference", .code("such as 8.7")),
        .optional("serviceReferenceVariant", .code("such as 8.7.1")),
      ]),
    EventShape(
      "AlertRecorded",
      "An alert that the DCC or a device sent; its raw XML is the document. True at its own time.",
      [
        .optional("alertCode", .code("such as N1, or four hex digits of a device")),
        .required("code", .code("the ResponseCode of the header")),
        .optional("content", .code("the element that holds the content")),
        .optional("device", .device), .required("document", .document), flags,
        .optional("party", .party), .optional("requestId", .request),
        .required("schemaVersion", .code("such as 5.4")), .optional("sender", .eui),
        .required("source", .oneOf(AlertSource.allCases.map(\.rawValue))),
        .optional("user", .eui),
      ]),
    EventShape(
      "ResponseDiverged",
      "The code that came back is another one than the rulebook predicted.",
      [
        .optional("device", .device), .required("factsUpTo", .position),
        .optional("findings", .list(.object(finding))), .optional("party", .party),
        .required("predicted", .code("I99 or a refusing code")),
        .optional("registrations", .position), .required("requestId", .request),
        .required("returned", .code("as it came back")), .required("rulebook", .count),
        .required("serviceReference", .code("such as 8.4")), .required("validated", .position),
      ]),
  ]

  private static let flags = Field.optional(
    "flags", .list(.oneOf(RecordFlag.allCases.map(\.rawValue))))
}
