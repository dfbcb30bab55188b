import Corrections

extension EventShape {
  /// Second sources beside the SMI, and the errors that nobody has reported.
  static let discovery: [EventShape] = [
    EventShape(
      "TechnicalDetailsObserved",
      "Meter technical details say at which meter point a device is, from effectiveAt on.",
      [
        .required("device", .device),
        .required("kind", .oneOf(Registration.Kind.allCases.map(\.rawValue))),
        .required("mpxn", .mpxn),
      ]),
    EventShape(
      "TechnicalDetailsImported",
      "A file of meter technical details was read to its end; also tagged "
        + "`import:technical-details`.",
      [.required("observed", .count), .required("rows", .count)]),
    EventShape(
      "DiscrepancyFound",
      "A rule found something that can't well be right; found again with other facts it keeps its "
        + "number.",
      [
        .required("confidence", .oneOf(Confidence.allCases.map(\.rawValue))),
        .required("device", .device), .required("discrepancy", .discrepancy),
        .optional("facts", .list(.object(fact))),
        .optional("field", .oneOf(CorrectionField.allCases.map(\.rawValue))),
        .optional("mpxns", .list(.mpxn)), .optional("others", .list(.device)),
        .optional("parties", .list(.party)),
        .optional("route", .oneOf(Route.allCases.map(\.rawValue))),
        .required("rule", .oneOf(DiscrepancyRule.allCases.map(\.rawValue))),
        .required("rules", .count), .optional("wanted", .entryValue),
      ]),
    EventShape("DiscrepancyCleared", "What had been found is not there any more.", ended),
    EventShape(
      "DiscrepancyDismissed", "A person said that it is none, as long as its facts stay.",
      ended + [.required("reason", .document)]),
  ]

  private static let ended: [Field] = [
    .required("device", .device), .required("discrepancy", .discrepancy),
    .optional("others", .list(.device)), .optional("parties", .list(.party)),
    .required("rule", .oneOf(DiscrepancyRule.allCases.map(\.rawValue))),
  ]
}
