/// Which codes apply to which request, and in which order: the rulebook.
///
/// General codes come first. The order within each part is inferred from the numbering of the
/// published tables; the first code that refuses is the one returned, and all findings are kept.
public enum UpdateInventoryRules {
  /// The number stored with each judgement; it goes up when a rule or the order changes.
  ///
  /// 1 judged updates of a meter point only, without the general codes.
  public static let rulebook = 2

  /// The codes of a branch of SR 8.4, in order.
  public static func codes(for branch: UpdateBranch) -> [RuleCode] {
    general(for: branch) + own(of: branch)
  }

  /// The codes of SR 8.2, in order.
  public static let queryCodes: [RuleCode] = [.e1, .e2, .e3, .e12, .e080201, .e080202]

  /// The codes of SR 12.2, in order; E1202xx have no public text and block nothing.
  public static let prenotificationCodes: [RuleCode] = [.e1, .e2, .e3, .e5, .e12]

  /// General codes that are asked of nothing here, and why.
  ///
  /// All inferred: SR 8.4 has codes of its own for what they ask, and SR 8.2 answers E080202.
  public static let notAsked: [RuleCode: String] = [
    .e4: "SR 8.4 asks this with E080410; SR 8.2 and 12.2 need no authority over the device",
    .e19: "SR 8.4 asks this with E080406, E080407 or E080414; SR 8.2 answers E080202",
  ]

  private static func general(for branch: UpdateBranch) -> [RuleCode] {
    switch branch {
    case .statusCH: [.e1, .e2, .e3, .e11, .e12]
    case .statusExceptCH, .details, .delete, .mpxn: [.e1, .e2, .e3, .e12]
    }
  }

  private static func own(of branch: UpdateBranch) -> [RuleCode] {
    switch branch {
    case .statusExceptCH: [.e080405, .e080406, .e080410]
    case .statusCH: [.e080406, .e080410, .e080411, .e080412]
    case .details: [.e080407, .e080408, .e080409, .e080410]
    case .delete: [.e080407, .e080410]
    case .mpxn: [.e080410, .e080413, .e080414, .e080415]
    }
  }

  /// The codes of what a request asks for, in order.
  static func codes(for asks: RequestFacts.Asks) -> [RuleCode] {
    switch asks {
    case .status(let branch, _): codes(for: branch)
    case .details: codes(for: UpdateBranch.details)
    case .delete: codes(for: UpdateBranch.delete)
    case .mpxn: codes(for: UpdateBranch.mpxn)
    case .query: queryCodes
    case .prenotification: prenotificationCodes
    }
  }

  /// The rule of each code that is asked.
  static func rule(_ code: RuleCode) -> Rule {
    switch code {
    case .e1: .e1
    case .e2: .e2
    case .e3: .e3
    case .e5: .e5
    case .e11: .e11
    case .e12: .e12
    case .e080201: .e080201
    case .e080202: .e080202
    case .e080405: .e080405
    case .e080406: .e080406
    case .e080407: .e080407
    case .e080408: .e080408
    case .e080409: .e080409
    case .e080410: .e080410
    case .e080411: .e080411
    case .e080412: .e080412
    case .e080413: .e080413
    case .e080414: .e080414
    case .e080415: .e080415
    case .e4, .e19: preconditionFailure("\(code) is asked of nothing")
    }
  }
}
