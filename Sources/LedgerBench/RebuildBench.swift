/// Rebuilds all views of a ledger from its events.
///
/// Not measured yet: the views belong to the `Ledger` target, and the events of the bench's file
/// aren't those that it folds. To complete this: write a ledger through `Ledger`, then measure
/// `Ledger.rebuild` and answer with `events`, `seconds` and `rate`.
enum RebuildBench {
  static func run(folder: String) -> [(String, Answer)] { [] }
}
