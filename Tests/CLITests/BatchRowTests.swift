import Foundation
import Testing

@Suite struct `A row of a batch` {
  private static let rows = """
    device_id,field,requested
    00-DB-12-34-56-78-90-A0,importMPxN,2001234501019
    00-DB-12-34-56-78-90-A0,importMPxN,2001234501019
    00-DB-12-34-56-78-90-A0,importMPxN,2909000800078
    00-DB-12-34-56-78-91-04,status,InstalledNotCommissioned
    nope,importMPxN,1200005432101

    """

  private func run(
    _ desk: FilledLedger, _ name: String = "march-3.csv", _ more: String...
  ) throws -> Run {
    let file = try desk.folder.write(name, Self.rows)
    return try desk.run(["correction", "open", "--from", file, "--actor", "DCC-017"] + more)
  }

  private func rows(_ run: Run) throws -> [[String: Any]] { try JSONText.array(run.output) }

  @Test func `says in a dry run what each row would do, with no number that is not there`() throws {
    let desk = try FilledLedger()
    let events = try desk.events()
    let tried = try rows(try run(desk, "march-3.csv", "--dry-run", "--format", "json"))
    let words = tried.map { $0["outcome"] as? String ?? "" }
    #expect(words == ["would open", "known", "refused", "would open", "refused"])
    for row in tried {
      #expect(row["correction"] is NSNull, "\(row)")
      #expect((row["next"] as? String)?.contains("COR-0") != true, "\(row)")
    }
    #expect(try desk.events() == events)
    let done = try rows(try run(desk, "march-3.csv", "--format", "json"))
    #expect(
      done.map { $0["outcome"] as? String ?? "" } == [
        "opened", "known", "refused", "opened", "refused",
      ], "what was said is so")
    for rows in [tried, done] {
      let problem = try #require(rows[2]["problem"] as? String)
      #expect(problem.contains("another value") && problem.contains("correction change"))
    }
    let again = try rows(try run(desk, "march-3.csv", "--dry-run", "--format", "json"))
    #expect(again[0]["correction"] as? String == "COR-000001")
    #expect(again[0]["outcome"] as? String == "known")
  }

  @Test func `says of a refused row what is wrong, and where but once`() throws {
    let desk = try FilledLedger()
    let done = try run(desk)
    #expect(done.exit == 1)
    #expect(
      done.output.contains(
        "\"device_id: expected eight hex octets joined by hyphens, found nope\""),
      "\(done.output)")
    #expect(!done.output.contains("Nothing of this file"))
    #expect(!done.errors.contains("Nothing of this file"))
    let lines = done.errors.split(separator: "\n").filter { $0.contains("nope") }
    #expect(lines.count == 1 && lines[0].components(separatedBy: "line 6").count == 2, "\(lines)")
  }

  @Test func `takes the name of the file for a label only where it holds a digit`() throws {
    let desk = try FilledLedger()
    let refused = try run(desk, "Smith.csv")
    #expect(refused.exit == 64 && refused.output.isEmpty)
    #expect(refused.errors.contains("--batch LABEL"), "\(refused.errors)")
    #expect(try run(desk, "Smith.csv", "--batch", "march").exit == 1)
    let shown = try desk.run("correction", "show", "COR-000001", "--format", "json")
    #expect(try JSONText.object(shown.output)["batch"] as? String == "march")
    let help = try SMILedger.run(["correction", "open", "--help"])
    #expect(help.output.contains("holds a digit"), "\(help.output)")
  }
}
