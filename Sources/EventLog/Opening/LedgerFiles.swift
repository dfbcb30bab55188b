#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The files of a ledger's folder.
struct LedgerFiles {
  let folder: String
  /// Whether the database is one that is being made, under its new name.
  var isNew = false

  /// Makes the folder's path absolute: SQLite takes one that begins with `file:` for a URI.
  ///
  /// Every way to a ledger begins here, so SQLite is set up before it is used.
  init(folder: String) {
    _ = SQLiteSettings.areMade
    if folder.hasPrefix("/") {
      self.folder = folder
      return
    }
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let current = getcwd(&buffer, buffer.count).map { String(cString: $0) } ?? ""
    self.folder = current + "/" + folder
  }

  var database: String { isNew ? newDatabase : folder + "/ledger.sqlite" }
  var newDatabase: String { folder + "/ledger.sqlite.new" }
  var lockFile: String { folder + "/ledger.lock" }

  func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// What stands in the place of the folder or of its database, when it can be no ledger.
  var otherThing: String? {
    func isKind(_ kind: mode_t, _ path: String) -> Bool? {
      var status = stat()
      return stat(path, &status) == 0 ? status.st_mode & S_IFMT == kind : nil
    }
    if isKind(S_IFDIR, folder) == false { return "a file" }
    if isKind(S_IFREG, database) == false { return "a ledger.sqlite that is no file" }
    return nil
  }

  var isWritable: Bool {
    access(folder, W_OK | X_OK) == 0 && access(database, W_OK) == 0
  }

  /// The path as SQLite takes it, with a VFS when one is named.
  ///
  /// Of an immutable file SQLite reads what is in it and nothing beside it, and makes no other file.
  func sqlitePath(_ path: String? = nil, vfs: String?, isImmutable: Bool = false) -> String {
    let path = path ?? database
    let options = (vfs.map { ["vfs=\($0)"] } ?? []) + (isImmutable ? ["immutable=1"] : [])
    guard !options.isEmpty else { return path }
    var escaped = ""
    for byte in path.utf8 {
      let isPlain =
        byte > 0x20 && byte < 0x7F && !"%?#".utf8.contains(byte)
      if isPlain {
        escaped.unicodeScalars.append(UnicodeScalar(byte))
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        escaped += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return "file:\(escaped)?" + options.joined(separator: "&")
  }

  func openLock(mayCreate: Bool) throws(LogError) -> FolderLock {
    do throws(FolderLock.Failure) {
      return try FolderLock(path: lockFile, mayCreate: mayCreate)
    } catch {
      switch error {
      case .cannotOpen(_, EACCES), .cannotOpen(_, EROFS), .cannotOpen(_, EPERM):
        throw .readOnlyFolder(folder: folder)
      case .cannotOpen(_, let number):
        throw .ioFailure(code: Int(number), what: "opening ledger.lock")
      case .timedOut(let milliseconds):
        throw .busy(seconds: milliseconds / 1000)
      }
    }
  }

  func whileLocked<R>(
    _ lock: FolderLock, _ configuration: LogConfiguration, _ body: () throws(LogError) -> R
  ) throws(LogError) -> R {
    do throws(FolderLock.Failure) {
      try lock.lock(timeout: configuration.lockTimeout)
    } catch {
      throw .busy(seconds: configuration.lockTimeout / 1000)
    }
    defer { lock.unlock() }
    return try body()
  }

  /// The names in the folder, or `nil` when it can't be listed.
  func names() -> [String]? {
    guard let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes sure that the names in a folder are on the disk.
  static func syncFolder(_ path: String) -> Bool {
    let descriptor = Self.openFolder(path)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }

  private static func openFolder(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC) }

  /// The folder that this one stands in.
  var parent: String {
    var path = folder[...]
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  func makeFolder() -> Int32 { mkdir(folder, 0o700) == 0 ? 0 : errno }
  func setMode() { _ = chmod(folder, 0o700) }
  func removeFolder() { _ = rmdir(folder) }
  func remove(_ path: String) { _ = unlink(path) }
  func rename(_ from: String, to: String) -> Bool { Self.rename(from, to) == 0 }

  /// Gives a file a second name, or another where the file system knows of one only; false where there is
  /// something of that name.
  func link(_ from: String, to: String) -> Bool {
    if Self.link(from, to) == 0 { return true }
    return [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS].contains(errno) && !exists(to)
      && rename(from, to: to)
  }

  /// Whether a name in the folder was given to a file that is still to take its place: a second name of the
  /// one that ends in `.new`, and nothing that a person put there.
  func isLeftOver(_ name: String) -> Bool {
    var (file, new) = (stat(), stat())
    let path = folder + "/" + name
    return lstat(path, &file) == 0 && lstat(path + WholeFile.unfinished, &new) == 0
      && file.st_ino == new.st_ino && file.st_dev == new.st_dev
  }

  private static func link(_ from: String, _ to: String) -> Int32 {
    #if canImport(Glibc)
      Glibc.link(from, to)
    #else
      Darwin.link(from, to)
    #endif
  }

  private static func rename(_ from: String, _ to: String) -> Int32 {
    #if canImport(Glibc)
      Glibc.rename(from, to)
    #else
      Darwin.rename(from, to)
    #endif
  }

  static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
