import Foundation
import Testing

@testable import Pages

@Suite struct `Text that people typed` {
  private let shown = ShownText()

  @Test(arguments: [
    ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), ("it's \"so\"", "it&#39;s &quot;so&quot;"),
    ("é 電", "é 電"), ("two\nlines", "two\nlines"), ("two\r\nlines", "two\nlines"),
  ])
  func `is never markup`(_ typed: String, _ page: String) {
    #expect(shown.escapeText(typed) == page)
  }

  @Test(arguments: ["\"", "<", "&", "'", ">"])
  func `is none either when a mark is set on a letter of markup`(_ letter: String) {
    let text = shown.escapeText(letter + "\u{301} x=1")
    #expect(!text.unicodeScalars.contains { $0 == letter.unicodeScalars.first && $0 != "&" })
    #expect(text.hasPrefix("&"))
  }

  @Test(arguments: [0x1B, 0x0, 0xD, 0x7F, 0x85, 0x202E, 0x2066, 0xFEFF] as [UInt32])
  func `shows what can't be seen`(_ hidden: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(hidden))
    let text = shown.escapeText("a" + String(Character(scalar)) + "b")
    let code = String(hidden, radix: 16, uppercase: true)
    #expect(text.unicodeScalars.allSatisfy { $0.value < 0x7F && $0.value > 0x1F })
    #expect(text.contains(code) && text.hasPrefix("a") && text.hasSuffix("b"))
  }

  @Test func `is put into no template unescaped`() throws {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let templates = "/" + folder + "/Sources/Pages/Templates"
    let names = try FileManager.default.contentsOfDirectory(atPath: templates)
      .filter { $0.hasSuffix(".mustache") }
    try #require(names.count > 10)
    for name in names {
      let text = try String(contentsOfFile: templates + "/" + name, encoding: .utf8)
      let raw = text.matches(of: /\{\{[{&][^}]*/).map { String($0.0) }
      // The one style sheet of a report that is kept, which is ours.
      #expect(raw == (name == "report.mustache" ? ["{{{style"] : []), "\(name)")
    }
  }

  @Test func `is escaped where a page repeats it`() {
    let mark = "\"\u{301}><script>"
    let visitor = Frame.Visitor(party: mark, role: mark, csrf: mark, places: Frame.Place.allCases)
    let page = ProblemPage(
      mark, [mark], for: visitor, links: [(mark, mark)], foot: mark)
    #expect(!page.html.contains("<script>"))
    // A browser sees scalars, and a letter with a mark on it is two of them.
    let broken = Array("\"\u{301}".unicodeScalars)
    func isBroken(_ html: String) -> Bool {
      let scalars = Array(html.unicodeScalars)
      return scalars.indices.contains { scalars[$0...].starts(with: broken) }
    }
    #expect(!isBroken(page.html))
    let signIn = SignInPage(next: mark, wrong: mark, notice: mark, foot: mark)
    #expect(!signIn.html.contains("<script>") && !isBroken(signIn.html))
  }
}
