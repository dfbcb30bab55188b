import Testing
import Wire

/// What was typed is quoted without what may be a meter point.
@Suite struct `Quoting what was typed` {
  @Test(
    arguments: [
      ("1200012345678", "…678"), ("12.000.123.456.78", "…678"), ("12 0001 2345 678", "…678"),
      ("7400012306", "…306"), ("74-000-123-06", "…306"), ("740012", "…012"),
      ("COR-1200012345678", "COR-…678"), ("a\u{7}1200012345678", "a\\u{7}…678"),
      ("12_000/123.456 78", "…678"),
    ])
  func `masks what may be a meter point`(_ typed: String, shown: String) {
    #expect(Shown.typed(typed) == shown)
  }

  @Test(arguments: [
    "00-DB-12-34-56-78-90-A0", "90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:1234567",
    "2026-13-01", "2026-03-16T25:00:00Z", "SUPA", "COR-00099", "12345",
  ])
  func `leaves what is none`(_ typed: String) {
    #expect(Shown.typed(typed) == typed || typed.count > 40)
  }
}
