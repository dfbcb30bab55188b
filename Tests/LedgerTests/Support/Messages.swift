import Corrections
import Testing
import Wire

@testable import Ledger

/// The DCC's messages as XML, read as any file is.
enum Message {
  static func response(
    _ code: String, to request: RequestID, at time: String = "2026-03-04T09:00:00Z",
    reference: String = "8.4", variant: String? = nil, isAcknowledgement: Bool = false,
    content: String = ""
  ) -> String {
    let answer = "\(request.target):\(request.originator):\(request.counter)"
    return document(
      """
      <RequestID>\(request)</RequestID>\
      \(isAcknowledgement ? "" : "<ResponseID>\(answer)</ResponseID>")\
      <ResponseCode>\(code)</ResponseCode><ResponseDateTime>\(time)</ResponseDateTime>
      """,
      """
      <ResponseMessage><ServiceReference>\(reference)</ServiceReference>\
      <ServiceReferenceVariant>\(variant ?? reference)</ServiceReferenceVariant>\(content)\
      </ResponseMessage>
      """)
  }

  static func alert(
    _ alertCode: String, _ content: String, at time: String = "2026-03-04T09:00:00Z",
    counter: UInt64 = 1
  ) -> String {
    document(
      """
      <ResponseID>\(Fixture.broker):\(Fixture.supA):\(counter)</ResponseID>\
      <ResponseCode>I0</ResponseCode><ResponseDateTime>\(time)</ResponseDateTime>
      """,
      """
      <DCCAlertMessage><DCCAlertCode>\(alertCode)</DCCAlertCode>\
      <DCCAlert>\(content)</DCCAlert></DCCAlertMessage>
      """)
  }

  /// An alert that SR 8.11 was carried out.
  static func hanDeviceLog(_ request: RequestID, counter: UInt64 = 1) -> String {
    alert(
      "N24",
      """
      <UpdateHANDeviceLogResult><UpdateHANDeviceLogServiceRequestID>\(request)\
      </UpdateHANDeviceLogServiceRequestID></UpdateHANDeviceLogResult>
      """, counter: counter)
  }

  static func statusChange(_ device: String, _ change: String) -> String {
    """
    <DeviceStatusChangeEvent><DeviceID>\(device)</DeviceID>\
    <DeviceStatusChange>\(change)</DeviceStatusChange></DeviceStatusChangeEvent>
    """
  }

  private static func document(_ header: String, _ body: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <Response xmlns="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4">\
    <Header>\(header)</Header><Body>\(body)</Body></Response>
    """
  }
}

extension TestLedger {
  /// Reads a message and records it.
  @discardableResult
  func record(_ xml: String) throws -> RecordedMessage {
    let raw = Array(xml.utf8)
    switch try DUIS.read(raw) {
    case .response(let response): return try ledger.record(response, raw: raw, by: nil)
    case .alert(let alert): return try ledger.record(alert, raw: raw, by: nil)
    case .request: throw NotAMessage()
    }
  }

  struct NotAMessage: Error {}

  func device(_ id: String) throws -> Device {
    try #require(try ledger.device(try eui(id)))
  }

  /// The meter point in a place of a device.
  func held(_ device: String, _ field: MPxNField = .importMPxN) throws -> String? {
    try self.device(device).current(field).flatMap { try ledger.mpxn($0.value)?.digits }
  }
}

extension RecordedMessage {
  /// What is odd about it.
  var flags: [RecordFlag] {
    switch event {
    case .serviceResponseRecorded(let event): event.flags
    case .alertRecorded(let event): event.flags
    default: []
    }
  }

  var divergence: ResponseDiverged? {
    for consequence in consequences {
      if case .responseDiverged(let event) = consequence.event { return event }
    }
    return nil
  }
}

/// A request that only a device can answer.
func asking(
  _ variant: String, _ content: ServiceRequest.Content, to target: String,
  by originator: String = Fixture.supA, counter: UInt64, commandVariant: Int = 4
) throws -> ServiceRequest {
  ServiceRequest(
    id: RequestID(originator: try eui(originator), target: try eui(target), counter: counter),
    schemaVersion: "5.4", commandVariant: commandVariant,
    serviceReference: variant.split(separator: ".").prefix(2).joined(separator: "."),
    serviceReferenceVariant: variant, content: content)
}
