internal import Foundation

/// Why a file couldn't be opened, read or written.
public enum FileProblem: Error, Hashable, Sendable {
  /// There is no such file.
  case missing(String)
  /// It is a folder.
  case isFolder(String)
  /// It is there and can't be read; the reason is the system's.
  case unreadable(String, reason: String)
  /// It can't be written; the reason is the system's.
  case unwritable(String, reason: String)
  /// What is to be written is the file that is being read.
  case sameFile(String)
  /// It is not what it was when it was checked, or was written to during that.
  case changed(String, what: String)
  /// There is no room in a folder to keep something while a file is read.
  case full(String, keeping: String)

  /// What the system says of the last call that went wrong.
  static func systemReason() -> String { String(cString: strerror(errno)) }
}

extension FileProblem: CustomStringConvertible {
  /// The sentence that a person sees.
  public var description: String {
    switch self {
    case .missing(let path): "there is no file \(path)"
    case .isFolder(let path): "\(path) is a folder; a file was expected"
    case .unreadable(let path, let reason): "\(path) can't be read: \(reason)"
    case .unwritable(let path, let reason): "\(path) can't be written: \(reason)"
    case .sameFile(let path): "\(path) is the file being read; write to another one"
    case .changed(let path, let what): "\(path) changed while it was read: \(what)"
    case .full(let folder, let name):
      "the disk of \(folder) is full, where \(name) is kept meanwhile; nothing was recorded. Free "
        + "some space there, or name another folder with TMPDIR"
    }
  }
}
