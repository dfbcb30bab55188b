import Foundation
import Testing

/// The DCC's messages, made from the request that they answer.
private enum Message {
  static func response(_ code: String, to counter: Int, time: String = "2026-03-04T09:00:00Z")
    -> String
  {
    document(
      """
      <sr:RequestID>\(Request.id(counter))</sr:RequestID>
          <sr:ResponseCode>\(code)</sr:ResponseCode>
          <sr:ResponseDateTime>\(time)</sr:ResponseDateTime>
      """,
      """
      <sr:ResponseMessage>
            <sr:ServiceReference>8.4</sr:ServiceReference>
            <sr:ServiceReferenceVariant>8.4</sr:ServiceReferenceVariant>
          </sr:ResponseMessage>
      """)
  }

  static let suspended = document(
    """
    <sr:ResponseID>90-B3-D5-1F-30-00-00-02:\(Request.supA):77</sr:ResponseID>
        <sr:ResponseCode>I0</sr:ResponseCode>
        <sr:ResponseDateTime>2026-03-05T09:00:00Z</sr:ResponseDateTime>
    """,
    """
    <sr:DCCAlertMessage>
          <sr:DCCAlertCode>N16</sr:DCCAlertCode>
          <sr:DCCAlert><sr:DeviceStatusChangeEvent><sr:DeviceID>\(Request.device)</sr:DeviceID>
          <sr:DeviceStatusChange><sr:DeviceSuspended/></sr:DeviceStatusChange>
          </sr:DeviceStatusChangeEvent></sr:DCCAlert>
        </sr:DCCAlertMessage>
    """)

  private static func document(_ header: String, _ body: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <sr:Response xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4">
      <sr:Header>
        \(header)
      </sr:Header>
      <sr:Body>
        \(body)
      </sr:Body>
    </sr:Response>

    """
  }
}

@Suite struct `record` {
  @Test func `says what came back, what was predicted, and what follows`() throws {
    let ledger = try FilledLedger(mode: "observer")
    let request = try ledger.folder.write("request.xml", Request.update(1))
    try ledger.run("submit", request)
    let file = try ledger.folder.write("refused.xml", Message.response("E080410", to: 1))
    let run = try ledger.run("record", file)
    #expect(run.exit == 0 && run.errors.isEmpty)
    #expect(run.output.hasPrefix("DIVERGED  E080410   SR 8.4  \(Request.id(1))"), "\(run.output)")
    #expect(
      run.output.contains("predicted I99 (judged at \(FilledLedger.next + 1)), E080410 came back"))
    #expect(run.output.contains("\nRecorded at position \(FilledLedger.next + 2)."))
    let again = try ledger.run("record", file)
    #expect(again.exit == 0)
    #expect(
      again.output.contains(
        "Recorded before, at position \(FilledLedger.next + 2); nothing was recorded now."))

    let shown = try ledger.run("device", "history", Request.device)
    #expect(
      shown.output.contains(
        "flag  E080410 came back where I99 was predicted (\(FilledLedger.next + 3))"))
    let timeline = try ledger.run("timeline", "request", Request.id(1))
    #expect(timeline.output.contains("DIVERGED: predicted I99"), "\(timeline.output)")
    let report = try ledger.run("report", "--divergence", "--format", "json")
    let counted = try JSONText.object(report.output)
    let counts = try #require(counted["byCode"] as? [[String: Any]])
    #expect(counts.count == 1)
    #expect(counts[0]["predicted"] as? String == "I99")
    #expect(counts[0]["returned"] as? String == "E080410")
    #expect(counts[0]["responses"] as? Int == 1)
    let csv = try ledger.run("report", "--divergence", "--format", "csv")
    #expect(csv.output.contains("I99,E080410,1"), "\(csv.output)")
  }

  @Test func `takes a folder, a file at a time, and sums them up`() throws {
    let ledger = try FilledLedger(mode: "observer")
    let folder = ledger.folder.path("answers")
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false)
    try ledger.folder.write("answers/a.xml", Message.suspended)
    try ledger.folder.write("answers/b.xml", Request.update(5))
    try ledger.folder.write("answers/c.xml", Message.response("I0", to: 6))
    let run = try ledger.run("record", folder)
    #expect(run.exit == 65)
    #expect(run.output.contains("a.xml\nALERT  N16   DeviceStatusChangeEvent"), "\(run.output)")
    #expect(run.output.contains("status Commissioned → Suspended (alert)"))
    #expect(run.output.contains("odd  the request that it names isn't recorded here"))
    #expect(run.errors.contains("b.xml:1:1: expected a response or an alert"))
    #expect(run.errors.contains("3 files: 2 recorded, 1 not taken"), "\(run.errors)")
    let json = try JSONText.array(try ledger.run("record", folder, "--format", "json").output)
    #expect(json.map { $0["repeated"] as? Bool } == [true, nil, true])
    #expect(json[0]["kind"] as? String == "alert")
    #expect(
      (json[0]["consequences"] as? [[String: Any]])?.first?["type"] as? String
        == "DeviceStatusChanged")
    #expect(json[1]["error"] as? String == "malformed")
  }

  @Test func `then submit of the request tells what the earlier answer did`() throws {
    let ledger = try FilledLedger(mode: "observer")
    let answer = try ledger.folder.write("answer.xml", Message.response("I0", to: 1))
    try ledger.run("record", answer)
    let request = try ledger.folder.write("request.xml", Request.update(1))
    let checked = try JSONText.object(
      try ledger.run("check", request, "--format", "json").output)
    #expect(checked["recorded"] is NSNull, "an answer is not the request")
    let run = try ledger.run("submit", request)
    #expect(run.output.contains("changed importMPxN from …126 to …101 (response)"), "\(run.output)")
  }
}

@Suite struct `check of a folder` {
  @Test func `answers for each file, at a time that is said`() throws {
    let ledger = try FilledLedger()
    let folder = ledger.folder.path("requests")
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false)
    // SUPB is registered from 9 January 2026 on.
    for counter in 1...2 {
      try ledger.folder.write(
        "requests/\(counter).xml",
        Request.update(
          counter, device: Request.otherDevice, mpxn: Request.registeredToAnother))
    }
    let before = try everything(under: ledger.path)
    let run = try ledger.run("check", folder, "--at", "2026-04-01T00:00:00Z")
    #expect(run.exit == 1)
    #expect(run.output.contains("1.xml\nREFUSED  E080415   predicted as of 2026-04-01T00:00:00"))
    #expect(run.errors.contains("2 files: 2 refused"))
    #expect(try everything(under: ledger.path) == before)
  }
}

@Suite struct `explain` {
  @Test func `lists every code, and no line is wider than a terminal`() throws {
    let run = try SMILedger.run(["explain"])
    #expect(run.exit == 0)
    for line in run.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    let codes = try JSONText.array(try SMILedger.run(["explain", "--format", "json"]).output)
      .compactMap { $0["code"] as? String }
    for code in codes { #expect(run.output.contains(code), "\(code)") }
    #expect(Set(codes).count == codes.count && codes.count > 190)
  }

  @Test(arguments: ["I0", "I99", "E1", "E13", "E080406", "E080411", "E120201", "E19"])
  func `says of a code what it asks, whence, and what is inferred`(_ code: String) throws {
    let run = try SMILedger.run(["explain", code.lowercased()])
    #expect(run.exit == 0)
    #expect(run.output.hasPrefix(code + "  "), "\(run.output)")
    for name in ["Rule", "Source", "Next", "Retry"] {
      #expect(run.output.contains("\n\(name) "), "\(name)")
    }
    for line in run.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func `of a word that is no code says that it lists them`() throws {
    for word in ["E9999", ""] {
      let run = try SMILedger.run(["explain", word])
      #expect(run.exit == 64)
      #expect(run.sentence.contains("smi-ledger explain lists all"), "\(run.errors)")
    }
  }
}
