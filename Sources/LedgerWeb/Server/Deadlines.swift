package import NIOCore
import NIOHTTPTypes

/// How long a connection may take for each part of an exchange.
package struct TimeLimits: Sendable {
  /// Without a request, or for its line and headers.
  package var head: TimeAmount = .seconds(30)
  /// For a body.
  package var body: TimeAmount = .seconds(30)
  /// For reading the answer.
  package var response: TimeAmount = .seconds(120)

  package init() {}

  /// The same time for a head and for a body.
  package init(milliseconds: Int64) {
    head = .milliseconds(milliseconds)
    body = .milliseconds(milliseconds)
  }
}

/// Closes a connection that takes too long for a part of an exchange, however lively it seems.
///
/// A time-out of idleness alone would let one byte a second hold a connection for ever. Requests are
/// counted, since an answer may come before the end of its request, and a request before the answer of
/// the one before it: one that waits for us has no deadline, and every other connection has one.
final class Deadlines: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: TimeLimits
  /// Closes the connection unless the other side sends what is due.
  private var due: Scheduled<Void>?
  /// Closes it unless the other side reads what is answered.
  private var unread: Scheduled<Void>?

  /// How many requests have begun whose answers have not gone out whole.
  private var unanswered = 0
  /// Whether a request has begun and not ended.
  private var isReceiving = false
  /// Whether an answer has begun and not ended.
  private var isAnswering = false
  /// How many answers have ended that have not gone out whole.
  private var unsent = 0
  /// Whether nothing more is answered: whatever still comes in counts for nothing.
  private var isEnding = false

  init(_ limits: TimeLimits) { self.limits = limits }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { expect(within: limits.head, context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    expect(within: limits.head, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { cancel() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if !isEnding { received(unwrapInboundIn(data), context) }
    context.fireChannelRead(data)
  }

  private func received(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
    switch part {
    case .head:
      unanswered += 1
      isReceiving = true
      // Behind another one it is not looked at before that is answered.
      if unanswered == 1 { expect(within: limits.body, context) }
    case .body: break
    case .end:
      isReceiving = false
      if unanswered > 0 {
        // How long the answer takes is up to us.
        due?.cancel()
      } else {
        // It was answered before it ended.
        expect(within: limits.head, context)
      }
    }
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head:
      isAnswering = true
      unread?.cancel()
      unread = closing(within: limits.response, context)
    case .body: break
    case .end:
      isAnswering = false
      unsent += 1
      // It counts as answered when the other side has taken it, not when it stands in line.
      let sent = promise ?? context.eventLoop.makePromise(of: Void.self)
      let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
      sent.futureResult.whenComplete { _ in
        let (handler, context) = bound.value
        handler.hasSent(context)
      }
      context.write(data, promise: sent)
      return
    }
    context.write(data, promise: promise)
  }

  private func hasSent(_ context: ChannelHandlerContext) {
    unsent -= 1
    // A request that can't be read is answered without having begun.
    unanswered = max(0, unanswered - 1)
    if unsent == 0, !isAnswering { unread?.cancel() }
    guard context.channel.isActive else { return }
    if isEnding || (unanswered == 0 && !isReceiving) {
      expect(within: limits.head, context)
    } else if unanswered == 1, isReceiving {
      expect(within: limits.body, context)
    }
  }

  func close(
    context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
  ) {
    if mode == .output {
      isEnding = true
      // The other side has as long to close as for another request.
      if unsent == 0 { expect(within: limits.head, context) }
    }
    context.close(mode: mode, promise: promise)
  }

  private func expect(within limit: TimeAmount, _ context: ChannelHandlerContext) {
    due?.cancel()
    due = closing(within: limit, context)
  }

  private func closing(
    within limit: TimeAmount, _ context: ChannelHandlerContext
  ) -> Scheduled<Void> {
    let channel = context.channel
    return context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
  }

  private func cancel() {
    due?.cancel()
    unread?.cancel()
  }
}
