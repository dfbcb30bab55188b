/// How much of values and texts an answer shows.
package enum Sight: Hashable, Sendable {
  /// Whole meter points, and what people wrote.
  case whole
  /// The last three digits of a meter point, and nothing that people wrote.
  case masked

  /// What stands where a text is not shown.
  package static let notShown = "(not shown)"
}
