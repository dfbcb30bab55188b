extension Rule {
  /// E080411 stands in the DUIS schema and in no public text: what it asks is unknown, so it blocks
  /// nothing.
  ///
  /// That it belongs to the branch `statusCH` is inferred: it is the one branch without a published
  /// code of its own.
  static let e080411 = Rule(.e080411) { (_: RequestFacts) in
    .unknown(.notPublished, missing: .rule, inferred: true, retry: .no)
  }
}
