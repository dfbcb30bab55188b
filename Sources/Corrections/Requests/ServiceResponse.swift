/// The answer to a Service Request that carries only a code, as every answer to SR 8.4 does.
///
/// DUIS has no free-text reason: the code is all that comes back.
public struct ServiceResponse: Hashable, Sendable {
  public let requestID: RequestID
  /// Such as `I99` or `E080415`.
  public let code: String
  public let at: Instant
  public let serviceReference: String
  public let serviceReferenceVariant: String
  public let schemaVersion: String

  public init(
    requestID: RequestID, code: String, at: Instant, serviceReference: String,
    serviceReferenceVariant: String, schemaVersion: String
  ) {
    self.requestID = requestID
    self.code = code
    self.at = at
    self.serviceReference = serviceReference
    self.serviceReferenceVariant = serviceReferenceVariant
    self.schemaVersion = schemaVersion
  }
}
