internal import Corrections

/// Which devices a making of views has met, told from few bits: "no" is certain, "yes" is nearly so.
///
/// A state that is no longer in memory is folded anew from the log, and a device that was never met has
/// none; asking rows or log for each of a million new devices takes longer than all else that is done for
/// it. So many bits serve ten million devices with a wrong "yes" in two hundred, which only costs time.
struct MetDevices {
  private var words: [UInt64]

  /// Makes room for 64 × `count` bits, a power of two.
  init(words count: Int = 1 << 21) {
    precondition(count > 0 && count & (count - 1) == 0, "a power of two")
    words = Array(repeating: 0, count: count)
  }

  /// Takes note of a device; whether it may have been met before.
  mutating func meet(_ device: EUI64) -> Bool {
    var state = device.bits
    var wasMet = true
    for _ in 0..<4 {
      // Ids of one maker differ in few bits, so they are mixed (SplitMix64).
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      mixed ^= mixed >> 31
      let (word, bit) = (Int(mixed >> 6) & (words.count - 1), UInt64(1) << (mixed & 63))
      wasMet = wasMet && words[word] & bit != 0
      words[word] |= bit
    }
    return wasMet
  }
}
