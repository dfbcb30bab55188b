import Corrections
import Testing

@testable import Wire

@Suite(.enabled(if: XMLLint.path != nil, Comment(rawValue: XMLLint.isMissing)))
struct `The schema of what is read` {
  @Test func `accepts the files that the reader accepts, and no others`() throws {
    let files = SchemaCorpus.files
    let accepted = try XMLLint.accepted(files.map(\.bytes))
    #expect(files.count > 30)
    for (index, file) in files.enumerated() {
      let refusal = refusal(file.bytes)
      #expect(accepted.contains(index) == (refusal == nil), "\(file.name): \(refusal ?? "read")")
      if file.name.hasPrefix("neg_") { #expect(refusal != nil, "\(file.name)") }
    }
  }

  @Test func `accepts one of each thing that is read`() throws {
    let texts = SchemaCorpus.written
    let accepted = try XMLLint.accepted(texts.map { Array($0.utf8) })
    for (index, text) in texts.enumerated() {
      #expect(refusal(text) == nil, "\(text)")
      #expect(accepted.contains(index), "\(text)")
    }
  }

  @Test func `accepts everything that is written`() throws {
    var written: [[UInt8]] = []
    for file in SchemaCorpus.files {
      guard let document = try? DUIS.read(file.bytes) else { continue }
      switch document {
      case .request(let request): written += [DUIS.write(request: request)].compactMap { $0 }
      case .response(let response):
        guard let id = response.requestID, let at = response.at else { continue }
        let answer = ServiceResponse(
          requestID: id, code: response.code, at: at,
          serviceReference: response.serviceReference ?? "8.4",
          serviceReferenceVariant: response.serviceReferenceVariant ?? "8.4",
          schemaVersion: response.schemaVersion)
        written.append(DUIS.write(answer))
        if case .inventory(let rows) = response.content {
          let bare = InventoryRow(
            deviceID: Who.hub, deviceType: .chf, postCode: "ZZ9", addressIdentifier: "12")
          written.append(DUIS.write(answer, inventory: rows))
          written.append(DUIS.write(answer, inventory: Array(repeating: bare, count: 17)))
        }
      case .alert: continue
      }
    }
    #expect(written.count > 25)
    let accepted = try XMLLint.accepted(written)
    for (index, bytes) in written.enumerated() {
      #expect(accepted.contains(index), "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  /// What the reader says of the rules that XSD can't express; the schemas list them at their top.
  private static let beyondXSD = [
    "as ServiceReference says", "which goes with ServiceReference",
    "an element of DUIS with content, or the end of ResponseMessage",
  ]
  private static let beyondDecodedXSD = [
    "whose name ends with Rsp", "expected a Timestamp in Header or DeviceAlertContent",
    "expected no attribute but MessageSuccess on SetDeviceConfigurationExportMPANRsp",
  ]

  @Test(arguments: 1...4)
  func `agrees with the reader on documents with one thing changed`(seed: Int) throws {
    let texts =
      SchemaCorpus.written
      + (try sampleNames.filter { !$0.hasPrefix("neg_") }.map {
        String(decoding: try sample($0), as: UTF8.self)
      })
    // That one holds a Request, which only an element of its own name may: the schema says so.
    try expectAgreement(
      on: texts.filter { !$0.contains("DSPWANMatrix") }, seed, "duis-subset", Self.beyondXSD)
  }

  @Test(arguments: 1...4)
  func `agrees with the reader on decoded answers with one thing changed`(seed: Int) throws {
    try expectAgreement(on: DecodedSamples.all, seed, "mmc-subset", Self.beyondDecodedXSD)
  }

  private func expectAgreement(
    on texts: [String], _ seed: Int, _ schema: String, _ beyond: [String]
  ) throws {
    var random = Seeded(seed: seed)
    let whole = try XMLLint.accepted(texts.map { Array($0.utf8) }, by: schema)
    #expect(whole.count == texts.count)
    let documents = texts.map(MutatedXML.init)
    var mutants: [(bytes: [UInt8], what: String)] = []
    while mutants.count < 400 {
      let document = documents[Int.random(in: 0..<documents.count, using: &random)]
      let index = Int.random(in: 1..<document.elements.count, using: &random)
      let changes = MutatedXML.Change.allCases
      let change = changes[Int.random(in: 0..<changes.count, using: &random)]
      guard let bytes = document.changed(index, change) else { continue }
      mutants.append((bytes, "\(change) of \(document.elements[index].name)"))
    }
    let accepted = try XMLLint.accepted(mutants.map(\.bytes), by: schema)
    var refused = 0
    for (index, mutant) in mutants.enumerated() {
      let refusal = refusal(mutant.bytes)
      if refusal != nil { refused += 1 }
      if let refusal, beyond.contains(where: refusal.contains) { continue }
      #expect(
        accepted.contains(index) == (refusal == nil),
        """
        \(mutant.what): \(refusal ?? "read")
        \(String(decoding: mutant.bytes, as: UTF8.self))
        """)
    }
    #expect(refused > 100 && refused < 400)
  }
}
