import Foundation
import Testing

/// A registrations file that can't be taken.
struct BadCSV: CustomTestStringConvertible {
  let name: String
  let text: String
  let says: [String]
  /// The line, and the column where one is to blame.
  let line: Int
  var place: String?

  var testDescription: String { name }

  static let heading = "mpxn,kind,supplier,effective_from,effective_to"
  static let good = (0..<20).map { "10000000000\(10 + $0),import,SUPA,2024-06-01," }

  static func with(_ row: String, at index: Int = 10) -> String {
    var rows = good
    rows[index] = row
    return ([heading] + rows).joined(separator: "\n") + "\n"
  }

  static let all: [BadCSV] = [
    BadCSV(
      name: "a missing column",
      text: "kind,supplier,effective_from,effective_to\nimport,SUPA,2024-06-01,\n",
      says: ["no column mpxn; found kind, supplier, effective_from, effective_to"], line: 1),
    BadCSV(
      name: "a column of another name",
      text: with("").replacingOccurrences(of: "mpxn", with: "MPAN"),
      says: ["no column mpxn; found MPAN. If that is the one: --map MPAN=mpxn"], line: 1),
    BadCSV(
      name: "an unknown column",
      text: "\(heading),colour\n1000000000010,import,SUPA,2024-06-01,,red\n",
      says: ["found colour", "--ignore colour"], line: 1),
    BadCSV(
      name: "a letter in the middle", text: with("10000000000O1,import,SUPA,2024-06-01,"),
      says: ["expected 13 digits, found"], line: 12, place: "mpxn"),
    BadCSV(
      name: "a rounded number", text: with("1.0999E+12,import,SUPA,2024-06-01,"),
      says: ["expected 13 digits, found 1.0999E+12", "open the original again"], line: 12,
      place: "mpxn"),
    BadCSV(
      name: "another kind", text: with("1000000000099,elec,SUPA,2024-06-01,"),
      says: ["expected one of import, export, gas, found elec"], line: 12, place: "kind"),
    BadCSV(
      name: "a date of a spreadsheet", text: with("1000000000099,import,SUPA,01/06/2024,"),
      says: ["expected YYYY-MM-DD", "found 01/06/2024", "--dates dmy"], line: 12,
      place: "effective_from"),
    BadCSV(
      name: "a row cut short", text: with("1000000000099,import"), says: ["expected 5 columns"],
      line: 12),
    BadCSV(
      name: "a total in the last row", text: with("Total,,,,", at: 19), says: ["expected"],
      line: 21,
      place: "kind"),
    BadCSV(
      name: "semicolons", text: with("").replacingOccurrences(of: ",", with: ";"),
      says: ["expected columns separated by commas, found semicolons", "save it as"], line: 1),
    BadCSV(
      name: "nothing", text: "", says: ["expected a header row, found an empty file"], line: 1),
  ]
}

@Suite struct `A CSV file` {
  @Test(arguments: BadCSV.all)
  func `with a fault is refused whole, with file, line, column, expected and found`(
    _ bad: BadCSV
  ) throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write("march.csv", bad.text)
    let before = try everything(under: ledger.folder.path)
    for more in [[], ["--dry-run"]] {
      let run = try ledger.run(["import", "registrations", file] + more)
      #expect(run.exit == 65, "\(run.output)")
      #expect(run.output.isEmpty)
      let place = bad.place.map { ", \($0)" } ?? ""
      #expect(run.sentence.hasPrefix("\(file) line \(bad.line)\(place): "), "\(run.sentence)")
      for words in bad.says { #expect(run.sentence.contains(words), "\(run.sentence)") }
      #expect(run.sentence.hasSuffix("othing of this file was recorded"), "\(run.sentence)")
    }
    let json = try ledger.run("import", "registrations", file, "--format", "json")
    #expect(json.exit == 65)
    #expect(json.isOneLine && json.output.isEmpty, "\(json.errors)")
    let errors = try #require(try JSONText.object(json.errors)["errors"] as? [[String: Any]])
    #expect(errors.first?["line"] as? Int == bad.line)
    #expect(errors.first?["place"] as? String == bad.place)
    #expect(errors.allSatisfy { $0["expected"] is String && $0["found"] is String })
    #expect(try everything(under: ledger.folder.path) == before)
    #expect(try ledger.events() == FilledLedger.imported)
  }

  @Test func `with one fault is told in one line`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write("march.csv", BadCSV.all[3].text)
    let run = try ledger.run("import", "registrations", file)
    #expect(run.isOneLine, "\(run.errors)")
  }

  @Test func `is handed back with its problems`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write("march.csv", BadCSV.all[3].text)
    let problems = ledger.folder.path("problems.csv")
    let run = try ledger.run("import", "registrations", file, "--problems", problems)
    #expect(run.exit == 65)
    let rows = try ledger.folder.text("problems.csv").split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    try #require(rows.count == 22 && rows.last == "")
    #expect(rows[0] == "\(BadCSV.heading),problem")
    #expect(rows[11].contains("mpxn: expected 13 digits"))
    #expect(rows[10].hasSuffix(",,"))
    let quiet = try ledger.run("import", "registrations", file, "--problems", problems, "--quiet")
    #expect(quiet.isOneLine, "\(quiet.errors)")
    let itself = try ledger.run("import", "registrations", file, "--problems", file)
    #expect(itself.exit == 64)
    #expect(try ledger.folder.text("march.csv") == BadCSV.all[3].text)
  }

  @Test func `is handed back with what two of its rows contradict each other in`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write(
      "extract.csv",
      """
      DeviceID,DeviceType,DeviceStatus
      00-DB-12-34-56-78-90-B1,ESME,Commissioned
      00-DB-12-34-56-78-90-B2,ESME,Commissioned
      00-DB-12-34-56-78-90-B1,ESME,Suspended

      """)
    let problems = ledger.folder.path("problems.csv")
    let run = try ledger.run("import", "inventory", file, "--problems", problems)
    #expect(run.exit == 65)
    let rows = try ledger.folder.text("problems.csv").split(whereSeparator: \.isNewline)
    try #require(rows.count == 4)
    #expect(rows[0].hasSuffix(",problem") && rows[1].hasSuffix(",") && rows[2].hasSuffix(","))
    #expect(rows[3].contains("with other values than in line 2"))
  }

  @Test func `may begin with a byte order mark and have its columns in any order`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write(
      "march.csv",
      "\u{FEFF}supplier,mpxn,effective_to,kind,effective_from\r\nSUPA,1000000000010,,import,2024-06-01\r\n"
    )
    let run = try ledger.run("import", "registrations", file)
    #expect(run.exit == 0, "\(run.errors)")
    #expect(run.output.contains("1 row; 1 new"))
    #expect(try ledger.events() == FilledLedger.imported + 1)
  }
}
