/// What the SMI says of where a device is and how it is listed, each as last said; nil where nothing
/// was, or nothing is there.
public struct DeviceListing: Hashable, Sendable {
  /// The property that it is at.
  public internal(set) var uprn: Token?
  /// Its postcode.
  public internal(set) var postCode: Token?
  /// The start of its address.
  public internal(set) var addressIdentifier: Token?
  /// The region of the communications service provider.
  public internal(set) var cspRegion: String?
  /// The version of GBCS that it follows.
  public internal(set) var gbcsVersion: String?
  /// Which bands a hub can use.
  public internal(set) var hanVariant: String?
  /// The provider of a SMETS1 device.
  public internal(set) var s1sp: String?
  /// How a hub is connected.
  public internal(set) var connectivity: String?
  /// The status of its firmware version on the products list, as the SMI says.
  public internal(set) var firmwareVersionStatus: ProductStatus?
  /// The status of its model on the products list, as the SMI says.
  public internal(set) var cplStatus: ProductStatus?

  /// The day of commissioning.
  var dateCommissioned: CivilDate?
  private var said = Moments()

  /// When something was last said of each.
  private struct Moments: Hashable {
    var uprn: Instant?
    var postCode: Instant?
    var addressIdentifier: Instant?
    var cspRegion: Instant?
    var gbcsVersion: Instant?
    var hanVariant: Instant?
    var s1sp: Instant?
    var connectivity: Instant?
    var firmwareVersionStatus: Instant?
    var cplStatus: Instant?
    var dateCommissioned: Instant?
  }

  /// The device was added: nothing that was there before counts any more.
  mutating func empty(at moment: Instant) {
    var nothing = InventoryEntry(deviceType: .esme)
    nothing.empty = Set(EntryField.allCases)
    look(nothing, at: moment)
  }

  /// Takes over what a look says of a moment; where something later is known it says nothing.
  mutating func look(_ entry: InventoryEntry, at moment: Instant) {
    func take<Value>(
      _ field: EntryField, _ held: inout Value?, _ said: inout Instant?, _ seen: Value?
    ) {
      guard said.map({ $0 <= moment }) ?? true, seen != nil || entry.empty.contains(field)
      else { return }
      held = seen
      said = moment
    }
    take(.uprn, &uprn, &said.uprn, entry.uprn)
    take(.postCode, &postCode, &said.postCode, entry.postCode)
    take(.addressIdentifier, &addressIdentifier, &said.addressIdentifier, entry.addressIdentifier)
    take(.cspRegion, &cspRegion, &said.cspRegion, entry.cspRegion)
    take(.gbcsVersion, &gbcsVersion, &said.gbcsVersion, entry.gbcsVersion)
    take(.hanVariant, &hanVariant, &said.hanVariant, entry.hanVariant)
    take(.s1sp, &s1sp, &said.s1sp, entry.s1sp)
    take(.connectivity, &connectivity, &said.connectivity, entry.connectivity)
    take(
      .firmwareVersionStatus, &firmwareVersionStatus, &said.firmwareVersionStatus,
      entry.firmwareVersionStatus)
    take(.cplStatus, &cplStatus, &said.cplStatus, entry.cplStatus)
    take(.dateCommissioned, &dateCommissioned, &said.dateCommissioned, entry.dateCommissioned)
  }
}
