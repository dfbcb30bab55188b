import Testing

@testable import Wire

@Suite struct `Cutting CSV into rows` {
  private func cut(_ text: String, chunk: Int = 1 << 18) throws -> [[String]] {
    var scanner = try CSVScanner(CSVSource(bytes: Array(text.utf8), chunk: chunk))
    scanner.skipMark()
    var rows: [[String]] = []
    while try scanner.nextRow() {
      rows.append(scanner.cells.map { String(decoding: scanner.content(of: $0), as: UTF8.self) })
    }
    return rows
  }

  private func lines(_ text: String, chunk: Int = 1 << 18) throws -> [Int] {
    var scanner = try CSVScanner(CSVSource(bytes: Array(text.utf8), chunk: chunk))
    var lines: [Int] = []
    while try scanner.nextRow() { lines.append(scanner.line) }
    return lines
  }

  @Test func `line ends are LF, CRLF or CR, and the last may be missing`() throws {
    let expected = [["a", "b"], ["c", "d"]]
    for text in ["a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "a,b\nc,d", "\u{FEFF}a,b\r\nc,d"] {
      #expect(try cut(text) == expected)
    }
    #expect(try cut("a,\n,") == [["a", ""], ["", ""]])
    #expect(try cut("") == [])
  }

  @Test func `quotes hold commas, line ends and doubled quotes`() throws {
    #expect(try cut("\"a,b\",\"c\r\nd\"\"e\"\n\"\"") == [["a,b", "c\r\nd\"e"], [""]])
  }

  @Test func `lines are physical lines`() throws {
    #expect(try lines("a\n\"b\nc\r\nd\re\"\nf\r\n\r\ng") == [1, 2, 6, 7, 8])
  }

  @Test(arguments: 1...12)
  func `where the chunks end makes no difference`(seed: Int) throws {
    var random = Seeded(seed: seed)
    let pieces = ["a", "é", ",", "\"", "\"\"", "\n", "\r\n", "\r", "\"x,y\"", "\"p\r\nq\"", "𝒳"]
    for _ in 0..<60 {
      let count = Int.random(in: 0..<30, using: &random)
      let text = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }
        .joined()
      let whole = Result { try cut(text) }
      for chunk in 1...7 {
        let part = Result { try cut(text, chunk: chunk) }
        #expect((try? whole.get()) == (try? part.get()), "\(text)")
        #expect((try? lines(text)) == (try? lines(text, chunk: chunk)))
      }
    }
  }

  @Test func `a quote that never closes is refused where it opens`() {
    let text = registrationHeader + "1200005432101,import,\"SUPA,2026-01-01,\n" + registration
    #expect(
      problems(text, as: RegistrationRow.self) == [
        """
        march.csv line 2: expected a closing quote for the cell that begins here, \
        found the end of the file
        """
      ])
    let long = registrationHeader + "x,\"" + String(repeating: "a\n", count: 50_000)
    #expect(
      problems(long, as: RegistrationRow.self) == [
        """
        march.csv line 2: expected cells of at most 65536 bytes, found a longer one. A quote that \
        never closes looks like this
        """
      ])
  }

  @Test func `a cell that is too long is refused`() {
    let cell = String(repeating: "x", count: 70_000)
    for text in ["\(cell),import,,,\n", "\"\(cell)\",import,,,\n"] {
      let all = problems(registrationHeader + text, as: RegistrationRow.self)
      #expect(all.count == 1)
      #expect(all.first?.contains("cells of at most 65536 bytes") == true)
    }
    let many = String(repeating: ",", count: 2_000_000)
    #expect(!problems(registrationHeader + many, as: RegistrationRow.self).isEmpty)
  }

  @Test func `stray quotes are refused by row`() {
    let text =
      registrationHeader + "12\"00005432101,import,SUPA,2026-01-01,\n"
      + "1200005432101,import,\"SUPA\"x,2026-01-01,\n" + registration
    let all = problems(text, as: RegistrationRow.self)
    #expect(all.count == 2)
    #expect(all.first?.hasPrefix("march.csv line 2: expected quotes around the whole cell") == true)
    #expect(
      all.last?.hasPrefix("march.csv line 3: expected a comma after the closing quote") == true)
  }

  @Test func `a NUL byte is refused by name, with line and column`() {
    let nul =
      "expected text; found a NUL byte (0x00). No text holds one: the file was damaged, or "
      + "was never a CSV file"
    for (text, place) in [
      ("1200005432101,import,SU\u{0}A,2026-01-01,\n", "2:24"),
      ("1200005432101,import,\"S\r\nÜ\u{0}\",2026-01-01,\n", "3:2"),
      (registration + "\u{0}\u{0}\n" + registration, "3:1"),
    ] {
      let all = problems(registrationHeader + text, as: RegistrationRow.self)
      #expect(all.first == "march.csv:\(place): \(nul)", "\(all)")
    }
    #expect(
      problems("mpxn,\u{0}kind\n", as: RegistrationRow.self) == ["march.csv:1:6: \(nul)"])
  }

  @Test func `Windows line ends and quotes inside quotes change nothing but the lines' ends`()
    throws
  {
    let unix = registrationHeader + "\"1200005432101\",import,\"SUPA\",2026-01-01,\n"
    let windows = unix.replacing("\n", with: "\r\n")
    #expect(
      try rows(windows, as: RegistrationRow.self).rows
        == rows(unix, as: RegistrationRow.self).rows)
    let name =
      "user_id,party,market_participant_ids,roles,status,name\r\n"
      + "DCC-017,DCC,,DCC,active,\"Pat \"\"the\"\" \"\"\"\"\"\r\n"
    #expect(try rows(name, as: UserRow.self).rows.map(\.name) == ["Pat \"the\" \"\""])
  }

  @Test(arguments: 1...8)
  func `no bytes at all make the reader trap`(seed: Int) {
    var random = Seeded(seed: seed)
    let letters = Array("1,\"\r\n';=-.E+/é#".utf8) + [0, 0xFF, 0xA0, 0xC2]
    for _ in 0..<300 {
      let count = Int.random(in: 0..<60, using: &random)
      let bytes = (0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)]
      }
      _ = problems(bytes, as: UserRow.self)
      _ = problems(Array(registrationHeader.utf8) + bytes, as: RegistrationRow.self)
      _ = problems(
        Array("DeviceID,DeviceType,UPRN,DateCommissioned\n".utf8) + bytes, as: InventoryRow.self)
    }
  }
}
