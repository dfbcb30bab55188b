import Corrections

extension EventShape {
  static let inventory: [EventShape] = [
    EventShape(
      "InventoryObserved", "What the SMI said about a device: true no later than effectiveAt.",
      [
        .required("basis", .oneOf(Basis.allCases.map(\.rawValue))), .required("device", .device),
        .required("entry", .object(entry)),
      ]),
    EventShape(
      "InventoryImported",
      "An extract of the SMI was read to its end; also tagged `import:inventory`.",
      [
        .required("asAt", .time),
        .required("coverage", .oneOf(InventoryImported.Coverage.allCases.map(\.rawValue))),
        .required("observed", .count), .required("rows", .count),
      ]),
    change(
      "DevicePrenotified", "A device was added to the SMI by the user named.",
      [
        .optional("associatedGPF", .device), .required("by", .eui),
        .required("details", .object(details)),
        .required("deviceType", .oneOf(DeviceType.allCases.map(\.rawValue))),
        .optional("party", .party),
      ]),
    change(
      "DeviceStatusChanged", "The SMI status of a device became another one.",
      [
        .optional("correction", .correction), .optional("from", status), .required("to", status),
      ]),
    change(
      "DeviceDetailsUpdated", "Details of a device became other ones; absent ones stayed.",
      [.optional("correction", .correction), .required("details", .object(details))]),
    change(
      "DeviceDeleted", "A device was removed from the SMI.",
      [.optional("correction", .correction)]),
    change(
      "DeviceAssociated", "Two devices were joined.", [.required("otherDevice", .device)]),
    change(
      "DeviceDissociated", "Two devices are joined no more.",
      [.required("otherDevice", .device)]),
    change(
      "DeviceSupplierChanged", "A device passed to another supplier, the user named if any.",
      [.optional("mpxn", .mpxn), .optional("party", .party), .optional("user", .eui)]),
    change(
      "DeviceValueObserved", "What the device itself holds: another place than the SMI.",
      [
        .optional("exportMPAN", .fieldValue),
        .optional("firmwareVersion", .code("as the device says")),
        .optional("importMPxN", .fieldValue), .optional("secondaryImportMPAN", .fieldValue),
      ]),
    EventShape(
      "MPxNCleared", "A place of the SMI for a meter point was emptied.",
      [
        .required("basis", .oneOf(Basis.allCases.map(\.rawValue))),
        .optional("correction", .correction), .required("device", .device),
        .required("field", .oneOf(MPxNField.allCases.map(\.rawValue))),
        .optional("from", .fieldValue),
      ]),
    EventShape(
      "MPxNUpdated", "A meter point in the SMI became another one.",
      [
        .required("basis", .oneOf(Basis.allCases.map(\.rawValue))),
        .optional("correction", .correction), .required("device", .device),
        .required("field", .oneOf(MPxNField.allCases.map(\.rawValue))),
        .optional("from", .fieldValue), .optional("requestId", .request),
        .required("to", .fieldMPxN),
      ]),
  ]

  private static let status = Kind.oneOf(DeviceStatus.allCases.map(\.rawValue))

  /// An event about one device that a request may have caused.
  private static func change(_ type: String, _ about: String, _ fields: [Field]) -> EventShape {
    EventShape(
      type, about,
      [
        .required("basis", .oneOf(Basis.allCases.map(\.rawValue))), .required("device", .device),
        .optional("requestId", .request),
      ] + fields)
  }

  private static let entry: [Field] = [
    .optional("addressIdentifier", .token), .optional("associatedDevices", .list(.device)),
    .optional("complete", .bool),
    .optional("connectivity", .code("as the SMI says")),
    .optional("cplStatus", .oneOf(ProductStatus.allCases.map(\.rawValue))),
    .optional("cspRegion", .code("as the SMI says")), .optional("dateCommissioned", .date),
    .required("deviceType", .oneOf(DeviceType.allCases.map(\.rawValue))),
    .optional("empty", .list(.oneOf(EntryField.allCases.map(\.rawValue)))),
    .optional("esmeVariant", .oneOf(ESMEVariant.allCases.map(\.rawValue))),
    .optional("exportMPAN", .mpxn), .optional("firmwareVersion", .code("as the SMI says")),
    .optional("firmwareVersionStatus", .oneOf(ProductStatus.allCases.map(\.rawValue))),
    .optional("gbcsVersion", .code("as the SMI says")),
    .optional("hanVariant", .code("as the SMI says")), .optional("importMPxN", .mpxn),
    .optional("manufacturer", .code("as the SMI says")),
    .optional("model", .code("as the SMI says")), .optional("postCode", .token),
    .optional("prenotifiedBy", .eui), .optional("s1sp", .code("as the SMI says")),
    .optional("secondaryImportMPAN", .mpxn),
    .optional("smetsCHTSVersion", .code("as the SMI says")),
    .optional("status", .oneOf(DeviceStatus.allCases.map(\.rawValue))),
    .optional("statusSince", .time), .optional("uprn", .token),
  ]
}
