/// An event as it lies in the log.
public struct StoredEvent: Hashable, Sendable {
  /// Its place, from 1.
  public let position: Int
  /// The record, exactly as hashed.
  public let record: [UInt8]
  /// Its hash as a leaf of the tree.
  public let leaf: Hash256
  /// The marks of its tags, of its key, and of a clock that went back, in this order.
  public let marks: [Int64]

  /// Whether the record still has the hash that stands beside it.
  public var isAsHashed: Bool { record.withUnsafeBytes { TreeMath.leaf($0) } == leaf }

  /// Reads the record.
  public func read() throws(Record.Malformed) -> Record {
    try Record(reading: record)
  }
}
