import Foundation
import Synchronization
import Testing

@testable import Wire

@Suite struct `Reading a file compressed with gzip` {
  private func registrations(_ bytes: [UInt8]) throws -> [RegistrationRow] {
    var rows: [RegistrationRow] = []
    _ = try CSVFile<RegistrationRow>.read(bytes, file: "march.csv") { row, _ in rows.append(row) }
    return rows
  }

  private func problem(_ bytes: [UInt8]) throws -> String {
    let all = problems(bytes, as: RegistrationRow.self)
    return try #require(all.first, "nothing was refused")
  }

  @Test func `its first two bytes tell it, and no name`() throws {
    let text = manyRegistrations(30_000)
    try withFolder { folder in
      let packed = "\(folder)/packed.csv"
      let plain = "\(folder)/plain.csv.gz"
      try Data(try gzipped(text)).write(to: URL(fileURLWithPath: packed))
      try Data(text.utf8).write(to: URL(fileURLWithPath: plain))
      var rows: [[RegistrationRow]] = []
      var lines: [[Int]] = []
      for path in [packed, plain] {
        rows.append([])
        lines.append([])
        let summary = try CSVFile<RegistrationRow>.read(path) { row, line in
          rows[rows.count - 1].append(row)
          lines[lines.count - 1].append(line)
        }
        #expect(summary.rows == 30_000)
      }
      #expect(rows[0] == rows[1] && lines[0] == lines[1])
    }
  }

  @Test func `several members in a row are one file, wherever they meet`() throws {
    let text = registrationHeader + registration + registration
    let whole = try registrations(Array(text.utf8))
    for cut in [0, 1, 20, registrationHeader.utf8.count, text.utf8.count] {
      let parts = [Array(text.utf8.prefix(cut)), Array(text.utf8.dropFirst(cut)), []]
      #expect(try registrations(try parts.flatMap { try gzipped($0) }) == whole)
    }
  }

  @Test func `where the chunks end makes no difference`() throws {
    let bytes = try gzipped("a,\"b\r\nc\"\"\",d\r\n1,2,3\r\n") + gzipped("4,5,6\n")
    for chunk in 1...40 {
      var scanner = try CSVScanner(CSVSource(bytes: bytes, chunk: chunk))
      var rows: [[String]] = []
      while try scanner.nextRow() {
        rows.append(scanner.cells.map { String(decoding: scanner.content(of: $0), as: UTF8.self) })
      }
      #expect(rows == [["a", "b\r\nc\"", "d"], ["1", "2", "3"], ["4", "5", "6"]], "\(chunk)")
    }
  }

  @Test func `what is wrong inside is told as of a plain file`() throws {
    for text in [
      registrationHeader.replacing("mpxn", with: "MPAN") + registration,
      registrationHeader.replacing("\n", with: "\r\n") + "1.1E+12,import,SUPA,2026-01-01,\r\n",
      registrationHeader + "1200005432101,import,\"SU\"\"PA\",2026-01-01,\n", "",
      registrationHeader + "1200005432101,import\n", "a;b\n",
    ] {
      let plain = problems(text, as: RegistrationRow.self)
      #expect(!plain.isEmpty)
      #expect(problems(try gzipped(text), as: RegistrationRow.self) == plain)
    }
    let wide = try #require(registrationHeader.data(using: .utf16LittleEndian))
    #expect(try problem(try gzipped([0xFF, 0xFE] + wide)).contains("expected UTF-8; found UTF-16"))
  }

  @Test func `cut short anywhere it is refused`() throws {
    let bytes = try gzipped(registrationHeader + registration)
    for count in 2..<bytes.count {
      let all = problems(Array(bytes.prefix(count)), as: RegistrationRow.self)
      #expect(all.count == 1)
      #expect(
        all.first?.hasSuffix(
          "expected more of the gzip file after its byte \(count), found its end. It was cut "
            + "short: copy it again") == true, "\(count): \(all)")
    }
    // The second member of two, too; only at the border both are whole.
    let two = bytes + (try gzipped(registration))
    for count in (bytes.count + 1)..<two.count {
      #expect(!problems(Array(two.prefix(count)), as: RegistrationRow.self).isEmpty, "\(count)")
    }
    #expect(try registrations(two).count == 2)
  }

  @Test func `the line that was reached is told, and the place in the compressed file`() throws {
    let bytes = try gzipped(manyRegistrations(50_000))
    let half = try problem(Array(bytes.prefix(bytes.count / 2)))
    let pattern = /march\.csv line (\d+): expected more of the gzip file after its byte (\d+), .*/
    let match = try #require(try pattern.wholeMatch(in: half), "\(half)")
    #expect(try #require(Int(match.1)) > 20_000)
    #expect(Int(match.2) == bytes.count / 2)
  }

  @Test(arguments: ["x", "\u{0}", "PK", "\u{1F}", "\u{1F}x", "mpxn,kind\n"])
  func `what follows the last member is refused`(_ more: String) throws {
    let bytes = try gzipped(registrationHeader + registration)
    #expect(
      try problem(bytes + Array(more.utf8))
        == "march.csv line 2: expected the end of the gzip file after its byte \(bytes.count), or "
        + "another member, found other bytes. Something was added to it: compress it again")
  }

  @Test func `a sum or a length of other contents is refused`() throws {
    let text = registrationHeader + registration
    var bytes = try gzipped(text)
    bytes[bytes.count - 8] ^= 1
    #expect(
      try problem(bytes)
        == "march.csv line 2: expected contents with the sum (CRC-32) at byte \(bytes.count - 4) "
        + "of the gzip file, found others. It was damaged on its way: copy it again")
    bytes[bytes.count - 8] ^= 1
    bytes[bytes.count - 4] ^= 1
    #expect(
      try problem(bytes)
        == "march.csv line 2: expected \(text.utf8.count ^ 1) bytes, the length at byte "
        + "\(bytes.count) of the gzip file, found \(text.utf8.count). It was damaged on its way: "
        + "copy it again")
  }

  @Test func `no changed byte gives other rows`() throws {
    let bytes = try gzipped(registrationHeader + registration)
    let rows = try registrations(bytes)
    for at in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[at] ^= 1 << UInt8(bit)
        if let read = try? registrations(changed) { #expect(read == rows, "byte \(at)") }
      }
    }
  }

  @Test func `damage is the first that is told, before what it made of the rows`() throws {
    let bad = registrationHeader + String(repeating: "x,import,SUPA,2026-01-01,\n", count: 3)
    var bytes = try gzipped(bad)
    bytes[bytes.count - 8] ^= 1
    let all = problems(bytes, as: RegistrationRow.self, CSVOptions(kept: 2))
    #expect(all.count == 2)
    #expect(all.first?.contains("CRC-32") == true)
  }

  @Test func `a file that inflates a thousandfold is never whole in memory`() throws {
    let bomb = try gzipped([UInt8](repeating: 97, count: 64 << 20))
    #expect(bomb.count < 100_000)
    let source = CSVSource(bytes: bomb)
    var area = [UInt8](repeating: 0, count: 2 * source.chunk)
    var total = 0
    while true {
      let count = try area.withUnsafeMutableBytes { try source.read(into: $0) }
      if count == 0 { break }
      total += count
    }
    #expect(total == 64 << 20)
    // As one row it is given up where a row of any file is.
    #expect(try problem(bomb).contains("expected cells of at most 65536 bytes"))
  }

  @Test func `how far it is read is told by what was inflated of it`() throws {
    let bytes = try gzipped(manyRegistrations(30_000))
    try #require(bytes.count < CSVBlocks.size)
    let told = Mutex<[CSVProgress]>([])
    var options = CSVOptions()
    options.progress = { read in told.withLock { $0.append(read) } }
    _ = try CSVFile<RegistrationRow>.read(bytes, options) { _, _ in }
    let all = told.withLock { $0 }
    // What is told last is told before the last rows are passed over.
    #expect(all.last?.bytes == bytes.count)
    #expect(all.map(\.lines) == all.map(\.lines).sorted() && all.contains { $0.lines > 0 })
    #expect(all.allSatisfy { $0.length == bytes.count && $0.isChecking })
    // Of a file in one block, too, it isn't all of it at once.
    #expect(try #require(all.first).bytes < bytes.count)
  }

  @Test func `it is handed back plain, with its problems`() throws {
    try withFolder { folder in
      let text = registrationHeader + registration + "x,import,SUPA,2026-01-01,\n"
      for (name, bytes) in [("a", Array(text.utf8)), ("b", try gzipped(text))] {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name).csv"))
        let count = try CSVFile<RegistrationRow>.writeProblems(
          of: "\(folder)/\(name).csv", to: "\(folder)/\(name)-out.csv")
        #expect(count == 1)
      }
      let out = try ["a", "b"].map {
        try String(contentsOfFile: "\(folder)/\($0)-out.csv", encoding: .utf8)
      }
      #expect(out[0] == out[1] && out[0].contains("mpxn: expected 13 digits, found x"))
    }
  }
}
