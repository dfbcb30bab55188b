import Corrections

extension EventShape {
  /// Old tickets, and the steps of a thread that share one shape of event in the program.
  static let steps: [EventShape] = [
    EventShape(
      "IncidentTakenOver",
      "An old ticket was taken over as a correction; said again it replaces what was said.",
      [
        .required("bundled", .bool), .optional("category", .count), .optional("closedAt", .time),
        .required("correction", .correction), .optional("device", .device),
        .optional("deviceType", .oneOf(DeviceType.allCases.map(\.rawValue))),
        .optional("field", .oneOf(CorrectionField.allCases.map(\.rawValue))),
        .optional("firstCode", .code("the code of the refusal")),
        .required("handovers", .count), .optional("into", .correction), .optional("mpxn", .mpxn),
        .optional("outcome", .oneOf(IncidentTakenOver.Outcome.allCases.map(\.rawValue))),
        .required("party", .party), .required("reference", .ticket),
        .optional("requested", .entryValue), .optional("resolvedAt", .time),
        .optional("route", .oneOf(Route.allCases.map(\.rawValue))),
      ]),
    EventShape(
      "IncidentsImported",
      "A file of old tickets was read to its end; also tagged `import:incidents`.",
      [.required("bundled", .count), .required("rows", .count), .required("takenOver", .count)]),
    step(
      "InformationRequested", "A party was asked something, and it is its turn.",
      [.required("of", .party), .required("question", .document)]),
    step(
      "InformationSupplied", "The party that was asked has answered.",
      [.required("answer", .document)]),
    step(
      "RequestedValueChanged", "Another value is wanted; consents given end.",
      [
        .required("from", .entryValue), .optional("reason", .document),
        .required("to", .entryValue),
      ]),
    step(
      "HeldValueChanged", "The inventory says something else of the field than it said before.",
      [.required("evidence", .position), .required("to", .entryValue)]),
    step(
      "CorrectionMerged", "It ended in another correction of the same fault.",
      [
        .required("into", .correction), .required("reason", .document),
        .required("reporters", .list(.code("a party"))),
        .optional("requests", .list(.code("a RequestID"))),
      ]),
    step(
      "CorrectionsLinked",
      "With the others it makes a ring: each wants the meter point that the next one holds.",
      [.required("others", .list(.correction))]),
    step(
      "CorrectionsUnlinked",
      "The correction makes a ring with these no more; each goes on by itself.",
      [.required("from", .list(.correction))]),
    step("CategorySet", "1 (worst) to 5.", [.required("category", .count)]),
    step("PlanGiven", "A supplier gave its customer a resolution plan.", []),
    step(
      "ReminderSent", "The turn of these parties is overdue.",
      [
        .required("dueAt", .time), .required("holder", .oneOf(Holder.allCases.map(\.rawValue))),
        .optional("parties", .list(.code("a party"))),
      ]),
    step(
      "ManualFixFailed", "The DSP could not make the change.",
      [.required("proposal", .position), .required("reason", .document)]),
    step("ConfirmationLapsed", "Nobody said within the time that it is not right.", []),
    step(
      "IncidentRaised", "It goes the way of SEC Appendix AG.",
      [
        .required("because", .oneOf(IncidentCause.allCases.map(\.rawValue))),
        .optional("reason", .document),
      ]),
    step("IncidentClosed", "It goes on here.", [.required("outcome", .document)]),
    step(
      "ReferenceAdded", "The number that another system has for it.",
      [
        .required("reference", .document),
        .required("system", .oneOf(ReferenceSystem.allCases.map(\.rawValue))),
      ]),
  ]

  private static func step(_ type: String, _ about: String, _ fields: [Field]) -> EventShape {
    // What the program works out by itself is no party's doing.
    correction(type, about, [.optional("party", .party)] + fields)
  }
}
