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
}

/// Closes a connection that takes too long for a part of an exchange, however lively it seems.
///
/// A time-out of idleness alone would let one byte a second hold a connection for ever.
final class Deadlines: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: TimeLimits
  private var scheduled: Scheduled<Void>?

  init(_ limits: TimeLimits) { self.limits = limits }

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { expect(within: limits.head, context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    expect(within: limits.head, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    scheduled?.cancel()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { scheduled?.cancel() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: expect(within: limits.body, context)
    case .body: break
    // How long the answer takes is up to us.
    case .end: scheduled?.cancel()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head: expect(within: limits.response, context)
    case .body: break
    case .end: expect(within: limits.head, context)
    }
    context.write(data, promise: promise)
  }

  private func expect(within limit: TimeAmount, _ context: ChannelHandlerContext) {
    scheduled?.cancel()
    let channel = context.channel
    scheduled = context.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
  }
}
