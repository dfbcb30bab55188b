package import Corrections
import Ledger
import Wire

/// Corrections as rows of a spreadsheet.
package enum CorrectionRows {
  /// The rows for a spreadsheet, with a heading.
  package static func csv(_ answers: [CorrectionAnswer]) -> String {
    var table = Table([
      "id", "device", "deviceType", "field", "current", "requested", "state", "holder",
      "holderParty", "holderSince", "dueAt", "owner", "route", "firstCode", "openedAt",
      "resolvedAt", "ageWorkingDays", "handovers", "reporters", "category", "batch", "next",
    ])
    for answer in answers {
      let item = answer.correction
      table.add([
        item.id.description, item.knownDevice?.description ?? "", item.deviceType?.rawValue ?? "",
        answer.fieldName ?? "", item.current.map { answer.entries.cell($0) } ?? "",
        item.ticket?.hasRequested ?? true ? answer.entries.cell(item.requested) : "",
        item.state.rawValue, answer.holder.rawValue,
        item.holder(at: answer.now).party ?? "", answer.turn?.from.stored ?? "",
        answer.dueAt?.stored ?? "",
        item.owner ?? "", item.advice?.route.rawValue ?? "", item.firstCode ?? "",
        item.openedAt.stored, item.resolvedAt?.stored ?? "", String(answer.ageInWorkingDays),
        String(item.handovers), item.reporters.joined(separator: ";"),
        item.category.map { String($0) } ?? "", item.batch ?? "", answer.next ?? "",
      ])
    }
    return table.csv(freeText: [4, 5])
  }
}

extension CorrectionAnswer {
  /// Where it stands in a list: what is due first on top.
  package var place: (Instant, CorrectionID) {
    (dueAt ?? Instant(milliseconds: .max), correction.id)
  }
}

extension CorrectionAnswer {
  /// Whether a user owns it or has its turn.
  ///
  /// A proposal is the turn of everybody at the DCC but its proposer, whoever owns it.
  package func isOf(_ user: User) -> Bool {
    if turn?.holder == .dcc, correction.state == .awaitingFix || correction.state == .escalated,
      let proposal = correction.proposal, proposal.approver == nil
    {
      return user.roles.contains(.dcc) && user.id != proposal.proposer.user
    }
    if correction.owner == user.id { return true }
    switch holder {
    case .dcc: return user.roles.contains(.dcc) && correction.owner == nil
    case .dsp: return user.roles.contains(.dsp)
    case .requester, .counterparty, .otherUser:
      return correction.holderParties(at: now).contains(user.party)
    case .nobody, .notKnown: return false
    }
  }

  /// `LATE 3 days`, or the last day of the turn.
  package var dueInWords: String {
    guard let dueAt else { return "–" }
    if turn?.holder == .nobody { return "until \(Wording.date(dueAt))" }
    guard dueAt <= now else { return Wording.lastDay(of: dueAt) }
    let today = GBTime.civil(at: now).date
    let late = terms.calendars.workingDayCount(from: GBTime.civil(at: dueAt).date, upTo: today) + 1
    return "LATE \(Wording.count(late, "day"))"
  }
}

extension EntryWording {
  /// The value for a cell; nothing for an empty place.
  package func cell(_ value: EntryValue) -> String { value == .empty ? "" : whole(value) }
}
