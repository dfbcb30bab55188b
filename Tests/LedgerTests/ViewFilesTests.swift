import Corrections
import EventLog
import Foundation
import Testing

@testable import Ledger

@Suite struct `Views that were not finished` {
  @Test func `are taken away when the next ones are made`() throws {
    let test = try TestLedger()
    try test.ledger.catchUpViews()
    let files = ViewFiles(folder: test.folder)
    let current = try #require(files.current())
    for left in [current + 1, current + 2] {
      try Data("left behind".utf8).write(to: URL(fileURLWithPath: files.file(left)))
    }
    let rebuilt = try test.ledger.rebuildViews()
    #expect(rebuilt.same == true)
    #expect(files.generations() == [files.current()])
  }

  @Test(arguments: [
    (0, 40_000, false), (0, 60_000, true), (1_000_000, 1_060_000, false),
    (1_000_000, 1_600_000, true), (100_000, 149_000, false),
  ])
  func `are made anew where most of the log came since`(_ from: Int, _ head: Int, _ anew: Bool) {
    #expect(ViewStore.isMadeSoonerAnew(from: from, to: head) == anew)
  }
}
