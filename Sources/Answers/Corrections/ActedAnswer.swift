import Corrections
package import Ledger
package import Wire

extension CorrectionAnswer {
  /// What an action came to, as programs read it.
  package func members(of acted: Acted, dryRun: Bool) -> [(key: String, value: JSON)] {
    members() + [
      ("recorded", .array(acted.events.map { .string(StoredForm.encode($0).type) })),
      ("dryRun", .bool(dryRun)), ("position", .of(acted.position)),
    ]
  }

  /// What an opening came to, as programs read it; `wanted` is what was typed.
  package func members(
    of opened: Opened, wanting wanted: WantedValue?, dryRun: Bool
  ) -> [(key: String, value: JSON)] {
    let mpxn: MPxN? = if case .mpxn(_, let mpxn)? = wanted { mpxn } else { nil }
    return members() + [
      ("warnings", .array(warnings(wanting: mpxn).map { .string($0.rawValue) })),
      ("joined", .bool(opened.joined)), ("repeated", .bool(opened.repeated)),
      ("dryRun", .bool(dryRun)), ("position", .of(opened.position)),
    ]
  }
}

extension ReadyRequest {
  /// The 8.4 to send and what becomes of it, as programs read it.
  package var members: [(key: String, value: JSON)] {
    [
      ("requestID", .string(requestID.description)),
      ("xml", .string(String(decoding: xml, as: UTF8.self))),
      ("passes", .of(judgement?.accepted)), ("route", .of(advice?.route.rawValue)),
      ("because", .of(advice?.because.rawValue)),
    ]
  }
}
