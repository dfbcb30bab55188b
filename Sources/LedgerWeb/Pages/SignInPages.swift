import HTTPTypes
import Ledger
import Pages

/// Sign in by a token that is typed once, and sign out.
enum SignInPages {
  static let all: [Route] = [
    .page(.signIn, .get, "/sign-in", parameters: ["next", "out"]) { call in
      .page(
        SignInPage(
          next: place(call.query["next"]),
          notice: call.query["out"] == nil ? nil : "You are signed out", foot: foot
        ).html)
    },
    .page(.signIn, .post, "/sign-in", body: .form, on: .write, signIn),
    .page(.signOut, .post, "/sign-out", body: .form, on: .write) { call in
      let secure = call.server.isSecure
      if let session = SessionCookie.read(call.header(.cookie), isSecure: secure) {
        try call.server.access.endSession(session)
      }
      return .redirect(to: "/sign-in?out=1")
        .with(.setCookie, SessionCookie.set("", isSecure: secure))
    },
  ]

  // Who is not signed in learns nothing of the log.
  private static let foot = "What may be seen goes by the token’s party and role."

  private static func signIn(_ call: Call) throws -> Reply {
    let form = try call.form
    let next = place(form["next"])
    let text = (form["token"] ?? "").filter { !$0.isWhitespace }
    guard let token = try call.server.access.token(text, at: call.ledger.now()) else {
      let sentence =
        text.isEmpty
        ? "Enter your access token"
        : "Expected a token that is good; this one is unknown, expired or revoked"
      return .page(
        SignInPage(next: next, wrong: sentence, foot: foot).html,
        status: text.isEmpty ? .badRequest : .forbidden)
    }
    let session = try call.server.access.startSession(of: token, at: call.ledger.now())
    return .redirect(to: next ?? "/")
      .with(.setCookie, SessionCookie.set(session, isSecure: call.server.isSecure))
  }

  /// A place of this server; whatever may lead elsewhere is none.
  private static func place(_ text: String?) -> String? {
    guard let text, text.utf8.count < 2_000, text.hasPrefix("/"), !text.hasPrefix("//"),
      text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") })
    else { return nil }
    return text
  }
}
