import Foundation
import Testing

@Suite struct `A file to import` {
  private static let good = "\(BadCSV.heading)\n1000000000010,import,SUPA,2024-06-01,\n"
  private static let bad = "\(BadCSV.heading)\nx,import,SUPA,2024-06-01,\n"

  /// Runs a script with the program as `$1`, the ledger as `$2` and a file as `$3`.
  private func shell(
    _ script: String, _ ledger: FilledLedger, _ text: String, environment: [String: String] = [:]
  ) throws -> Run {
    let file = try ledger.folder.write("march.csv", text)
    return try SMILedger.shell(script, [ledger.path, file], environment: environment)
  }

  @Test(
    arguments: [
      "cat $3 | $1 import registrations - --ledger $2",
      "gzip -c $3 | $1 import registrations - --ledger $2",
      "$1 import registrations - --ledger $2 < $3",
      "gzip -c $3 > $3.gz; $1 import registrations $3.gz --ledger $2",
      "gzip -c $3 > $3.x; mv $3.x $3; $1 import registrations $3 --ledger $2",
      "mkfifo $3.pipe; cat $3 > $3.pipe & $1 import registrations $3.pipe --ledger $2",
    ])
  func `may be compressed, and come from standard input or a pipe`(_ script: String) throws {
    let ledger = try FilledLedger()
    let run = try shell(script, ledger, Self.good)
    #expect(run.exit == 0, "\(run.errors)")
    #expect(run.output.contains("1 row; 1 new"), "\(run.output)")
    #expect(run.output.contains("standard input") == script.contains(" - "))
    #expect(try ledger.events() == FilledLedger.imported + 1)
    let again = try shell(script.replacing("mkfifo $3.pipe; ", with: ""), ledger, Self.good)
    #expect(again.output.hasPrefix("Nothing new in "), "\(again.output)\(again.errors)")
  }

  @Test func `from standard input leaves nothing where temporary files are`() throws {
    let ledger = try FilledLedger()
    let folder = ledger.folder.path("tmp")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let script = "cat $3 | $1 import registrations - --ledger $2"
    let run = try shell(script, ledger, Self.good, environment: ["TMPDIR": folder])
    #expect(run.exit == 0, "\(run.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func `from standard input is refused by that name and handed back`() throws {
    let ledger = try FilledLedger()
    let run = try shell(
      "gzip -c $3 | $1 import registrations - --ledger $2 --problems $3.out", ledger, Self.bad)
    #expect(run.exit == 65)
    #expect(
      run.errors.hasPrefix("The file with a column problem: ")
        && run.errors.contains("\nstandard input line 2, mpxn: expected 13 digits, found x. "),
      "\(run.errors)")
    #expect(
      try ledger.folder.text("march.csv.out")
        == "\(BadCSV.heading),problem\nx,import,SUPA,2024-06-01,,\"mpxn: expected 13 digits, found "
        + "x\"\n")
    let json = try shell(
      "cat $3 | $1 import registrations - --ledger $2 --format json", ledger, Self.good)
    #expect(try JSONText.object(json.output)["file"] as? String == "-")
  }

  @Test(
    arguments: [
      ("gzip -c $3 | head -c 40 > $3.gz", "expected more of the gzip file after its byte 40"),
      ("gzip -c $3 > $3.gz; echo more >> $3.gz", "or another member, found other bytes"),
    ])
  func `whose gzip is damaged is refused whole`(_ make: String, _ says: String) throws {
    let ledger = try FilledLedger()
    let run = try shell(
      "\(make); $1 import registrations $3.gz --ledger $2", ledger, Self.good)
    #expect(run.exit == 65)
    #expect(run.isOneLine && run.sentence.contains(says), "\(run.errors)")
    #expect(run.sentence.contains("march.csv.gz line "))
    #expect(run.sentence.hasSuffix(". Nothing of this file was recorded"))
    #expect(try ledger.events() == FilledLedger.imported)
  }
}
