import CanonicalJSON
import Crypto
import Foundation
import GRDBSQLite
import Testing

@testable import EventLog

/// Section 4 of the published form, word for word, with nothing shared with the log: a trie made by
/// splitting a dictionary bit by bit.
enum NaiveTrie {
  static func big(_ number: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
  }

  /// The leaf of each tag by its key.
  static func leaves(_ events: [StoredEvent]) throws -> [[UInt8]: [UInt8]] {
    var timelines: [String: [(Int, [UInt8])]] = [:]
    for event in events {
      for tag in try event.read().tags {
        timelines[tag, default: []].append((event.position, event.leaf.bytes))
      }
    }
    var leaves: [[UInt8]: [UInt8]] = [:]
    for (tag, events) in timelines {
      var chain = [UInt8](repeating: 0, count: 32)
      for (position, leaf) in events {
        chain = NaiveTree.hash([2] + chain + big(position) + leaf)
      }
      let key = NaiveTree.hash(Array(tag.utf8))
      leaves[key] = NaiveTree.hash([0] + key + big(events.count) + big(events.last?.0 ?? 0) + chain)
    }
    return leaves
  }

  static func root(_ leaves: [[UInt8]: [UInt8]], depth: Int = 0) -> [UInt8] {
    if leaves.isEmpty { return [UInt8](repeating: 0, count: 32) }
    if let only = leaves.first, leaves.count == 1 { return only.value }
    func isRight(_ key: [UInt8]) -> Bool { key[depth / 8] >> (7 - depth % 8) & 1 == 1 }
    return NaiveTree.hash(
      [1] + root(leaves.filter { !isRight($0.key) }, depth: depth + 1)
        + root(leaves.filter { isRight($0.key) }, depth: depth + 1))
  }
}

@Suite struct `a seal of all timelines` {
  private func filled(_ log: EventLog, events: Int, tags: Int, seed: UInt64) throws {
    var state = seed
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for start in stride(from: 0, to: events, by: 500) {
      let drafts = (start..<min(start + 500, events)).map { _ in
        Draft.test(tags: Set((0..<next(4)).map { _ in "device:D\(next(tags))" }).sorted())
      }
      _ = try log.append(AppendRequest { _ in drafts })
    }
  }

  @Test(arguments: [(1, 1), (40, 3), (300, 200), (2_000, 5_000)])
  func `has the root that splitting bit by bit gives`(_ events: Int, _ tags: Int) throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    try filled(log, events: events, tags: tags, seed: 7)
    let head = try log.lastPosition()
    let leaves = try NaiveTrie.leaves(try log.events(from: 1, through: head))
    let root = try log.withSeal { try $0.advance(to: head) }
    #expect(root.root.bytes == NaiveTrie.root(leaves))
    #expect(root.tags == leaves.count && root.upTo == head)
  }

  @Test func `is the same step by step, at once, begun anew, and in passing`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    try filled(log, events: 1_000, tags: 300, seed: 3)
    let head = try log.lastPosition()
    var roots: [Int: TimelineSeal.Root] = [:]
    for position in [1, 2, 5, 300, 301, 777, head] {
      roots[position] = try log.withSeal { try $0.advance(to: position) }
    }
    for (position, root) in roots {
      #expect(try log.withPassingSeal { try $0.advance(to: position) } == root, "\(position)")
    }
    #expect(try log.withSeal(anew: true) { try $0.advance(to: head) } == roots[head])
    #expect(try log.withSeal { try $0.upTo } == head)
  }

  @Test func `proves each timeline whole, and none with an event less, more, or moved`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    try filled(log, events: 800, tags: 150, seed: 11)
    let head = try log.lastPosition()
    try log.withSeal { seal in
      let root = try seal.advance(to: head).root
      for number in 0..<150 {
        let tag = "device:D\(number)"
        let events = try log.timeline(tag).map { ($0.position, $0.leaf) }
        guard let proof = try seal.proof(of: tag) else {
          #expect(events.isEmpty, "\(tag)")
          continue
        }
        #expect(proof.count == events.count && proof.last == events.last?.0)
        #expect(proof.root(of: events) == root)
        for index in events.indices {
          var fewer = events
          fewer.remove(at: index)
          #expect(proof.root(of: fewer) != root)
        }
        #expect(proof.root(of: events + [(head, Hash256.zero)]) != root)
        if events.count > 1 { #expect(proof.root(of: events.reversed()) != root) }
      }
      #expect(try seal.proof(of: "device:nobody") == nil)
    }
  }

  @Test func `of one timeline is that timeline`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    _ = try log.append(.test(tags: ["device:1"]))
    let head = try log.lastPosition()
    try log.withSeal { seal in
      let root = try seal.advance(to: head)
      let proof = try #require(try seal.proof(of: "device:1"))
      #expect(root.tags == 1 && proof.siblings.isEmpty)
      let events = try log.timeline("device:1").map { ($0.position, $0.leaf) }
      #expect(proof.root(of: events) == root.root)
    }
  }

  @Test func `goes on where a killed process left it, and says when its file is of no use`() throws
  {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    try filled(log, events: 400, tags: 60, seed: 5)
    let head = try log.lastPosition()
    let path = folder.ledger + "/seal.sqlite"
    let root = try log.withSeal { try $0.advance(to: head) }
    #expect(root == (try log.withPassingSeal { try $0.advance(to: head) }))
    // What it was left like, by hand, by a disk, by another ledger.
    let elsewhere = try TemporaryFolder()
    let other = try EventLog.make(elsewhere)
    try filled(other, events: 300, tags: 60, seed: 5)
    _ = try other.withSeal { try $0.advance(to: 200) }
    let foreign = try Data(contentsOf: URL(fileURLWithPath: other.folder + "/seal.sqlite"))
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    func expectHealed(_ what: String) throws {
      try filled(log, events: 30, tags: 60, seed: 9)
      let head = try log.lastPosition()
      let root = try log.withSeal { try $0.advance(to: head) }
      #expect(root == (try log.withPassingSeal { try $0.advance(to: head) }), "\(what)")
    }
    for (what, bytes) in [
      ("no database", Data("no database".utf8)), ("half", whole.prefix(whole.count / 2)),
      ("nothing", Data()), ("another ledger's", foreign),
      ("random bytes", Data((0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31) })),
    ] {
      try bytes.write(to: URL(fileURLWithPath: path))
      try expectHealed(what)
    }
    for sql in [
      "UPDATE chain SET head = zeroblob(32)", "DELETE FROM state", "UPDATE state SET up_to = 10",
      "UPDATE state SET up_to = 900000", "DROP TABLE bucket",
      "UPDATE chain SET head = zeroblob(1)", "DELETE FROM chain",
      "INSERT OR REPLACE INTO bucket VALUES (70000, 1, zeroblob(32))",
      "INSERT OR REPLACE INTO bucket VALUES (-1, 1, zeroblob(32))", "PRAGMA user_version = 9",
    ] {
      var handle: OpaquePointer?
      sqlite3_open(path, &handle)
      #expect(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK, "\(sql)")
      sqlite3_close(handle)
      try expectHealed(sql)
    }
  }
}
