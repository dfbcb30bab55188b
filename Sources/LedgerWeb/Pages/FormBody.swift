import Foundation
import HTTPTypes
import Ledger

/// The fields of a form that was posted, as text or with a file.
struct FormBody: Sendable {
  private var values: [String: [UInt8]] = [:]

  /// The most fields that a form of ours has, with room.
  private static let most = 40

  /// Reads a body of one of the two forms that browsers send.
  init(_ bytes: [UInt8], type: String?) throws {
    guard let type, type.lowercased().hasPrefix("multipart/form-data") else {
      try read(encoded: bytes)
      return
    }
    guard let mark = type.range(of: "boundary=", options: .caseInsensitive) else {
      throw FormBody.malformed
    }
    let boundary = type[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
    guard (1...70).contains(boundary.utf8.count) else { throw FormBody.malformed }
    try read(parts: bytes, boundary: Array("--\(boundary)".utf8))
  }

  private static let malformed = WebProblem(
    .malformed,
    "the form: expected the fields of a form as a browser sends it; found something else")

  /// What stands in a field; nil where nothing does.
  subscript(_ name: String) -> String? {
    guard let bytes = values[name], !bytes.isEmpty else { return nil }
    // Browsers send line ends as two.
    return String(validating: bytes, as: UTF8.self)?.replacing("\r\n", with: "\n")
  }

  /// Whether the form has a field, even where nothing stands in it.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The bytes of a field.
  func bytes(_ name: String) -> [UInt8] { values[name] ?? [] }

  /// The fields that hold something, of some names.
  func members(_ names: [String]) -> [String: String] {
    names.reduce(into: [:]) { members, name in members[name] = self[name] }
  }

  private mutating func add(_ name: String, _ value: [UInt8]) throws {
    guard values[name] == nil, values.count < FormBody.most else { throw FormBody.malformed }
    values[name] = value
  }

  private mutating func read(encoded bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw FormBody.malformed }
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Query.decoded(parts[0]),
        let value = Query.decoded(parts.count > 1 ? parts[1] : "")
      else { throw FormBody.malformed }
      try add(name, Array(value.utf8))
    }
  }

  private mutating func read(parts bytes: [UInt8], boundary: [UInt8]) throws {
    let data = Data(bytes)
    let (mark, blank) = (Data(boundary), Data("\r\n\r\n".utf8))
    guard data.starts(with: mark) else { throw FormBody.malformed }
    var place = mark.count
    let inner = Data("\r\n".utf8) + mark
    while place + 2 <= data.count, data[place..<place + 2] != Data("--".utf8) {
      guard let head = data.range(of: blank, in: place..<min(data.count, place + 4_096)),
        let end = data.range(of: inner, in: head.upperBound..<data.count)
          ?? data.range(of: inner, in: head.lowerBound + 2..<data.count)
      else { throw FormBody.malformed }
      let lines = String(decoding: data[place..<head.lowerBound], as: UTF8.self)
      guard let name = FormBody.name(in: lines) else { throw FormBody.malformed }
      let start = min(head.upperBound, end.lowerBound)
      try add(name, Array(data[start..<end.lowerBound]))
      place = end.upperBound
    }
  }

  private static func name(in lines: String) -> String? {
    for line in lines.components(separatedBy: "\r\n")
    where line.lowercased().hasPrefix("content-disposition:") {
      guard let match = line.firstMatch(of: /[; ]name="([^"]*)"/) else { return nil }
      return String(match.1)
    }
    return nil
  }
}

extension Call {
  /// The fields of the form that was posted.
  var form: FormBody {
    get throws { try FormBody(body, type: header(.contentType)) }
  }

  /// Refuses a form that no page of ours has made, or that came from elsewhere.
  ///
  /// A browser names the origin of each post; what it can't forge beside is the value that only a page of
  /// the session holds.
  func mustBeOwnForm() throws {
    guard let origin = header(.origin), let scheme = origin.range(of: "://"),
      let host = head.authority, !host.isEmpty,
      origin[scheme.upperBound...].lowercased() == host.lowercased()
    else {
      throw WebProblem(
        .notAllowed,
        "this form came from another site, or does not say from where; nothing was recorded")
    }
    guard route.operation != .signIn else { return }
    guard let expected = try who.csrf, let found = try form["csrf"],
      isSameInConstantTime(Array(expected.utf8), Array(found.utf8))
    else {
      throw WebProblem(
        .notAllowed,
        "this form is not of the session that is signed in; nothing was recorded. Load the page again and "
          + "repeat")
    }
  }
}
