public import Corrections

/// A DUIS user, or a member of staff of the DCC, the DSP or SECAS, or an auditor.
public struct UserRow: Hashable, CSVRow {
  /// An EUI-64 for a DUIS user, a meaningless code for staff; in upper case.
  public let id: String
  /// The party that the user acts for.
  public let party: String
  /// The ids by which registrations name that party.
  public let marketParticipantIDs: [String]
  /// At least one.
  public let roles: [UserRole]
  /// Whether the user may act.
  public let status: UserStatus
  /// Personal data: never in a record.
  public let name: String?

  private static let userID = CSVColumn(0, "user_id")
  private static let party = CSVColumn(1, "party")
  private static let marketParticipantIDs = CSVColumn(2, "market_participant_ids")
  private static let roles = CSVColumn(3, "roles")
  private static let status = CSVColumn(4, "status")
  private static let name = CSVColumn(5, "name")

  /// The columns of a users file.
  public static let columns = [userID, party, marketParticipantIDs, roles, status, name]

  /// Reads a row; nil when anything in it is refused.
  public init?(_ cells: inout CSVCells) {
    let id = cells.userID(Self.userID)
    let party = cells.code(Self.party)
    marketParticipantIDs = cells.codes(Self.marketParticipantIDs)
    roles = cells.roles(Self.roles)
    let status = cells.oneOf(Self.status, UserStatus.self)
    name = cells.text(Self.name)
    guard let id, let party, let status else { return nil }
    self.id = id
    self.party = party
    self.status = status
  }
}

extension CSVCells {
  /// An EUI-64, or letters, digits, points and hyphens with a digit among them; in upper case.
  fileprivate mutating func userID(_ column: CSVColumn) -> String? {
    let value = CSVText.withoutTextMark(value(column))
    let expected = "an EUI-64, or letters, digits and .-"
    if refusesEmpty(value, column, expected) { return nil }
    let text = String(decoding: value, as: UTF8.self)
    if let eui = EUI64(text) { return eui.description }
    let isStaff = value.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46: true
      default: false
      }
    }
    let isRewritten = SpreadsheetNumber.isRounded(value) || SpreadsheetNumber.isDay(value)
    guard isStaff, value.count <= 64, !isRewritten, !SpreadsheetNumber.hasPoint(value),
      !CSVText.isTruth(value)
    else {
      refuse(value, column, expected)
      return nil
    }
    guard value.contains(where: { (48...57).contains($0) }) else {
      note(
        .value, column, expected: "a code with a digit, which is no person's name",
        found: "letters only")
      return nil
    }
    return text.uppercased()
  }

  /// Roles joined by semicolons; names of older DUIS versions are read as those of today.
  fileprivate mutating func roles(_ column: CSVColumn) -> [UserRole] {
    let older = ["EIS": "IS", "EES": "ES", "GIS": "GS", "ENO": "ED", "GNO": "GT"]
    let items = items(column)
    let expected = Children.list(UserRole.allCases.map(\.rawValue))
    if items.isEmpty { note(.empty, column, expected: expected, found: "nothing") }
    var roles: [UserRole] = []
    for item in items {
      let text = String(decoding: item, as: UTF8.self)
      guard let role = UserRole(rawValue: older[text] ?? text) else {
        refuse(item, column, expected)
        continue
      }
      if !roles.contains(role) { roles.append(role) }
    }
    return roles
  }
}
