import Foundation
import Testing

@testable import Pages

@Suite struct `The frame of a page` {
  private let visitor = Frame.Visitor(
    party: "SUPA", role: "supplier", csrf: "0123", places: [.queue, .check])

  @Test func `says of an error that it is one, leads to its field, and takes the focus`() {
    let page = SignInPage(next: nil, wrong: "Enter your access token", foot: "f").html
    #expect(page.contains("<title>Error: Sign in"))
    #expect(page.contains("<a href=\"#token\">Enter your access token</a>"))
    #expect(page.contains("autofocus") && page.contains("aria-invalid=\"true\""))
    #expect(page.contains("aria-describedby=\"token-hint token-error\""))
  }

  @Test func `has a way to skip it, one heading, and the current place named`() {
    let page = CheckPage(for: visitor, foot: "f").html
    #expect(page.contains("<a class=\"skip\" href=\"#main\">"))
    #expect(page.components(separatedBy: "<h1").count == 2)
    #expect(page.contains("<a href=\"/check\" aria-current=\"page\">"))
    #expect(page.contains("lang=\"en-GB\"") && !page.contains("/audit"))
  }

  @Test func `links what it needs from this server only, and runs nothing of its own`() {
    let page = CheckPage(for: visitor, foot: "f").html
    for word in ["http:", "https:", "//", "style=", "<style", "onclick", "javascript:"] {
      #expect(!page.contains(word), "\(word)")
    }
    for asset in Asset.all { #expect(page.contains("/assets/\(asset.name)")) }
  }

  @Test func `has what shows that a form is the session's own in each form that posts`() {
    let page = CheckPage(for: visitor, foot: "f").html
    let forms = page.components(separatedBy: "<form method=\"post\"").dropFirst()
    #expect(forms.count == 2)
    for form in forms {
      #expect(form.contains("name=\"csrf\" value=\"0123\""))
    }
  }

  @Test func `keeps what was typed`() {
    let page = CheckPage(
      for: visitor, typed: "<no/>", wrong: [Frame.Wrong("Expected XML", in: "xml")], foot: "f"
    ).html
    #expect(page.contains("\n&lt;no/&gt;</textarea>"))
    #expect(page.contains("id=\"xml-error\""))
  }
}

@Suite struct `Addresses of pages` {
  @Test func `carry any text`() {
    let address = Address("/", [("q", "a&b=c d/é+"), ("x", "")])
    #expect(address.text == "/?q=a%26b%3Dc%20d%2F%C3%A9%2B&x=")
    #expect(address.with("q", nil).text == "/?x=" && address.with("x", "1").pairs.count == 2)
  }

  @Test func `of what every page links change with what it holds`() {
    #expect(Set(Asset.all.map(\.name)).count == Asset.all.count)
    #expect(Asset.style.name.hasSuffix(".css") && Asset.script.name.hasSuffix(".js"))
  }

  @Test func `of forms carry names that never come twice`() {
    let keys = (0..<100).map { _ in FormKey.new() }
    #expect(Set(keys).count == 100)
    let uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
    #expect(keys.allSatisfy { $0.wholeMatch(of: uuid) != nil })
  }
}
