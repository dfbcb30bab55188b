import Foundation
import Testing

/// DUIS files that are not kept here, from the folders that these variables name.
enum Samples {
  static let files: [String] = ["SMI_LEDGER_REAL_SAMPLES", "SMI_LEDGER_DERIVED_SAMPLES"].flatMap {
    name -> [String] in
    guard let folder = ProcessInfo.processInfo.environment[name], !folder.isEmpty else {
      print("skipped: DUIS files, since \(name) names no folder of them")
      return []
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.lowercased().hasSuffix(".xml") }.sorted().map { folder + "/" + $0 }
  }

  enum Kind { case request, notDUIS, other }

  static func kind(_ file: String) throws -> Kind {
    let name = (file as NSString).lastPathComponent
    if name.hasPrefix("neg_") || name.contains("-invalid") { return .notDUIS }
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
    return text.contains(/<(\w+:)?Request\b/) ? .request : .other
  }
}

@Suite struct `Each DUIS file at hand` {
  @Test(arguments: Samples.files)
  func `is answered when it is a request, and else refused with its place`(_ file: String) throws {
    let ledger = try FilledLedger()
    let before = try everything(under: ledger.path)
    let checked = try ledger.run("check", file)
    let checkedJSON = try ledger.run("check", file, "--format", "json")
    #expect(try everything(under: ledger.path) == before)
    let submitted = try ledger.run("submit", file, "--format", "json")
    #expect(checked.exit == submitted.exit && checkedJSON.exit == submitted.exit)

    switch try Samples.kind(file) {
    case .request:
      #expect([0, 1].contains(submitted.exit), "\(submitted.errors)")
      #expect(submitted.errors.isEmpty && checked.errors.isEmpty)
      let answer = try JSONText.object(submitted.output)
      #expect(answer["position"] as? Int == 24)
      if answer["code"] is String {
        let response = try #require(answer["response"] as? String)
        #expect(response.contains("<sr:RequestID>\(answer["requestID"] ?? "")</sr:RequestID>"))
        #expect(response.contains("<sr:ResponseCode>\(answer["code"] ?? "")</sr:ResponseCode>"))
      }
      let word = checked.output.prefix { $0 != " " }
      #expect(["ACCEPTED", "REFUSED", "UNKNOWN", "NOT"].contains(word), "\(checked.output)")
    case .notDUIS, .other:
      #expect(checked.exit == 65 && checked.isOneLine && checked.output.isEmpty)
      #expect(checked.sentence.hasPrefix(file + ":"))
      let places = checked.sentence.dropFirst(file.count).split(separator: ":")
      #expect(places.count > 2 && Int(places[0]) != nil && Int(places[1]) != nil)
      #expect(checked.sentence.hasSuffix("othing of this file was recorded"))
      if try Samples.kind(file) == .other {
        #expect(checked.sentence.contains("belong to smi-ledger record"), "\(checked.sentence)")
      }
      #expect(submitted.output.isEmpty && submitted.isOneLine)
      #expect(try everything(under: ledger.path) == before)
    }
  }
}
