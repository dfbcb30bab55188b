import Foundation
import Testing

@Suite struct `What is printed` {
  /// Every command that answers, on a ledger with one correction.
  static let commands: [[String]] = [
    ["check", Package.example("refused.xml")], ["submit", Package.example("refused-too.xml")],
    ["verify"],
    ["doctor"], ["rebuild"], ["device", "show", Request.otherDevice],
    ["device", "history", Request.otherDevice], ["timeline", "device", Request.otherDevice],
    ["correction", "list"], ["correction", "show", "COR-000001"], ["report", "--month", "2026-01"],
    ["explain"], ["explain", "E080415"], ["import", "users", Package.example("users.csv")],
  ]

  private func desk() throws -> FilledLedger {
    let desk = try FilledLedger()
    try desk.run("submit", "--open", Package.example("refused.xml"))
    return desk
  }

  @Test func `holds no escape code when it goes to a file, whatever the terminal is said to be`()
    throws
  {
    let desk = try desk()
    for environment in [["TERM": "xterm-256color"], ["TERM": "dumb"], ["NO_COLOR": "1"]] {
      for command in Self.commands {
        let run = try desk.run(command, environment: environment)
        #expect(!run.output.contains("\u{1B}"), "\(command)")
        #expect(!run.errors.contains("\u{1B}"), "\(command)")
        #expect(!run.output.contains("\r"), "\(command)")
      }
    }
  }

  @Test func `is the answer alone: with --quiet nothing else is said`() throws {
    let desk = try desk()
    for command in Self.commands {
      let loud = try desk.run(command)
      let quiet = try desk.run(command + ["--quiet"])
      #expect(quiet.errors.isEmpty, "\(command): \(quiet.errors)")
      #expect(quiet.exit == loud.exit)
      #expect(!quiet.output.isEmpty)
    }
    let run = try desk.run("--quiet", "submit", "nowhere.xml")
    #expect(run.exit != 0 && !run.errors.isEmpty, "an error is never silenced")
  }

  @Test func `ends with the same exit code in every form`() throws {
    let desk = try desk()
    for command in Self.commands {
      let table = try desk.run(command)
      let json = try desk.run(command + ["--format", "json"])
      #expect(table.exit == json.exit, "\(command)")
      #expect(json.errors.isEmpty, "\(command)")
      #expect(
        (try? JSONSerialization.jsonObject(with: Data(json.output.utf8))) != nil, "\(command)")
    }
  }

  /// Reads RFC 4180 strictly: CRLF ends a row, quotes are doubled.
  private func rows(_ text: String) throws -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let next = scalars.popFirst() {
      switch (next, isQuoted) {
      case ("\"", true):
        if scalars.first == "\"" {
          field.append("\"")
          scalars.removeFirst()
        } else {
          isQuoted = false
        }
      case (_, true): field.unicodeScalars.append(next)
      case ("\"", false):
        try #require(field.isEmpty, "a quote inside an unquoted field")
        isQuoted = true
      case (",", false):
        row.append(field)
        field = ""
      case ("\r", false):
        try #require(scalars.popFirst() == "\n", "CR without LF")
        rows.append(row + [field])
        (row, field) = ([], "")
      case ("\n", false): Issue.record("LF without CR")
      default: field.unicodeScalars.append(next)
      }
    }
    try #require(!isQuoted && row.isEmpty && field.isEmpty, "the last row doesn't end")
    return rows
  }

  @Test func `is CSV that every reader reads`() throws {
    let desk = try desk()
    try desk.run(
      "correction", "note", "COR-000001", "--actor", "SECAS-002", "--text",
      "=HYPERLINK(\"x\"), a \"quoted\" word,\nand a second line")
    for command in [
      ["correction", "list"], ["correction", "show", "COR-000001"],
      ["device", "history", Request.otherDevice], ["timeline", "correction", "COR-000001"],
      ["timeline", "party", "SUPA"],
    ] {
      let run = try desk.run(command + ["--format", "csv"])
      #expect(run.exit == 0)
      #expect(!run.output.hasPrefix("\u{FEFF}"))
      let rows = try rows(run.output)
      try #require(rows.count > 1, "\(command)")
      #expect(Set(rows.map(\.count)).count == 1, "\(command): rows of one width")
      #expect(Set(rows[0]).count == rows[0].count, "\(command): headings differ")
      for cell in rows.joined() { #expect(!cell.hasPrefix("="), "\(command)") }
    }
  }

  @Test func `shows what people typed without letting it repaint the terminal`() throws {
    let desk = try desk()
    try desk.run(
      "correction", "note", "COR-000001", "--actor", "SECAS-002", "--text", "a\u{1B}[2Jb\u{7}")
    for command in [
      ["correction", "show", "COR-000001"], ["timeline", "correction", "COR-000001"],
    ] {
      let run = try desk.run(command)
      #expect(run.output.contains("a\\u{1B}[2Jb\\u{7}"), "\(run.output)")
      #expect(!run.output.contains("\u{1B}"))
    }
  }

  @Test func `names no whole meter point on the error channel or in a message`() throws {
    let desk = try desk()
    let digits = [Request.registeredToSender, Request.registeredToAnother, "1655500011126"]
    for arguments in [
      ["correction", "propose", "COR-000001", "--actor", "DCC-017"],
      ["timeline", "mpxn", "1999999999999"],
      [
        "correction", "open", "--device", Request.otherDevice, "--field", "importMPxN", "--value",
        Request.registeredToAnother + "1",
        "--actor", "DCC-017",
      ],
      [
        "submit",
        try desk.folder.write(
          "x.xml",
          Request.update(77, device: Request.otherDevice, mpxn: Request.registeredToAnother + "11")),
      ],
      [
        "submit",
        try desk.folder.write(
          "y.xml",
          Request.update(2002, device: Request.otherDevice, mpxn: Request.registeredToSender)),
      ],
    ] {
      let run = try desk.run(arguments)
      #expect(run.exit != 0)
      for mpxn in digits { #expect(!run.errors.contains(mpxn), "\(run.errors)") }
    }
  }

  @Test func `says the same twice: a submit repeated is the answer of then`() throws {
    let desk = try desk()
    let head = try desk.events()
    let again = try desk.run("submit", Package.example("refused.xml"))
    #expect(again.exit == 1)
    #expect(again.output.contains("Recorded before, at position "))
    #expect(try desk.events() == head)
  }

  @Test func `check predicts, and only an authority that has answered has decided`() throws {
    let authority = try FilledLedger()
    let observer = try FilledLedger(mode: "observer")
    let file = Package.example("refused.xml")
    #expect(try authority.run("check", file).output.hasPrefix("REFUSED  E080415   predicted; "))
    #expect(try authority.run("submit", file).output.hasPrefix("REFUSED  E080415   decided; "))
    #expect(try observer.run("check", file).output.hasPrefix("REFUSED  E080415   predicted; "))
    #expect(try observer.run("submit", file).output.hasPrefix("REFUSED  E080415   predicted; "))
  }

  @Test func `tells progress on a terminal only, on one line that goes again`() throws {
    let ledger = try FilledLedger()
    let rows = (0..<60_000).map { "\(1_000_000_000_000 + $0 * 7),import,SUPA,2024-06-01,\n" }
    let file = try ledger.folder.write(
      "a-long-name-of-a-registrations-extract.csv",
      "\(BadCSV.heading)\n" + rows.joined() + "1000000000099,elec,SUPA,2024-06-01,\n")
    // Refused after the last row has been checked.
    let arguments = ["import", "registrations", file, "--ledger", ledger.path]
    let piped = try SMILedger.run(arguments)
    #expect(piped.exit == 65 && piped.isOneLine, "\(piped.errors)")
    let terminal = """
      command -v script >/dev/null || exit 9
      script -qec "stty cols 60; $1 $2 $3 $4 $5 $6 $EXTRA" /dev/null </dev/null
      """
    for (extra, term) in [("", "xterm"), ("--quiet", "xterm"), ("", "dumb")] {
      let run = try SMILedger.shell(
        terminal, arguments, environment: ["EXTRA": extra, "TERM": term])
      guard run.exit != 9 else {
        print("skipped: progress on a terminal, since there is no script(1)")
        return
      }
      #expect(run.exit == 65, "\(run.output)")
      let drawn = run.output.components(separatedBy: "\u{1B}[K").dropLast()
      guard extra.isEmpty, term != "dumb" else {
        #expect(drawn.isEmpty, "\(run.output)")
        continue
      }
      // A machine that is done within a second has nothing to tell.
      if run.seconds > 3 { #expect(drawn.count > 1, "\(run.output)") }
      #expect(Double(drawn.count) < run.seconds * 2 + 2)
      for line in drawn {
        let text = line.drop { $0 == "\r" }
        #expect(text.count < 60 && !text.contains("\n"), "\(text)")
      }
      #expect(drawn.last.map { $0.allSatisfy { $0 == "\r" } } ?? true, "the line goes again")
    }
  }
}
