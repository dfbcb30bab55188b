/// A finished set of reference rows, as its event names it.
public struct ReferenceSet: Hashable, Sendable {
  /// Its number, from 1.
  public let set: Int
  /// How many rows it has.
  public let rows: Int
  /// The RFC 6962 root over its rows in order.
  public let root: Hash256

  /// Names a set.
  public init(set: Int, rows: Int, root: Hash256) {
    self.set = set
    self.rows = rows
    self.root = root
  }
}

/// One row of reference data.
public struct ReferenceRow: Hashable, Sendable {
  /// The set it belongs to.
  public let set: Int
  /// Its place in the set, from 1.
  public let row: Int
  /// What it is found by, 1 to 255 bytes, such as a token's 32.
  public let key: [UInt8]
  /// The row itself, in canonical JSON.
  public let content: [UInt8]

  /// The row's leaf: SHA-256(0 ‖ len16(key) ‖ key ‖ content).
  static func leaf(key: UnsafeRawBufferPointer, content: UnsafeRawBufferPointer) -> Hash256 {
    var hash = Hash()
    hash.add(0)
    hash.add(key.count, width: 2)
    hash.add(key)
    hash.add(content)
    return hash.digest()
  }
}

/// Counts and hashes the rows of a set as they are written, so that they need not be read again.
public struct ReferenceTally: Sendable {
  private var tree = TreeMath.Running()

  /// Begins with no rows.
  public init() {}

  /// Adds the next row.
  public mutating func add(key: [UInt8], content: [UInt8]) {
    tree.add(
      key.withUnsafeBytes { key in
        content.withUnsafeBytes { ReferenceRow.leaf(key: key, content: $0) }
      })
  }

  /// The set of these rows, as an append is to name it.
  public func finished(set: Int) -> ReferenceSet {
    ReferenceSet(set: set, rows: tree.count, root: tree.root)
  }
}
