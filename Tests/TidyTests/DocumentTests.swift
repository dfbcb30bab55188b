import Foundation
import Testing

@Suite struct `README and ARCHITECTURE` {
  @Test(arguments: ["README.md", "ARCHITECTURE.md", "schemas/README.md"])
  func `name only files that are there`(_ document: String) throws {
    let text = try Repository.text(document)
    let base = document.contains("/") ? "schemas/" : ""
    let path = /`((?:Sources|Tests|tools|schemas|\.ci)\/[A-Za-z0-9_.+\/-]+)`/
    let linked = /\]\(([^)#:]+)\)/
    let named = text.matches(of: path).map { String($0.1) }
    let links = text.matches(of: linked).map { base + String($0.1) }
    for file in named + links {
      #expect(Repository.exists(file), "\(document) names \(file)")
    }
  }

  @Test func `name every tool`() throws {
    let readme = try Repository.text("README.md")
    let tools = try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/tools")
      .filter { !$0.contains(".") && $0 != "lib" }
    for tool in tools {
      let isNamed = readme.contains("tools/\(tool)")
      #expect(isNamed, "README.md: tools/\(tool)")
    }
  }

  @Test func `name every target`() throws {
    let architecture = try Repository.text("ARCHITECTURE.md")
    for target in try Repository.folders(in: "Sources") {
      let isNamed = architecture.contains("`\(target)`")
      #expect(isNamed, "ARCHITECTURE.md: \(target)")
    }
  }

  @Test func `keep each promise by a test that exists`() throws {
    let text = try Repository.text("ARCHITECTURE.md")
    let start = try #require(text.range(of: "## Promises"))
    let end = text[start.upperBound...].range(of: "\n## ")?.lowerBound ?? text.endIndex
    let rows = text[start.upperBound..<end].split(separator: "\n")
      .filter { $0.firstMatch(of: /^\| *\d+ *\|/) != nil }
    #expect(rows.count == 12)
    let kept =
      try Repository.files(under: "Tests", ending: ".swift")
      .compactMap { $0.split(separator: "/").last?.dropLast(6) }.map(String.init)
      + Repository.folders(in: "Tests")
    for row in rows {
      let tests = row.matches(of: /`(\w+Tests)`/).map { String($0.1) }
      for test in tests {
        let isThere = kept.contains(test)
        #expect(isThere, "there is no \(test): \(row)")
      }
      let saysSo = !tests.isEmpty || row.contains("not yet")
      #expect(saysSo, "no test keeps it: \(row)")
    }
  }

  @Test func `promise commands that the program has`() throws {
    let commands = Set(try HelpTree.load().all.map { $0.path.joined(separator: " ") })
    let readme = try Repository.text("README.md")
    for match in readme.matches(of: /smi-ledger ((?:[a-z]+ ?){1,2})/) {
      let words = match.1.split(separator: " ").map(String.init)
      let one = "smi-ledger \(words[0])"
      let two = words.count > 1 ? "\(one) \(words[1])" : one
      #expect(commands.contains(two) || commands.contains(one), "README.md: \(match.0)")
    }
  }
}
