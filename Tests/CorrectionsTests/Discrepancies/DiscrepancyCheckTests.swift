import Testing

@testable import Corrections

@Suite struct `Every rule of reconcile` {
  @Test func `is asked once, in the order of the names`() {
    #expect(DiscrepancyCheck.all.map(\.rule) == DiscrepancyRule.allCases)
  }

  @Test(arguments: DiscrepancyRule.allCases)
  func `finds its example, of the device that is asked about`(_ rule: DiscrepancyRule) throws {
    let found = try #require(rule.example.found(by: rule).first)
    #expect(rule.example.found(by: rule).count == 1)
    #expect(found.rule == rule && found.device == The.device)
    #expect(found.facts.first?.name == .deviceType)
  }

  @Test(arguments: DiscrepancyRule.allCases)
  func `finds nothing where another is asked`(_ rule: DiscrepancyRule) {
    let others = Set(DiscrepancyRule.allCases).subtracting([rule])
    let found = DiscrepancyCheck.suspicions(of: rule.example, by: others)
    #expect(!found.contains { $0.rule == rule })
    #expect(DiscrepancyCheck.suspicions(of: rule.example, by: []).isEmpty)
    #expect(DiscrepancyCheck.suspicions(of: rule.example).contains { $0.rule == rule })
  }

  @Test(arguments: DiscrepancyRule.allCases)
  func `asks nothing of a device that is not in use`(_ rule: DiscrepancyRule) {
    let example = rule.example
    #expect(example.then(Told.became(.decommissioned)).found(by: rule).isEmpty)
    #expect(example.then(Told.became(.withdrawn)).found(by: rule).isEmpty)
    #expect(example.then(Told.deleted).found(by: rule).isEmpty)
  }

  @Test(arguments: DiscrepancyRule.allCases)
  func `concerns who acts on the device`(_ rule: DiscrepancyRule) throws {
    let found = try #require(rule.example.acting("SUPC").found(by: rule).first)
    #expect(found.parties.contains("SUPC"))
  }

  @Test(arguments: DiscrepancyRule.allCases)
  func `finds the same from the same facts`(_ rule: DiscrepancyRule) {
    #expect(rule.example.found(by: rule) == rule.example.found(by: rule))
  }

  @Test func `concerns those in force, else the last that was, else the pre-notifier`() {
    func concerned(_ rows: [Registration], prenotifier: String? = "MAPX") -> [String] {
      suspect(rows: rows).with { $0.prenotifierParty = prenotifier }.concerned
    }
    let ended = row(heldMPxN, "SUPB", from: local("2020-01-01"), to: local("2024-06-01"))
    #expect(concerned([ended, row(heldMPxN, "SUPA")]) == ["SUPA"])
    let first = row(heldMPxN, "SUPC", from: local("2018-01-01"), to: local("2020-01-01"))
    #expect(concerned([first, ended]) == ["SUPB"] && concerned([ended, first]) == ["SUPB"])
    #expect(concerned([]) == ["MAPX"] && concerned([], prenotifier: nil).isEmpty)
    #expect(concerned([row(heldMPxN, "SUPA"), row(heldMPxN, "SUPB")]) == ["SUPA", "SUPB"])
    #expect(concerned([row(heldMPxN, "MRA1")]) == ["MRA1"], "an id that no user acts for")
    #expect(suspect(rows: [ended]).acting("SUPC").concerned == ["SUPB", "SUPC"])
  }
}
