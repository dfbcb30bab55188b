import Foundation
import Testing

@testable import Wire

@Suite struct `Refusing what isn't XML` {
  private static let inputs: [(String, String)] = [
    ("", "a.xml:1:1: expected a DUIS XML document; found an empty file"),
    ("\n \n", "a.xml:3:1: expected a DUIS XML document; found only blanks and comments"),
    ("{\"a\": 1}", "a.xml:1:1: expected a DUIS XML document; found JSON"),
    ("mpxn,kind\n1,gas\n", "a.xml:1:1: expected a DUIS XML document; found comma-separated text"),
    ("<!DOCTYPE html>\n<html/>", "a.xml:1:1: expected a DUIS XML document; found an HTML page"),
    ("<html><body/></html>", "a.xml:1:1: expected a DUIS XML document; found an HTML page"),
    ("hello", "a.xml:1:1: expected a DUIS XML document; found text without any element"),
    (
      "<?xml version='1.0'?>\n <!DOCTYPE x [<!ENTITY a \"b\">]><x/>",
      """
      a.xml:2:2: expected a document without a DOCTYPE; found <!DOCTYPE. Take it out: entities and \
      external files are never read
      """
    ),
    (
      "<a>&b;</a>",
      "a.xml:1:1: expected Request or Response of DUIS; found a without the DUIS namespace"
    ),
    ("<a", "a.xml:1:3: expected an element; found the end of the file. The file was cut off"),
    (
      "<a b=\"c",
      """
      a.xml:1:8: expected a closing quote; found the end of the file. \
      It begins at line 1, column 6
      """
    ),
    ("<?xml version='1.1'?><a/>", "a.xml:1:15: expected XML version 1.0; found 1.1"),
    (
      "\n<?xml version='1.0'?><a/>",
      """
      a.xml:2:1: expected the XML declaration at the very start of the file, once; \
      found <?xml here
      """
    ),
    ("<a b='1' b='2'/>", "a.xml:1:10: expected each attribute once; found a second b"),
    ("<?a:b?><a/>", "a.xml:1:1: expected a processing instruction; found <?a:b?><a/>"),
    ("<p:a/>", "a.xml:1:2: expected a declared namespace prefix; found p"),
    ("<a:b:c/>", "a.xml:1:5: expected a blank, > or />; found :c/>"),
    ("<a b='<'/>", "a.xml:1:7: expected &lt; or the closing quote; found <"),
  ]

  @Test(arguments: inputs)
  func `each gives one clear sentence`(_ text: String, _ message: String) {
    #expect(refusal(text) == message)
  }

  private static let bodies: [(String, String)] = [
    ("&foo;", "expected one of &lt; &gt; &amp; &apos; &quot; or a character's number; found &foo;"),
    ("&#0;", "or a character's number; found &#0;"),
    ("&#xD800;", "or a character's number; found &#xD800;"),
    ("a & b", "expected &amp; for an &; found &"),
    ("]]>", "expected ]]&gt; where ]]> stands in text; found ]]>"),
    ("<!-- a -- b -->", "expected no -- inside a comment; found --"),
    ("\u{1}", "expected characters that XML allows; found \\u{1}"),
    ("\u{FFFF}", "expected characters that XML allows; found"),
    ("</sr:X>", "expected </sr:ImportMPxN>; found </sr:X>"),
    ("<!ELEMENT a>", "expected an element, text or a comment; found <!ELEMENT"),
  ]

  @Test(arguments: bodies)
  func `what isn't well formed inside a value is refused`(_ value: String, _ part: String) throws {
    let branch = "<sr:UpdateMPxN><sr:ImportMPxN>\(value)</sr:ImportMPxN></sr:UpdateMPxN>"
    let message = try #require(refusal(updateRequest(branch)))
    #expect(message.contains(part), "\(message)")
  }

  @Test func `a DOCTYPE is refused before an entity bomb can be read`() throws {
    var bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE x [\n<!ENTITY a0 \"lol\">\n"
    for n in 1...30 {
      bomb += "<!ENTITY a\(n) \"\(String(repeating: "&a\(n - 1);", count: 10))\">\n"
    }
    bomb += "]>\n<x>&a30;</x>"
    #expect(refusal(bomb)?.hasPrefix("a.xml:2:1: expected a document without a DOCTYPE") == true)
  }

  @Test func `a file cut off anywhere is refused where it ends`() throws {
    let text = Array(updateRequest().utf8)
    for length in 1..<text.count {
      let message = try #require(refusal(Array(text.prefix(length))))
      #expect(message.hasPrefix("a.xml:"), "\(length): \(message)")
    }
  }

  @Test func `UTF-16 with its mark and UTF-8 with its mark are read`() throws {
    let text = updateRequest(declaration: "<?xml version=\"1.0\" encoding=\"UTF-16\"?>")
    for (encoding, mark) in [
      (String.Encoding.utf16LittleEndian, [0xFF, 0xFE]), (.utf16BigEndian, [0xFE, 0xFF]),
    ] as [(String.Encoding, [UInt8])] {
      let data = try #require(text.data(using: encoding))
      #expect(refusal(mark + [UInt8](data)) == nil)
      #expect(refusal([UInt8](data))?.contains("found UTF-16 without its mark") == true)
    }
    #expect(refusal([0xEF, 0xBB, 0xBF] + Array(updateRequest().utf8)) == nil)
  }

  @Test func `another encoding is refused by the declaration or at the byte`() throws {
    let declared = updateRequest(declaration: "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>")
    #expect(refusal(declared)?.hasPrefix("a.xml:1:30: expected encoding UTF-8") == true)
    var bytes = Array(updateRequest("<sr:UpdateDeviceDetails><sr:DeviceModel>é").utf8)
    let accent = try #require(bytes.firstIndex(of: 0xC3))
    bytes.replaceSubrange(accent...(accent + 1), with: [0xE9])
    #expect(
      refusal(bytes)
        == """
        a.xml:10:111: expected UTF-8, or UTF-16 with its mark; found the byte 0xE9. \
        Save it as UTF-8
        """)
  }

  @Test func `a column is a character, whatever its bytes and the line ends`() {
    let text = "<?xml version='1.0'?>\r\n<!-- é𝒳 --><!-- \r -->\n<a b='1' b='2'/>"
    #expect(refusal(text)?.hasPrefix("a.xml:4:10:") == true)
    #expect(refusal("<!-- é𝒳 --><p:a/>")?.hasPrefix("a.xml:1:13:") == true)
  }

  @Test func `size and depth have limits, which the message names`() {
    let large = updateRequest() + String(repeating: " ", count: 1 << 20)
    #expect(refusal(large)?.contains("expected at most 1048576 bytes (1 MiB), found ") == true)
    func nested(_ levels: Int) -> String {
      let start = (0..<levels).map { _ in "<sr:X>" }.joined()
      let end = (0..<levels).map { _ in "</sr:X>" }.joined()
      return updateRequest(reference: "8.9", variant: "8.9", body: start + end)
    }
    #expect(refusal(nested(30)) == nil)
    #expect(
      refusal(nested(31))?.contains("expected at most 32 levels of elements; found level 33")
        == true)
    let limits = DUISLimits(bytes: 100, depth: 3)
    #expect(
      refusal(Array(updateRequest().utf8), limits: limits)?.contains("at most 100 bytes") == true)
  }

  @Test func `attributes and namespaces are bounded`() {
    let attributes = (0..<70).map { "a\($0)='1'" }.joined(separator: " ")
    #expect(
      refusal("<a \(attributes)/>")?.contains("expected at most 64 attributes; found more") == true)
    let spaces = (0..<40).map { "xmlns:a\($0)='u'" }.joined(separator: " ")
    let body = "<sr:A \(spaces)><sr:B \(spaces)/></sr:A>"
    let message = refusal(updateRequest(reference: "8.9", variant: "8.9", body: body))
    #expect(message?.contains("expected at most 64 namespaces in scope; found more") == true)
  }
}
