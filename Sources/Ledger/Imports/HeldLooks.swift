internal import Corrections
internal import EventLog
internal import Wire

/// How looks at some devices compare with the last ones that are held, by their bytes.
///
/// An entry has one stored form, so most rows of a second extract are known without reading a record.
/// Where a device has other events, too, or the bytes differ, its timeline is read.
struct HeldLooks {
  /// How a look compares with what is held.
  enum Comparison { case new, same, other }

  private struct Held {
    /// The time when the last look is true, as it is stored.
    var at: [UInt8] = []
    var isSame = false
    var hasOtherEvents = false
  }

  private let held: [Held]
  /// The newest event when it was looked.
  let seenUpTo: Int

  /// Looks at the timelines of some devices as of a time.
  init(
    _ log: EventLog, _ devices: [EUI64], _ looks: [StoredLook], at time: Instant
  ) throws {
    var held = Array(repeating: Held(), count: devices.count)
    let now = Array(time.stored.utf8)
    let end = LentRecord.end(ofType: StoredLook.type, version: StoredLook.version)
    let prefix = looks.map(\.ownBytes)
    seenUpTo = try log.forEachRecord(onTimelines: devices.map(Tag.device)) { index, record in
      guard record.hasSuffix(end), let (body, effectiveAt) = record.parts,
        let start = Self.deviceStart(in: body)
      else {
        held[index].hasOtherEvents = true
        return
      }
      let rest = UnsafeRawBufferPointer(rebasing: body[start...])
      looks[index].body.withUnsafeBytes { look in
        let own = UnsafeRawBufferPointer(rebasing: look[prefix[index]...])
        // A look at another device may name this one.
        guard own.first(Self.idLength).isSame(rest.first(Self.idLength)) else { return }
        // Later looks replace those that are of the same time or before.
        guard !now.lexicographicallyPrecedes(effectiveAt),
          !effectiveAt.lexicographicallyPrecedes(held[index].at)
        else { return }
        held[index].at = Array(effectiveAt)
        held[index].isSame = rest.isSame(own)
      }
    }
    self.held = held
  }

  /// How a look compares; where bytes don't tell, `read` says whether what is held is the same, nil when
  /// nothing is.
  func compare(_ index: Int, _ read: () throws -> Bool?) rethrows -> Comparison {
    let held = held[index]
    if !held.hasOtherEvents {
      if held.at.isEmpty { return .new }
      if held.isSame { return .same }
    }
    guard let isSame = try read() else { return .new }
    return isSame ? .same : .other
  }

  /// Whether anything else than looks is on the timeline of a device.
  func hasOtherEvents(_ index: Int) -> Bool { held[index].hasOtherEvents }

  private static let idLength = 23
  private static let basisKey = Array("{\"basis\":\"".utf8)
  private static let deviceKey = Array("\",\"device\":\"".utf8)

  /// Where the device stands that a look is at: `{"basis":"…","device":"…","entry":`.
  private static func deviceStart(in body: UnsafeRawBufferPointer) -> Int? {
    guard body.first(basisKey.count).isSame(basisKey),
      let end = body[basisKey.count...].firstIndex(of: UInt8(ascii: "\""))
    else { return nil }
    let start = end + deviceKey.count
    guard start + idLength < body.count,
      UnsafeRawBufferPointer(rebasing: body[end..<start]).isSame(deviceKey)
    else { return nil }
    return start
  }
}

extension StoredLook {
  /// Where the device begins in the body; from there on a look says what it says.
  fileprivate var ownBytes: Int { entry.lowerBound - 23 - "\",\"entry\":".utf8.count }
}

extension UnsafeRawBufferPointer {
  /// The first bytes, or fewer where there are no more.
  fileprivate func first(_ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: prefix(count))
  }
}
