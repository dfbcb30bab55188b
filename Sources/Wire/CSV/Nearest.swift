/// Finds the word that was probably meant.
public enum Nearest {
  /// The nearest of some words, if one is near: alike but for case, blanks and `_-`, or a few
  /// letters off.
  public static func of(_ word: String, among words: [String]) -> String? {
    let plain = simplified(word)
    guard !plain.isEmpty else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in words {
      let other = simplified(candidate)
      let distance = distance(plain, other)
      guard distance <= max(1, min(plain.count, other.count) / 3) else { continue }
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// `A=b` as a shell takes it in one piece.
  static func quoted(_ heading: String, _ field: String? = nil) -> String {
    let text = field.map { "\(heading)=\($0)" } ?? heading
    let shown = Shown.name(text)
    let isPlain = shown.utf8.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 61, 95: true
      default: false
      }
    }
    return isPlain ? shown : "'\(shown)'"
  }

  private static func simplified(_ word: String) -> [UInt8] {
    word.lowercased().utf8.prefix(64).filter { $0 != 95 && $0 != 45 && $0 != 32 }
  }

  /// How many letters must be changed, added or taken away.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let change = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
