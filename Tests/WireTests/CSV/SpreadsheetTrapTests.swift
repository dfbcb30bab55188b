import Corrections
import Testing

@testable import Wire

@Suite struct `What spreadsheets do to a file` {
  private func refused(_ row: String, _ options: CSVOptions = CSVOptions()) -> [String] {
    problems(registrationHeader + row + "\n", as: RegistrationRow.self, options)
  }

  @Test func `digits that were rounded away are refused, with the cause`() {
    #expect(
      refused("1.0999E+12,import,SUPA,2026-01-01,") == [
        """
        march.csv line 2, mpxn: expected 13 digits, found 1.0999E+12. A spreadsheet rounded it and \
        the digits are gone: open the original again with this column as Text
        """
      ])
  }

  private static let taken = [
    "1200005432101", " 1200005432101 ", "'1200005432101", "=\"1200005432101\"",
    "\"=\"\"1200005432101\"\"\"", "12 0000 5432 101", "12-0000-5432-101",
    "12\u{A0}0000\u{202F}5432\u{2009}101", "\u{A0}1200005432101\u{A0}", "\"1200005432101\"",
  ]

  @Test(arguments: taken)
  func `marks and blanks around or inside a meter point are taken off`(_ cell: String) throws {
    let text = registrationHeader + "\(cell),import,SUPA,2026-01-01,\n"
    #expect(try rows(text, as: RegistrationRow.self).rows.first?.mpxn.digits == "1200005432101")
  }

  private static let refusedCells: [(String, String)] = [
    ("1200005432101.0", "found …101.0. Some program took it for a number with a decimal point"),
    ("1200005432101.", "expected 13 digits, found …101."),
    ("120000543210", "expected 13 digits, found 12 digits, …210"),
    (
      "123456781200005432101",
      "found 21 digits, …101. This is a whole supply number; its core is the last 13 digits, …101"
    ),
    ("１２０００05432101", "expected 13 digits, found …101"),
    ("#N/A", "found #N/A. A formula of the spreadsheet failed here"),
    ("#REF!", "found #REF!. A formula"), ("########", "A formula of the spreadsheet failed here"),
    ("TRUE", "found TRUE. A spreadsheet took the cell for a truth value"),
    ("Total", "expected 13 digits, found Total"), ("", "expected 13 digits, found nothing"),
    ("12,0000", ""),
  ]

  @Test(arguments: refusedCells)
  func `a meter point that may have lost something is refused`(_ cell: String, _ part: String)
    throws
  {
    let message = try #require(refused("\(cell),import,SUPA,2026-01-01,").first)
    #expect(message.contains(part), "\(message)")
    #expect(!message.contains("5432"))
  }

  @Test func `dates that were rewritten are refused, with the cause`() {
    let slashes = refused("1200005432101,import,SUPA,04/03/2026,")
    #expect(
      slashes.first?.contains("found 04/03/2026. A spreadsheet writes dates like this") == true)
    #expect(refused("1200005432101,import,SUPA,46085,").first?.contains("day number") == true)
    #expect(
      refused("1200005432101,import,SUPA,2026-01-01T10:00:00,").first?.contains("Add Z") == true)
    #expect(refused("1200005432101,import,SUPA,04/03/2026,", CSVOptions(dates: .dmy)) == [])
  }

  @Test func `a code that was taken for a day or a number is refused`() {
    #expect(
      refused("1200005432101,import,01-Dec,2026-01-01,").first?.contains("took it for a day")
        == true)
    #expect(refused("1200005432101,import,1E+5,2026-01-01,").first?.contains("rounded it") == true)
  }

  @Test func `Windows-1252 is refused with line and column`() throws {
    var bytes = Array(
      (registrationHeader + registration + "1200005432101,import,SUP?,2026-01-01,\n").utf8)
    let mark = try #require(bytes.lastIndex(of: 63))
    bytes[mark] = 0xE9
    #expect(
      problems(bytes, as: RegistrationRow.self) == [
        """
        march.csv:3:25: expected UTF-8; found the byte 0xE9. \
        In the spreadsheet save it as "CSV UTF-8"
        """
      ])
  }

  @Test func `the mark against formulas is taken off free text, and no other apostrophe`() throws {
    let text = """
      user_id,party,market_participant_ids,roles,status,name
      DCC-017,DCC,,DCC,active,'=SUM(A1)
      DCC-018,DCC,,DCC,active,'t Hooft
      DCC-019,DCC,,DCC,active,"-O'Hara, Pat"
      """
    let names = try rows(text, as: UserRow.self).rows.map(\.name)
    #expect(names == ["=SUM(A1)", "'t Hooft", "-O'Hara, Pat"])
  }

  @Test func `control characters are refused and made visible`() {
    let text = "DeviceID,DeviceType,HANVariant\n00-DB-12-34-56-78-90-A0,CHF,a\u{1B}[2J\n"
    #expect(
      problems(text, as: InventoryRow.self) == [
        "march.csv line 2, HANVariant: expected text without control characters, found \\u{1B}"
      ])
  }

  @Test func `empty rows are passed over and counted, and lines stay physical`() throws {
    let text = registrationHeader + "\n,,,,\n\"\", ,,,\n" + registration + "\r\n"
    let (_, lines, summary) = try rows(text, as: RegistrationRow.self)
    #expect(lines == [5])
    #expect(summary.rows == 1)
    #expect(summary.emptyRows == 4)
  }

  @Test func `a row that was cut short or has too much is refused`() {
    #expect(
      refused("1200005432101,import,SUPA,2026-01-01") == [
        "march.csv line 2: expected 5 columns, found 4. Something cut the row short"
      ])
    #expect(refused("1200005432101,import,SUPA,2026-01-01,,,") == [])
    #expect(
      refused("1200005432101,import,SUPA,2026-01-01,,,x") == [
        "march.csv line 2: expected 5 columns, found 7"
      ])
  }

  @Test func `a file of exactly as many lines as Excel holds gives a warning`() {
    #expect(CSVWarning(rows: 1_048_576, lines: 1_048_576)?.kind == .rowLimit)
    #expect(CSVWarning(rows: 1_048_576, lines: 1_100_000)?.kind == .rowLimit)
    #expect(CSVWarning(rows: 1_048_575, lines: 1_048_575) == nil)
    #expect(CSVWarning(rows: 1_048_577, lines: 1_048_577) == nil)
  }

  @Test func `all problems are counted, and the first are kept`() throws {
    let text = registrationHeader + String(repeating: "x,import,SUPA,2026-01-01,\n", count: 50)
    do {
      _ = try rows(text + registration, as: RegistrationRow.self, CSVOptions(kept: 10))
      Issue.record("was read")
    } catch let problems as CSVProblems {
      #expect(problems.problems.count == 10)
      #expect(problems.total == 50)
      #expect(problems.counts == [.value: 50])
    }
  }

  @Test func `rows are handed on only until the first problem`() {
    let text = registrationHeader + registration + "x,import,SUPA,2026-01-01,\n" + registration
    var seen = 0
    #expect(throws: CSVProblems.self) {
      try CSVFile<RegistrationRow>.read(Array(text.utf8)) { _, _ in seen += 1 }
    }
    #expect(seen == 1)
  }
}
