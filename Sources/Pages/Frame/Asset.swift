/// A file that every page links: its address changes with what it holds, so it may be kept for ever.
package struct Asset: Sendable {
  /// Its name under `/assets/`.
  package let name: String
  /// Its media type.
  package let type: String
  /// What it holds.
  package let bytes: [UInt8]
  var address: String { "/assets/" + name }

  private init(_ text: String, _ ending: String, _ type: String) {
    bytes = Array(text.utf8)
    // FNV-1a: it tells versions apart, and guards nothing.
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    name = String(hash, radix: 16) + ending
    self.type = type
  }

  static let style = Asset(
    Templates.style + Templates.siteStyle, ".css", "text/css; charset=utf-8")
  static let script = Asset(Templates.siteScript, ".js", "text/javascript; charset=utf-8")

  static let icon = Asset(
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><rect width=\"16\" height=\"16\" fill=\"#1d70b8\"/>"
      + "<path d=\"M4 8.5 7 11l5-6\" fill=\"none\" stroke=\"#fff\" stroke-width=\"2\"/></svg>",
    ".svg",
    "image/svg+xml")

  /// All of them.
  package static let all = [style, script, icon]
}
