import Foundation
import Testing

/// The arrows between the targets: who may import what; a row is the whole list.
private let allowed: [String: Set<String>] = [
  "CanonicalJSON": [],
  "Corrections": [],
  "CLedgerShim": [],
  "CZlib": [],
  "Wire": ["Corrections", "CanonicalJSON", "CZlib", "Foundation"],
  "EventLog": [
    "CanonicalJSON", "CLedgerShim", "Crypto", "GRDB", "GRDBSQLite", "Dispatch", "Synchronization",
    "Glibc", "Darwin",
  ],
  "Ledger": [
    "Corrections", "Wire", "EventLog", "CanonicalJSON", "Crypto", "GRDB", "GRDBSQLite",
    "Foundation", "Synchronization", "Glibc", "Darwin",
  ],
  "Answers": ["Ledger", "Corrections", "Wire", "EventLog", "CanonicalJSON", "Foundation"],
  "Pages": ["Answers", "Ledger", "Corrections", "Wire", "Mustache"],
  "LedgerWeb": [
    "Answers", "Pages", "Ledger", "Corrections", "Wire", "EventLog", "Crypto", "Foundation",
    "Synchronization", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "HTTPTypes", "Logging",
    "NIOCore",
    "NIOHTTPTypes", "NIOPosix", "NIOSSL", "ServiceLifecycle",
  ],
  "LedgerCLI": [
    "Answers", "LedgerWeb", "Ledger", "Pages", "Corrections", "Wire", "EventLog", "CanonicalJSON",
    "ArgumentParser",
    "Foundation",
    "Synchronization", "Glibc", "Darwin",
  ],
  "LedgerBench": [
    "Ledger", "EventLog", "Corrections", "Wire", "CanonicalJSON", "Foundation", "OwnThread",
    "Synchronization", "Hummingbird", "Logging", "NIOCore",
  ],
]

@Suite struct `The arrows between the targets` {
  @Test func `are drawn for every target`() throws {
    #expect(Set(try Repository.folders(in: "Sources")) == Set(allowed.keys))
  }

  @Test(arguments: allowed.keys.sorted())
  func `point one way`(_ target: String) throws {
    let may = try #require(allowed[target])
    for file in try Repository.files(under: "Sources/\(target)", ending: ".swift") {
      for name in try imports(of: file) {
        #expect(may.contains(name), "\(file) imports \(name); \(target) may import \(may.sorted())")
      }
    }
  }

  @Test func `leave Corrections with nothing but the standard library`() throws {
    for file in try Repository.files(under: "Sources/Corrections", ending: ".swift") {
      #expect(try imports(of: file) == [], "\(file)")
    }
  }

  @Test func `go without Foundation's threads, which end what they hold too late`() throws {
    let thread = try Regex(#"\bThread\s*(\{|\(block:|\(target:)|detachNewThread"#)
    for folder in ["Sources", "Tests"] {
      for file in try Repository.files(under: folder, ending: ".swift")
      where !file.hasSuffix("TidyTests/ImportTests.swift") {
        let text = try Repository.text(file)
        #expect(try thread.firstMatch(in: text) == nil, "\(file): use OwnThread")
      }
    }
  }

  @Test func `leave the format of things to Wire`() throws {
    for file in try Repository.files(under: "Sources/Corrections", ending: ".swift") {
      let text = try Repository.text(file)
      for word in ["Codable", "Encodable", "Decodable"] {
        #expect(!text.contains(word), "\(file) says \(word): core types are not serialisable")
      }
    }
  }

  @Test func `let only EventLog open the log's database`() throws {
    let names = try Regex(#"(Queue|Pool)\([^)]*ledger\.sqlite|"/?ledger\.sqlite""#)
    for target in ["Ledger", "LedgerCLI", "Wire", "Corrections", "CanonicalJSON"] {
      for file in try Repository.files(under: "Sources/\(target)", ending: ".swift") {
        for line in try Repository.text(file).split(separator: "\n") {
          let measuresOnly = line.contains("size(\"ledger.sqlite")
          #expect(measuresOnly || line.firstMatch(of: names) == nil, "\(file): \(line)")
        }
      }
    }
  }

  @Test func `let no statement change or remove an event`() throws {
    let statement = try Regex(
      #"(UPDATE|DELETE FROM|REPLACE INTO|INSERT OR REPLACE INTO)\s+(event|tile|reference_row|reference_set)\b"#
    )
    for file in try Repository.files(under: "Sources", ending: ".swift") {
      let match = try Repository.text(file).firstMatch(of: statement)
      #expect(
        match == nil,
        "\(file): \(match.map { String(describing: $0.output[0].substring ?? "") } ?? "")")
    }
  }

  private func imports(of file: String) throws -> [String] {
    let statement =
      /^\s*(?:@\w+\s+)*(?:public |internal |package |fileprivate |private )?import (?:\w+ )?(\w+)/
    return try Repository.text(file).split(separator: "\n").compactMap { line in
      line.firstMatch(of: statement).map { String($0.1) }
    }
  }
}
