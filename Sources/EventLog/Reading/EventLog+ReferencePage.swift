internal import GRDB

extension EventLog {
  /// Some rows of a set, finished or not, from the one after `row` on, in order.
  public func rows(ofSet set: Int, after row: Int, limit: Int) throws(LogError) -> [ReferenceRow] {
    try read { database in
      let statement = try database.statement(
        """
        SELECT row, key, content FROM reference_row WHERE set_id = ? AND row > ?
        ORDER BY row LIMIT ?
        """)
      defer { statement.reset() }
      statement.bind(1, set)
      statement.bind(2, row)
      statement.bind(3, limit)
      var rows: [ReferenceRow] = []
      while try statement.step() {
        rows.append(
          ReferenceRow(
            set: set, row: statement.int(0), key: statement.bytes(1), content: statement.bytes(2)))
      }
      return rows
    }
  }
}
