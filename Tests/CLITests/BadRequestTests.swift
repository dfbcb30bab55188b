import Foundation
import Testing

/// Input that is not a request, with what must be said of it.
struct BadRequest: CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]
  let says: [String]

  init(_ name: String, _ text: String, says: String...) {
    self.init(name, Array(text.utf8), says: says)
  }

  init(_ name: String, _ bytes: [UInt8], says: [String]) {
    self.name = name
    self.bytes = bytes
    self.says = says
  }

  var testDescription: String { name }

  static let all: [BadRequest] = [
    BadRequest("text", "a note\n", says: ":1:1: expected a DUIS XML document; found text"),
    BadRequest("nothing", "", says: ":1:1: expected a DUIS XML document; found an empty file"),
    BadRequest(
      "binary", [0x80, 0x00, 0x81], says: [":1:1: expected UTF-8", "0x80", "Save it as UTF-8"]),
    BadRequest(
      "other XML", "<a><b/></a>", says: ":1:1: expected Request or Response of DUIS; found a"),
    BadRequest(
      "cut short", String(Request.update(2).prefix(400)), says: "expected", "found the end"),
    BadRequest(
      "two branches",
      Request.update(
        3,
        change: "<sr:DeleteDevice/><sr:UpdateMPxN><sr:ImportMPxN>1200005432101</sr:ImportMPxN>"
          + "</sr:UpdateMPxN>"),
      says: ":12:25: expected exactly one of UpdateDeviceStatusExceptCH",
      "found a second one, UpdateMPxN"),
    BadRequest(
      "two MPxNs",
      Request.update(
        4,
        change: "<sr:UpdateMPxN><sr:ImportMPxN>1200005432101</sr:ImportMPxN>"
          + "<sr:ExportMPAN>2377770010031</sr:ExportMPAN></sr:UpdateMPxN>"),
      says: ":12:66: expected exactly one of ImportMPxN, SecondaryImportMPAN, ExportMPAN; found"),
    BadRequest(
      "an export MPAN of 12 digits",
      Request.update(
        5, change: "<sr:UpdateMPxN><sr:ExportMPAN>237777001003</sr:ExportMPAN></sr:UpdateMPxN>"),
      says: ":12:37: expected 13 digits for ExportMPAN; found 12 digits, …003"),
    BadRequest(
      "an unknown schemaVersion", Request.update(6, version: "9.9"),
      says: ":2:", "expected one of the schema versions 5.0, 5.1, 5.2, 5.3, 5.4; found 9.9"),
    BadRequest(
      "a bomb of entities",
      """
      <?xml version="1.0"?>
      <!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
      <r>&b;&b;&b;&b;</r>
      """, says: ":2:1: expected a document without a DOCTYPE; found <!DOCTYPE. Take it out"),
    BadRequest(
      "an external entity",
      """
      <?xml version="1.0"?>
      <!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>
      <r>&x;</r>
      """, says: ":2:1: expected a document without a DOCTYPE", "external files are never read"),
    BadRequest(
      "an entity without a DOCTYPE", Request.update(7, mpxn: "&x;"),
      says: ":12:",
      "expected one of &lt; &gt; &amp; &apos; &quot; or a character's number; found &x;"),
    BadRequest(
      "a DeviceID of seven octets", Request.update(8, device: "00-DB-12-34-56-78-90"),
      says: ":11:", "expected eight hex octets joined by hyphens for DeviceID"),
    BadRequest(
      "a branch that there isn't", Request.update(9, change: "<sr:UpdateMPAN/>"),
      says: ":12:7: expected one of UpdateDeviceStatusExceptCH", "found UpdateMPAN"),
    BadRequest(
      "a hundred levels",
      Request.update(
        10,
        change: String(repeating: "<sr:UpdateMPxN>", count: 100)
          + String(repeating: "</sr:UpdateMPxN>", count: 100)), says: ":12:", "expected"),
  ]
}

@Suite struct `A file that is no request` {
  @Test(arguments: BadRequest.all)
  func `gets one line with its place, exit 65, and leaves no trace`(_ bad: BadRequest) throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write("bad.xml", bad.bytes)
    let before = try everything(under: ledger.folder.path)
    for command in ["submit", "check"] {
      let run = try ledger.run(command, file)
      #expect(run.exit == 65, "\(command): \(run.output)")
      #expect(run.output.isEmpty)
      #expect(run.isOneLine, "\(run.errors)")
      #expect(run.sentence.hasPrefix(file + ":"), "\(run.sentence)")
      for words in bad.says { #expect(run.sentence.contains(words), "\(run.sentence)") }
      #expect(run.sentence.hasSuffix("othing of this file was recorded"), "\(run.sentence)")
    }
    #expect(try everything(under: ledger.folder.path) == before)
  }

  @Test(arguments: BadRequest.all)
  func `is one line of JSON where JSON was asked for`(_ bad: BadRequest) throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write("bad.xml", bad.bytes)
    let run = try ledger.run("submit", file, "--format", "json")
    #expect(run.exit == 65)
    #expect(run.output.isEmpty)
    #expect(run.isOneLine, "\(run.errors)")
    let problem = try JSONText.object(run.errors)
    #expect(problem["exit"] as? Int == 65)
    #expect(problem["type"] as? String == "malformed")
    let errors = try #require(problem["errors"] as? [[String: Any]])
    #expect(errors.count == 1)
    for key in ["line", "column"] { #expect(errors[0][key] is Int, "\(errors)") }
    for key in ["expected", "found", "message"] { #expect(errors[0][key] is String, "\(errors)") }
  }

  @Test func `of 50 MB is refused at once, in little memory`() throws {
    let ledger = try FilledLedger()
    let lines = Request.update(1).split(separator: "\n").map(String.init)
    let start = lines.prefix(8).joined(separator: "\n")
    let end = lines.dropFirst(8).joined(separator: "\n")
    var bytes = Array(start.utf8)
    bytes += [UInt8](repeating: 32, count: 50_000_000)
    bytes += Array(end.utf8)
    let file = try ledger.folder.write("large.xml", bytes)
    let before = try everything(under: ledger.path)
    let run = try SMILedger.shell(
      "ulimit -v 600000; exec \"$@\"", ["submit", file, "--ledger", ledger.path], limit: 20)
    #expect(run.exit == 65, "\(run.errors)")
    #expect(run.isOneLine)
    #expect(
      run.sentence
        == "\(file): expected at most 1048576 bytes (1 MiB), found more. Nothing of this file was "
        + "recorded")
    #expect(run.seconds < 5)
    #expect(try everything(under: ledger.path) == before)
  }

  @Test func `or isn't there, or is a folder without any, is exit 66`() throws {
    let ledger = try FilledLedger()
    let before = try everything(under: ledger.folder.path)
    let (none, folder) = (ledger.folder.path("none.xml"), ledger.folder.path)
    for (command, file, words) in [
      (["submit"], none, "there is no file"), (["check"], none, "there is no file"),
      (["record"], none, "there is no file"), (["import", "users"], none, "there is no file"),
      (["submit"], folder, "holds no .xml file"), (["check"], folder, "holds no .xml file"),
      (["record"], folder, "holds no .xml file"),
      (["import", "users"], folder, "is a folder; a file was expected"),
    ] {
      let run = try ledger.run(command + [file])
      #expect(run.exit == 66)
      #expect(run.isOneLine && run.sentence.contains(words), "\(run.errors)")
    }
    #expect(try everything(under: ledger.folder.path) == before)
  }

  @Test func `among others is named, and the others are recorded`() throws {
    let ledger = try FilledLedger()
    let bad = try ledger.folder.write("bad.xml", "no")
    let good = try ledger.folder.write("good.xml", Request.update(1))
    let last = try ledger.folder.write("last.xml", Request.update(2))
    let run = try ledger.run("submit", bad, good, ledger.folder.path("none.xml"), last)
    #expect(run.exit == 66)
    let answers = run.output.components(separatedBy: "\n\n")
    #expect(answers.map { $0.split(separator: "\n")[0] } == [Substring(good), Substring(last)])
    #expect(answers[0].contains("\nACCEPTED") && answers[1].contains("\nACCEPTED"))
    #expect(answers[0].contains("Recorded at position \(FilledLedger.next)."), "\(run.output)")
    let told = run.errors.split(separator: "\n")
    #expect(told.count == 3)
    #expect(told[0].contains(bad) && told[1].contains("none.xml"))
    #expect(told[2] == "4 files: 2 not taken, 2 accepted")

    let json = try ledger.run("submit", bad, good, "--format", "json")
    #expect(json.exit == 65)
    #expect(json.isOneLine && json.errors.hasPrefix("{"), "\(json.errors)")
    let documents = try JSONText.array(json.output)
    #expect(documents.map { $0["file"] as? String } == [bad, good])
    #expect(documents[1]["repeated"] as? Bool == true)
  }
}

@Suite struct `A request` {
  @Test func `may begin with a byte order mark`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write(
      "bom.xml", [0xEF, 0xBB, 0xBF] + Array(Request.update(1).utf8))
    let run = try ledger.run("submit", file)
    #expect(run.exit == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("ACCEPTED  I99"))
  }

  @Test func `sent again gets its first answer, and nothing is recorded`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write("one.xml", Request.update(1))
    let first = try ledger.run("submit", file)
    let events = try ledger.events()
    let again = try ledger.run("submit", file)
    #expect((first.exit, again.exit) == (0, 0))
    #expect(again.output.contains("Recorded before, at position \(FilledLedger.next)"))
    #expect(try ledger.events() == events)
  }

  @Test func `with a RequestID of other content is refused with the place of the first`() throws {
    let ledger = try FilledLedger()
    let first = try ledger.folder.write("first.xml", Request.update(1))
    let other = try ledger.folder.write(
      "other.xml", Request.update(1, mpxn: Request.registeredToAnother))
    _ = try ledger.run("submit", first)
    let events = try ledger.events()
    let run = try ledger.run("submit", other)
    #expect(run.exit == 1)
    #expect(run.output.isEmpty && run.isOneLine)
    #expect(
      run.sentence
        == "RequestID …:1 was recorded at position \(FilledLedger.next) with other content; nothing was "
        + "recorded. A new request needs a new counter")
    let json = try ledger.run("submit", other, "--format", "json")
    #expect(json.exit == 1)
    #expect(try JSONText.object(json.errors)["type"] as? String == "requestIDReused")
    let two = try ledger.run("submit", first, other)
    #expect(two.exit == 1)
    #expect(two.sentence.hasPrefix("\(other): RequestID"), "\(two.sentence)")
    #expect(try ledger.events() == events)
  }

  @Test func `is answered even when no correction can be opened for it`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write(
      "stranger.xml",
      Request.update(
        1, mpxn: Request.registeredToAnother, by: "90-B3-D5-1F-30-77-00-00"))
    let run = try ledger.run("submit", "--open", file)
    #expect(run.exit == 1)
    #expect(run.output.hasPrefix("REFUSED"))
    #expect(run.output.contains("Recorded at position \(FilledLedger.next)"))
    #expect(run.isOneLine, "\(run.errors)")
    #expect(
      run.sentence.hasSuffix("recorded at position \(FilledLedger.next); no correction was opened"))
    let json = try ledger.run("submit", "--open", file, "--format", "json")
    #expect(json.exit == 1)
    #expect(try JSONText.object(json.output)["position"] as? Int == FilledLedger.next)
    #expect(try JSONText.object(json.errors)["exit"] as? Int == 1)
  }

  @Test func `is not recorded when its response has nowhere to go`() throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write("one.xml", Request.update(1))
    let taken = try ledger.folder.write("taken", "")
    let before = try everything(under: ledger.path)
    for folder in [taken, taken + "/below"] {
      let run = try ledger.run("submit", file, "--responses", folder)
      #expect(run.exit == 73)
      #expect(run.isOneLine, "\(run.errors)")
      #expect(run.sentence.contains("Nothing was recorded; name a folder"), "\(run.sentence)")
    }
    #expect(try everything(under: ledger.path) == before)
    let out = ledger.folder.path("a/b")
    #expect(try ledger.run("submit", file, "--responses", out).exit == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: out)
    #expect(
      names == [Request.id(1).replacingOccurrences(of: ":", with: ".") + ".response.xml"])
  }

  @Test func `is answered although another process holds the views`() async throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write("one.xml", Request.update(1))
    let descriptor = open(ledger.path + "/views.lock", O_RDWR)
    defer { close(descriptor) }
    try #require(descriptor >= 0 && flock(descriptor, LOCK_EX) == 0)
    let run = try ledger.run("submit", file)
    #expect(run.exit == 0)
    #expect(run.seconds < 10)
    #expect(run.output.contains("Recorded at position \(FilledLedger.next)"))
    #expect(run.isOneLine && run.sentence.contains("What was recorded stands"), "\(run.errors)")
  }
}
