extension DiscrepancyCheck {
  /// Asks whether a meter point is in the places of one live device only.
  ///
  /// All devices that hold it make one discrepancy, of the device with the lowest id; of very many the
  /// first few are named, so that it fits in a record. That two meters at one meter point are an error
  /// is inferred; after an exchange the old one is not in use.
  static let mpxnTwice = DiscrepancyCheck(.mpxnTwice) { facts in
    var seen: Set<Token> = []
    return facts.places.compactMap { place in
      guard seen.insert(place.held.value).inserted else { return nil }
      let isTwiceHere = facts.places.count { $0.held.value == place.held.value } > 1
      guard isTwiceHere || !place.others.isEmpty,
        place.others.allSatisfy({ facts.device.id < $0 })
      else { return nil }
      return facts.suspicion(
        .mpxnTwice, .likely, others: place.others, field: CorrectionField(place.field),
        mpxns: [place.held.value], parties: place.othersParties,
        facts: [place.fact, Fact(.found, .text(String(place.others.count + 1)))]
          + place.others.prefix(Suspicion.mostOthers).map {
            Fact(.otherDevice, .text($0.description))
          })
    }
  }
}
