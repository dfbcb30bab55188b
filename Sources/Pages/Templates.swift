internal import Mustache

/// The templates, compiled into the program so that it needs no file beside it.
enum Templates {
  private static let library: MustacheLibrary = {
    var library = MustacheLibrary()
    for (name, bytes) in [
      ("report", PackageResources.report_mustache), ("table", PackageResources.table_mustache),
      ("histogram", PackageResources.histogram_mustache),
      ("bars", PackageResources.bars_mustache), ("months", PackageResources.months_mustache),
    ] {
      do {
        try library.register(String(decoding: bytes, as: UTF8.self), named: name)
      } catch {
        preconditionFailure("the template \(name) can't be read: \(error)")
      }
    }
    return library
  }()

  /// The style sheet of every page.
  static let style = String(decoding: PackageResources.page_css, as: UTF8.self)

  /// A page from what it shows; all text is escaped.
  static func render(_ page: Any, _ name: String) -> String {
    guard let html = library.render(page, withTemplate: name) else {
      preconditionFailure("there is no template \(name)")
    }
    return html
  }
}
