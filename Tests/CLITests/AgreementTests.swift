import Foundation
import Testing

/// Devices, their registrations, and a request about each, drawn at random; what a seed gives never
/// changes.
///
/// No request changes what another one rests on.
private struct RandomRequests {
  private var state: UInt64
  var inventory = "DeviceID,DeviceType,DeviceStatus,ImportMPxN,ESMEVariant,PrenotifiedBy\n"
  var registrations = "mpxn,kind,supplier,effective_from,effective_to\n"
  var requests: [String] = []

  init(seed: UInt64, count: Int) {
    state = seed
    for index in 0..<count { add(index) }
  }

  /// One of some, by the upper bits of a linear congruence.
  private mutating func one<Element>(_ elements: [Element]) -> Element {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return elements[Int(state >> 33) % elements.count]
  }

  private mutating func add(_ index: Int) {
    let hex = String(format: "%04X", index)
    let device = "00-DB-20-00-00-00-\(hex.prefix(2))-\(hex.suffix(2))"
    let (held, wanted) = (String(2_000_000_000_000 + index), String(2_100_000_000_000 + index))
    let type = one(["ESME", "ESME", "ESME", "GSME", "CHF", "IHD"])
    let hasStatus = type != "IHD"
    let status = one(["Commissioned", "Commissioned", "Pending", "Suspended", "Whitelisted"])
    let isKnown = one([true, true, true, true, false])
    let variant = type == "ESME" ? one(["ADE", "BDE", ""]) : ""
    if isKnown {
      inventory += "\(device),\(type),\(hasStatus ? status : ""),"
      inventory += "\(type == "ESME" ? held : ""),\(variant),\(one([Request.supA, Request.supB]))\n"
    }
    for mpxn in [held, wanted] where one([true, true, true, false]) {
      registrations += "\(mpxn),\(one(["import", "export"])),\(one(["SUPA", "SUPB"])),2024-01-01,\n"
    }
    let field = one(["ImportMPxN", "ImportMPxN", "SecondaryImportMPAN", "ExportMPAN"])
    let moves = "<sr:UpdateMPxN><sr:\(field)>\(wanted)</sr:\(field)></sr:UpdateMPxN>"
    let other = one(["Pending", "InstalledNotCommissioned"])
    let hub = one(["Commissioned", "Withdrawn", "InstalledNotCommissioned"])
    let details = one([
      "", "<sr:FirmwareVersion>0002012F</sr:FirmwareVersion>",
      "<sr:DeviceManufacturer>AB01</sr:DeviceManufacturer><sr:DeviceModel>010A030B</sr:DeviceModel>",
    ])
    requests.append(
      Request.update(
        index + 1, device: device,
        by: one([
          Request.supA, Request.supA, Request.supB, "90-B3-D5-1F-30-05-00-00",
          "90-B3-D5-1F-30-77-00-00",
        ]),
        change: one([
          moves, moves, moves,
          "<sr:UpdateDeviceStatusExceptCH>\(other)</sr:UpdateDeviceStatusExceptCH>",
          "<sr:UpdateDeviceStatusCH>\(hub)</sr:UpdateDeviceStatusCH>",
          "<sr:UpdateDeviceDetails>\(details)</sr:UpdateDeviceDetails>", "<sr:DeleteDevice/>",
        ])))
  }
}

@Suite struct `check and submit` {
  /// How many requests; `SMI_REQUESTS` asks for more.
  private static let count = max(
    300, ProcessInfo.processInfo.environment["SMI_REQUESTS"].flatMap { Int($0) } ?? 0)

  @Test func `agree on requests drawn at random, and an observer diverges from no answer`() throws {
    let drawn = RandomRequests(seed: 71, count: Self.count)
    let (authority, observer) = (try FilledLedger(), try FilledLedger(mode: "observer"))
    let folder = authority.folder
    let requests = folder.path("requests")
    try FileManager.default.createDirectory(atPath: requests, withIntermediateDirectories: false)
    for (index, request) in drawn.requests.enumerated() {
      try folder.write("requests/\(String(format: "%06d", index)).xml", request)
    }
    let registrations = try folder.write("more-registrations.csv", drawn.registrations)
    let inventory = try folder.write("more-inventory.csv", drawn.inventory)
    for ledger in [authority, observer] {
      for (kind, file) in [("registrations", registrations), ("inventory", inventory)] {
        let run = try ledger.run("import", kind, file, "--at", "2026-03-02T00:00:00Z", limit: 600)
        try #require(run.exit == 0, "\(run.errors)")
      }
    }

    let checked = try answers("check", [requests], authority)
    let submitted = try answers(
      "submit", [requests, "--responses", folder.path("responses")], authority)
    try #require(checked.count == Self.count && submitted.count == Self.count)
    for (first, second) in zip(checked, submitted) {
      for key in [
        "file", "code", "branch", "accepted", "findings", "route", "rulebook", "warnings",
      ] {
        #expect(
          (first[key] as? NSObject) == (second[key] as? NSObject),
          "\(key) of \(first["file"] ?? "")")
      }
    }
    let codes = Set(submitted.compactMap { $0["code"] as? String })
    #expect(codes.count > 8, "\(codes)")

    let predicted = try answers("submit", [requests], observer)
    #expect(predicted.count { $0["code"] is String } > Self.count / 2)
    let recorded = try answers("record", [folder.path("responses")], observer)
    #expect(recorded.count == Self.count)
    for answer in recorded { #expect(answer["diverged"] is NSNull, "\(answer)") }
    let report = try observer.run("report", "--divergence", "--format", "json", limit: 600)
    #expect(try JSONText.object(report.output)["responses"] as? Int == 0)
  }

  private func answers(
    _ command: String, _ arguments: [String], _ ledger: FilledLedger
  ) throws -> [[String: Any]] {
    let run = try ledger.run([command] + arguments + ["--format", "json"], limit: 1_800)
    #expect([0, 1].contains(run.exit), "\(run.errors)")
    return try JSONText.array(run.output)
  }
}
