import Foundation
import Testing

@testable import Wire

@Suite struct `The DUIS reader on any bytes` {
  @Test(arguments: 1...16)
  func `neither traps nor forgets where the fault is`(seed: Int) throws {
    var random = Seeded(seed: seed)
    let all =
      try sampleNames.map(sample)
      + (SchemaCorpus.written + DecodedSamples.all + [DecodedSamples.smets1]).map { Array($0.utf8) }
    for _ in 0..<1500 {
      var bytes = all[Int.random(in: 0..<all.count, using: &random)]
      for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
      do throws(WireError) {
        _ = try DUIS.read(bytes)
      } catch {
        #expect(error.line ?? 0 >= 1 && error.column ?? 0 >= 1, "\(error)")
        #expect(!error.found.isEmpty && !error.expected.isEmpty)
        #expect(error.found.count <= 120, "\(error)")
      }
    }
  }

  @Test(arguments: 1...4)
  func `doesn't trap on bytes drawn at random`(seed: Int) {
    var random = Seeded(seed: seed)
    let letters = Array("<>/?!-[]&;:='\" \r\nax\u{0}é".utf8) + [0xFF, 0xFE, 0xEF]
    for _ in 0..<1000 {
      let count = Int.random(in: 0...60, using: &random)
      let bytes = (0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)]
      }
      _ = refusal(bytes)
      _ = refusal(Array("<a>".utf8) + bytes)
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
    guard !bytes.isEmpty else { return }
    let at = Int.random(in: 0..<bytes.count, using: &random)
    let other = Int.random(in: 0..<bytes.count, using: &random)
    let marks = Array("<>&;\"'=/!?[]-: 0".utf8)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: at)
    case 2: bytes.insert(marks[Int.random(in: 0..<marks.count, using: &random)], at: at)
    case 3: bytes.removeSubrange(min(at, other)..<max(at, other))
    default: bytes.insert(contentsOf: Array(bytes[min(at, other)..<max(at, other)]), at: at)
    }
  }
}

/// Where genuine files lie, if the environment names them.
private let realSamples = ProcessInfo.processInfo.environment["SMI_LEDGER_REAL_SAMPLES"]

@Suite struct `Genuine DUIS files` {
  @Test(.enabled(if: realSamples != nil, "SMI_LEDGER_REAL_SAMPLES names no folder"))
  func `are read, but for those that are wrong on purpose`() throws {
    let folder = try #require(realSamples)
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let documents = files.filter { $0.lowercased().hasSuffix(".xml") }
    #expect(!documents.isEmpty)
    for name in documents {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
      let isWrong = name.contains("invalid") || name.contains("neg_")
      #expect((refusal(bytes) != nil) == isWrong, "\(name): \(refusal(bytes) ?? "read")")
    }
  }
}
