/// First come, first served: callers wait in line, and the first of them commits for many.
///
/// A caller that finds nobody leading leads on its own thread, so a single caller never changes
/// threads. A leader takes what is in line, answers, and hands the lead to the next in line.
final class CommitQueue: Sendable {
  /// A place in line.
  ///
  /// `@unchecked Sendable` because the fields pass from one thread to another only through the
  /// queue's lock or the ticket's gate.
  final class Ticket: @unchecked Sendable {
    /// What to append; `nil` for work that its own thread must do while it leads.
    let request: AppendRequest?
    var outcome: Result<Appended, LogError>?
    fileprivate var gate: Gate?

    init(_ request: AppendRequest?) {
      self.request = request
    }
  }

  private struct State {
    var waiting: [Ticket] = []
    var next = 0
    var isLed = false
  }

  private let state = Guarded(State())

  /// Stands in line; returns when the ticket has its outcome (`false`), or when it has to lead
  /// (`true`).
  func wait(_ ticket: Ticket) -> Bool {
    let leads = state.withLock { state in
      if !state.isLed {
        state.isLed = true
        return true
      }
      ticket.gate = Gate()
      state.waiting.append(ticket)
      return false
    }
    if leads { return true }
    ticket.gate?.wait()
    return ticket.outcome == nil
  }

  /// The next in line, if it is an append.
  func takeNext() -> Ticket? {
    state.withLock { state in
      guard state.next < state.waiting.count, state.waiting[state.next].request != nil else {
        return nil
      }
      defer {
        state.next += 1
        if state.next == state.waiting.count {
          state.waiting.removeAll(keepingCapacity: true)
          state.next = 0
        } else if state.next == 256 {
          state.waiting.removeFirst(256)
          state.next = 0
        }
      }
      return state.waiting[state.next]
    }
  }

  /// Whether somebody stands in line behind whoever leads.
  var isWanted: Bool { state.withLock { $0.next < $0.waiting.count } }

  /// Lets those go whose outcome is known.
  func answer(_ tickets: some Sequence<Ticket>) {
    for ticket in tickets { ticket.gate?.open() }
  }

  /// Hands the lead to the next in line, or ends it.
  func stopLeading() {
    let heir: Ticket? = state.withLock { state in
      guard state.next < state.waiting.count else {
        state.waiting.removeAll(keepingCapacity: true)
        state.next = 0
        state.isLed = false
        return nil
      }
      defer { state.next += 1 }
      return state.waiting[state.next]
    }
    heir?.gate?.open()
  }
}
