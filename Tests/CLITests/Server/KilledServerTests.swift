import Foundation
import Testing

/// `tools/kill-check`, with few kills: the tool by itself takes as many as it is told.
@Suite struct `A server that is killed while it writes` {
  @Test func `loses and doubles nothing that it answered`() throws {
    let there = try SMILedger.shell("command -v python3 || true", [])
    guard !there.output.isEmpty else {
      print("skipped: a killed server, since there is no python3")
      return
    }
    let kills = ProcessInfo.processInfo.environment["SMI_KILLS"].flatMap(Int.init) ?? 3
    let run = try SMILedger.shell(
      "program=$1; shift; exec python3 \"$@\" --program \"$program\"",
      [Package.root + "/tools/kill-check", "--kills", String(kills), "--connections", "6"],
      limit: 120 + 10 * Double(kills))
    #expect(run.exit == 0, "\(run.output)\(run.errors)")
  }
}
