/// Where a device, as a request would leave it, stands on the Central Products List.
public enum ProductAnswer: Hashable, Sendable {
  /// No list was imported, so nothing can be said.
  case listNotHeld
  /// The SMI and the request together don't say what to look for.
  case notDescribed(missing: FactName)
  /// The list imported at that position, and those before it, do not name it.
  case notListed(imported: Int)
  /// The newest line about it at the request's time, and the event that says so.
  case listed(Product, position: Int)
}

extension Product {
  /// Whether it stands on the list, in force, at a moment.
  public func isInForce(at time: Instant) -> Bool {
    guard status == .active else { return false }
    if let listedFrom, time < listedFrom { return false }
    if let listedTo, time >= listedTo { return false }
    return true
  }
}
