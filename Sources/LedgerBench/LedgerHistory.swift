import Corrections

/// A made-up past of a ledger, always the same for the same seed.
///
/// First the inventory, six devices for each correction to come. Then stories, two thousand of them
/// at a time: two of three are an 8.4 that is accepted (four events), one is an 8.4 that is refused
/// and becomes a correction up to its resolution (fourteen events). Half of the devices are never
/// heard of again.
struct LedgerHistory {
  private let devices: Int
  private let firstPosition: Int
  private var made = 0
  private var random: UInt64
  private var begun = 0
  private var corrections = 0
  private var open: [Story] = []

  init(seed: UInt64, firstPosition: Int, count: Int) {
    random = seed
    self.firstPosition = firstPosition
    devices = max(1, count * 6 / 28)
  }

  /// The next event, and when it was true in milliseconds: a year from first to last.
  mutating func next() -> (event: Event, effectiveAt: Int64) {
    let position = firstPosition + made
    let effectiveAt = 1_767_225_600_000 + Int64(made) * 31_000
    made += 1
    if made <= devices { return (Story.observation(ofDevice: made - 1), effectiveAt) }
    while open.count < 2_000 { begin() }
    random = mix(random)
    let place = Int(random % UInt64(open.count))
    let event = open[place].next(at: position)
    if open[place].isOver {
      open[place] = open[open.count - 1]
      open.removeLast()
    }
    return (event, effectiveAt)
  }

  private mutating func begin() {
    // 7,919 is a prime: the stories walk through the inventory without order.
    let device = begun * 7_919 % devices
    begun += 1
    if begun.isMultiple(of: 3) {
      corrections += 1
      open.append(Story(number: begun, device: device, correction: corrections))
    } else {
      open.append(Story(number: begun, device: device, correction: nil))
    }
  }
}

/// Scrambles a number: SplitMix64's last step.
func mix(_ number: UInt64) -> UInt64 {
  var mixed = number &+ 0x9E37_79B9_7F4A_7C15
  mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return mixed ^ (mixed >> 31)
}
