/// The answer to a Service Request that carries only a code, as every answer to SR 8.4 does.
///
/// DUIS has no free-text reason: the code is all that comes back.
public struct ServiceResponse: Hashable, Sendable {
  /// The request that is answered.
  public let requestID: RequestID
  /// Such as `I99` or `E080415`.
  public let code: String
  /// `ResponseDateTime`.
  public let at: Instant
  /// Such as `8.4`.
  public let serviceReference: String
  /// Such as `8.4`.
  public let serviceReferenceVariant: String
  /// The DUIS version it is written in: the request's.
  public let schemaVersion: String

  /// Makes a response of its parts.
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
