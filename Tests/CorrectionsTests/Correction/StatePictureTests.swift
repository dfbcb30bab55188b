import Foundation
import Testing

@testable import Corrections

/// The picture of the states in ARCHITECTURE.md is what the decider does.
///
/// `SMI_WRITE_SCHEMAS=1` draws it anew.
@Suite struct `The picture of the states` {
  private static let path = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("ARCHITECTURE.md").path
  private static let start = "```mermaid\nstateDiagram-v2\n"
  private static let end = "```\n"

  @Test func `shows every step from one state to another, and no other`() throws {
    let text = try String(contentsOfFile: Self.path, encoding: .utf8)
    let from = try #require(text.range(of: Self.start), "ARCHITECTURE.md has no picture")
    let to = try #require(text.range(of: Self.end, range: from.upperBound..<text.endIndex))
    let drawn = try StatePicture.lines()
    if ProcessInfo.processInfo.environment["SMI_WRITE_SCHEMAS"] != nil {
      let new = text.replacingCharacters(in: from.upperBound..<to.lowerBound, with: drawn)
      try new.write(toFile: Self.path, atomically: true, encoding: .utf8)
      return
    }
    #expect(
      text[from.upperBound..<to.lowerBound] == drawn[...],
      "ARCHITECTURE.md shows another picture; SMI_WRITE_SCHEMAS=1 draws it anew")
  }

  @Test func `leads from the opening to every state`() throws {
    let drawn = try StatePicture.lines()
    for state in Correction.State.allCases {
      #expect(drawn.contains("--> \(state.rawValue):"), "nothing leads to \(state)")
    }
  }
}

/// The steps between states, worked out by taking each possible step in each stage.
enum StatePicture {
  private struct Step: Hashable {
    let from: String
    let to: String
  }

  static func lines() throws -> String {
    var names: [Step: Set<String>] = [:]
    for stage in Stage.allCases {
      let story = try stage.story()
      guard let correction = story.correction else { continue }
      if story.thread.prefix(1).count == 1, let first = opening(story) {
        names[Step(from: "[*]", to: first.rawValue), default: []].insert("open")
      }
      for (name, after) in try steps(from: correction, story) where after != correction.state {
        names[Step(from: correction.state.rawValue, to: after.rawValue), default: []].insert(name)
      }
    }
    let order = Dictionary(
      uniqueKeysWithValues: Correction.State.allCases.enumerated().map { ($1.rawValue, $0) })
    func key(_ step: Step) -> (Int, Int) { (order[step.from] ?? -1, order[step.to] ?? -1) }
    return names.sorted { key($0.key) < key($1.key) }.map { step, names in
      "  \(step.from) --> \(step.to): \(names.sorted().joined(separator: ", "))\n"
    }.joined()
  }

  /// Where the events of the opening led: those of the first moment.
  private static func opening(_ story: Story) -> Correction.State? {
    let first = story.thread.prefix {
      switch $0.event {
      case .correctionRequested, .routeAdvised, .consentRequested: true
      case .consentGiven(let event): event.byAsking
      default: false
      }
    }
    return Correction.fold(Story.id, first)?.state
  }

  /// Every step that is possible, and the state after it.
  private static func steps(
    from correction: Correction, _ story: Story
  ) throws -> [(String, Correction.State)] {
    var steps: [(String, Correction.State)] = []
    for (command, actor) in Correction.Command.each {
      var story = story
      guard (try? story.when(command, by: actor)) != nil, let after = story.correction else {
        continue
      }
      steps.append((command.name.rawValue, after.state))
    }
    var late = story
    late.pass(hours: 24 * 60)
    for _ in 0..<2 {
      try late.due()
      if let after = late.correction { steps.append(("remind", after.state)) }
      late.pass(hours: 24 * 60)
    }
    if let place = correction.field.mpxn, let wanted = correction.requested.mpxn {
      let seen = correction.seen(
        device(holding: wanted, in: place), at: story.now, by: 900, how: .observed)
      steps.append(("(healed)", correction.after(seen, at: story.now).state))
    }
    return steps
  }
}
