package import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
package import Wire

/// What is answered to one request.
package struct Reply: Sendable {
  package var status: HTTPResponse.Status
  package var headers: HTTPFields
  package var body: [UInt8]

  /// Bytes of a media type.
  package init(
    _ body: [UInt8], as type: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) {
    self.status = status
    self.headers = headers
    self.headers[.contentType] = type
    self.body = body
  }

  /// A JSON document.
  package static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Reply {
    Reply(json.utf8, as: "application/json", status: status)
  }

  /// A JSON object.
  package static func json(
    _ members: [(key: String, value: JSON)], status: HTTPResponse.Status = .ok
  ) -> Reply {
    json(.object(members), status: status)
  }

  /// Rows for a spreadsheet; they begin with a mark by which Excel knows UTF-8.
  package static func csv(_ text: String) -> Reply {
    Reply(Array(("\u{FEFF}" + text).utf8), as: "text/csv; charset=utf-8; header=present")
  }

  /// Plain text.
  package static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Reply {
    Reply(Array(text.utf8), as: type)
  }

  /// The same with another header.
  package func with(_ name: HTTPField.Name, _ value: String) -> Reply {
    var reply = self
    reply.headers[name] = value
    return reply
  }

  /// The answer as the server sends it.
  func response(isHead: Bool) -> Response {
    var headers = headers
    headers[.contentLength] = String(body.count)
    let hasBody = !isHead && status != .notModified && status != .noContent
    if status == .notModified || status == .noContent { headers[.contentLength] = nil }
    return Response(
      status: status, headers: headers,
      body: hasBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: body)) : ResponseBody())
  }
}

extension HTTPField.Name {
  /// The name of a header that HTTP itself does not know.
  static func own(_ name: String) -> HTTPField.Name {
    guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is no header") }
    return field
  }

  package static let requestID = own("Request-Id")
  package static let position = own("Ledger-Position")
  package static let idempotencyKey = own("Idempotency-Key")
  package static let idempotentReplayed = own("Idempotent-Replayed")
}
