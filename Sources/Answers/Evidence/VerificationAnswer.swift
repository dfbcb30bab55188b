import Foundation
package import Ledger
package import Wire

/// What a verification came to, as programs read it.
package struct VerificationAnswer {
  package let verified: Verification

  package init(_ verified: Verification) { self.verified = verified }

  package var json: JSON {
    .pairs([
      "answer": .string(verified.answer.rawValue), "ok": .bool(verified.answer == .proven),
      "depth": .string(verified.depth.rawValue), "events": .integer(verified.events),
      "root": .of(verified.root),
      "checkpoint": verified.since.map {
        .pairs([
          "origin": .string($0.origin), "size": .integer($0.size),
          "root": .string(Data($0.root).base64EncodedString()),
          "keyCountsUpTo": .of(verified.signer?.upTo),
        ])
      } ?? .null, "missing": .of(verified.missing),
      "problems": .array(
        verified.problems.map {
          .pairs(["position": .of($0.position), "what": .string($0.what)])
        }),
    ])
  }
}
