/// What the rules share: how a fact is said, whom it concerns, how it could be put right.
extension DiscrepancyFacts {
  /// A suspicion of this device, with the parties that it concerns.
  func suspicion(
    _ rule: DiscrepancyRule, _ confidence: Confidence, others: [EUI64] = [],
    field: CorrectionField? = nil, mpxns: [Token] = [], parties: [String] = [], facts: [Fact],
    wanted: EntryValue? = nil, route: Route? = nil
  ) -> Suspicion {
    Suspicion(
      rule, confidence, of: device.id, others: others, field: field, mpxns: mpxns,
      parties: concerned + parties, facts: [typeFact] + facts, wanted: wanted, route: route)
  }

  /// A suspicion of one place.
  func suspicion(
    _ rule: DiscrepancyRule, _ confidence: Confidence, of place: HeldMPxN, facts: [Fact] = [],
    route: Route? = nil
  ) -> Suspicion {
    suspicion(
      rule, confidence, field: CorrectionField(place.field), mpxns: [place.held.value],
      facts: [place.fact] + facts, route: route)
  }

  /// The parties that the device concerns: whoever is registered for its meter points, else was; who
  /// acts on it; and of a device that nobody is registered for, who pre-notified it.
  public var concerned: [String] {
    let registered = places.flatMap { place -> [Registration] in
      let inForce = place.rows.filter { $0.isInForce(at: at) }
      let last = place.rows.max { $0.from < $1.from }
      return inForce.isEmpty ? last.map { [$0] } ?? [] : inForce
    }.map(party)
    let parties = registered + [acting?.party].compactMap { $0 }
    return parties.isEmpty ? [prenotifierParty].compactMap { $0 } : Set(parties).sorted()
  }

  /// The party that a registration names: its code where known, else the market participant id.
  func party(of registration: Registration) -> String {
    parties[registration.supplier] ?? registration.supplier
  }

  /// What the SMI says that the device is.
  var typeFact: Fact {
    Fact(.deviceType, .text(device.type.rawValue), from: .position(device.typeKnownAt))
  }

  /// The status, with since when where that is known exactly.
  var statusFacts: [Fact] {
    guard let status = device.currentStatus else { return [] }
    let source = Fact.Source.position(status.position)
    return [Fact(.status, .text(status.value.rawValue), from: source)]
      + (status.isExact ? [Fact(.statusSince, .time(status.from), from: source)] : [])
  }

  /// The variant of an ESME.
  var variantFacts: [Fact] {
    guard let variant = device.details.esmeVariant else { return [] }
    return [
      Fact(
        .esmeVariant, .text(variant.rawValue),
        from: device.variantKnownAt.map(Fact.Source.position))
    ]
  }

  /// What a place holds; nil when it is empty or nothing is known of it.
  func place(_ field: MPxNField) -> HeldMPxN? { places.first { $0.field == field } }

  /// What is said of one registration.
  func facts(about row: Registration) -> [Fact] {
    let source = Fact.Source.registrations(row.imported)
    var facts = [
      Fact(.registeredSupplier, .text(row.supplier), from: source),
      Fact(.registrationKind, .text(row.kind.rawValue), from: source),
      Fact(.registeredFrom, .time(row.from), from: source),
    ]
    if let party = parties[row.supplier] {
      facts.insert(Fact(.registeredParty, .text(party), from: source), at: 1)
    }
    if let to = row.to { facts.append(Fact(.registeredTo, .time(to), from: source)) }
    return facts
  }

  /// How another value could come into a place: one supplier alone, two who agree, or by hand where
  /// nobody is registered.
  func route(to rows: [Registration], in field: MPxNField) -> Route {
    let wanted = RegistrationAnswer(rows: rows, at: at).registration
    guard let wanted else { return .registration }
    guard let held = place(field) else { return .selfServe }
    guard let holder = RegistrationAnswer(rows: held.rows, at: at).registration else {
      return .manual
    }
    return party(of: holder) == party(of: wanted) ? .selfServe : .twoSupplier
  }
}

extension DiscrepancyFacts.HeldMPxN {
  /// That the place holds it, and who says so.
  var fact: Fact { Fact(.heldMPxN, .token(held.value), from: .position(held.position)) }
}
