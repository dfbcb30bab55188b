internal import CLedgerShim

/// How SQLite is set up for the whole process.
enum SQLiteSettings {
  /// Pages that each connection sets aside at once.
  ///
  /// A reader lets go of all its pages whenever somebody has committed, so pages that it would have to
  /// ask for one by one are asked for again and again.
  private static let pages: Int32 = 128

  /// Whether it was in time: whoever used SQLite before has it as it comes, which is slower where many
  /// threads read, and no different else.
  static let areMade = ledger_configure_sqlite(pages) == 1
}
