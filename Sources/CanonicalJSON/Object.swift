/// The members of a JSON object, sorted by key, no key twice.
public struct Object: Hashable, Sendable {
  /// One key with its value.
  public struct Member: Hashable, Sendable {
    /// The key, printable ASCII without quotation mark and backslash.
    public let key: String
    /// What stands under the key.
    public let value: CanonicalJSON.Value

    /// Makes one member.
    @inlinable public init(key: String, value: CanonicalJSON.Value) {
      self.key = key
      self.value = value
    }
  }

  /// The members in the order they are written.
  public private(set) var members: [Member]

  /// Makes an object without members.
  public init() {
    members = []
  }

  /// Makes an object from members in any order; a member whose value is `nil` is left out.
  ///
  /// - Precondition: No key stands twice.
  public init(_ unsorted: [(String, CanonicalJSON.Value?)]) {
    members = []
    members.reserveCapacity(unsorted.count)
    for (key, value) in unsorted {
      if let value { members.append(Member(key: key, value: value)) }
    }
    members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for index in members.indices.dropFirst() {
      precondition(
        members[index - 1].key != members[index].key, "key \(members[index].key) stands twice")
    }
  }

  /// Makes an object from members that the reader has found sorted and unique.
  init(alreadySorted members: [Member]) {
    self.members = members
  }

  /// The value of a key, `nil` when it is absent; setting `nil` takes it out.
  public subscript(key: String) -> CanonicalJSON.Value? {
    get {
      // Objects are small: looking along beats a search by halves.
      for member in members where member.key == key { return member.value }
      return nil
    }
    set {
      let place =
        members.firstIndex { !$0.key.utf8.lexicographicallyPrecedes(key.utf8) } ?? members.endIndex
      if place < members.endIndex, members[place].key == key {
        members.remove(at: place)
      }
      if let newValue {
        members.insert(Member(key: key, value: newValue), at: place)
      }
    }
  }

  /// The keys in order.
  public var keys: [String] { members.map(\.key) }
}

extension Object: ExpressibleByDictionaryLiteral {
  /// Makes an object from a literal; a member whose value is `nil` is left out.
  public init(dictionaryLiteral members: (String, CanonicalJSON.Value?)...) {
    self.init(members)
  }
}
