import Foundation
import Wire

/// A page that is written to a file of its own.
enum PageFile {
  /// Writes a page to a file that isn't there yet; half a page would look like a whole one.
  static func write(_ html: String, to file: String) throws {
    do {
      try Data(html.utf8).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
    } catch CocoaError.fileWriteFileExists {
      throw FileProblem.unwritable(file, reason: "it is there already; name a new file")
    } catch {
      try? FileManager.default.removeItem(atPath: file)
      throw FileProblem.unwritable(file, reason: error.localizedDescription)
    }
  }
}
