@testable import Corrections

/// SR 8.4, branches `statusExceptCH` and `statusCH`.
extension Situations {
  private static let elsewhere = answered(to: The.supB)

  static let statusExceptCH: [Situation] = {
    let place = Situation.Place.branch(.statusExceptCH)
    func row(
      _ name: String, of known: Device?, by user: User? = The.supA, variant: Int = 8,
      _ authority: String, _ observer: String?
    ) -> Situation {
      Situation(place, name, ask(of: known, by: user, variant: variant), authority, observer)
    }
    func ask(
      of known: Device? = device(), by user: User? = The.supA, variant: Int = 8
    ) -> RequestFacts {
      asking(
        .status(.statusExceptCH, .installedNotCommissioned), by: user, of: known, variant: variant)
    }
    return [
      row("a commissioned ESME, whoever supplies it", of: device(), by: The.supB, "I99", "I99"),
      row(
        "Pending, and the sender installed it", of: device(from: prenotified(), answered()),
        "I99", "I99"),
    ] + senders(place) { ask(by: $0) } + variants(place) { ask(variant: $0) } + [
      row("a wrong variant, and no such device", of: nil, variant: 1, "E12", "E12"),
      row("a CHF", of: device(.chf, holding: nil), "E080405", "E080405"),
      row(
        "a GPF, and no supplier", of: device(.gpf, holding: nil), by: The.maker,
        "E080405", "E080405"),
      row("an IHD, which has no status", of: device(.ihd, nil, holding: nil), "E080405", "E080405"),
      row("no such device", of: nil, "E080406", "E080406"),
      row("no such device, and no supplier", of: nil, by: The.maker, "E080406", "E080406"),
      row("no status is known", of: device(.esme, nil), "E080406", nil),
      row(
        "Pending, and another installed it", of: device(from: prenotified(), elsewhere),
        "E080406", "E080406"),
      row("Pending, and no installation is held", of: device(from: prenotified()), "E080406", nil),
      row(
        "Pending, no installation, and no supplier", of: device(from: prenotified()), by: The.maker,
        "E080406", "E080410"),
      row("no supplier", of: device(), by: The.maker, "E080410", "E080410"),
    ]
  }()

  static let statusCH: [Situation] = {
    let place = Situation.Place.branch(.statusCH)
    let hub = device(.chf, .installedNotCommissioned, holding: nil)
    func row(
      _ name: String, of known: Device?, by user: User? = The.supA, variant: Int = 8,
      _ authority: String, _ observer: String?
    ) -> Situation {
      Situation(place, name, ask(of: known, by: user, variant: variant), authority, observer)
    }
    func ask(of known: Device?, by user: User? = The.supA, variant: Int = 8) -> RequestFacts {
      asking(.status(.statusCH, .commissioned), by: user, of: known, variant: variant)
    }
    return [
      row("a CHF, though two codes are not public", of: hub, "I99", "I99"),
      row("a GPF", of: device(.gpf, holding: nil), "I99", "I99"),
      row(
        "Pending, and the sender installed it",
        of: device(from: prenotified(.chf), answered("8.14.1")),
        "I99", "I99"),
    ] + senders(place) { ask(of: hub, by: $0) } + [
      row("an ESME", of: device(), "E11", "E11"),
      row(
        "an IHD, a wrong variant, and no supplier", of: device(.ihd, nil, holding: nil),
        by: The.maker, variant: 1, "E11", "E11"),
    ] + variants(place) { ask(of: hub, variant: $0) } + [
      row("no such device", of: nil, "E080406", "E080406"),
      row("no status is known", of: device(.chf, nil, holding: nil), "E080406", nil),
      row(
        "Pending, and another installed it", of: device(from: prenotified(.chf), elsewhere),
        "E080406", "E080406"),
      row(
        "Pending, and no installation is held", of: device(from: prenotified(.gpf)), "E080406", nil),
      row("no supplier", of: hub, by: The.maker, "E080410", "E080410"),
    ]
  }()
}
