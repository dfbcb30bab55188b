import CanonicalJSON
public import Corrections

/// A look at an entry as it stands in a record, written without a value in between: an extract holds
/// millions.
///
/// A test holds it to what ``StoredForm/encode(_:)`` and ``EventShape/tags(type:version:body:)`` give.
public struct StoredLook: Hashable, Sendable {
  /// The stored name of such an event.
  public static let type = "InventoryObserved"
  /// The version in which it is written.
  public static let version = 1

  /// The whole body.
  public let body: [UInt8]
  /// Where the entry stands in it, from its opening brace to its closing one.
  public let entry: Range<Int>
  /// The tags, sorted, none twice.
  public let tags: [String]

  /// Writes down a look.
  public init(_ event: InventoryObserved) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(768)
    bytes.append("{\"basis\":\"")
    bytes.append(contentsOf: event.basis.rawValue.utf8)
    bytes.append("\",\"device\":\"")
    let device = event.deviceID.description
    bytes.append(contentsOf: device.utf8)
    bytes.append("\",\"entry\":")
    let start = bytes.count
    bytes.append(event.entry)
    entry = start..<bytes.count
    bytes.append(UInt8(ascii: "}"))
    body = bytes
    var tags = ["device:" + device]
    for associated in event.entry.associatedDevices { tags.append("device:\(associated)") }
    for field in MPxNField.allCases {
      if let token = event.entry.mpxn(field) { tags.append("mpxn:" + token.text) }
    }
    if tags.count > 1 {
      tags.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      var last: String?
      tags = tags.filter { tag in
        defer { last = tag }
        return tag != last
      }
    }
    self.tags = tags
  }
}

extension [UInt8] {
  /// Appends an entry: its members in the order of their keys.
  fileprivate mutating func append(_ entry: InventoryEntry) {
    var separator: StaticString = "{"
    /// The keys come with their quotation marks and colon.
    func key(_ key: StaticString, _ bytes: inout [UInt8]) {
      bytes.append(separator)
      bytes.append(key)
      separator = ","
    }
    /// A text of which each character stands for itself.
    func plain(_ name: StaticString, _ text: String?, _ bytes: inout [UInt8]) {
      guard var text else { return }
      key(name, &bytes)
      bytes.append("\"")
      text.withUTF8 { bytes.append(contentsOf: $0) }
      bytes.append("\"")
    }
    func member(_ name: StaticString, _ text: String?, _ bytes: inout [UInt8]) {
      guard let text else { return }
      key(name, &bytes)
      bytes.appendJSON(text)
    }
    plain("\"addressIdentifier\":", entry.addressIdentifier?.text, &self)
    if !entry.associatedDevices.isEmpty {
      key("\"associatedDevices\":", &self)
      append(list: entry.associatedDevices.lazy.map(\.description))
    }
    let isComplete = StoredForm.isComplete(entry)
    if isComplete {
      key("\"complete\":", &self)
      append("true")
    }
    member("\"connectivity\":", entry.connectivity, &self)
    plain("\"cplStatus\":", entry.cplStatus?.rawValue, &self)
    member("\"cspRegion\":", entry.cspRegion, &self)
    plain("\"dateCommissioned\":", entry.dateCommissioned?.description, &self)
    plain("\"deviceType\":", entry.deviceType.rawValue, &self)
    if !isComplete, !entry.empty.isEmpty {
      key("\"empty\":", &self)
      append(list: EntryField.allCases.lazy.filter(entry.empty.contains).map(\.rawValue))
    }
    plain("\"esmeVariant\":", entry.details.esmeVariant?.rawValue, &self)
    plain("\"exportMPAN\":", entry.exportMPAN?.text, &self)
    member("\"firmwareVersion\":", entry.details.firmwareVersion, &self)
    plain("\"firmwareVersionStatus\":", entry.firmwareVersionStatus?.rawValue, &self)
    member("\"gbcsVersion\":", entry.gbcsVersion, &self)
    member("\"hanVariant\":", entry.hanVariant, &self)
    plain("\"importMPxN\":", entry.importMPxN?.text, &self)
    member("\"manufacturer\":", entry.details.manufacturer, &self)
    member("\"model\":", entry.details.model, &self)
    plain("\"postCode\":", entry.postCode?.text, &self)
    plain("\"prenotifiedBy\":", entry.prenotifiedBy?.description, &self)
    member("\"s1sp\":", entry.s1sp, &self)
    plain("\"secondaryImportMPAN\":", entry.secondaryImportMPAN?.text, &self)
    member("\"smetsCHTSVersion\":", entry.details.smetsCHTSVersion, &self)
    plain("\"status\":", entry.status?.rawValue, &self)
    plain("\"statusSince\":", entry.statusSince?.stored, &self)
    plain("\"uprn\":", entry.uprn?.text, &self)
    append("}")
  }

  private mutating func append(list texts: some Sequence<String>) {
    var separator = UInt8(ascii: "[")
    for text in texts {
      append(separator)
      appendJSON(text)
      separator = UInt8(ascii: ",")
    }
    append(UInt8(ascii: "]"))
  }
}
