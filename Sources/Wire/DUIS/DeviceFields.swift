internal import Corrections

/// The children of one `Device` of an 8.2 response, noting which of them say nothing.
///
/// An 8.2 response tells the whole entry, so what it leaves out or leaves blank is empty in the SMI.
struct DeviceFields {
  var children = Children(of: "Device")
  private(set) var empty: Set<EntryField> = []

  /// A text that must be there and may be blank.
  mutating func mandatory(
    _ name: String, _ field: EntryField, _ xml: inout XMLReader
  ) throws(WireError) -> String? {
    kept(try xml.string(0...30, try children.required(name, &xml)), field)
  }

  mutating func text(
    _ name: String, _ lengths: ClosedRange<Int>, _ field: EntryField, _ xml: inout XMLReader
  ) throws(WireError) -> String? {
    guard let element = try child(name, field, &xml) else { return nil }
    return kept(try xml.string(lengths, element), field)
  }

  mutating func choice<Value: RawRepresentable<String>>(
    _ name: String, _ values: [Value], _ field: EntryField, _ xml: inout XMLReader
  ) throws(WireError) -> Value? {
    guard let element = try child(name, field, &xml) else { return nil }
    return try xml.oneOf(values, element)
  }

  mutating func day(
    _ name: String, _ field: EntryField, _ xml: inout XMLReader
  ) throws(WireError) -> CivilDate? {
    guard let element = try child(name, field, &xml) else { return nil }
    return try xml.day(element)
  }

  mutating func mpxn(
    _ name: String, _ lengths: ClosedRange<Int>, _ field: EntryField, _ xml: inout XMLReader
  ) throws(WireError) -> MPxN? {
    guard let element = try child(name, field, &xml) else { return nil }
    return try xml.mpxn(lengths, element)
  }

  mutating func uprn(_ xml: inout XMLReader) throws(WireError) -> String? {
    guard let element = try child("UPRN", .uprn, &xml) else { return nil }
    return try xml.uprn(element)
  }

  mutating func property(
    _ xml: inout XMLReader
  ) throws(WireError) -> (postCode: String?, address: String?) {
    guard try child("PropertyFilter", .postCode, &xml) != nil else {
      empty.insert(.addressIdentifier)
      return (nil, nil)
    }
    let (postCode, address) = try DUIS.propertyFilter(&xml)
    return (kept(postCode, .postCode), kept(address, .addressIdentifier))
  }

  private mutating func child(
    _ name: String, _ field: EntryField, _ xml: inout XMLReader
  ) throws(WireError) -> XMLElement? {
    let element = try children.optional(name, &xml)
    if element == nil { empty.insert(field) }
    return element
  }

  private mutating func kept(_ text: String, _ field: EntryField) -> String? {
    guard XMLReader.trimmed(text).isEmpty else { return text }
    empty.insert(field)
    return nil
  }
}
