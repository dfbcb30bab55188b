import Corrections

/// Local time in Great Britain, as a person would write it.
func local(
  _ date: String, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0, milli: Int64 = 0
) -> Instant {
  guard let date = CivilDate(date) else { fatalError("\(date) is no date") }
  let midnight = GBTime.startOfDay(date)
  // Right on any day but a Sunday on which the clocks change.
  return midnight.advanced(byMilliseconds: Int64((hour * 60 + minute) * 60 + second) * 1000 + milli)
}

func utc(_ stored: String) -> Instant {
  guard let instant = Instant(stored: stored) else { fatalError("\(stored) is no instant") }
  return instant
}

func day(_ text: String) -> CivilDate {
  guard let date = CivilDate(text) else { fatalError("\(text) is no date") }
  return date
}

/// SplitMix64: the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A moment between 2020 and 2036.
  mutating func instant() -> Instant {
    Instant(milliseconds: .random(in: 1_577_836_800_000..<2_082_758_400_000, using: &self))
  }

  /// That many moments in order, mostly days to weeks apart.
  mutating func moments(_ count: Int) -> [Instant] {
    var moment = instant()
    return (0..<count).map { _ in
      moment = moment.advanced(byMilliseconds: .random(in: 0..<3_000_000_000, using: &self))
      return moment
    }
  }
}

extension SeededGenerator {
  /// Up to eight calendars from moments that ``instant()`` covers, half of them from a midnight.
  mutating func calendars() -> [(from: Instant, calendar: WorkingCalendar)] {
    (0..<Int.random(in: 0..<9, using: &self)).map { _ in
      let moment = instant()
      let isMidnight = Bool.random(using: &self)
      return (
        from: isMidnight ? GBTime.startOfDay(GBTime.civil(at: moment).date) : moment,
        calendar: WorkingCalendar.allCases.randomElement(using: &self) ?? .standard
      )
    }
  }

  mutating func history() -> CalendarHistory { CalendarHistory(calendars()) }
}
