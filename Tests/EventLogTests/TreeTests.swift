import Crypto
import Testing

@testable import EventLog

/// RFC 6962 section 2.1, word for word, with nothing shared with the log.
enum NaiveTree {
  static func hash(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  static func root(_ leaves: some RandomAccessCollection<[UInt8]>) -> [UInt8] {
    let leaves = Array(leaves)
    if leaves.isEmpty { return hash([]) }
    if leaves.count == 1 { return leaves[0] }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    return hash([1] + root(leaves[..<split]) + root(leaves[split...]))
  }
}

@Suite struct `root of the tree` {
  @Test func `is that of RFC 6962 at every size up to 600`() throws {
    let folder = try TemporaryFolder()
    let log = try EventLog.make(folder)
    var leaves: [[UInt8]] = []
    for count in [1, 253, 1, 1, 1, 255, 1, 86] where count > 0 {
      _ = try log.append(AppendRequest { _ in Array(repeating: .test(), count: count) })
    }
    try log.forEachEvent { event in leaves.append(NaiveTree.hash([0] + event.record)) }
    #expect(leaves.count == 600)
    for size in 0...600 {
      #expect(try log.root(at: size).bytes == NaiveTree.root(leaves[..<size]), "size \(size)")
    }
    #expect(throws: LogError.self) { try log.root(at: 601) }
    #expect(try log.tile(level: 0, index: 1) == Array(leaves[256..<512].joined()))
    #expect(try log.tile(level: 0, index: 2) == nil)
    #expect(try log.hashes(level: 0, 512..<600).map(\.bytes) == Array(leaves[512...]))
    #expect(
      try log.hashes(level: 1, 0..<2).map(\.bytes) == [
        NaiveTree.root(leaves[..<256]), NaiveTree.root(leaves[256..<512]),
      ])
  }

  @Test func `is right across the edge of a tile of tiles, also after reopening`() throws {
    var leaves: [[UInt8]] = []
    var tiles = OpenTiles(size: 0, leaves: [])
    var stored: [String: [Hash256]] = [:]
    let remembered = TileRoots()
    let store = TreeStore(
      tile: { stored["\($0)/\($1)"] }, leaves: { $0.compactMap { Hash256(leaves[$0]) } },
      rememberedRoots: remembered)
    func root(_ size: Int) throws -> [UInt8] {
      let levels = try store.openLevels(size: size)
      return TreeMath.root(of: levels.reversed().flatMap { TreeMath.perfectRoots($0) }).bytes
    }
    for index in 0..<65_540 {
      let leaf = NaiveTree.hash([UInt8(index & 255), UInt8(index >> 8 & 255), UInt8(index >> 16)])
      leaves.append(leaf)
      // Sometimes the writer starts anew and has to read what it needs.
      if index % 1000 == 700 {
        let open = index - index % 256..<index
        tiles = OpenTiles(size: index, leaves: leaves[open].compactMap { Hash256($0) })
      }
      for tile in try tiles.add(
        CollectionOfOne(try #require(Hash256(leaf))), load: store.hashes)
      {
        stored["\(tile.level)/\(tile.index)"] = tile.hashes
      }
      let size = index + 1
      if [65_279, 65_280, 65_535, 65_536, 65_537, 65_540].contains(size) {
        #expect(try root(size) == NaiveTree.root(leaves), "size \(size)")
      }
    }
    #expect(stored.count == 257)
    #expect(stored["1/0"]?.count == 256)
    // An older size whose upper tile is stored by now, and one whose isn't.
    for size in [65_535, 40_000, 65_537] {
      #expect(try root(size) == NaiveTree.root(leaves[..<size]))
    }
  }

  @Test func `over leaves in a row needs no list of them`() {
    var running = TreeMath.Running()
    var leaves: [[UInt8]] = []
    #expect(running.root.bytes == NaiveTree.root(leaves))
    for index in 0..<300 {
      let leaf = NaiveTree.hash([UInt8(index & 255), UInt8(index >> 8)])
      leaves.append(leaf)
      if let digest = Hash256(leaf) { running.add(digest) }
      #expect(running.root.bytes == NaiveTree.root(leaves))
    }
  }
}
