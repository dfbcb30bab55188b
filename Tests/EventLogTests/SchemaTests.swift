import CanonicalJSON
import Foundation
import Testing

@testable import EventLog

/// The folder of the package.
let packageFolder: String = {
  var path = #filePath
  for _ in 0..<3 { path = (path as NSString).deletingLastPathComponent }
  return path
}()

@Suite struct `published form` {
  @Test func `of the tables is what the program makes`() throws {
    let path = packageFolder + "/schemas/log/ledger.sql"
    if ProcessInfo.processInfo.environment["SMI_WRITE_SCHEMAS"] != nil {
      try Schema.sql.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == Schema.sql)
    #expect(Schema.sql.contains("PRAGMA application_id = \(Schema.applicationID);"))
    #expect(Schema.sql.contains("PRAGMA user_version = \(Schema.version);"))
  }

  @Test func `of records, tokens, names and hashes is what the vectors say`() throws {
    let path = packageFolder + "/schemas/log/vectors.json"
    if ProcessInfo.processInfo.environment["SMI_WRITE_SCHEMAS"] != nil {
      try Vectors.make().write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == Vectors.make())
  }
}

/// The test vectors, made anew; their text is stored, so that a change of the form shows itself.
enum Vectors {
  static func make() throws -> String {
    let random = Array(UInt8(0)..<32)
    var sections: [(String, [String])] = []
    sections.append(
      (
        "subjects",
        try [("mpxn", "1234567890123"), ("address", "1 High Street, Añytown"), ("uprn", "")].map {
          kind, value in
          try line([
            "kind": .string(kind), "value": .string(value), "random": .string(hex(random)),
            "token": .string(
              Subject(kind: kind, value: value, random: random, isStored: true).token),
          ])
        }
      ))
    sections.append(
      (
        "documents",
        try ["", "<xml/>", String(repeating: "x", count: 100)].map { text in
          try line([
            "bytes": .string(hex(Array(text.utf8))), "random": .string(hex(random)),
            "name": .string(Document(bytes: Array(text.utf8), random: random).name),
          ])
        }
      ))
    sections.append(
      (
        "contents",
        try ["", "the meaning of a command"].map { text in
          try line([
            "bytes": .string(hex(Array(text.utf8))), "random": .string(hex(random)),
            "digest": .string(
              hex(ContentCommitment.digest(of: Array(text.utf8), random: random).bytes)),
          ])
        }
      ))
    sections.append(
      (
        "marks",
        try [
          line([
            "tag": "device:00-DB-12-34-56-78-9A-BC",
            "mark": .string(hex(Mark.bytes([Mark.tag("device:00-DB-12-34-56-78-9A-BC")]))),
          ]),
          line([
            "key": .object(["kind": "submit", "within": "P1", "value": "R:1"]),
            "mark": .string(
              hex(Mark.bytes([Mark.key(AppendKey(kind: "submit", within: "P1", value: "R:1"))]))),
          ]),
          line(["clock": true, "mark": .string(hex(Mark.bytes([Mark.clockWentBack])))]),
        ]
      ))
    sections.append(
      (
        "rows",
        try [("{\"a\":1}", [UInt8](repeating: 7, count: 32)), ("{}", [1])].map { content, key in
          let leaf = key.withUnsafeBytes { key in
            Array(content.utf8).withUnsafeBytes { ReferenceRow.leaf(key: key, content: $0) }
          }
          return try line([
            "content": .string(hex(Array(content.utf8))), "key": .string(hex(key)),
            "leaf": .string(hex(leaf.bytes)),
          ])
        }
      ))
    let records = try records()
    sections.append(
      (
        "records",
        try records.map { record in
          try line([
            "record": .string(String(decoding: record, as: UTF8.self)),
            "leaf": .string(hex(record.withUnsafeBytes { TreeMath.leaf($0) }.bytes)),
          ])
        }
      ))
    sections.append(
      (
        "trees",
        try [0, 1, 2, 3, 7, 8, 255, 256, 257, 600].map { size in
          var tree = TreeMath.Running()
          for index in 0..<size {
            tree.add([UInt8(index >> 8), UInt8(index & 255)].withUnsafeBytes { TreeMath.leaf($0) })
          }
          return try line(["size": .integer(Int64(size)), "root": .string(hex(tree.root.bytes))])
        }
      ))
    sections.append(
      (
        "refused",
        refused.map { "    " + Value.string($0).description }
      ))
    return "{\n"
      + sections.map { "  \"\($0)\": [\n" + $1.joined(separator: ",\n") + "\n  ]" }
      .joined(separator: ",\n") + "\n}\n"
  }

  /// JSON that no record may be written as.
  static let refused = [
    "{ }", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":1}", "{\"a\":null}", "{\"a\":1.0}", "{\"a\":01}",
    "{\"a\":-0}", "{\"a\":1e2}", "{\"a\":9007199254740992}", "{\"a\":\"\\u0041\"}",
    "{\"a\":\"\\/\"}", "{\"a\":\"\t\"}", "{\"é\":1}", "[1,]", "", "{\"a\":1}\n",
  ]

  private static func records() throws -> [[UInt8]] {
    var encoder = RecordEncoder(random: { count in (0..<count).map { UInt8($0 & 255) } })
    let plain = Draft(
      type: "DeviceObserved", actor: Actor(party: "P1", via: "system"), body: .object([:]))
    let full = Draft(
      type: "ServiceRequestReceived", version: 2, effectiveAt: 1_709_164_800_000,
      actor: Actor(user: "u-17", party: "P1", role: "IS", via: "certificate"), cause: 1,
      body: .object([
        "text": "é \"quoted\" \\ / \u{1}\u{7F}\n\t𝄞", "yes": true, "no": false,
        "numbers": [0, -1, .integer(Value.largestInteger)],
        "deep": .object(["a.b": [[], .object([:])]]),
      ]))
    var records: [[UInt8]] = []
    let set = ReferenceSet(set: 3, rows: 0, root: TreeMath.emptyRoot)
    for (draft, header, tags) in [
      (plain, RecordEncoder.Header(count: 1), []),
      (
        full,
        RecordEncoder.Header(count: 2, key: AppendKey(kind: "submit", within: "P1", value: "R:1")),
        ["device:00-DB", "party:P1"]
      ),
      (full, nil, ["device:00-DB"]),
      (plain, RecordEncoder.Header(count: 1, references: set), []),
    ] as [(Draft, RecordEncoder.Header?, [String])] {
      var bytes: [UInt8] = []
      try encoder.append(
        draft, at: 9, recordedAt: 1_709_164_800_123, header: header, tags: tags, to: &bytes)
      records.append(bytes)
      _ = try Record(reading: bytes)
    }
    return records
  }

  private static func line(_ object: Object) throws -> String {
    "    " + Value.object(object).description
  }

  static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
