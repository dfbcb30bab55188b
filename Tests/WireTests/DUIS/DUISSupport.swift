import Corrections
import Testing

@testable import Wire

/// Identities that stand in for a user, the DCC and devices.
enum Who {
  static let user = EUI64(bits: 0x90B3_D51F_3001_0000)
  static let dcc = EUI64(bits: 0x90B3_D51F_3000_0002)
  static let meter = EUI64(bits: 0x00DB_1234_5678_90A0)
  static let gasMeter = EUI64(bits: 0x00DB_1234_5678_90A1)
  static let hub = EUI64(bits: 0x00DB_1234_5678_90A2)
  static let proxy = EUI64(bits: 0x00DB_1234_5678_90A3)
}

/// A request to a device, or about one, with a body that a test gives.
func serviceRequest(
  _ variant: String, _ body: String, commandVariant: String = "1", target: EUI64 = Who.meter
) -> String {
  updateRequest(
    requestID: "\(Who.user):\(target):2001", commandVariant: commandVariant,
    reference: DUIS.reference(of: variant), variant: variant, body: body)
}

func readRequest(_ text: String) throws -> ServiceRequest {
  guard case .request(let request) = try DUIS.read(Array(text.utf8)) else { throw NotRead() }
  return request
}

/// A response or an alert, with the parts of its header and body that a test gives.
func responseText(
  requestID: String? = "\(Who.user):\(Who.dcc):2001", responseID: String? = nil,
  code: String = "I0", at: String = "2022-08-09T09:30:00.123Z", _ body: String
) -> String {
  let request = requestID.map { "<sr:RequestID>\($0)</sr:RequestID>" } ?? ""
  let response = responseID.map { "<sr:ResponseID>\($0)</sr:ResponseID>" } ?? ""
  return """
    <?xml version="1.0" encoding="UTF-8"?>
    <sr:Response xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4">
    <sr:Header>\(request)\(response)<sr:ResponseCode>\(code)</sr:ResponseCode>\
    <sr:ResponseDateTime>\(at)</sr:ResponseDateTime></sr:Header>
    <sr:Body>\(body)</sr:Body>
    </sr:Response>
    """
}

func readResponse(_ text: String) throws -> ReceivedResponse {
  guard case .response(let response) = try DUIS.read(Array(text.utf8)) else { throw NotRead() }
  return response
}

/// A response to SR 8.2 with those devices.
func inventoryText(_ devices: String) -> String {
  responseText(
    """
    <sr:ResponseMessage><sr:ServiceReference>8.2</sr:ServiceReference>\
    <sr:ServiceReferenceVariant>8.2</sr:ServiceReferenceVariant>\
    <sr:DSPInventory>\(devices)</sr:DSPInventory></sr:ResponseMessage>
    """)
}

/// An alert of the DCC that tells what a test gives.
func alertText(_ branch: String, code: String = "N1", throttled: String = "") -> String {
  responseText(
    requestID: nil, responseID: "\(Who.dcc):\(Who.user):7",
    """
    <sr:DCCAlertMessage><sr:DCCAlertCode>\(code)</sr:DCCAlertCode>\(throttled)\
    <sr:DCCAlert>\(branch)</sr:DCCAlert></sr:DCCAlertMessage>
    """)
}

func readAlert(_ text: String) throws -> ReceivedAlert {
  guard case .alert(let alert) = try DUIS.read(Array(text.utf8)) else { throw NotRead() }
  return alert
}

/// A decoded answer or alert of a device, with the rest of its header and its body.
func decodedText(_ body: String, header: String = "", counter: String = "2001") -> String {
  """
  <ra:GBCSResponse xmlns:ra="http://www.dccinterface.co.uk/ResponseAndAlert" schemaVersion="5.4">
  <ra:Header><ra:BusinessOriginatorID>\(Who.meter)</ra:BusinessOriginatorID>\
  <ra:BusinessTargetID>\(Who.user)</ra:BusinessTargetID>\
  <ra:OriginatorCounter>\(counter)</ra:OriginatorCounter>\(header)</ra:Header>
  <ra:Body>\(body)</ra:Body>
  </ra:GBCSResponse>
  """
}

/// A decoded answer that holds one element.
func answerText(_ answer: String, header: String = "") -> String {
  decodedText(
    "<ra:ResponseMessage><ra:SMETSData>\(answer)</ra:SMETSData></ra:ResponseMessage>",
    header: header)
}

/// `<sr:name>value</sr:name>`.
func sr(_ name: String, _ value: String) -> String { "<sr:\(name)>\(value)</sr:\(name)>" }

func sr(_ name: String, _ value: EUI64) -> String { sr(name, value.description) }

/// The document is of another kind than the test asks for.
struct NotRead: Error {}
