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
