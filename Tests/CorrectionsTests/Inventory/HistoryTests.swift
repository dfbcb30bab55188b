import Testing

@testable import Corrections

@Suite struct `Histories` {
  private static let t = (0...9).map { local("2026-02-01", $0) }

  /// A value seen, or known to be true, from an hour on; the position is the hour's, times ten.
  private func history(_ values: (String, hour: Int, isExact: Bool)...) -> History<String> {
    var history = History<String>()
    for (index, value) in values.enumerated() {
      history.insert(
        Known(
          value: value.0, from: Self.t[value.hour], isExact: value.isExact, position: index + 1))
    }
    return history
  }

  private func says(_ history: History<String>) -> [String] {
    history.entries.map { entry in
      let hour = Self.t.firstIndex(of: entry.from) ?? -1
      return "\(entry.value)\(hour)" + (entry.isExact ? "" : " seen") + " (\(entry.position))"
    }
  }

  @Test func `keep each value once per change, in the order in which they were true`() {
    #expect(
      says(history(("A", 1, true), ("B", 2, true), ("A", 3, true)))
        == ["A1 (1)", "B2 (2)", "A3 (3)"])
  }

  @Test func `take seeing the same again for no change`() {
    #expect(says(history(("A", 1, true), ("A", 2, false), ("A", 3, true))) == ["A1 (1)"])
    #expect(says(history(("A", 1, false), ("A", 1, false))) == ["A1 seen (1)"])
  }

  @Test func `put a late arrival in its place and leave what came after it`() {
    let late = history(("A", 1, true), ("C", 3, true), ("B", 2, true))
    #expect(says(late) == ["A1 (1)", "B2 (3)", "C3 (2)"])
    #expect(late.current?.value == "C")
  }

  @Test func `move a beginning back when the value is seen earlier`() {
    #expect(says(history(("A", 3, false), ("A", 1, false))) == ["A1 seen (2)"])
    #expect(says(history(("A", 3, false), ("A", 1, true))) == ["A1 (2)"])
  }

  @Test func `know what was seen again after a late arrival`() {
    let late = history(("A", 1, false), ("A", 4, false), ("B", 2, true))
    #expect(says(late) == ["A1 seen (1)", "B2 (3)", "A4 seen (2)"])
    #expect(late.current?.value == "A", "it was seen after B")
  }

  @Test func `name the first sighting after a late arrival`() {
    let late = history(("A", 1, false), ("A", 4, false), ("A", 6, false), ("B", 2, true))
    #expect(says(late) == ["A1 seen (1)", "B2 (4)", "A4 seen (2)"])
  }

  @Test func `let the later position decide at one moment`() {
    let same = history(("A", 1, true), ("B", 1, true))
    #expect(same.current?.value == "B")
    #expect(says(same) == ["A1 (1)", "B1 (2)"])
  }

  @Test func `of nothing have no current value`() {
    #expect(History<String>().current == nil)
    #expect(History<String>().entries.isEmpty)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `are in order, change at each entry and end with what was true last`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      var history = History<Int>()
      var all: [Known<Int>] = []
      for position in 1...12 {
        let known = Known(
          value: Int.random(in: 0..<3, using: &generator),
          from: Self.t[Int.random(in: 0...9, using: &generator)],
          isExact: Bool.random(using: &generator), position: position)
        history.insert(known)
        all.append(known)
      }
      let entries = history.entries
      #expect(entries == entries.sorted { $0.from < $1.from })
      #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.value != $1.value })
      #expect(entries.allSatisfy(all.contains))
      let last = all.max { ($0.from, $0.position) < ($1.from, $1.position) }
      #expect(history.current?.value == last?.value, "seed \(seed): \(all)")
    }
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func `of moments apart do not depend on the order of arrival`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let known = (0..<8).map { index in
        Known(
          value: Int.random(in: 0..<3, using: &generator), from: Self.t[index], isExact: false,
          position: index)
      }
      func fold(_ known: [Known<Int>]) -> [Known<Int>] {
        known.reduce(into: History<Int>()) { $0.insert($1) }.entries
      }
      #expect(fold(known) == fold(known.shuffled(using: &generator)))
    }
  }
}
