import Foundation

@testable import Wire

/// Reads a text as one kind of file: its rows with their lines, and its summary.
func rows<Row: CSVRow>(
  _ text: String, as type: Row.Type = Row.self, _ options: CSVOptions = CSVOptions()
) throws -> (rows: [Row], lines: [Int], summary: CSVSummary) {
  var rows: [Row] = []
  var lines: [Int] = []
  let summary = try CSVFile<Row>.read(Array(text.utf8), file: "march.csv", options) { row, line in
    rows.append(row)
    lines.append(line)
  }
  return (rows, lines, summary)
}

/// The messages that reading gives; none when the file can be read.
func problems<Row: CSVRow>(
  _ bytes: [UInt8], as type: Row.Type, _ options: CSVOptions = CSVOptions()
) -> [String] {
  do {
    _ = try CSVFile<Row>.read(bytes, file: "march.csv", options) { _, _ in }
    return []
  } catch let error as CSVProblems {
    return error.problems.map(\.message)
  } catch {
    return ["\(error)"]
  }
}

func problems<Row: CSVRow>(
  _ text: String, as type: Row.Type, _ options: CSVOptions = CSVOptions()
) -> [String] {
  problems(Array(text.utf8), as: type, options)
}

let registrationHeader = "mpxn,kind,supplier,effective_from,effective_to\n"

/// One good row of a registrations file.
let registration = "1200005432101,import,SUPA,2026-01-01,\n"

/// Bytes as the gzip program compresses them.
func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
  try withFolder { folder in
    let file = URL(fileURLWithPath: "\(folder)/plain")
    try Data(bytes).write(to: file)
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-6", file.path]
    try gzip.run()
    gzip.waitUntilExit()
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/plain.gz")))
  }
}

func gzipped(_ text: String) throws -> [UInt8] { try gzipped(Array(text.utf8)) }

/// A registrations file of so many rows, no two alike.
func manyRegistrations(_ count: Int) -> String {
  registrationHeader
    + (0..<count).map { "\(1_000_000_000_000 + $0 * 7),import,SUP\($0 % 97),2026-01-01,\n" }
    .joined()
}
