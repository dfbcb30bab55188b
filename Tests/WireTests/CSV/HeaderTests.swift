import Testing

@testable import Wire

@Suite struct `Finding the columns of a file` {
  private func refused(_ header: String, _ options: CSVOptions = CSVOptions()) -> [String] {
    problems(header + "\n", as: RegistrationRow.self, options)
  }

  @Test func `columns stand in any order, in quotes or not`() throws {
    let text =
      "\u{FEFF}effective_to, kind ,\"supplier\",mpxn,effective_from\r\n"
      + ",gas,SUPA,7400012306,2026-01-01\r\n"
    #expect(try rows(text, as: RegistrationRow.self).rows.first?.supplier == "SUPA")
  }

  @Test func `a missing column is named with the one that may be it`() {
    #expect(
      refused("MPAN,kind,supplier,effective_from,effective_to") == [
        "march.csv line 1: no column mpxn; found MPAN. If that is the one: --map MPAN=mpxn"
      ])
    #expect(
      refused("Meter Point,kind,supplier,effective_from,effective_to") == [
        """
        march.csv line 1: no column mpxn; found Meter Point. If that is the one: \
        --map 'Meter Point=mpxn'
        """
      ])
    #expect(
      refused("mpxn,kind,supplier,effective_from") == [
        "march.csv line 1: no column effective_to; found mpxn, kind, supplier, effective_from"
      ])
  }

  @Test func `an unknown column is named, with the way to leave it out`() {
    #expect(
      refused("mpxn,kind,supplier,effective_from,effective_to,region") == [
        """
        march.csv line 1: expected the columns mpxn, kind, supplier, effective_from, effective_to, \
        found region. To leave it out: --ignore region
        """
      ])
  }

  @Test func `mapped and ignored columns pass`() throws {
    let text = "MPAN,kind,supplier,From,effective_to,x\n1200005432101,import,SUPA,2026-01-01,,y\n"
    let options = CSVOptions(map: ["MPAN": "mpxn", "From": "effective_from"], ignore: ["x"])
    #expect(try rows(text, as: RegistrationRow.self, options).rows.count == 1)
  }

  @Test func `a map that names nothing is refused`() {
    let header = "mpxn,kind,supplier,effective_from,effective_to"
    #expect(
      refused(header, CSVOptions(map: ["MPAN": "mpxn"])).first?.contains("--map names it") == true)
    let typo = refused(
      "MPAN,kind,supplier,effective_from,effective_to", CSVOptions(map: ["MPAN": "mpxm"]))
    #expect(typo.contains { $0.contains("Did you mean --map MPAN=mpxn?") })
  }

  @Test func `the same heading twice is refused`() {
    #expect(
      refused("mpxn,kind,supplier,effective_from,effective_to,kind").first
        == "march.csv line 1: expected each column once, found a second kind")
    let mapped = refused(
      "mpxn,MPAN,kind,supplier,effective_from,effective_to", CSVOptions(map: ["MPAN": "mpxn"]))
    #expect(mapped == ["march.csv line 1: expected each column once, found a second mpxn"])
  }

  @Test func `a file without a header is told so, without its values`() {
    #expect(
      refused("1200005432101,import,SUPA,2026-01-01,") == [
        """
        march.csv line 1: no column mpxn, kind, supplier, effective_from, effective_to; \
        found a row of values. The first line names the columns
        """
      ])
  }

  @Test func `empty trailing columns are passed over and counted`() throws {
    let text =
      "mpxn,kind,supplier,effective_from,effective_to,,\n1200005432101,import,SUPA,2026-01-01,,,\n"
    #expect(try rows(text, as: RegistrationRow.self).summary.emptyColumns == 2)
    let used = text.replacing("01-01,,,\n", with: "01-01,,,x\n")
    #expect(problems(used, as: RegistrationRow.self).count == 1)
  }

  @Test(arguments: [
    ("mpxn;kind;supplier", "This file is separated by semicolons: save it as"),
    ("mpxn\tkind\tsupplier", "This file is separated by tabs: save it as"),
    ("sep=;", "Take that line out"), ("", "found an empty row"), ("<html>", "found XML or HTML"),
    ("PK\u{3}\u{4}", "found an Excel workbook"),
  ]) func `a file of another kind is named`(_ header: String, _ part: String) {
    #expect(refused(header).first?.contains(part) == true, "\(refused(header))")
  }

  @Test func `UTF-16 is named with the way out`() {
    let little: [UInt8] = [0xFF, 0xFE] + registrationHeader.utf8.flatMap { [$0, 0] as [UInt8] }
    let message = """
      march.csv:1:1: expected UTF-8; found UTF-16. "Unicode text" is that: save it as "CSV UTF-8"
      """
    #expect(problems(little, as: RegistrationRow.self) == [message])
    #expect(problems(Array(little.dropFirst(2)), as: RegistrationRow.self) == [message])
    #expect(
      problems([], as: RegistrationRow.self) == [
        "march.csv line 1: expected a header row, found an empty file"
      ])
  }
}
