import Foundation
import Testing

@testable import Wire

@Suite struct `Handing a refused file back` {
  private func handedBack(_ text: String, _ folder: String) throws -> (text: String, count: Int) {
    let path = "\(folder)/in.csv"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let count = try CSVFile<RegistrationRow>.writeProblems(of: path, to: "\(folder)/out.csv")
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/out.csv"))
    return (String(decoding: data, as: UTF8.self), count)
  }

  @Test func `it has the same rows and a last column that says what is wrong`() throws {
    try withFolder { folder in
      let text =
        "\u{FEFF}mpxn,kind,supplier,effective_from,effective_to\r\n"
        + "1200005432101,import,\"SUPA\",2026-01-01,\r\n\r\nx,imp,SUPA,2026-01-01,\r\n"
      let (out, count) = try handedBack(text, folder)
      #expect(count == 1)
      #expect(
        out == "\u{FEFF}mpxn,kind,supplier,effective_from,effective_to,problem\r\n"
          + "1200005432101,import,\"SUPA\",2026-01-01,,\r\n,,,,,\r\n"
          + "x,imp,SUPA,2026-01-01,,\"kind: expected one of import, export, gas, found imp | "
          + "mpxn: expected 1 to 13 digits, found x\"\r\n")
    }
  }

  @Test func `it is read again once it is put right, and handed back again as before`() throws {
    try withFolder { folder in
      let (out, _) = try handedBack(registrationHeader + "x,import,SUPA,2026-01-01,\n", folder)
      #expect(try handedBack(out, folder).text == out)
      let right = out.replacing("\nx,", with: "\n1200005432101,")
      #expect(try rows(right, as: RegistrationRow.self).rows.count == 1)
    }
  }

  @Test func `a row that was cut short isn't filled up`() throws {
    try withFolder { folder in
      let (out, _) = try handedBack(
        registrationHeader + "1200005432101,import,SUPA,2026-01-01\n", folder)
      #expect(out.contains("2026-01-01,\"expected 5 columns, found 4."))
      #expect(!problems(out, as: RegistrationRow.self).isEmpty)
    }
  }

  @Test func `what is wrong with the header stands in the first row`() throws {
    try withFolder { folder in
      let text = "MPAN,kind,supplier,effective_from,effective_to\n" + registration
      let (out, count) = try handedBack(text, folder)
      #expect(count == 1)
      #expect(
        out.contains(
          "2026-01-01,,no column mpxn; found MPAN. If that is the one: --map MPAN=mpxn\n"))
    }
  }

  @Test func `a file that can't be cut into rows isn't handed back`() throws {
    try withFolder { folder in
      #expect(throws: CSVProblems.self) { try handedBack(registrationHeader + "\"x\n", folder) }
      #expect(throws: CSVProblems.self) { try handedBack("a;b\n", folder) }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/out.csv"))
    }
  }

  @Test func `it is never written over the file that is read`() throws {
    try withFolder { folder in
      let path = "\(folder)/in.csv"
      try Data(registrationHeader.utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/link.csv", withDestinationPath: path)
      for output in [path, "\(folder)/./in.csv", "\(folder)/link.csv"] {
        #expect(throws: FileProblem.sameFile(output)) {
          try CSVFile<RegistrationRow>.writeProblems(of: path, to: output)
        }
      }
      #expect(throws: FileProblem.missing("\(folder)/no.csv")) {
        try CSVFile<RegistrationRow>.validate("\(folder)/no.csv")
      }
      #expect(throws: FileProblem.isFolder(folder)) {
        try CSVFile<RegistrationRow>.validate(folder)
      }
    }
  }

  @Test func `a file of many chunks is read from disk as from memory`() throws {
    try withFolder { folder in
      var text = registrationHeader
      for n in 0..<20_000 { text += "1200005432101,import,SUP\(n),2026-01-01,\n" }
      let path = "\(folder)/large.csv"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      var next = 0
      let summary = try CSVFile<RegistrationRow>.read(path) { row, line in
        #expect(row.supplier == "SUP\(next)" && line == next + 2)
        next += 1
      }
      #expect(summary.rows == 20_000)
    }
  }
}
