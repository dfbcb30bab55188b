import CanonicalJSON
import Corrections
import Testing
import Wire

@Suite struct `A look that is written at once` {
  @Test func `has the bytes and the tags that every event gets`() throws {
    var complete = 0
    for seed in seeds {
      var dice = Dice(seed: seed)
      var entry = dice.entry()
      switch seed % 4 {
      case 0: entry.empty = Set(EntryField.allCases)
      case 1: entry.empty = Set(EntryField.allCases).subtracting(entry.given)
      default: break
      }
      let event = InventoryObserved(deviceID: dice.eui(), basis: dice.one(), entry: entry)
      let stored = StoredForm.encode(.inventoryObserved(event))
      let look = StoredLook(event)
      try #require(StoredLook.type == stored.type && StoredLook.version == stored.version)
      try #require(try look.body == stored.body.bytes(), "seed \(seed)")
      let tags = try EventShape.tags(
        type: stored.type, version: stored.version, body: stored.body)
      try #require(look.tags == tags, "seed \(seed)")
      let written = try Value(reading: Array(look.body[look.entry]))
      try #require(written == stored.body["entry"], "seed \(seed)")
      if written["complete"] != nil { complete += 1 }
    }
    #expect(complete > 0, "a look at every field was among them")
  }
}
