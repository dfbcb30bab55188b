import Foundation
import Testing

@testable import Wire

/// The folder of synthetic DUIS files.
let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("Samples")

/// The bytes of one sample.
func sample(_ name: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: samples.appendingPathComponent(name + ".xml")))
}

/// The names of all samples, without `.xml`.
let sampleNames: [String] = {
  let names = (try? FileManager.default.contentsOfDirectory(atPath: samples.path)) ?? []
  return names.filter { $0.hasSuffix(".xml") }.map { String($0.dropLast(4)) }.sorted()
}()

/// A folder that is gone when the test ends.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "wire-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// The message of the error that reading gives, or nil when it can be read.
func refusal(_ bytes: [UInt8], limits: DUISLimits = .default) -> String? {
  do throws(WireError) {
    _ = try DUIS.read(bytes, file: "a.xml", limits: limits)
    return nil
  } catch {
    return error.message
  }
}

func refusal(_ text: String) -> String? { refusal(Array(text.utf8)) }

/// A small generator, so that a failure can be repeated by its seed.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }
}

/// An SR 8.4 written out, with parts that a test can replace.
func updateRequest(
  _ branch: String = "<sr:UpdateMPxN><sr:ImportMPxN>1200005432101</sr:ImportMPxN></sr:UpdateMPxN>",
  declaration: String = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
  attributes: String = "schemaVersion=\"5.4\"",
  requestID: String = "90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:2001",
  commandVariant: String = "8", reference: String = "8.4", variant: String = "8.4",
  body: String? = nil, after: String = ""
) -> String {
  let update = """
    <sr:UpdateInventory><sr:DeviceID>00-DB-12-34-56-78-90-A0</sr:DeviceID>\
    \(branch)</sr:UpdateInventory>
    """
  let content = body ?? update
  return """
    \(declaration)
    <sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" \(attributes)>
    <sr:Header>
    <sr:RequestID>\(requestID)</sr:RequestID>
    <sr:CommandVariant>\(commandVariant)</sr:CommandVariant>
    <sr:ServiceReference>\(reference)</sr:ServiceReference>
    <sr:ServiceReferenceVariant>\(variant)</sr:ServiceReferenceVariant>
    </sr:Header>
    <sr:Body>
    \(content)
    </sr:Body>\(after)
    </sr:Request>
    """
}
