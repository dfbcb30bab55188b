import Answers
import Corrections
import Foundation
import Ledger
import Wire

/// Open discrepancies as rows to be worked on, each with a ready 8.4 where one User ID can send it.
struct WorkList {
  private let ledger: Ledger
  private let filter: DiscrepancyFilter
  private let folder: String?
  private let time: Instant

  init(_ ledger: Ledger, _ filter: DiscrepancyFilter, xmlDir: String?, at time: Instant) {
    self.ledger = ledger
    self.filter = filter
    folder = xmlDir
    self.time = time
  }

  func put() throws {
    if let folder { try makeFolder(folder) }
    let runs = ledger.lastRuns()
    let updates = ReadyUpdates(ledger, at: time)
    Output.put(Table.csvLine(DiscrepancyAnswer.columns))
    var last: DiscrepancyID?
    var written = 0
    while true {
      let page = try ledger.discrepancies(filter, after: last, limit: 500).discrepancies
      guard let newest = page.last else { break }
      for discrepancy in page {
        let xml = try folder.flatMap { try write(discrepancy, updates, into: $0) }
        if xml != nil { written += 1 }
        let answer = DiscrepancyAnswer(discrepancy, ledger, runs: runs)
        Output.put(
          Table.csvLine(answer.row(xml: xml), freeText: DiscrepancyAnswer.freeText))
      }
      last = newest.id
    }
    if let folder {
      Output.hint(
        "\(Wording.count(written, "ready 8.4")) in \(Shown.pasted(folder)); unsigned, with counters that "
          + "are new to this ledger.")
    }
  }

  private func makeFolder(_ folder: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw FileProblem.unwritable(folder, reason: "it can't be made")
    }
  }

  /// The name of the file with the 8.4 for a discrepancy; nil where there is none.
  private func write(
    _ discrepancy: Discrepancy, _ updates: ReadyUpdates, into folder: String
  ) throws -> String? {
    guard let ready = try updates.update(for: discrepancy.suspicion) else { return nil }
    let name = "\(discrepancy.id).xml"
    let path = (folder as NSString).appendingPathComponent(name)
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data(ready.xml), attributes: [.posixPermissions: 0o600])
    else { throw FileProblem.unwritable(path, reason: "it can't be written") }
    return name
  }
}
