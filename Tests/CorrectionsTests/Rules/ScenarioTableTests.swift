import Testing

@testable import Corrections

/// One situation as an authority answers it and an observer predicts it.
struct Situation: CustomTestStringConvertible {
  let place: Place
  let name: String
  let facts: RequestFacts
  /// What an authority answers.
  let authority: String
  /// What an observer predicts; nil where that stays open.
  let observer: String?
  var testDescription: String { "\(place): \(name)" }

  init(
    _ place: Place, _ name: String, _ facts: RequestFacts, _ authority: String, _ observer: String?
  ) {
    self.place = place
    self.name = name
    self.facts = facts
    self.authority = authority
    self.observer = observer
  }

  /// Where a code is asked: a branch of SR 8.4, or another Service Reference.
  enum Place: Hashable, CustomStringConvertible {
    case branch(UpdateBranch)
    case query, prenotification

    static let all = UpdateBranch.allCases.map(Place.branch) + [.query, .prenotification]

    init(_ asks: RequestFacts.Asks) {
      self = asks.branch.map(Place.branch) ?? (asks.isQuery ? .query : .prenotification)
    }

    var codes: [RuleCode] {
      switch self {
      case .branch(let branch): UpdateInventoryRules.codes(for: branch)
      case .query: UpdateInventoryRules.queryCodes
      case .prenotification: UpdateInventoryRules.prenotificationCodes
      }
    }

    var description: String {
      switch self {
      case .branch(let branch): branch.rawValue
      case .query: "8.2"
      case .prenotification: "12.2"
      }
    }
  }
}

/// The table, place by place.
enum Situations {
  static let all = statusExceptCH + statusCH + details + delete + mpxn + query + prenotification
}

@Suite struct `The table of situations` {
  @Test(arguments: Situations.all)
  func `says which code is returned first`(_ situation: Situation) {
    #expect(Situation.Place(situation.facts.asks) == situation.place)
    let authority = Judgement.of(situation.facts.asked(in: .authority), warnings: [])
    let observer = Judgement.of(situation.facts.asked(in: .observer), warnings: [])
    #expect(authority.code == situation.authority)
    #expect(observer.code == situation.observer)
    #expect(authority.accepted == ["I0", "I99"].contains(situation.authority))
    #expect(observer.accepted == situation.observer.map { ["I0", "I99"].contains($0) })
  }

  /// What fails E2 has failed E1 before, since every role of a DUIS user may send all that is judged
  /// here: the published matrix.
  static let neverFirst: Set<RuleCode> = [.e2]

  @Test(arguments: Situation.Place.all)
  func `has a row for every published code of every place`(_ place: Situation.Place) {
    let returned = Set(Situations.all.filter { $0.place == place }.map(\.authority))
    for code in place.codes where code.isPublished && !Self.neverFirst.contains(code) {
      #expect(
        returned.contains(code.rawValue), "\(place) has no row that ends with \(code.rawValue)")
    }
    #expect(!returned.isDisjoint(with: ["I0", "I99"]), "\(place) has no row that is accepted")
    #expect(
      returned.subtracting(["I0", "I99"]).isSubset(of: place.codes.map(\.rawValue)))
  }

  @Test func `has a code that never comes first where another asks the same before`() {
    for situation in Situations.all {
      let findings = Judgement.of(situation.facts, warnings: []).findings
      #expect(
        findings.first { $0.code == .e1 }?.answer == findings.first { $0.code == .e2 }?.answer)
    }
  }

  @Test func `follows the order of precedence within each place`() {
    for place in Situation.Place.all {
      let codes = Situations.all.filter { $0.place == place }.map(\.authority)
      let ranks = codes.map { code in place.codes.firstIndex { $0.rawValue == code } ?? -1 }
      #expect(ranks == ranks.sorted(), "\(place): \(codes)")
    }
  }
}
