import Foundation
import Testing

/// What must not stand in anything that is kept.
private let forbidden: [(what: String, pattern: String)] = [
  ("something put off", #"\b(TODO|FIXME|XXX|HACK)\b|[Nn]ot (yet )?implemented|for now,"#),
  ("the number of an issue", #"\b[Ii]ssue #?\d|[^&\w]#\d{1,4}\b|\b(PR|MR) ?#?\d"#),
  ("a path of one machine", #"(^|[\s"'`(=:])/(home|root|Users|work|mnt)/"#),
  (
    "the host of a package registry",
    #"(pypi\.org|pythonhosted|npmjs|crates\.io|artifactory|nexus|jfrog|proxy\.golang|index-url)"#
  ),
]

@Suite struct `What is kept` {
  /// All text files but these tests, which name what they forbid.
  static func texts() throws -> [String] {
    let tops = ["Package.swift", "README.md", "ARCHITECTURE.md", ".ci/run", ".gitignore"]
    let under = try ["Sources", "Tests", "tools", "schemas"].flatMap {
      try Repository.files(under: $0)
    }
    return (tops + under).filter {
      !$0.hasPrefix("Tests/TidyTests/") && !$0.contains("__pycache__")
    }
  }

  @Test(arguments: forbidden.map(\.what))
  func `does not hold`(_ what: String) throws {
    let pattern = try Regex(try #require(forbidden.first { $0.what == what }).pattern)
    for file in try Self.texts() {
      guard let text = try? Repository.text(file) else { continue }
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        guard let match = line.firstMatch(of: pattern) else { continue }
        Issue.record("\(file):\(number + 1) holds \(what): \(line[match.range])")
      }
    }
  }

  @Test func `is small: a Swift source has no more than 400 lines`() throws {
    for file in try Repository.files(under: "Sources", ending: ".swift") {
      let lines = try Repository.text(file).split(
        separator: "\n", omittingEmptySubsequences: false
      ).count
      #expect(lines <= 401, "\(file) has \(lines) lines: it may have two subjects")
    }
  }

  @Test func `is text that people wrote, and no product of a build or a ledger`() throws {
    guard let tracked = try Repository.tracked() else { return }
    let strange = try Regex(#"\.(whl|sqlite.*|key|o|a|so|zip|gz|pyc|log)$|(^|/)(\.build|ledger)/"#)
    for file in tracked {
      #expect(file.firstMatch(of: strange) == nil, "\(file) is kept")
      let size =
        try FileManager.default
        .attributesOfItem(atPath: Repository.root + "/" + file)[.size] as? Int
      #expect((size ?? 0) < 400_000, "\(file) is large")
    }
  }

  @Test func `leaves out what a build, a ledger or a bench makes`() throws {
    let ignored = try Repository.text(".gitignore").split(separator: "\n").map(String.init)
    for line in [".build*/", ".swiftpm/", "*.sqlite*", "*.key", "ledger/", "__pycache__/"] {
      #expect(ignored.contains(line), ".gitignore: \(line)")
    }
  }
}
