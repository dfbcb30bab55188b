import Answers
import ArgumentParser
import Corrections
import Ledger
import Wire

struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Access tokens of the HTTP server: made, listed, revoked.",
    discussion: """
      Examples:
        smi-ledger token create --party SUPA --role supplier --expires 90d
        smi-ledger token list
        smi-ledger token revoke NAME
      """, subcommands: [TokenCreate.self, TokenList.self, TokenRevoke.self])
}

extension AccessRole: ExpressibleByArgument {}

struct TokenCreate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Makes a token, and prints it once, alone on the last line.",
    usage: "smi-ledger token create --party P --role R --expires T|DURATION [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger token create --party SUPA --role supplier --expires 90d
        smi-ledger token create --party DSP --role dsp --expires 12h
        smi-ledger token create --party SECAS --role secas --expires 2027-01-01T00:00:00Z
      Only its SHA-256 is kept: who loses the token needs another one.
      Exit codes: 0, 64, 66, 74, 75, 77.
      See also: smi-ledger serve --help
      """)

  @Option(help: "The party that it speaks for, as in users.csv.")
  var party: String

  @Option(help: "supplier, servicecentre, dsp, secas or auditor.")
  var role: AccessRole

  @Option(help: "The user that acts with it; else the only one of the party that could.")
  var user: String?

  @Option(help: "Until when it is good: RFC 3339, or from now on, such as 90d or 12h.")
  var expires: String

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("token create")
    let ledger = try globals.read()
    let now = ledger.now()
    let end = try self.end(from: now)
    guard try ledger.knows(party: party) else {
      throw NotFound(
        "no event of this ledger names the party \(Shown.typed(party)); smi-ledger import users adds "
          + "users and their parties")
    }
    let user = try ledger.user(acting: role, for: party, named: user)
    let store = try AccessStore(folder: ledger.folder)
    let made = try store.create(party: party, role: role, user: user?.id, at: now, expires: end)
    if globals.format == .json {
      Output.put(JSON.object(made.token.members + [("token", .string(made.text))]).text)
      return
    }
    Output.say(
      "Token \(made.token.id): \(role.rawValue) of \(party)"
        + (user.map { ", acts as \($0.id)" } ?? ", only reads") + ", good until "
        + "\(Wording.time(end)). It is shown this once:")
    Output.say(made.text)
  }

  /// The moment from which on it is no good.
  private func end(from now: Instant) throws -> Instant {
    let units: [Character: Int64] = ["h": 3_600_000, "d": 86_400_000]
    if let unit = expires.last.flatMap({ units[$0] }), let count = Int64(expires.dropLast()),
      (1...36_500).contains(count)
    {
      return now.advanced(byMilliseconds: count * unit)
    }
    let end = try Globals.time(of: "--expires")(expires)
    guard end > now else {
      throw ValidationError("--expires: expected a time to come; found \(Shown.typed(expires))")
    }
    return end
  }
}

struct TokenList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "All tokens with when they were last used; no secret.",
    usage: "smi-ledger token list [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger token list
        smi-ledger token list --format json
        smi-ledger token list --format csv
      Exit codes: 0, 64, 66, 74, 75.
      See also: smi-ledger token create --help
      """)

  @OptionGroup var globals: Globals

  func run() throws {
    let ledger = try globals.read()
    let tokens = try AccessStore(folder: ledger.folder).all()
    let now = ledger.now()
    guard globals.format != .json else {
      Output.put(JSON.array(tokens.map { .object($0.members) }).text)
      return
    }
    var table = Table(["TOKEN", "ROLE", "PARTY", "USER", "EXPIRES", "LAST USED", "STATE"])
    for token in tokens {
      let isTable = globals.format == .table
      func shown(_ time: Instant?) -> String {
        time.map { isTable ? Wording.time($0) : $0.stored } ?? (isTable ? "–" : "")
      }
      table.add([
        token.id, token.role.rawValue, token.party, token.user ?? (isTable ? "–" : ""),
        shown(token.expires), shown(token.used), token.state(at: now),
      ])
    }
    if globals.format == .csv { return Output.put(table.csv()) }
    if !tokens.isEmpty { Output.say(table.text()) }
    Output.footer("\(Wording.count(tokens.count, "token")). Last use is to the minute.")
  }
}

struct TokenRevoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Revokes a token; the next request with it is refused.",
    usage: "smi-ledger token revoke NAME [OPTIONS]",
    discussion: """
      Examples:
        smi-ledger token revoke NAME
        smi-ledger token revoke NAME --format json
        smi-ledger token revoke NAME --ledger /srv/ledger
      NAME is what token list shows, and stands in the token after smil_.
      Exit codes: 0, 64, 66, 74, 75.
      See also: smi-ledger token list --help
      """)

  @Argument(help: "The name of the token, never the token itself.")
  var name: String

  @OptionGroup var globals: Globals

  func run() throws {
    try globals.refuseCSV("token revoke")
    let ledger = try globals.read()
    guard let token = try AccessStore(folder: ledger.folder).revoke(name, at: ledger.now()) else {
      throw NotFound("there is no token of that name; smi-ledger token list shows the names")
    }
    if globals.format == .json {
      Output.put(JSON.object(token.members).text)
    } else {
      Output.say(
        "Token \(token.id) of \(token.party) is revoked since "
          + "\(token.revoked.map { Wording.time($0) } ?? "now").")
    }
  }
}

extension AccessToken {
  /// Everything but the secret.
  fileprivate var members: [(key: String, value: JSON)] {
    [
      ("id", .string(id)), ("party", .string(party)), ("role", .string(role.rawValue)),
      ("user", .of(user)), ("created", .string(created.stored)),
      ("expires", .string(expires.stored)), ("revoked", .of(revoked?.stored)),
      ("lastUsed", .of(used?.stored)),
    ]
  }

  fileprivate func state(at moment: Instant) -> String {
    revoked != nil ? "revoked" : isGood(at: moment) ? "good" : "expired"
  }
}
