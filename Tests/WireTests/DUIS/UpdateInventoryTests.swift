import Corrections
import Testing

@testable import Wire

@Suite struct `The fields of an 8.4` {
  private static let details =
    sr("DeviceManufacturer", "AB01") + sr("DeviceModel", "010A030B")
    + sr("SMETSCHTSVersion", "V5.1") + sr("FirmwareVersion", "0002012F") + sr("ESMEVariant", "AD")

  private static let branches = [
    sr("UpdateDeviceStatusExceptCH", "Pending"), sr("UpdateDeviceStatusCH", "Commissioned"),
    sr("UpdateDeviceDetails", details), sr("DeleteDevice", ""),
    sr("UpdateMPxN", sr("ImportMPxN", "1200005432101")),
    sr("UpdateMPxN", sr("SecondaryImportMPAN", "1655500011126")),
    sr("UpdateMPxN", sr("ExportMPAN", "2377770010031")),
  ]

  /// The fields that may be left out, and those that may be empty.
  private static let optional = [
    "DeviceManufacturer", "DeviceModel", "SMETSCHTSVersion", "FirmwareVersion", "ESMEVariant",
  ]
  private static let blank = ["DeviceManufacturer", "DeviceModel", "DeleteDevice"]

  /// What happens to every field of every branch when it is changed in one way.
  private func expectEach(
    _ change: MutatedXML.Change, _ isRead: (_ name: String) -> Bool
  ) throws {
    var count = 0
    for branch in Self.branches {
      let document = MutatedXML(updateRequest(branch))
      let start = try #require(document.elements.firstIndex { $0.name == "sr:UpdateInventory" })
      for index in (start + 1)..<document.elements.count {
        guard let bytes = document.changed(index, change) else { continue }
        let name = String(document.elements[index].name.dropFirst(3))
        #expect((refusal(bytes) == nil) == isRead(name), "\(change) of \(name) in \(branch)")
        count += 1
      }
    }
    #expect(count > 5)
  }

  @Test func `a field that is missing is refused unless it is a detail`() throws {
    try expectEach(.drop) { Self.optional.contains($0) }
  }

  @Test func `a field that is there twice is refused`() throws {
    try expectEach(.double) { _ in false }
  }

  @Test func `a field out of its order is refused`() throws {
    try expectEach(.swap) { _ in false }
  }

  @Test func `an empty field is refused unless the schema lets it be empty`() throws {
    try expectEach(.empty) { Self.blank.contains($0) }
  }

  @Test func `a field that is too long is refused`() throws {
    try expectEach(.overlong) { _ in false }
  }

  @Test func `a field with an attribute or an element in it is refused`() throws {
    try expectEach(.attribute) { _ in false }
    try expectEach(.child) { _ in false }
  }

  @Test(arguments: DeviceStatus.allCases)
  func `a status is set only where the schema lets it`(_ status: DeviceStatus) {
    for (name, statuses) in [
      ("UpdateDeviceStatusExceptCH", [.pending, .installedNotCommissioned]),
      ("UpdateDeviceStatusCH", [.commissioned, .withdrawn, .installedNotCommissioned]),
    ] as [(String, [DeviceStatus])] {
      let isRead = refusal(updateRequest(sr(name, status.rawValue))) == nil
      #expect(isRead == statuses.contains(status), "\(name)")
    }
  }

  @Test(arguments: [
    ("DeviceManufacturer", 30), ("DeviceModel", 30), ("SMETSCHTSVersion", 20),
    ("FirmwareVersion", 8),
  ]) func `a detail is as long as the schema lets it be`(_ name: String, _ most: Int) {
    func text(_ count: Int) -> String {
      updateRequest(sr("UpdateDeviceDetails", sr(name, String(repeating: "é", count: count))))
    }
    #expect(refusal(text(most)) == nil)
    #expect(refusal(text(most + 1))?.contains("found \(most + 1) characters") == true)
  }
}
