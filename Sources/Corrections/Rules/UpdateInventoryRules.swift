/// Which codes apply to which branch of SR 8.4, and in which order: the rulebook.
///
/// The order is inferred from the numbering of the published table; the first code that refuses is
/// the one returned, and all findings are kept.
public enum UpdateInventoryRules {
  /// The number stored with each judgement; it goes up when a rule or the order changes.
  public static let rulebook = 1

  /// The codes of a branch, in order.
  public static func codes(for branch: UpdateBranch) -> [RuleCode] {
    switch branch {
    case .statusExceptCH: [.e080405, .e080406, .e080410]
    case .statusCH: [.e080406, .e080410, .e080411, .e080412]
    case .details: [.e080407, .e080408, .e080409, .e080410]
    case .delete: [.e080407, .e080410]
    case .mpxn: [.e080410, .e080413, .e080414, .e080415]
    }
  }

  /// Whether this version judges a branch, or only records it.
  public static func isJudged(_ branch: UpdateBranch) -> Bool {
    switch branch {
    case .mpxn: true
    case .statusExceptCH, .statusCH, .details, .delete: false
    }
  }

  static let mpxn: [Rule] = [.e080410, .e080413, .e080414, .e080415]
}
