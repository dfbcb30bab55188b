package import Corrections
package import Ledger
package import Wire

/// How what an entry holds or shall hold is put before whoever may read the ledger's folder.
package struct EntryWording {
  package let ledger: Ledger
  package let wording: Wording
  /// What no table holds, since it was only tried.
  private let typed: Typed

  /// How much is shown.
  package let sight: Sight

  package init(_ ledger: Ledger, typed: Typed = Typed(), sight: Sight = .whole) {
    self.ledger = ledger
    self.typed = typed
    self.sight = sight
    wording = Wording { token in
      let digits = typed.digits(of: token) ?? (try? ledger.mpxn(token))?.digits
      return sight == .whole ? digits : digits.map { "…" + $0.suffix(3) }
    }
  }

  /// The whole value.
  package func whole(_ value: EntryValue?) -> String { text(value, mpxn: { wording.whole($0) }) }

  /// The same with the last three digits of a meter point.
  package func masked(_ value: EntryValue?) -> String { text(value, mpxn: { wording.masked($0) }) }

  private func text(_ value: EntryValue?, mpxn: (Token) -> String) -> String {
    switch value {
    case nil: "unknown"
    case .empty: "nothing"
    case .mpxn(let token): mpxn(token)
    case .status(let status): status.rawValue
    case .details(let details): details.isEmpty ? "none known" : EntryWording.text(details)
    case .listed(let listed): listed ? "in the SMI" : "not in the SMI"
    case .text(let document): said(document)
    }
  }

  /// For JSON: a text, an object for details, null for a place that is empty or not known.
  package func json(_ value: EntryValue?) -> JSON {
    switch value {
    case nil, .empty: .null
    case .mpxn(let token): wording.json(token)
    case .status(let status): .string(status.rawValue)
    case .details(let details): EntryWording.json(details)
    case .listed(let listed): .bool(listed)
    case .text(let document): .string(words(document))
    }
  }

  private func said(_ document: String) -> String {
    Shown.visible(words(document))
  }

  /// What a document says, to whoever may read it.
  package func words(_ document: String) -> String {
    guard sight == .whole else { return Sight.notShown }
    return typed.words(of: document) ?? (try? ledger.text(of: document)) ?? "(erased)"
  }

  private static func text(_ details: DeviceDetails) -> String {
    [
      details.manufacturer.map { "manufacturer \($0)" }, details.model.map { "model \($0)" },
      details.smetsCHTSVersion.map { "SMETS/CHTS \($0)" },
      details.firmwareVersion.map { "firmware \($0)" },
      details.esmeVariant.map { "variant \($0.rawValue)" },
    ].compactMap { $0 }.map { Shown.visible($0) }.joined(separator: ", ")
  }

  private static func json(_ details: DeviceDetails) -> JSON {
    let members: [(key: String, value: String?)] = [
      ("DeviceManufacturer", details.manufacturer), ("DeviceModel", details.model),
      ("SMETSCHTSVersion", details.smetsCHTSVersion),
      ("DeviceFirmwareVersion", details.firmwareVersion),
      ("ESMEVariant", details.esmeVariant?.rawValue),
    ]
    return .object(members.compactMap { member in member.value.map { (member.key, .string($0)) } })
  }
}
