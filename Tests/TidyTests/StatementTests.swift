import Testing

@Suite struct `The log's own statements` {
  /// The writer's connection runs no triggers, so it must not hold what they would refuse.
  @Test func `change and remove nothing that is guarded`() throws {
    let guarded = "(event|tile|reference_row|reference_set|subject|document|content)"
    let pattern = try Regex(
      #"(?i)\bREPLACE\s+INTO\b|\bOR\s+REPLACE\b|\bUPDATE\s+(OR\s+\w+\s+)?"# + guarded
        + #"\b|\bDELETE\s+FROM\s+(event|tile|reference_row|reference_set)\b"#
        + #"|\bINTO\s+"# + guarded + #"\b(?:(?!prepar)[\s\S]){0,400}?\bDO\s+UPDATE\b"#)
    for wrong in [
      "UPDATE event SET record = ?", "REPLACE INTO tile VALUES (?)", "DELETE FROM event",
      "INSERT OR REPLACE INTO subject VALUES (?)", "UPDATE OR IGNORE content SET digest = ?",
      "INSERT INTO event VALUES (?) \"\n + \"ON CONFLICT (position) DO UPDATE SET record = ?",
    ] {
      #expect(wrong.contains(pattern), "\(wrong)")
    }
    let files = try Repository.files(under: "Sources/EventLog", ending: ".swift")
      // The first holds the triggers; the second keeps a database of its own.
      .filter { !$0.hasSuffix("Store/Schema.swift") && !$0.hasSuffix("Seal/ChainStore.swift") }
    #expect(files.contains { $0.hasSuffix("WriterConnection.swift") })
    for file in files {
      for match in try Repository.text(file).matches(of: pattern) {
        Issue.record("\(file): \(match.0)")
      }
    }
  }
}
