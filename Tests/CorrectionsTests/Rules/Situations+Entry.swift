@testable import Corrections

/// SR 8.4, branches `details` and `delete`.
extension Situations {
  private static let pending = device(from: prenotified())

  static let details: [Situation] = {
    let place = Situation.Place.branch(.details)
    let given = DeviceDetails(model: "010A030B")
    func row(
      _ name: String, of known: Device? = pending, given: DeviceDetails = given,
      listed answer: ProductAnswer = .listed(product(), position: 40), by user: User? = The.supA,
      variant: Int = 8, _ authority: String, _ observer: String?
    ) -> Situation {
      Situation(
        place, name, asking(.details(given, answer), by: user, of: known, variant: variant),
        authority, observer)
    }
    func ask(by user: User? = The.supA, of known: Device = pending, variant: Int = 8)
      -> RequestFacts
    {
      asking(
        .details(given, .listed(product(), position: 40)), by: user, of: known, variant: variant)
    }
    let none = DeviceDetails()
    return [row("Pending, from the very user that added it", "I99", "I99")]
      + senders(place, unknownInObserver: "E080410") { user in
        user.map { ask(by: $0, of: device(from: prenotified(by: $0))) } ?? ask(by: nil)
      } + variants(place) { ask(variant: $0) } + [
        row("no such device", of: nil, "E080407", "E080407"),
        row("commissioned", of: device(), "E080407", "E080407"),
        row("commissioned, and nothing given", of: device(), given: none, "E080407", "E080407"),
        row(
          "an IHD, which has no status", of: device(.ihd, nil, holding: nil), "E080407", "E080407"),
        row("no status is known", of: device(.esme, nil), "E080407", nil),
        row("nothing given", given: none, "E080408", "E080408"),
        row(
          "nothing given, not listed, and another user", given: none,
          listed: .notListed(imported: 39), by: The.supB, "E080408", "E080408"),
        row("not listed", listed: .notListed(imported: 39), "E080409", "E080409"),
        row(
          "listed, and cancelled", listed: .listed(product(.cancelled), position: 40),
          "E080409", "E080409"),
        row(
          "not listed, and another user", listed: .notListed(imported: 39),
          by: The.supB, "E080409", "E080409"),
        row("no products list is held", listed: .listNotHeld, "E080409", nil),
        row(
          "the variant isn't known", listed: .notDescribed(missing: .esmeVariant),
          "E080409", nil),
        row(
          "no products list, and another user", listed: .listNotHeld, by: The.supB,
          "E080409", "E080410"),
        row("another party", by: The.supB, "E080410", "E080410"),
        row("another user of the same party", by: The.supATwin, "E080410", "E080410"),
        row("nobody says who added it", of: device(.esme, .pending), "E080410", nil),
      ]
  }()

  static let delete: [Situation] = {
    let place = Situation.Place.branch(.delete)
    func row(
      _ name: String, of known: Device? = pending, by user: User? = The.supA, variant: Int = 8,
      _ authority: String, _ observer: String?
    ) -> Situation {
      Situation(
        place, name, asking(.delete, by: user, of: known, variant: variant), authority, observer)
    }
    return [
      row("Pending, from the very user that added it", "I99", "I99"),
      row(
        "a maker may delete what it added", of: device(from: prenotified(by: The.maker)),
        by: The.maker, "I99", "I99"),
    ]
      + senders(place, unknownInObserver: "E080410") { user in
        asking(.delete, by: user, of: user.map { device(from: prenotified(by: $0)) } ?? pending)
      } + variants(place) { asking(.delete, variant: $0) } + [
        row("no such device, and a wrong variant", of: nil, variant: 1, "E12", "E12"),
        row("no such device", of: nil, "E080407", "E080407"),
        row("commissioned, and another user", of: device(), by: The.supB, "E080407", "E080407"),
        row(
          "a CAD, which has no status", of: device(.cad, nil, holding: nil), "E080407", "E080407"),
        row("no status is known", of: device(.gsme, nil, holding: nil), "E080407", nil),
        row("another user of the same party", by: The.supATwin, "E080410", "E080410"),
        row("nobody says who added it", of: device(.esme, .pending), "E080410", nil),
      ]
  }()
}

/// A line of the products list, in force unless something else is said.
func product(
  _ status: ProductStatus = .active, _ type: DeviceType = .esme, from: Instant? = nil,
  to: Instant? = nil
) -> Product {
  Product(
    deviceType: type, esmeVariantFirst: type == .esme ? "A" : nil, manufacturer: "00AB",
    model: "010A030B", firmwareVersion: "0002012F", status: status, listedFrom: from, listedTo: to)
}
