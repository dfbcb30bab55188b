import Answers
package import Corrections
package import Ledger

/// Who asks: a token that is good, and the user that acts with it.
package struct Principal: Sendable {
  package let token: AccessToken
  /// What each form of their session carries; nil where the token itself was sent.
  package let csrf: String?

  package init(_ token: AccessToken, csrf: String? = nil) {
    self.token = token
    self.csrf = csrf
  }

  package var party: String { token.party }
  package var role: AccessRole { token.role }

  /// The user that acts, as it is registered now.
  ///
  /// - Throws: ``NotAllowed`` when the token only reads, or its user may not act any more.
  package func user(_ ledger: Ledger) throws -> User {
    guard let name = token.user, let user = try ledger.user(name) else {
      throw NotAllowed("this token only reads: no user acts with it")
    }
    guard user.status == .active, user.party == party else {
      throw NotAllowed("user \(user.id) is \(user.status.rawValue), so they can't act")
    }
    return user
  }

  /// The actor that records name.
  package func actor(_ user: User) -> Actor {
    Actor(user: user.id, party: user.party, role: nil, via: .token)
  }
}

extension Right {
  /// Whether a correction is among what may be seen.
  func covers(_ correction: Correction, for who: Principal, _ ledger: Ledger) throws -> Bool {
    switch self {
    case .all, .masked: true
    case .own: try ledger.concerns(correction, who.party)
    case .queue: Ledger.concernsDSP(correction)
    case .none: false
    }
  }

  /// Whether a device is, as of a moment.
  func covers(
    _ device: Device, for who: Principal, at moment: Instant, _ ledger: Ledger
  ) throws -> Bool {
    switch self {
    case .all: true
    case .own: try ledger.concerns(device, who.party, at: moment)
    case .queue:
      try device.openCorrections.contains { id in
        try ledger.correction(id).map { Ledger.concernsDSP($0) } ?? false
      }
    case .masked, .none: false
    }
  }

  /// How much of values and texts is shown.
  var sight: Sight { self == .masked ? .masked : .whole }
}
