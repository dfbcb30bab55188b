import Foundation
import Testing

/// `report --html`: one page that needs nothing beside it.
@Suite struct `A report as a page` {
  /// A ledger in which one correction was opened and agreed to in March 2026.
  private func desk() throws -> FilledLedger {
    let desk = try FilledLedger()
    let id = try desk.report(at: "2026-03-04T10:00:00Z")
    try desk.act("consent", id, by: Request.supB)
    return desk
  }

  private func page(_ desk: FilledLedger, _ name: String, _ more: String...) throws -> String {
    let file = desk.path + "/" + name
    let run = try desk.run(["report", "--month", "2026-03", "--html", file] + more)
    try #require(run.exit == 0, "\(run.errors)")
    return try String(contentsOfFile: file, encoding: .utf8)
  }

  @Test func `needs nothing from elsewhere and shows what the report says`() throws {
    let desk = try desk()
    let page = try page(desk, "march.html")
    for word in ["http:", "https:", "src=", "href=", "@import", "url(", "<script"] {
      #expect(!page.contains(word), "\(word)")
    }
    let report = try desk.run("report", "--month", "2026-03").output
    for words in [
      "Resolution times, March 2026", "Still open by age", "Month over month", "resolvedInMonth",
      "<dt>opened</dt><dd>1</dd>", "COR-000001",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    let position = try #require(report.split(separator: "\n").last?.split(separator: ",").first)
    #expect(page.contains(position))
  }

  @Test func `is well formed, each picture with a title and its data`() throws {
    let page = try page(try desk(), "march.html")
    #expect(page.components(separatedBy: "<svg role=\"img\"").count > 2)
    for part in page.components(separatedBy: "<svg role=\"img\"").dropFirst() {
      #expect(part.contains("<title id="))
      #expect(part.contains("<table class="), "its data follows")
    }
    let script = """
      import html.parser, sys
      class Balance(html.parser.HTMLParser):
          open = []
          def handle_starttag(self, tag, attributes):
              if tag not in ("meta", "link", "br"): self.open.append(tag)
          def handle_startendtag(self, tag, attributes): pass
          def handle_endtag(self, tag): assert self.open.pop() == tag, (tag, self.getpos())
      one = Balance(); one.feed(sys.stdin.read()); one.close(); assert one.open == [], one.open
      """
    let folder = try TemporaryFolder()
    try folder.write("page.html", page)
    let run = try SMILedger.shell(
      "python3 -c \"$2\" < \"$3\"", [script, folder.path("page.html")])
    #expect(run.exit == 0, "\(run.errors)")
  }

  @Test func `is the same bytes later as of the same position`() throws {
    let desk = try desk()
    let head = String(try desk.events())
    let then = try page(desk, "then.html", "--known-at", head)
    try desk.act("withdraw", "COR-000001", by: Request.supA, "--reason", "no")
    #expect(try page(desk, "later.html", "--known-at", head) == then)
    #expect(try page(desk, "now.html") != then)
  }

  @Test func `of an empty month has zeros and a sentence`() throws {
    let desk = try FilledLedger()
    let page = try page(desk, "empty.html")
    #expect(page.contains("No correction was resolved in this month."))
    #expect(page.contains("<dt>still open</dt><dd>0</dd>"))
  }

  @Test func `that can't be written publishes nothing`() throws {
    let desk = try desk()
    let there = desk.path + "/there.html"
    _ = try page(desk, "there.html")
    let events = try desk.events()
    let run = try desk.run(
      "report", "--month", "2026-03", "--publish", "--actor", "DCC-017", "--html", there)
    #expect(run.exit == 73, "\(run.errors)")
    #expect(try desk.events() == events)
    for option in [["--html", "x.html"], ["--tables", "x"]] {
      let compared = try desk.run(
        ["report", "--month", "2026-03", "--compare", "--known-at", "20"] + option)
      #expect(compared.exit == 64, "\(option)")
    }
  }

  @Test func `of a month that is not over says so`() throws {
    let desk = try desk()
    let month = String(ISO8601DateFormatter().string(from: Date()).prefix(7))
    let run = try desk.run("report", "--month", month, "--html", desk.path + "/now.html")
    #expect(run.exit == 0 && run.output.contains("is not over: counted up to"), "\(run.output)")
    let page = try String(contentsOfFile: desk.path + "/now.html", encoding: .utf8)
    #expect(page.contains(" so far</h1>"))
    #expect(page.contains("\(month) so far"))
  }

  @Test func `goes into a new file only`() throws {
    let desk = try desk()
    _ = try page(desk, "march.html")
    let again = try desk.run(
      "report", "--month", "2026-03", "--html", desk.path + "/march.html")
    #expect(again.exit == 73, "\(again.errors)")
    #expect(again.errors.contains("it is there already; name a new file"))
    let nowhere = try desk.run(
      "report", "--month", "2026-03", "--html", desk.path + "/no/such/march.html")
    #expect(nowhere.exit == 73, "\(nowhere.errors)")
    #expect(try desk.run("report", "--divergence", "--html", "x.html").exit == 64)
  }
}
