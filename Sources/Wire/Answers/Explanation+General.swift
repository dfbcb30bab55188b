import Corrections

extension Explanation {
  static func generalText(of code: RuleCode) -> Text {
    switch code {
    case .e1:
      Text(
        rule: "The User ID is among the users held, in at least one role of a DUIS user. A User ID "
          + "that is not held: unknown",
        inferred: "That any role of a DUIS user will do",
        next: "Check the User ID and its role with the DCC; import the user here", needs: nil,
        retry: "Can help once the user is registered in its role")
    case .e2:
      Text(
        rule: "Each role of a DUIS user may send SR 8.4, 8.2 and 12.2: IS, ES, GS, RSA, ED, GT, OU "
          + "(published matrix)",
        inferred: nil, next: "Send it from a user in one of those roles", needs: nil,
        retry: "Cannot help in that role")
    case .e3:
      Text(
        rule: "The status of the user is active",
        inferred: "That suspended and withdrawn are the statuses that forbid it",
        next:
          "Have the user's status put right with the DCC, or send it from an active user of the "
          + "party", needs: nil, retry: "Can help once the user is active")
    case .e5:
      Text(
        rule: "Asked of SR 12.2: a device that the SMI holds already can't be pre-notified",
        inferred:
          "All of it: the codes E1202xx, of which one may mean this, have no public text. SR "
          + "8.4 has codes of its own (E080406, E080407, E080414)",
        next: "The device is there; correct it with SR 8.4, or check the Device ID", needs: nil,
        retry: "Cannot help while the SMI holds the device")
    case .e11:
      Text(
        rule: "Asked of the branch statusCH, which is for a CHF or a GPF",
        inferred: "All of it", next: "Use the branch statusExceptCH for other devices", needs: nil,
        retry: "Cannot help while the device is of that type")
    case .e12:
      Text(
        rule: "Requests without a device (SR 8.4, 8.2, 12.2) have Command Variant 8",
        inferred: nil, next: "Send it with Command Variant 8", needs: nil,
        retry: "Can help with other content, and so with a new counter")
    default:
      Text(
        rule: "Asked of nothing here. " + (UpdateInventoryRules.notAsked[code] ?? ""),
        inferred: "That SR 8.4, 8.2 and 12.2 are not refused with it",
        next: "It comes back for other services: see what they ask", needs: nil, retry: "Unknown")
    }
  }

  static func queryText(of code: RuleCode) -> Text {
    switch code {
    case .e080201:
      Text(
        rule: "What was asked for matches devices of one premises: devices that are associated, or "
          + "have one UPRN or address; at most 17, since an answer holds no more. In an observer "
          + "ledger: unknown where it does not",
        inferred: "What makes a premises, and that more than 17 devices are answered so",
        next: "Ask by DeviceID or UPRN", needs: nil,
        retry: "Cannot help while more than one place matches")
    default:
      Text(
        rule: "What was asked for matches at least one device that the SMI holds. In an observer "
          + "ledger: unknown where it does not",
        inferred: "That a DeviceID which is not in the SMI is answered so, too",
        next: "Check what was asked for", needs: nil,
        retry: "Can help once a device is there")
    }
  }

  /// What is public of codes that this program never predicts.
  struct Meaning {
    let text: String
    let source: String
    let next: String
    let retry: String
  }

  private static let table = "The public table of general DCC response codes, in own words"

  static let meanings: [String: Meaning] = [
    "I0": Meaning(text: "Success", source: table, next: "Nothing", retry: "Not needed"),
    "I99": Meaning(
      text: "Acknowledged; for a request without a device whose answer carries nothing, success",
      source: table, next: "For a device: wait for its answer", retry: "Not needed"),
    "E13": Meaning(
      text: "The wrong URL or web service for this request", source: table,
      next: "Send it to the service that the request belongs to", retry: "Can help there"),
    "E17": Meaning(
      text: "The role or the status of the user does not permit a local command", source: table,
      next: "Send it over the SM WAN", retry: "Cannot help as a local command"),
    "E20": Meaning(
      text: "The DCC could not communicate with the device", source: table,
      next: "Send it again later, with a new counter", retry: "Can help"),
    "E21": Meaning(
      text: "The device did not respond", source: table,
      next: "Send it again later, with a new counter", retry: "Can help"),
    "E30": Meaning(
      text: "A future-dated command timed out", source: table,
      next: "Send it again, with a new counter", retry: "Can help"),
  ]
}
