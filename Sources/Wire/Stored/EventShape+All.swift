import Corrections

extension EventShape {
  /// Every stored event version ever released, in the order of the blueprint.
  public static let all: [EventShape] =
    ledger + reference + requests + observations + inventory + corrections + steps
    + reports + upkeep + discovery

  private static let ledger: [EventShape] = [
    EventShape(
      "LedgerOpened", "The ledger was made; always position 1.",
      [
        .required("format", .count), .required("ledgerId", .code("a UUID")),
        .required("mode", .oneOf(LedgerMode.allCases.map(\.rawValue))),
        .required("origin", .code("the name that checkpoints carry")),
        .required("publicKey", .code("Ed25519, base64 of 32 bytes")),
      ]),
    EventShape(
      "CalendarSet", "Working days are counted by this calendar from a moment on.",
      [
        .required("calendar", .oneOf(["englandAndWales", "scotland"])), .required("from", .time),
      ]),
    EventShape(
      "CalendarSet", version: 2,
      "Working days are counted by this calendar from a moment on; also tagged `terms:set`.",
      [
        .required("calendar", .oneOf(["englandAndWales", "scotland"])), .required("from", .time),
      ]),
    EventShape(
      "PolicySet", "How long a turn lasts, in working days, from a moment on.", policy),
    EventShape(
      "PolicySet", version: 2,
      "How long a turn lasts and what silence leads to, in working days, from a moment on; also "
        + "tagged `terms:set`.",
      policy + [
        .optional("afterConsents", .oneOf(Policy.AfterConsents.allCases.map(\.rawValue))),
        .optional("confirmWithin", .count), .optional("escalateAfter", .count),
        .optional("planWithin", .count), .optional("reopenWithin", .count),
      ]),
    EventShape(
      "EventAnnulled", "An event was recorded in error: from here on it was never effective.",
      [
        .required("position", .event), .required("reason", .document),
        .optional("replacedBy", .position), .optional("tags", .tags),
        .required("type", .code("the stored name of that event")),
      ]),
    EventShape(
      "ServiceTargetsSet",
      "Within which time each category is to be resolved, from a moment on; also tagged `terms:set`.",
      [
        .required("from", .time),
        .required(
          "targets",
          .list(
            .object([
              .required("category", .count),
              .required("counting", .oneOf(ServiceTargets.Counting.allCases.map(\.rawValue))),
              .required("minutes", .count),
            ]))), .required("verified", .bool),
      ]),
  ]

  static let reports: [EventShape] = [
    EventShape(
      "ReportPublished", "A report was published; also tagged `report:published`.",
      [
        .optional("deviceType", .oneOf(DeviceType.allCases.map(\.rawValue))),
        .required("digest", .code("the SHA-256 of its JSON, base64")), .required("form", .count),
        .required("from", .date), .optional("party", .party), .required("position", .position),
        .required("root", .code("the root of the log there, base64")),
        .optional("route", .oneOf(Route.allCases.map(\.rawValue))),
        .required("rule", .code("by what a correction counts for the period")),
        .required("to", .date),
      ])
  ]

  private static let policy: [Field] = [
    .required("cutOffHour", .count), .required("from", .time), .required("policy", .count),
    .required(
      "turns",
      .object(
        ["counterparty", "dcc", "dsp", "otherUser", "requester"].map { .required($0, .count) })),
  ]

  private static let reference: [EventShape] = [
    EventShape(
      "UserRegistered", "A DUIS user or member of staff is known, as given; replaces earlier ones.",
      [
        .optional("marketParticipantIds", .participants), .optional("name", .token),
        .required("party", .party),
        .required("roles", .list(.oneOf(UserRole.allCases.map(\.rawValue)))),
        .required("status", .oneOf(UserStatus.allCases.map(\.rawValue))),
        .required("userId", .user),
      ]),
    EventShape(
      "UserStatusChanged", "A user's status became another one.",
      [
        .required("party", .party),
        .required("status", .oneOf(UserStatus.allCases.map(\.rawValue))),
        .required("userId", .user),
      ]),
    EventShape(
      "ProductListed",
      "A product stands on the products list, as given; also tagged `product:` with its identity.",
      [
        .required("deviceType", .oneOf(DeviceType.allCases.map(\.rawValue))),
        .optional("esmeVariantFirst", .oneOf(["A", "B", "C"])),
        .optional("firmwareVersion", .code("1–8 characters")),
        .optional("listedFrom", .time), .optional("listedTo", .time),
        .required("manufacturer", .code("up to 30 characters")),
        .required("model", .code("up to 30 characters")),
        .required("status", .oneOf(ProductStatus.allCases.map(\.rawValue))),
      ]),
    EventShape(
      "ProductsImported",
      "A file of the products list was read to its end; also tagged `import:products`.",
      [
        .required("asAt", .time), .required("listed", .count), .required("rows", .count),
      ]),
    EventShape(
      "RegistrationsImported",
      "The rows of one set of registrations count from here on; "
        + "also tagged `import:registrations`.",
      [
        .required("added", .count), .optional("base", .position), .required("changed", .count),
        .required("ended", .count),
        .required("mode", .oneOf(RegistrationsImported.Mode.allCases.map(\.rawValue))),
        .required("root", .code("RFC 6962 root over the stored rows, base64")),
        .required("rows", .count), .required("set", .count),
      ]),
  ]

  private static let requests: [EventShape] = [
    EventShape(
      "ServiceRequestReceived", "A Service Request arrived; its raw XML is the document.",
      [
        .optional("action", .oneOf(HANDeviceLogAction.allCases.map(\.rawValue))),
        .optional("address", .token), .optional("associatedGPF", .device),
        .optional("branch", .oneOf(UpdateBranch.allCases.map(\.rawValue))),
        .required("commandVariant", .count), .optional("details", .object(details)),
        .optional("device", .device),
        .optional("deviceType", .oneOf(DeviceType.allCases.map(\.rawValue))),
        .required("document", .document), .optional("element", .code("the body element")),
        .optional("field", .oneOf(MPxNField.allCases.map(\.rawValue))),
        .optional("firstInSequence", .bool), .optional("mpxn", .mpxn), .optional("mpxns", .mpxns),
        .optional("otherDevice", .device), .optional("party", .party),
        .optional("postCode", .token), .optional("preceding", .request),
        .required("requestId", .request), .required("schemaVersion", .code("such as 5.4")),
        .required("serviceReference", .code("such as 8.4")),
        .required("serviceReferenceVariant", .code("such as 8.4")),
        .optional("status", .oneOf(DeviceStatus.allCases.map(\.rawValue))),
        .optional("uprn", .token),
      ]),
    EventShape(
      "ServiceRequestValidated", "The rulebook was applied: all findings, and the code returned.",
      [
        .optional("code", .code("I99, I0 or the first refusing code")),
        .optional("device", .device),
        .required("factsUpTo", .position), .required("findings", .list(.object(finding))),
        .optional("held", .mpxn), .optional("party", .party), .optional("registrations", .position),
        .required("requestId", .request),
        .optional("route", .oneOf(Route.allCases.map(\.rawValue))),
        .required("rulebook", .count), .required("serviceReference", .code("such as 8.4")),
        .optional("wanted", .mpxn),
        .optional("warnings", .list(.oneOf(Warning.allCases.map(\.rawValue)))),
      ]),
    EventShape(
      "ServiceResponseIssued",
      "An authority answered a request with a code, and for SR 8.2 the entries of devices.",
      [
        .required("code", .code("I99, I0 or the first refusing code")),
        .optional("device", .device),
        .optional("devices", .list(.eui)), .optional("party", .party),
        .required("requestId", .request),
        .required("serviceReference", .code("such as 8.4")),
      ]),
  ]

  static let details: [Field] = [
    .optional("esmeVariant", .oneOf(ESMEVariant.allCases.map(\.rawValue))),
    .optional("firmwareVersion", .code("as asked for")),
    .optional("manufacturer", .code("as asked for")), .optional("model", .code("as asked for")),
    .optional("smetsCHTSVersion", .code("as asked for")),
  ]

  static let fact: [Field] = [
    .required("fact", .oneOf(FactName.allCases.map(\.rawValue))),
    .optional("position", .position), .optional("registrations", .position),
    .optional("text", .code("a code")), .optional("time", .time),
    .optional("token", .token),
  ]

  static let finding: [Field] = [
    .required("answer", .oneOf(Finding.Answer.allCases.map(\.rawValue))),
    .required("because", .oneOf(Reason.allCases.map(\.rawValue))),
    .required("code", .code("the code that the rule refuses with")),
    .optional("facts", .list(.object(fact))),
    .optional("inferred", .bool),
    .optional("missing", .oneOf(FactName.allCases.map(\.rawValue))),
    .required("retry", .oneOf(["no", "from", "onceKnown"])), .optional("retryFrom", .time),
  ]
}
