import Corrections
import Foundation
import Testing

@testable import Ledger

@Suite final class `The tokens of a ledger`: Sendable {
  private let folder = NSTemporaryDirectory() + "smi-ledger-tests-\(UUID().uuidString)"
  private let start = Instant(milliseconds: 1_772_618_400_000)

  init() throws {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func after(_ minutes: Int64) -> Instant {
    start.advanced(byMilliseconds: minutes * 60_000)
  }

  private func store() throws -> AccessStore { try AccessStore(folder: folder) }

  private func token(
    _ store: AccessStore, party: String = "SUPA", until minutes: Int64 = 1_000
  ) throws -> (token: AccessToken, text: String) {
    try store.create(
      party: party, role: .supplier, user: nil, at: start, expires: after(minutes))
  }

  @Test func `a token that was looked up is refused from when another store revokes it`() throws {
    let (served, other) = (try store(), try store())
    let (token, text) = try token(served)
    let (mine, kept) = try self.token(served, party: "SUPB")
    for minute in 0..<3 as Range<Int64> {
      #expect(try served.token(text, at: after(minute))?.id == token.id)
      #expect(try served.token(kept, at: after(minute))?.id == mine.id)
    }
    _ = try other.revoke(token.id, at: after(2))
    #expect(try served.token(text, at: after(3)) == nil)
    #expect(served.rememberedToken(text, at: after(3)) == nil)
    #expect(try served.token(kept, at: after(3))?.party == "SUPB")
  }

  @Test func `a token is found that another store made, and not after its end`() throws {
    let (served, other) = (try store(), try store())
    let (_, first) = try token(served, until: 10)
    #expect(try served.token(first, at: start) != nil)
    let (_, second) = try token(other, until: 20)
    #expect(try served.token(second, at: after(1)) != nil)
    #expect(try served.token(second, at: after(1)) != nil)
    #expect(served.rememberedToken(second, at: after(1)) != nil)
    #expect(try served.token(first, at: after(10)) == nil)
    #expect(try served.token(second, at: after(20)) == nil)
    #expect(served.rememberedToken(second, at: after(20)) == nil)
  }

  @Test func `a name is remembered with its secret only`() throws {
    let store = try store()
    let (first, second) = (try token(store).text, try token(store).text)
    for minute in 0..<2 as Range<Int64> {
      #expect(try store.token(first, at: after(minute)) != nil)
      #expect(try store.token(second, at: after(minute)) != nil)
      // The name of one and the secret of the other.
      let forged = String(first.prefix(16) + second.suffix(43))
      #expect(forged.utf8.count == first.utf8.count)
      #expect(try store.token(forged, at: after(minute)) == nil)
      #expect(store.rememberedToken(forged, at: after(minute)) == nil)
    }
  }

  @Test func `what must be written down is not answered from memory`() throws {
    let store = try store()
    let (token, text) = try token(store)
    #expect(store.rememberedToken(text, at: start) == nil, "never looked up")
    for minute in [0, 1, 5] as [Int64] {
      #expect(try store.token(text, at: after(minute)) != nil)
      #expect(try store.token(text, at: after(minute)) != nil)
      #expect(store.rememberedToken(text, at: after(minute)) != nil)
      #expect(store.rememberedToken(text, at: after(minute + 1)) == nil, "its use is due")
      let used = try store.all().first { $0.id == token.id }?.used
      #expect(used == after(minute))
    }
  }

  @Test func `a session ends when another store ends it, with its token, and in time`() throws {
    let (served, other) = (try store(), try store())
    let (token, _) = try token(served)
    let texts = try (0..<3).map { _ in try served.startSession(of: token, at: start) }
    func isGood(_ index: Int, _ minute: Int64) throws -> Bool {
      try served.token(ofSession: texts[index], at: after(minute)) != nil
    }
    for index in texts.indices { for _ in 0..<2 { #expect(try isGood(index, 0)) } }
    try other.endSession(texts[0])
    #expect(try !isGood(0, 1))
    #expect(try isGood(1, 1))
    #expect(try isGood(1, 719))
    #expect(try !isGood(1, 720), "twelve hours")
    #expect(try isGood(2, 2))
    _ = try other.revoke(token.id, at: after(3))
    #expect(try !isGood(2, 3))
  }

  @Test(.timeLimit(.minutes(1)))
  func `revoking is seen at once while many look up`() throws {
    let (served, other) = (try store(), try store())
    let (_, kept) = try token(served)
    for _ in 0..<20 {
      let (token, text) = try token(other)
      DispatchQueue.concurrentPerform(iterations: 4) { number in
        if number == 0 {
          _ = try? other.revoke(token.id, at: start)
          do {
            #expect(try served.token(text, at: after(1)) == nil)
          } catch {
            Issue.record(error)
          }
        } else {
          for _ in 0..<50 {
            _ = try? served.token(text, at: after(1))
            #expect((try? served.token(kept, at: after(1))) != nil)
          }
        }
      }
      #expect(try served.token(text, at: after(1)) == nil)
    }
  }

  @Test func `texts that are no tokens are nobody's`() throws {
    let store = try store()
    let (_, text) = try token(store)
    let wrong = [
      "", "smil_", String(text.dropLast()), text + "A", text.uppercased(),
      text.replacing("smil_", with: "smil-"), String(text.dropLast()) + "!",
      String(text.dropLast()) + "+", String(text.dropLast()) + "/",
      String(text.dropLast(2)) + "é",
    ]
    for one in wrong { #expect(try store.token(one, at: start) == nil, "\(one.count)") }
    #expect(try store.token(text, at: start) != nil)
  }
}
