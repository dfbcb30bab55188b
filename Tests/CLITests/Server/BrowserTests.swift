import Foundation
import Testing

/// `tools/browser-check`: the whole story in a real browser, over the real server.
@Suite struct `In a browser` {
  @Test
  func
    `two suppliers, the service centre and the DSP settle a correction, and every page is sound`()
    throws
  {
    let there = try SMILedger.shell(
      "command -v chromium || command -v chromium-browser || command -v google-chrome || true", [])
    guard !there.output.isEmpty else {
      print("skipped: pages in a browser, since there is no Chromium")
      return
    }
    let ledger = try FilledLedger()
    let run = try ledger.run("reconcile", "--actor", "DCC-017")
    try #require(run.exit == 0, "\(run.errors)")
    let served = try ServedLedger(ledger)
    var tokens: [String: String] = [:]
    for who in ServedLedger.Who.allCases { tokens[who.rawValue] = try served.token(who) }
    let place: [String: Any] = [
      "address": "http://127.0.0.1:\(served.port)", "tokens": tokens,
      "request": Request.update(
        9001, device: Request.otherDevice, mpxn: Request.registeredToAnother),
      "device": Request.otherDevice,
    ]
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "place.json",
      String(decoding: try JSONSerialization.data(withJSONObject: place), as: UTF8.self))
    let pictures = ProcessInfo.processInfo.environment["SMI_LEDGER_PICTURES"]
    let checked = try SMILedger.shell(
      "file=$2; shift 2; exec python3 \"$@\" < \"$file\"",
      [file, Package.root + "/tools/browser-check"]
        + (pictures.map { ["--pictures", $0] } ?? []), limit: 900)
    print(checked.output)
    #expect(checked.exit == 0, "\(checked.output)\(checked.errors)")
  }
}
