import Foundation
import Testing

@Suite struct `token` {
  @Test func `is printed alone on the last line, once, and kept as a hash`() throws {
    let ledger = try FilledLedger()
    let run = try ledger.run(
      "token", "create", "--party", "SUPA", "--role", "supplier", "--expires", "90d")
    #expect(run.exit == 0 && run.errors.isEmpty, "\(run.errors)")
    let token = String(run.output.split(separator: "\n").last ?? "")
    #expect(token.wholeMatch(of: /smil_[a-z0-9]{10}_[A-Za-z0-9_-]{43}/) != nil)
    let list = try ledger.run("token", "list", "--format", "json")
    #expect(!list.output.contains(token) && !list.output.contains(token.suffix(43)))
    let one = try #require(try JSONText.array(list.output).first)
    #expect(one["party"] as? String == "SUPA" && one["user"] as? String == Request.supA)
    #expect(one["lastUsed"] is NSNull && one["revoked"] is NSNull)
  }

  @Test func `is of a user that could act so, or none is made`() throws {
    let ledger = try FilledLedger()
    for (options, exit) in [
      (["--party", "DCC", "--role", "servicecentre"], 64),
      (["--party", "SUPX", "--role", "supplier"], 66),
      (["--party", "SUPA", "--role", "dsp"], 66),
      (["--party", "SUPA", "--role", "supplier", "--user", Request.supB], 77),
      (["--party", "MAPX", "--role", "supplier", "--user", "00-DB-12-34-56-78-00-04"], 77),
      (["--party", "DSP", "--role", "dsp", "--user", "NOBODY"], 66),
    ] as [([String], Int32)] {
      let run = try ledger.run(["token", "create", "--expires", "1d"] + options)
      #expect(run.exit == exit && run.isOneLine, "\(options): \(run.errors)")
    }
    for expires in ["yesterday", "2020-01-01T00:00:00Z", "0d", "d"] {
      let run = try ledger.run(
        "token", "create", "--party", "SUPA", "--role", "supplier", "--expires", expires)
      #expect(run.exit == 64, "\(expires): \(run.errors)")
    }
    #expect(try JSONText.array(try ledger.run("token", "list", "--format", "json").output).isEmpty)
    #expect(try ledger.run("token", "revoke", "nosuchname").exit == 66)
  }
}
