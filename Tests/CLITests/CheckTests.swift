import Foundation
import Testing

/// A request, what comes back, and with which exit.
struct Judged: CustomTestStringConvertible {
  let name: String
  let request: String
  let code: String?
  let exit: Int32

  var testDescription: String { name }

  static let all: [Judged] = [
    Judged(name: "its own MPxN", request: Request.update(1), code: "I99", exit: 0),
    Judged(
      name: "another's MPxN", request: Request.update(1, mpxn: Request.registeredToAnother),
      code: "E080415", exit: 1),
    Judged(
      name: "another's device",
      request: Request.update(1, mpxn: Request.registeredToAnother, by: "90-B3-D5-1F-30-03-00-00"),
      code: "E080410", exit: 1),
    Judged(
      name: "an MPAN on a gas meter", request: Request.update(1, device: "00-DB-12-34-56-78-90-A1"),
      code: "I99", exit: 0),
    Judged(
      name: "a Pending device", request: Request.update(1, device: "00-DB-12-34-56-78-91-04"),
      code: "E080414", exit: 1),
    Judged(
      name: "an MPxN that nobody is registered for",
      request: Request.update(1, mpxn: "1100000000090"), code: "E080415", exit: 1),
    Judged(
      name: "a device that isn't held",
      request: Request.update(1, device: "00-DB-12-34-56-78-99-99"), code: "E080414", exit: 1),
    Judged(
      name: "a sender that isn't known", request: Request.update(1, by: "90-B3-D5-1F-30-77-00-00"),
      code: "E1", exit: 1),
    Judged(
      name: "a device to delete that is not Pending",
      request: Request.update(1, change: "<sr:DeleteDevice/>"), code: "E080407", exit: 1),
    Judged(
      name: "a wrong check digit", request: Request.update(1, mpxn: "1200005432102"),
      code: "E080415",
      exit: 1),
  ]
}

@Suite struct `check` {
  @Test(arguments: Judged.all)
  func `answers as submit does, and touches nothing`(_ judged: Judged) throws {
    let ledger = try FilledLedger()
    let file = try ledger.folder.write("one.xml", judged.request)
    let before = try everything(under: ledger.folder.path)
    let table = try ledger.run("check", file)
    let checked = try ledger.run("check", file, "--format", "json")
    #expect(try everything(under: ledger.folder.path) == before)
    #expect(table.exit == judged.exit && checked.exit == judged.exit, "\(checked.output)")
    #expect(table.errors.isEmpty && checked.errors.isEmpty)

    let submitted = try ledger.run("submit", file, "--format", "json")
    #expect(submitted.exit == judged.exit)
    var predicted = try JSONText.object(checked.output)
    var after = try JSONText.object(submitted.output)
    #expect(after["code"] as? String == judged.code)
    #expect(after["position"] as? Int == FilledLedger.next)
    #expect(predicted["recorded"] is NSNull)
    predicted["recorded"] = nil
    for key in ["position", "repeated", "correction", "response", "consequences"]
    where predicted[key] == nil {
      after[key] = nil
    }
    #expect(NSDictionary(dictionary: predicted) == NSDictionary(dictionary: after))
    #expect(try ledger.events() > FilledLedger.imported)
    let later = try ledger.run("check", file)
    #expect(
      later.output.contains("recorded already, at position \(FilledLedger.next)"), "\(later.output)"
    )
  }

  @Test func `of many files is an array in their order`() throws {
    let ledger = try FilledLedger()
    let files = try Judged.all.enumerated().map {
      try ledger.folder.write("\($0).xml", $1.request)
    }
    let run = try ledger.run(["check"] + files + ["--format", "json"])
    #expect(run.exit == 1)
    #expect(try JSONText.array(run.output).map { $0["code"] as? String } == Judged.all.map(\.code))
  }
}
