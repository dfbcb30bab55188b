import Corrections

extension EventShape {
  /// What is done to the ledger itself: erasing, sealing, handing out evidence, restoring.
  static let upkeep: [EventShape] = [
    EventShape(
      "SubjectErased",
      "The value behind a token was erased; the token stays. Also tagged `erasure:all`.",
      [
        .required("kind", .oneOf(SubjectKind.allCases.map(\.rawValue))),
        .optional("mpxn", .mpxn), .required("reason", .document), .optional("token", .token),
      ]),
    EventShape(
      "DocumentsErased",
      "Documents, and commitments to the content of appends, were erased; also tagged "
        + "`erasure:all`.",
      [
        .optional("commitments", .list(.position)), .optional("device", .device),
        .optional("documents", .list(.document)), .required("reason", .document),
      ]),
    EventShape(
      "TimelinesSealed",
      "The root of a Merkle trie over all timelines up to a position; also tagged "
        + "`seal:timelines`.",
      [
        .required("form", .count), .required("root", .code("base64 of 32 bytes")),
        .required("tags", .count), .required("upTo", .position),
      ]),
    EventShape(
      "EvidenceExported",
      "Evidence of one timeline was handed out; also tagged `evidence:exported`.",
      [
        .required("discloses", .bool), .required("size", .position),
        .required("tag", .code("the tag of the timeline")), .required("upTo", .position),
      ]),
    EventShape(
      "LedgerRestored",
      "The ledger was made anew from a backup; with `fork` it goes on under that name and key. "
        + "Also tagged `restore:ledger`.",
      [
        .optional("checkpoint", .position), .required("erasures", .count),
        .optional(
          "fork",
          .object([
            .required("origin", .code("the name that checkpoints carry from here on")),
            .required("publicKey", .code("Ed25519, base64 of 32 bytes")),
          ])), .required("root", .code("the root of the backup, base64")),
        .required("size", .position),
      ]),
  ]
}
