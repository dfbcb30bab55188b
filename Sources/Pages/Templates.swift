internal import Mustache

/// The templates, compiled into the program so that it needs no file beside it.
enum Templates {
  private static let library: MustacheLibrary = {
    MustacheContentTypes.register(ShownText(), named: "SHOWN")
    var library = MustacheLibrary()
    for (name, bytes) in [
      ("report", PackageResources.report_mustache), ("table", PackageResources.table_mustache),
      ("report-body", PackageResources.report_body_mustache),
      ("report-framed", PackageResources.report_framed_mustache),
      ("histogram", PackageResources.histogram_mustache),
      ("bars", PackageResources.bars_mustache), ("months", PackageResources.months_mustache),
      ("frame", PackageResources.frame_mustache), ("field", PackageResources.field_mustache),
      ("form", PackageResources.form_mustache), ("facts", PackageResources.facts_mustache),
      ("problem", PackageResources.problem_mustache),
      ("sign-in", PackageResources.sign_in_mustache), ("queue", PackageResources.queue_mustache),
      ("correction", PackageResources.correction_mustache),
      ("lanes", PackageResources.lanes_mustache), ("spans", PackageResources.spans_mustache),
      ("check", PackageResources.check_mustache),
      ("findings", PackageResources.findings_mustache),
      ("device", PackageResources.device_mustache),
      ("discrepancies", PackageResources.discrepancies_mustache),
      ("discrepancy", PackageResources.discrepancy_mustache),
      ("audit", PackageResources.audit_mustache),
    ] {
      do {
        // Each says it for itself: a partial begins anew.
        try library.register(
          "{{% CONTENT_TYPE:SHOWN}}" + String(decoding: bytes, as: UTF8.self), named: name)
      } catch {
        preconditionFailure("the template \(name) can't be read: \(error)")
      }
    }
    return library
  }()

  /// The style sheet of every page.
  static let style = String(decoding: PackageResources.page_css, as: UTF8.self)

  /// What pages of the server have beside it.
  static let siteStyle = String(decoding: PackageResources.site_css, as: UTF8.self)

  static let siteScript = String(decoding: PackageResources.site_js, as: UTF8.self)

  /// A page from what it shows; all text is escaped.
  static func render(_ page: Any, _ name: String) -> String {
    guard let html = library.render(page, withTemplate: name) else {
      preconditionFailure("there is no template \(name)")
    }
    return html
  }
}
