/// How C2SP `tlog-tiles` writes the number of a tile in a path.
package enum TilePath {
  /// `x001/x234/067`.
  package static func text(_ index: Int) -> String {
    var parts: [String] = []
    var rest = index
    repeat {
      let part = String(rest % 1000)
      parts.append(String(repeating: "0", count: 3 - part.count) + part)
      rest /= 1000
    } while rest > 0
    return parts.reversed().enumerated().map { $0 + 1 < parts.count ? "x" + $1 : $1 }
      .joined(separator: "/")
  }
}

/// Where things stand in the folder of a backup.
package struct BackupLayout: Sendable {
  /// The folder, as an absolute path.
  package let folder: String

  package init(folder: String) { self.folder = folder }

  /// What grows: the static layout of the log, and the reference sets beside it.
  package var log: String { folder + "/log" }
  package var references: String { log + "/references" }
  /// What is rewritten whole: everything that can be erased.
  package var subjects: String { folder + "/subjects" }
  package var values: String { folder + "/" + Self.values }
  package var newValues: String { values + WholeFile.unfinished }

  static let values = "subjects/values.sqlite"

  static func reference(_ set: Int) -> String { "log/references/\(set)" }

  /// The names that a backup's folder may hold.
  package static let names: Set<String> = ["log", "subjects"]
}

/// A file of a backup that is not what was written, or is not there.
public struct DamagedBackup: Error, Hashable, Sendable {
  /// The file, or two of which one was changed, as seen from the backup's folder.
  public let file: String
  /// What was expected and found.
  public let what: String

  package init(file: String, what: String) {
    self.file = file
    self.what = what
  }
}
