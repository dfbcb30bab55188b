internal import GRDB

extension EventLog {
  /// The version of the SQLite that runs, and the `synchronous` of the connection that commits.
  ///
  /// A log that is open read-only commits nothing and says so.
  public func engine() throws(LogError) -> (version: String, synchronous: String) {
    let version = try read { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "unknown" }
    return (
      version,
      configuration.unsafeSynchronousNormal ? "NORMAL (test only)" : "FULL, read back at open"
    )
  }
}
