import CanonicalJSON
import Foundation
import Testing
import Wire

/// The published schemas, tried by a program that is not ours.
@Suite struct `Python's jsonschema` {
  @Test(.enabled(if: Python.hasJSONSchema, "Python has no module jsonschema"))
  func `accepts every body, and refuses it with a field too many or too few`() throws {
    var lines = ""
    for kind in EventKind.allCases {
      for seed in 0..<20 as Range<UInt64> {
        var dice = Dice(seed: seed)
        let stored = StoredForm.encode(kind.sample(&dice))
        let line: Value = .object([
          "body": stored.body, "schema": .string("\(stored.type).\(stored.version).json"),
        ])
        lines += "\(line)\n"
      }
    }
    let answer = try Python.run(
      """
      import json, sys, jsonschema
      folder, tried, wrong = sys.argv[1], 0, []
      schemas = {}
      for line in sys.stdin:
          case = json.loads(line)
          name, body = case["schema"], case["body"]
          if name not in schemas:
              schema = json.load(open(f"{folder}/{name}"))
              jsonschema.Draft202012Validator.check_schema(schema)
              schemas[name] = jsonschema.Draft202012Validator(schema)
          validator = schemas[name]
          tried += 1
          wrong += [f"{name}: {e.message}" for e in validator.iter_errors(body)]
          if validator.is_valid(body | {"surprise": 1}):
              wrong.append(f"{name}: takes a field too many")
          for field in validator.schema["required"]:
              if validator.is_valid({k: v for k, v in body.items() if k != field}):
                  wrong.append(f"{name}: does without {field}")
      print(tried, *wrong[:20], sep="\\n")
      """, [Published.path("events")], input: lines)
    #expect(answer == "\(EventKind.allCases.count * 20)\n")
  }
}

enum Python {
  static let hasJSONSchema = (try? run("import jsonschema", [], input: "")) == ""

  /// What a script prints; throws when it ends otherwise than well.
  static func run(_ script: String, _ arguments: [String], input: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("stored-form-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (inFile, outFile) = (
      folder.appendingPathComponent("in"), folder.appendingPathComponent("out")
    )
    try Data(input.utf8).write(to: inFile)
    try Data().write(to: outFile)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    process.standardInput = try FileHandle(forReadingFrom: inFile)
    process.standardOutput = try FileHandle(forWritingTo: outFile)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(code: process.terminationStatus) }
    return String(decoding: try Data(contentsOf: outFile), as: UTF8.self)
  }

  struct Failed: Error { let code: Int32 }
}
