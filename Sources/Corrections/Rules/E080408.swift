extension Rule {
  /// E080408 asks whether the request includes details to be updated.
  ///
  /// Source: DP213: at least one data item. That an item given empty counts as given is inferred.
  static let e080408 = Rule(.e080408) { facts in
    guard case .details(let given, _) = facts.asks else {
      preconditionFailure("E080408 is asked of details only")
    }
    return given.isEmpty ? .fails(.noDetailsGiven) : .holds(.detailsGiven)
  }
}
