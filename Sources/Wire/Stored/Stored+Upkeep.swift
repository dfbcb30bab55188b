import CanonicalJSON
import Corrections

extension StoredForm {
  static func typeAndBody(of event: Upkeep) -> (String, Object) {
    switch event {
    case .subjectErased(let event): ("SubjectErased", body(event))
    case .documentsErased(let event): ("DocumentsErased", body(event))
    case .timelinesSealed(let event): ("TimelinesSealed", body(event))
    case .evidenceExported(let event): ("EvidenceExported", body(event))
    case .ledgerRestored(let event): ("LedgerRestored", body(event))
    }
  }

  private static func body(_ event: SubjectErased) -> Object {
    let isMeterPoint = event.kind == .mpxn
    return [
      "kind": .of(event.kind), "mpxn": .of(isMeterPoint ? event.token : nil),
      "reason": .string(event.reason), "token": .of(isMeterPoint ? nil : event.token),
    ]
  }

  private static func body(_ event: DocumentsErased) -> Object {
    [
      "commitments": .listOrNil(event.commitments.map { .of($0) }), "device": .of(event.deviceID),
      "documents": .listOrNil(event.documents.map { .string($0) }),
      "reason": .string(event.reason),
    ]
  }

  private static func body(_ event: TimelinesSealed) -> Object {
    [
      "form": .of(event.form), "root": .string(event.root), "tags": .of(event.tags),
      "upTo": .of(event.upTo),
    ]
  }

  private static func body(_ event: EvidenceExported) -> Object {
    [
      "discloses": .bool(event.discloses), "size": .of(event.size), "tag": .string(event.tag),
      "upTo": .of(event.upTo),
    ]
  }

  private static func body(_ event: LedgerRestored) -> Object {
    [
      "checkpoint": .of(event.checkpoint), "erasures": .of(event.erasures),
      "fork": event.fork.map {
        .object(["origin": .string($0.origin), "publicKey": .string($0.publicKey)])
      }, "root": .string(event.root), "size": .of(event.size),
    ]
  }

  static func decodeUpkeep(_ type: String, _ body: Body) throws(StoredFormError) -> Event? {
    switch type {
    case "SubjectErased": .upkeep(.subjectErased(try subjectErased(body)))
    case "DocumentsErased":
      .upkeep(
        .documentsErased(
          DocumentsErased(
            deviceID: try body.optionalEUI("device"), documents: try body.texts("documents"),
            commitments: try body.integers("commitments"), reason: try body.text("reason"))))
    case "TimelinesSealed":
      .upkeep(
        .timelinesSealed(
          TimelinesSealed(
            form: try body.integer("form"), upTo: try body.integer("upTo"),
            tags: try body.integer("tags"), root: try body.text("root"))))
    case "EvidenceExported":
      .upkeep(
        .evidenceExported(
          EvidenceExported(
            tag: try body.text("tag"), upTo: try body.integer("upTo"),
            size: try body.integer("size"), discloses: try body.bool("discloses"))))
    case "LedgerRestored": .upkeep(.ledgerRestored(try ledgerRestored(body)))
    default: nil
    }
  }

  private static func subjectErased(_ body: Body) throws(StoredFormError) -> SubjectErased {
    let kind: SubjectKind = try body.one("kind")
    return SubjectErased(
      kind: kind, token: try body.token(kind == .mpxn ? "mpxn" : "token"),
      reason: try body.text("reason"))
  }

  private static func ledgerRestored(_ body: Body) throws(StoredFormError) -> LedgerRestored {
    var fork: LedgerRestored.Fork?
    if body.members["fork"] != nil {
      let named = try body.object("fork")
      fork = LedgerRestored.Fork(
        origin: try named.text("origin"), publicKey: try named.text("publicKey"))
    }
    return LedgerRestored(
      size: try body.integer("size"), root: try body.text("root"),
      erasures: try body.integer("erasures"), checkpoint: try body.optionalInteger("checkpoint"),
      fork: fork)
  }
}
